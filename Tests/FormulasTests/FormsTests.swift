// Sums, products, tables and called laws.

@testable import Formulas
import Testing

private func values(_ text: String) throws -> [Double] { try Laboratory(rowCount: 30, seed: 4).values(text) }

@Test(arguments: [
    ("sum(i, 1, 4, i^2)", "30"), ("prod(i, 1, 5, i)", "120"), ("sum(i, -2, 2, i * x)", "0 * x"),
    ("sum(i, 1, 3, a * x^i)", "a * x + a * x^2 + a * x^3"),
    ("sum(i, 1, 3, sum(j, i, 3, i * N^j))", "N + N^2 + N^3 + 2 * (N^2 + N^3) + 3 * N^3"),
    ("sum(i, 1, 3, prod(j, 2, i, j))", "1 + 2 + 6"),
    ("lookup(recipe, \"u\": 1, \"w\": N, 3)", "(recipe == \"u\") + N * (recipe == 'w') + 3 * (recipe == \"it's\")"),
    ("lookup(x, 1: 2, 0: N, D)", "2 * (x == 1) + N * (x == 0) + D * (x != 0 and x != 1)"),
    ("let h = a; sum(i, 1, 2, h * i)", "3 * a"), ("sum(i, 3, 3, x)", "x"),
])
func formsAreShortForLongerFormulas(text: String, other: String) throws {
    for (one, long) in zip(try values(text), try values(other)) {
        #expect((one - long).magnitude <= 1e-13 * max(1, long.magnitude), "\(text): \(one), not \(long)")
    }
}

@Test func anIndexNumbersNames() throws {
    let formula = try Formula(
        "let w1 = N; sum(i, 1, 3, w[i] * d[i - 1, recipe] + c[i]) + prod(i, 1, 2, prod(j, i, 2, q[i, j]))")
    #expect(
        formula.symbols.map(\.description)
            == [
                "d0[recipe]", "c1", "w2", "d1[recipe]", "c2", "w3", "d2[recipe]", "c3", "q1_1", "q1_2", "q2_2", "N",
            ].sortedLike(formula.symbols.map(\.description)))
    #expect(!formula.symbols.map(\.name).contains("w1"))
}

extension [String] {
    /// These in the order of the others, where the others are the same.
    fileprivate func sortedLike(_ others: [String]) -> [String] { Set(self) == Set(others) ? others : self }
}

@Test func whereNoKeyFitsThereIsNoNumber() throws {
    let laboratory = Laboratory(rowCount: 30, seed: 4)
    let found = try laboratory.values("lookup(recipe, \"u\": 7)")
    for (label, value) in zip(laboratory.labels, found) { #expect(label == "u" ? value == 7 : value.isNaN) }
}

@Test func aTableOfParametersHasTheirDerivatives() throws {
    let derivative = try Formula("x * lookup(format, \"E4M3\": a, \"E5M2\": 2 * a)").derivative(by: "a")
    #expect(derivative.description == "x * lookup(format, \"E4M3\": 1, 2 * (format == \"E5M2\"))")
    #expect(try Formula(derivative.description) == derivative)
}

@Test func aLongSumIsSharedAndSmall() throws {
    let (graph, _) = try Laboratory(rowCount: 1, seed: 1).lower(Formula("sum(i, 1, 1000, exp(a * x) * i)"))
    #expect(graph.entries.count < 4_100)
}

// MARK: - Laws that call laws

private func callee() throws -> LawCall.Callee {
    LawCall.Callee(
        formula: try Formula("let n = N^alpha; loss ~ E[set] + A / n + (set == \"web\")"),
        coefficients: ["E[web]": 1.5, "E[code]": 0.5, "A": 400], ties: ["alpha": try Formula("A / 1000").prediction])
}

@Test func aCalledLawStandsForItsFormula() throws {
    let callee = try callee()
    let formula = try Formula(
        "let n = 2; k * n * law(\"m\", N = n * N, set = \"web\") + law(\"m\", N = D, A = a, set = 'code')"
    )
    .resolving { (_) throws(Never) in callee }
    let laboratory = Laboratory(rowCount: 5, seed: 2)
    var lowering = Lowering(formula) { symbol in
        symbol.name == "k" || symbol.name == "a"
            ? .parameter(symbol.name == "k" ? 0 : 1, indexed: false, positive: false)
            : .input(.column(symbol.name), positive: true)
    }
    let root = try lowering.lower(formula.prediction)
    let slope = lowering.graph.derivative(of: root, by: .parameter(1))
    let results = laboratory.run(Program(lowering.graph, outputs: [root, slope]))
    for row in 0..<5 {
        let (n, d) = (laboratory.columns["N"]?[row] ?? .nan, laboratory.columns["D"]?[row] ?? .nan)
        let (k, a) = (laboratory.parameters[0], laboratory.parameters[1])
        let first = 2.5 + 400 * Elementary.power(2 * n, -0.4)
        let expected = 2 * k * first + 0.5 + a * Elementary.power(d, -a / 1000)
        #expect((results[0][row] - expected).magnitude < 1e-12 * expected.magnitude)
        let byA = Elementary.power(d, -a / 1000) * (1 - a / 1000 * Elementary.ln(d))
        #expect((results[1][row] - byA).magnitude < 1e-12 * byA.magnitude)
    }
    #expect(formula.symbols.map(\.name) == ["N", "k", "D", "a"].sortedLike(formula.symbols.map(\.name)))
    #expect(formula.lawCalls.map(\.name) == ["m", "m"])
}

@Test func aCallThatNobodyResolvedIsAnError() throws {
    let formula = try Formula("law(\"m\", N = N)")
    #expect(throws: LoweringError.unresolvedLaw("m")) { try Laboratory(rowCount: 1, seed: 1).lower(formula) }
    #expect { try formula.derivative(by: "N") } throws: {
        "\($0)" == "the derivative by 'N' is no formula\n  help: a fit computes it; only its text is missing"
    }
}
