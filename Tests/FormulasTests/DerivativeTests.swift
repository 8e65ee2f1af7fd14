// Derivatives against differences: Ridders' extrapolation, which also says how far it is to be trusted.

@testable import Formulas
import Testing

/// The derivative of `f` at 0 by central differences of ever smaller steps, extrapolated; with its error estimate.
func difference(step: Double, _ f: (Double) throws -> Double) rethrows -> (value: Double, error: Double) {
    var table = [[Double]](repeating: [], count: 12)
    var (best, least) = (Double.nan, Double.infinity)
    var h = step
    for i in 0..<12 {
        table[i].append((try f(h) - f(-h)) / (2 * h))
        var factor = 1.96
        for j in stride(from: 1, through: i, by: 1) {
            table[i].append((table[i][j - 1] * factor - table[i - 1][j - 1]) / (factor - 1))
            factor *= 1.96
            let error = max((table[i][j] - table[i][j - 1]).magnitude, (table[i][j] - table[i - 1][j - 1]).magnitude)
            if error <= least { (best, least) = (table[i][j], error) }
        }
        h /= 1.4
    }
    return (best, least)
}

/// Compares first and second derivatives by every parameter on every row; returns how many could be compared.
private func compare(_ formula: Formula, _ laboratory: Laboratory, seed: UInt64) throws -> Int {
    var compared = 0
    var (graph, root) = try laboratory.lower(formula)
    for k in 0..<4 {
        let first = graph.derivative(of: root, by: .parameter(k))
        let second = graph.derivative(of: first, by: .parameter((k + 1) % 4))
        compared += try compare(graph, root, first, by: k, formula, laboratory)
        compared += try compare(graph, first, second, by: (k + 1) % 4, formula, laboratory)
    }
    return compared
}

private func compare(
    _ graph: Graph, _ function: Graph.Node, _ derivative: Graph.Node, by k: Int, _ formula: Formula,
    _ laboratory: Laboratory
) throws -> Int {
    let program = Program(graph, outputs: [function])
    let exact = laboratory.run(Program(graph, outputs: [derivative]))[0]
    let binding = laboratory.bind(program)
    let workspace = Workspace(binding)
    var moved = laboratory.parameters
    func values(_ h: Double) -> [Double] {
        moved = laboratory.parameters
        for place in k == 3 ? 3..<6 : k..<k + 1 { moved[place] += h }
        return moved.withUnsafeBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return [] }
            workspace.begin(base)
            return workspace.values(rowCount: laboratory.rowCount)
        }
    }
    var compared = 0
    for row in 0..<laboratory.rowCount {
        let value = values(0)[row]
        let (slope, error) = difference(step: 0.02) { values($0)[row] }
        let scale = max(1, slope.magnitude, value.magnitude)
        guard error.isFinite, error < 1e-9 * scale, scale < 1e6 else { continue }
        compared += 1
        #expect(
            (exact[row] - slope).magnitude <= 1e-8 * scale,
            "\(formula) by \(k), row \(row): \(exact[row]), not \(slope)")
    }
    return compared
}

@Test(arguments: Function.all.filter { $0.arity == 1...1 })
func everyFunctionHasItsDerivatives(function: Function) throws {
    let laboratory = Laboratory(rowCount: 20, seed: 3, specials: false)
    for argument in ["a * x", "alpha * N", "alpha * x^2 * D", "a + b * x"] {
        let formula = try Formula("\(function.name)(\(argument)) * b")
        #expect(try compare(formula, laboratory, seed: 0) > 20)
    }
}

@Test(arguments: [
    "max(a * x, b)", "min(a, x, b * N)", "clamp(a * x, -1, 1)", "a * (x > b)", "(a > 0 and x > 0) * b", "abs(a)^1.5",
    "(x + a)^3", "x^a", "N^a", "alpha^x", "alpha^alpha", "a^2 * b^3 * alpha^-2", "1 / (alpha + x^2)",
    "(a * b) / (N * alpha)",
    "N / D^alpha", "a / x^2", "E[recipe] * N^alpha + E[recipe]^2", "(alpha / N)^alpha",
    "(alpha / N + E[recipe] / D)^a",
    "exp(a) / exp(b * x)", "ln(alpha * N)", "(1 + (N / alpha)^a)^b", "a / N^x^2", "sqrt(alpha * N)",
    "(alpha * N)^0.5", "(a^2 * x^2 + 1)^-0.5",
])
func derivativesAgreeWithDifferences(text: String) throws {
    #expect(try compare(Formula(text), Laboratory(rowCount: 30, seed: 8, specials: false), seed: 0) > 40)
}

@Test func derivativesOfRandomFormulasAgreeWithDifferences() throws {
    var compared = 0
    for seed in 0..<1500 as Range<UInt64> {
        var generator = RandomFormula(seed: seed, smooth: true)
        let formula = Formula(definitions: [], response: nil, prediction: generator.expression(depth: 4))
        compared += try compare(formula, Laboratory(rowCount: 2, seed: seed, specials: false), seed: seed)
    }
    #expect(compared > 4_000)
}

@Test func aPowerOfZeroHasNoNaNInItsDerivatives() throws {
    let laboratory = Laboratory(rowCount: 64, seed: 2)
    #expect(laboratory.columns["x"]?.contains(0) == true)
    var (graph, root) = try laboratory.lower(Formula("abs(x)^alpha * a"))
    let slopes = (0..<4).map { graph.derivative(of: root, by: .parameter($0)) }
    #expect(laboratory.run(Program(graph, outputs: slopes)).joined().allSatisfy { $0.isFinite })
}

@Test func whatDoesNotDependOnAParameterHasTheDerivativeZero() throws {
    var (graph, root) = try Laboratory(rowCount: 1, seed: 1).lower(Formula("a * ln(x) + b^0"))
    #expect(graph.derivative(of: root, by: .parameter(1)) == graph.constant(0))
    #expect(graph.derivative(of: root, by: .parameter(2)) == graph.constant(0))
    let slope = graph.derivative(of: root, by: .parameter(0))
    #expect(graph.derivative(of: slope, by: .parameter(0)) == graph.constant(0))
}
