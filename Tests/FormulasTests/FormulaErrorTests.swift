// Every fault of a formula with its whole message.

import Testing

@testable import Formulas

private let blocks: [(text: String, message: String)] = (errorMessages + "\n\n" + formErrorMessages).components(
    of: "\n\n"
).map { block in
    let lines = block.components(of: "\n")
    return (String(lines[0].dropFirst(2)), lines.dropFirst().joined(separator: "\n"))
}

extension String {
    fileprivate func components(of separator: String) -> [String] { split(separator: separator).map(String.init) }
}

private func fault(_ text: String) -> FormulaError? {
    do {
        _ = try Formula(text)
        return nil
    } catch { return error }
}

@Test(arguments: blocks.map(\.text)) func theMessageIsExactlyThis(text: String) throws {
    let expected = blocks.first { $0.text == text }?.message
    #expect(fault(text)?.description == expected)
}

@Test func longTextIsRefused() {
    let error = fault(String(repeating: "x", count: 65_537))
    #expect(error?.description == "the formula is 65537 bytes long; the limit is 65536")
}

@Test func deepNestingIsShownAtItsPlace() {
    let error = fault(String(repeating: "(", count: 200))
    let line = "…" + String(repeating: "(", count: 120) + "…"
    let carets = String(repeating: " ", count: 61) + "^"
    let help = "  help: name parts of it with 'let part = …;'"
    #expect(error?.description == "the formula is nested too deeply here\n  \(line)\n  \(carets)\n\(help)")
}

@Test func longWordsAreShortened() {
    let word = String(repeating: "y", count: 1_000)
    let error = fault(word + "(1)")
    #expect(error?.description.hasPrefix("unknown function '\(word.prefix(60))…'\n") == true)
}

@Test func placesAreBytesOfTheText() {
    #expect(fault("é + x y")?.range == 0..<2)
    #expect(fault("`é` + x y")?.range == 9..<10)
}

@Test func everyProblemHasAMessage() {
    let shown = blocks.compactMap { fault($0.text)?.problem } + [.tooLong(bytes: 0), .tooDeep]
    let names = Set(shown.map { "\($0)".prefix { $0.isLetter } })
    // `unknownVariable` and `noDerivative` are tested with the derivatives that throw them.
    #expect(names.count == 43)
}
