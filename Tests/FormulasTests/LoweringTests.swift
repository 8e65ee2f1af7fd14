// Names get their meaning: definitions, labels, circles, and facts that the graph may use.

@testable import Formulas
import Testing

private func node(_ text: String) throws -> (graph: Graph, root: Graph.Node) {
    try Laboratory(rowCount: 1, seed: 1).lower(Formula(text))
}

private func same(_ text: String, _ other: String) throws -> Bool {
    var lowering = Lowering { symbol in
        .input(.column(symbol.name), positive: ["N", "D", "alpha"].contains(symbol.name))
    }
    return try lowering.lower(Formula(text).prediction) == lowering.lower(Formula(other).prediction)
}

@Test(arguments: [
    ("a + b", "b + a"), ("2 * a", "a * 2"), ("x^2", "x * x"), ("x^3", "x * x * x"), ("x^-1", "1 / x"), ("x^0", "1"),
    ("x^1", "x"), ("1^x", "1"),
    ("ln(exp(x))", "x"), ("a / exp(x)", "a * exp(-x)"), ("a - -b", "a + b"), ("--a", "a"), ("N + 0", "N"),
    ("x - 0", "x"), ("N^x", "exp(x * ln(N))"),
    ("exp(x)^a", "exp(a * x)"), ("N^0.5", "sqrt(N)"), ("2 + 3 * 4", "14"), ("a >= b", "b <= a"),

])
func equalFormulasAreOneNode(text: String, other: String) throws { #expect(try same(text, other)) }

@Test(arguments: [
    ("0 * x", "0"), ("0 / x", "0"), ("x - x", "0"), ("x / x", "1"), ("x + 0", "x"), ("0 - x", "-x"),
    ("-(a - b)", "b - a"), ("x^0.5", "sqrt(x)"), ("x^a", "exp(a * ln(x))"),
    ("(x * x)^a", "exp(2 * a * ln(x))"), ("ln(N * D)", "ln(N) + ln(D)"), ("exp(ln(x))", "x"), ("not (not x)", "x"),
    ("(N - D)^a", "exp(a * ln(N - D))"), ("abs(x)^a", "exp(a * ln(abs(x)))"),
])
func whatDiffersAtZeroInfinityOrNaNStaysApart(text: String, other: String) throws { #expect(try !same(text, other)) }

@Test(arguments: [
    "N", "N * D", "N / D", "N + D", "exp(x)", "sigmoid(x)", "softplus(x)", "max(x, N)", "min(N, D)", "sqrt(N)", "N^x",
    "2", "E[recipe]",
])
func thesePositiveFactsHold(text: String) throws {
    let (graph, root) = try node(text)
    #expect(graph.positive(root))
}

@Test(arguments: [
    "x", "a", "N - D", "-N", "N + x", "min(x, N)", "x^2", "abs(x)", "ln(N)", "sqrt(x)", "N * x", "0", "1 / 0",
    "N < D", "tanh(N)", "(N and D)",
])
func theseAreNotKnownToBePositive(text: String) throws {
    let (graph, root) = try node(text)
    #expect(!graph.positive(root))
}

@Test func zeroAndNegativeBasesFollowPow() throws {
    let laboratory = Laboratory(rowCount: 1, seed: 1)
    let expected = [
        "0^0": 1, "0^2.5": 0, "0^-1": .infinity, "(-2)^5": -32, "(-2)^-3": -0.125, "1/0": .infinity,
        "-1/0": -.infinity, "(x-x)^0": 1, "(0*x-8)^3": -512,
    ]
    for (text, value) in expected { #expect(try laboratory.values(text) == [value], "\(text)") }
    #expect(try laboratory.values("(-8)^(1/3)")[0].isNaN)
    #expect(try laboratory.values("ln(-1)")[0].isNaN)
}

@Test func expressionsThatStandForThemselvesAreAnError() throws {
    var lowering = Lowering { .expression($0.name == "a" ? .name("b") : .negate(.name("a"))) }
    #expect(throws: LoweringError.circular("a")) { try lowering.lower(.name("a")) }
}

@Test func aLabelThatIsNotComparedIsAnError() throws {
    var lowering = Lowering { .input(.column($0.name), positive: false) }
    #expect(throws: LoweringError.labelOutsideComparison("u")) { try lowering.lower(.negate(.label("u"))) }
}

@Test func definitionsAreLoweredOnce() throws {
    var asked: [String] = []
    let formula = try Formula("let h = a * b; let unused = c; h + h^2 + unused * 0")
    var lowering = Lowering(formula) { symbol in
        asked.append(symbol.name)
        return .input(.column(symbol.name), positive: false)
    }
    _ = try lowering.lower(formula.prediction)
    #expect(asked == ["a", "b", "c"])
}
