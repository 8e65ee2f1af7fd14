// Text that means harm: every one gives a formula or an error, soon.

@testable import Formulas
import Testing

private func problem(_ text: String) -> FormulaError.Problem? {
    do {
        let formula = try Formula(text)
        _ = formula.description + formula.latex
        return nil
    } catch {
        _ = error.description
        return error.problem
    }
}

private func times(_ count: Int, _ text: String) -> String { String(repeating: text, count: count) }

@Test(arguments: [
    "(", "[", "-", "+", "not ", "2^", "exp(", "max(1,", "a+(", "E[", "2^-", "-(", "not (", "a*(", "let a = (",
])
func deepNestingIsRefused(opening: String) {
    for count in [63, 65, 1_000, 65_000 / opening.utf8.count] { _ = problem(times(count, opening)) }
    #expect(problem(times(5_000, opening) + "x" + times(5_000, ")")) != nil)
}

@Test(arguments: ["+", "-", "*", "/", " and ", " or ", "^"])
func longChainsAreAFormulaOrAnError(operation: String) {
    #expect(problem(times(10_000, "x" + operation) + "x") == .tooDeep)
    #expect(problem(times(60, "x" + operation) + "x") == nil)
}

@Test(arguments: [
    "a", "1", ".", "(", ")", "\"", "`", "'", "#", ";", "\n", "\0", "e", "1e", "é", "𝛼", "\u{301}", "\u{202E}", "~",
    "=", "%", ",", "let ",
    "a b ", "a[b]", "x+", "\u{FFFD}", "\r\n", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "log(", "!", "9", "0",
])
func anyAmountOfAnythingEndsSoon(piece: String) {
    let clock = ContinuousClock()
    let megabyte = times(1_100_000 / piece.utf8.count, piece)
    if case .tooLong = problem(megabyte) {} else { Issue.record("a megabyte is too long") }
    let time = clock.measure { _ = problem(times(65_536 / piece.utf8.count, piece)) }
    #expect(time < .seconds(1), "\(piece.unicodeScalars) took \(time)")
}

@Test func thousandsOfDefinitionsAreLinear() throws {
    let text = (0..<3_000).map { "let a\($0) = \($0 == 0 ? "x" : "a\($0 - 1)*b");" }.joined()
    let clock = ContinuousClock()
    let time = try clock.measure {
        let formula = try Formula(text + "a2999")
        var (graph, root) = try Laboratory(rowCount: 3, seed: 1).lower(formula)
        #expect(graph.entries.count < 10_000)
        root = graph.derivative(of: root, by: .parameter(1))
        #expect(graph.entries.count < 30_000)
        _ = Program(graph, outputs: [root])
    }
    #expect(time < .seconds(2))
}

@Test func aChainThatDoublesIsLinear() throws {
    let chain = (1...200).map { "let a\($0) = a\($0 - 1)*a\($0 - 1);" }.joined().replacing("a0", with: "b")
    let formula = try Formula(chain + "a200^alpha + a * -a200")
    let laboratory = Laboratory(rowCount: 3, seed: 1)
    var (graph, root) = try laboratory.lower(formula)
    #expect(graph.entries.count < 220)
    let first = graph.derivative(of: root, by: .parameter(1))
    let second = graph.derivative(of: first, by: .parameter(1))
    #expect(graph.entries.count < 3_000)
    _ = laboratory.run(Program(graph, outputs: [root, first, second]))
    let derivative = try formula.derivative(by: "b")
    #expect(derivative.description.utf8.count < 20_000)
    #expect(try Formula(derivative.description) == derivative)
}

@Test func thousandsOfNegatedDefinitionsAreLinear() throws {
    let text = (0..<3_000).map { "let a\($0) = -\($0 == 0 ? "b" : "a\($0 - 1)")*a;" }.joined()
    var (graph, root) = try Laboratory(rowCount: 3, seed: 1).lower(Formula(text + "a2999"))
    #expect(graph.entries.count < 10_000)
    _ = graph.derivative(of: root, by: .parameter(0))
    #expect(graph.entries.count < 60_000)
}

@Test func manyNamesAreLinear() throws {
    let text = (0..<900).map { "c\($0)*d\($0)" }.joined(separator: "+")
    let formula = try Formula(text)
    #expect(formula.symbols.count == 1_800)
    #expect(try formula.derivative(by: "c7").description == "d7")
}

@Test(arguments: [
    "\u{0}", "a\u{1B}[31mb", "а + b", "N−1", "α", "x²", "a\u{301}", "“x”", "\u{FEFF}a", "a\u{200B}b", "½", "log(x)",
    "a\u{2028}b", "\u{202E}a",
])
func messagesNeverSteerATerminal(text: String) {
    do {
        _ = try Formula(text)
        Issue.record("\(text) is no formula")
    } catch {
        #expect(error.description.split(separator: "\n").allSatisfy { Diagnostic.isPrintable(String($0)) })
    }
}

@Test func invalidUTF8IsAnError() {
    let text = String(decoding: [0x61, 0x2B, 0xFF, 0xC0, 0x80], as: UTF8.self)
    #expect(problem(text) == .unexpectedCharacter("\u{FFFD}"))
}
