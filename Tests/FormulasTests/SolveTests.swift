// Implicit laws: values, derivatives by the implicit function theorem, and what has no root.

@testable import Formulas
import Testing

private func near(_ a: Double, _ b: Double, _ tolerance: Double = 1e-13) -> Bool {
    (a - b).magnitude <= tolerance * max(1e-3, b.magnitude)
}

@Test(arguments: [
    ("solve(y, 0, 10, y^2 == 2)", "sqrt(2)"), ("solve(y, 0, 100, y * N == D)", "D / N"),
    ("solve(y, -100, 100, exp(y) == N + exp(x))", "ln(N + exp(x))"), ("solve(y, 1e-30, 1e30, y^3 == N)", "N^(1/3)"),
    ("solve(y, x, x + 1, y == x)", "x"), ("solve(y, x - 1, x, y == x)", "x"),
    ("solve(y, 0, 1k, y == N + solve(z, 0, 1k, z == D + y / 2))", "2 * N + 2 * D"),
    ("let r = solve(y, 0, 100, y == N); r * solve(y, 0, 10k, y == D * r)", "N * N * D"),
    ("solve(y, 0, 90, 1 / y == N) * N", "1"), ("solve(y, 0, 1, (y - 0.5)^3 == 0)", "0.5"),
    ("sum(i, 1, 3, solve(y, 0, 10, y^2 == i))", "1 + sqrt(2) + sqrt(3)"),
])
func rootsAreThoseOfTheEquation(text: String, other: String) throws {
    let laboratory = Laboratory(rowCount: 700, seed: 6)
    let (roots, expected) = (try laboratory.values(text), try laboratory.values(other))
    for (root, value) in zip(roots, expected) { #expect(near(root, value), "\(text): \(root), not \(value)") }
}

@Test func aRootIsTheSameWhateverStandsBesideIt() throws {
    let laboratory = Laboratory(rowCount: 40, seed: 6)
    let (graph, root) = try laboratory.lower(Formula("solve(y, 0, 100, y^alpha + y * D == N)"))
    let program = Program(graph, outputs: [root])
    let together = laboratory.run(program)[0]
    let workspace = Workspace(laboratory.bind(program))
    laboratory.parameters.withUnsafeBufferPointer { buffer in
        guard let base = buffer.baseAddress else { return }
        workspace.begin(base)
        for row in 0..<40 {
            workspace.run(from: row, count: 1)
            #expect(workspace.rows(0)?[0] == together[row])
        }
    }
}

@Test func randomEquationsAgreeWithBisection() throws {
    var compared = 0
    let (tanh, sigmoid) = (try #require(Function.named("tanh")), try #require(Function.named("sigmoid")))
    for seed in 0..<800 as Range<UInt64> {
        var generator = RandomFormula(seed: seed, smooth: true)
        let (left, right) = (generator.expression(depth: 2), generator.expression(depth: 2))
        // y grows on the left; the rest is bounded.
        let grows = Expression.binary(.add, .bound("y"), .call(tanh, [left]))
        let bent = Expression.call(sigmoid, [.binary(.multiply, right, .number(0.1))])
        let equation = Expression.solve(
            Equation(unknown: "y", from: .negate(.number(3)), to: .number(4), left: grows, right: bent))
        let laboratory = Laboratory(rowCount: 6, seed: seed, specials: false)
        let formula = Formula(definitions: [], response: nil, prediction: equation)
        let (graph, root) = try laboratory.lower(formula)
        let values = laboratory.run(Program(graph, outputs: [root]))[0]
        for row in 0..<6 where values[row].isFinite {
            var interpreter = Interpreter(laboratory, row: row)
            let expected = interpreter.evaluate(equation)
            guard !interpreter.isUndecided, expected.error < 1e-12 else { continue }
            compared += 1
            #expect(near(values[row], expected.number, 1e-11), "\(formula), row \(row)")
        }
    }
    #expect(compared > 2_000)
}

// MARK: - Derivatives

@Test(arguments: [
    ("solve(y, 0, 100, y^2 == alpha * N)", "sqrt(alpha * N)"), ("solve(y, -9, 99, a + y == b * D)", "b * D - a"),
    ("solve(y, 1e-9, 1k, ln(y) == alpha * ln(N))", "N^alpha"),
    ("exp(-solve(y, 0, 1k, y == alpha * N)) * a", "exp(-alpha * N) * a"),
    ("solve(y, 0, 1k, y == alpha * N + solve(z, 0, 1k, z == alpha + y / 2))", "2 * alpha * (N + 1)"),
    ("let r = solve(y, 0, 99, y == alpha * N); solve(y, 0, 9k, y == r^2)", "(alpha * N)^2"),
])
func derivativesOfRootsAreThoseOfTheirClosedForm(text: String, closed: String) throws {
    let laboratory = Laboratory(rowCount: 20, seed: 9, specials: false)
    func derivatives(_ text: String) throws -> [[Double]] {
        var (graph, root) = try laboratory.lower(Formula(text))
        var outputs = [root]
        for k in 0..<3 {
            let first = graph.derivative(of: root, by: .parameter(k))
            outputs.append(first)
            for l in 0...k { outputs.append(graph.derivative(of: first, by: .parameter(l))) }
        }
        return laboratory.run(Program(graph, outputs: outputs))
    }
    for (found, expected) in zip(try derivatives(text), try derivatives(closed)) {
        for (one, other) in zip(found, expected) { #expect(near(one, other, 1e-11), "\(text): \(one), not \(other)") }
    }
}

@Test func theDerivativeOfARootIsAFormula() throws {
    let formula = try Formula("solve(y, 0, 9, y^3 + y == a * x)")
    let derivative = try formula.derivative(by: "a")
    #expect(try Formula(derivative.description) == derivative)
    #expect(
        derivative.description
            == "let t1 = solve(y, 0, 9, y + y * y^2 == a * x)^2; x / (1 + (t1 + 2 * t1))")
    let second = try derivative.derivative(by: "x")
    #expect(try Formula(second.description) == second)
}

// MARK: - What has no root

private func report(_ text: String, counting: Bool = true) throws -> (values: [Double], report: RootReport) {
    let laboratory = Laboratory(rowCount: 4, seed: 3, specials: false)
    let (graph, root) = try laboratory.lower(Formula(text))
    let program = Program(graph, outputs: [root])
    let workspace = Workspace(laboratory.bind(program))
    workspace.countsRoots = counting
    return laboratory.parameters.withUnsafeBufferPointer { buffer in
        guard let base = buffer.baseAddress else { return ([], RootReport()) }
        workspace.begin(base)
        return (workspace.values(rowCount: 4), workspace.roots)
    }
}

@Test func whatHasNoRootIsNoNumberAndCounted() throws {
    let (values, none) = try report("solve(y, 0, 9, y == -N)")
    #expect(values.allSatisfy { $0.isNaN })
    #expect(none == RootReport(withoutRoot: 4))
    #expect(try report("solve(y, 0, 9, y == -N)", counting: false).report == RootReport(withoutRoot: 4))
    #expect(try report("solve(y, -1, 9, y == sqrt(y))").report == RootReport(undefined: 4))
    #expect(try report("solve(y, 9, 1, y == 3)").report == RootReport(undefined: 4))
    #expect(try report("solve(y, 0, 1 / 0, y == 3)").report == RootReport(undefined: 4))
    #expect(try report("solve(y, 0, 9, y == 3)").report.isEmpty)
}

@Test func severalRootsAreCountedWhereOneLooksForThem() throws {
    let two = try report("solve(y, 0, 9, (y - 2) * (y - 5) == 0)")
    #expect(two.report == RootReport(several: 4))
    #expect(two.values.allSatisfy { $0.isNaN })
    let three = try report("solve(y, 0, 9, (y - 2) * (y - 5) * (y - 7) == 0.001)")
    #expect(three.report == RootReport(several: 4))
    #expect(three.values.allSatisfy { !$0.isNaN })
    #expect(try report("solve(y, 0, 9, (y - 2) * (y - 5) * (y - 7) == 0.001)", counting: false).report.isEmpty)
    #expect(try report("solve(y, 1e-6, 1e6, (ln(y) - 2) * (ln(y) + 5) == 0)").report == RootReport(several: 4))
}

@Test func aJumpIsWhereTheSignChanges() throws {
    #expect(near(try report("solve(y, 0, 9, (y > 2) == 0.5)").values[0], 2))
}

@Test func equationsShareWhatTheyDoNotChange() throws {
    let (graph, root) = try Laboratory(rowCount: 1, seed: 1).lower(Formula("solve(y, 0, 9, y == exp(a * x) * y^2)"))
    let program = Program(graph, outputs: [root])
    // exp(a·x) and the loop; in the loop y², its product and the difference.
    #expect(program.operationsPerRow == 2)
    #expect(program.loops[0].instructions.count <= 3)
}
