// Mutated formulas through everything: parse, print, lower, differentiate, compile, run.
// ALLOMETRY_FUZZ=5000000 swift test --filter FuzzTests goes deeper.

@testable import Formulas
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

private let seeds = [
    "loss ~ E + A / N^alpha + B / D^beta", "let Nhat = N * (1 + a * ln(D)); loss ~ E[recipe] + (a / Nhat)^alpha",
    "x^2 - -3.5e-4*b + 70B/(1.4T+N)", "max(a, min(x, 2), b) + clamp(x, -1, 1)",
    "not (x < 1 and a >= b) or recipe == \"u\"",
    "sigmoid(a*x) * softplus(b) - tanh(x/2)^3", "`loss/val` ~ 2^-x^2 # why", "let c = a; let d = c*c; d^alpha + pi",
    "abs(x)^0.5 + sqrt(N)*log2(D)/log10(N)", "expm1(x) + log1p(N) - atan(a)*sin(b)/cos(x)",
]

private let pieces =
    [
        "+", "-", "*", "/", "^", "(", ")", "[", "]", ",", "~", "<", "<=", "==", "!=", "=", ";", "let ", "and ", "or ",
        "not ", "0", "1", "2",
        "1e308", "1e-320", ".", "e", "B", "%", "\"u\"", "'", "`", "#", "\n", " ", "α", "\u{301}", "x", "a", "N",
        "alpha", "E[recipe]", "recipe",
        ":", "i", "sum(i, 1, 3, ", "prod(j, 0, 2, ", "lookup(x, 1: ", "solve(y, 0, 3, ", "law(\"m\"", "y ==",
        "pi", "log(", "0.5", "-1", "(1/0)", "(0/0)", "**", "&&",
    ] + Function.all.map { $0.name + "(" }

private struct Mutator {
    var random: SplitMix

    mutating func text() -> String {
        var bytes = Array(random.oneOf(seeds).utf8)
        for _ in 0...random.below(4) {
            let place = random.below(bytes.count + 1)
            let end = min(bytes.count, place + random.below(5))
            switch random.below(6) {
            case 0: bytes.removeSubrange(place..<end)
            case 1: bytes.insert(contentsOf: bytes[place..<end], at: place)
            case 2: bytes.insert(UInt8(random.below(256)), at: place)
            case 3: bytes.replaceSubrange(place..<end, with: Array(random.oneOf(pieces).utf8))
            default: bytes.insert(contentsOf: Array(random.oneOf(pieces).utf8), at: place)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// Puts one text through everything; returns whether it is a formula.
private func exercise(_ text: String, _ laboratory: Laboratory, _ random: inout SplitMix) throws -> Bool {
    let formula: Formula
    do { formula = try Formula(text) } catch {
        if random.below(16) == 0 { #expect(!error.description.isEmpty) }
        return false
    }
    #expect(try Formula(formula.description) == formula, "\(text)")
    _ = formula.latex
    guard formula.lawCalls.isEmpty else { return true }
    var (graph, root) = try laboratory.lower(formula)
    let first = graph.derivative(of: root, by: .parameter(random.below(4)))
    let second = graph.derivative(of: first, by: .parameter(random.below(4)))
    let results = laboratory.run(Program(graph, outputs: [root, first, second]))
    #expect(results.allSatisfy { $0.count == laboratory.rowCount })
    if random.below(4) == 0, let symbol = formula.symbols.first {
        let derivative = try formula.derivative(by: symbol.name)
        #expect(try Formula(derivative.description) == derivative, "\(text)")
    }
    return true
}

@Test func mutatedFormulasNeverCrash() throws {
    let count = getenv("ALLOMETRY_FUZZ").flatMap { Int(String(cString: $0)) } ?? 200_000
    let laboratory = Laboratory(rowCount: 5, seed: 1)
    var mutator = Mutator(random: SplitMix(seed: UInt64(count)))
    var formulas = 0
    for _ in 0..<count where try exercise(mutator.text(), laboratory, &mutator.random) { formulas += 1 }
    #expect(formulas > count / 20)
    print("fuzz: \(count) texts, \(formulas) formulas")
}
