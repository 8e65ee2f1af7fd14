// Functions of whole schedules against plain sums, with their derivatives against differences.

@testable import Formulas
import Testing

/// Rows that ask two schedules for some of their steps.
private struct Curves {
    static let schedules: [String: [Double]] = {
        let ramp: [Double] = (0..<40).map { 3e-3 * Double($0) / 39 }
        let line: [Double] = (40..<400).map { 1e-4 + 2.9e-3 * Double(399 - $0) / 360 }
        let drops = ramp + Array(repeating: 2e-3, count: 460) + Array(repeating: 5e-4, count: 300)
        return ["falls": ramp + line, "drops": drops + Array(repeating: 0, count: 100)]
    }()
    let rows: [(label: String, step: Int)] = {
        let first = [0, 1, 39, 40, 41, 200, 399].map { (label: "falls", step: $0) }
        let second = [899, 20, 499, 500, 501, 799, 800, 850].map { (label: "drops", step: $0) }
        return first + second
    }()

    /// The outputs of a formula with parameters p, q, r and, where asked for, its derivatives.
    func program(_ text: String, derivatives: Bool) throws -> Program {
        let formula = try Formula(text)
        var lowering = Lowering(formula) { symbol in
            guard let position = ["p", "q", "r"].firstIndex(of: symbol.name) else {
                return .input(.column(symbol.name), positive: false)
            }
            return .parameter(position, indexed: false, positive: true)
        }
        lowering.schedules = Self.schedules
        let root = try lowering.lower(formula.prediction)
        var outputs = [root]
        for k in 0..<3 where derivatives {
            let first = lowering.graph.derivative(of: root, by: .parameter(k))
            outputs.append(first)
            for l in 0...k { outputs.append(lowering.graph.derivative(of: first, by: .parameter(l))) }
        }
        return Program(lowering.graph, outputs: outputs)
    }

    func workspace(_ program: Program) -> Workspace {
        let columns: [[Double]] = program.inputs.map { input in
            if case .schedule(_, let names) = input {
                return rows.map { row in Double(names.firstIndex(of: row.label) ?? -1) }
            }
            return rows.map { Double($0.step) }
        }
        return Workspace(
            Binding(program, columns: columns, rowCount: rows.count, offsets: [0, 1, 2], codes: [[], [], []]))
    }

    func run(_ program: Program, _ workspace: Workspace, _ parameters: [Double]) -> [[Double]] {
        parameters.withUnsafeBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return [] }
            workspace.begin(base)
            workspace.run(from: 0, count: rows.count)
            return program.outputs.indices.map { k in
                let (scale, values) = (workspace.scale(k), workspace.rows(k))
                return rows.indices.map { scale * (values?[$0] ?? 1) }
            }
        }
    }

    func values(_ text: String, _ parameters: [Double]) throws -> [Double] {
        let program = try program(text, derivatives: false)
        return run(program, workspace(program), parameters)[0]
    }
}

private func annealed(_ rates: [Double], _ step: Int, _ lambda: Double) -> Double {
    let fall = rates.indices.dropFirst().first { rates[$0] < rates[$0 - 1] } ?? rates.count
    var total = 0.0
    for i in stride(from: fall, through: step, by: 1) {
        for k in fall...i { total += (rates[k - 1] - rates[k]) * Elementary.power(lambda, Double(i - k)) }
    }
    return total
}

private func multiPower(_ rates: [Double], _ step: Int, _ c: Double, _ beta: Double, _ gamma: Double) -> Double {
    var total = 0.0
    for k in stride(from: 1, through: step, by: 1) where rates[k] != rates[k - 1] {
        let tail = rates[k...step].reduce(0, +)
        let x = rates[k] == 0 ? (tail > 0 ? Double.infinity : 0) : Elementary.power(rates[k], -gamma) * tail
        total += (rates[k - 1] - rates[k]) * (1 - Elementary.power(1 + c * x, -beta))
    }
    return total
}

private func near(_ a: Double, _ b: Double, _ tolerance: Double) -> Bool {
    (a - b).magnitude <= tolerance * max(1e-6, b.magnitude)
}

@Test func functionsOfSchedulesArePlainSums() throws {
    let curves = Curves()
    let parameters = [0.97, 0.6, 0.7]
    let areas = try curves.values("annealing(s, t, p)", parameters)
    let sums = try curves.values("ratesum(s, t)", parameters)
    let rates = try curves.values("rate(s, t)", parameters)
    let powers = try curves.values("multipower(s, t, p, q, r)", parameters)
    for (k, row) in curves.rows.enumerated() {
        let schedule = try #require(Curves.schedules[row.label])
        #expect(near(areas[k], annealed(schedule, row.step, 0.97), 1e-12), "\(row)")
        #expect(near(sums[k], schedule[0...row.step].reduce(0, +), 1e-14), "\(row)")
        #expect(rates[k] == schedule[row.step])
        #expect(near(powers[k], multiPower(schedule, row.step, 0.97, 0.6, 0.7), 1e-11), "\(row): \(powers[k])")
    }
}

@Test(arguments: [
    "annealing(s, t, p)", "q * annealing(s, t, p * r)", "multipower(s, t, p, q, r)", "multipower(s, t, p, p * q, r)",
    "p + q * (1 + ratesum(s, t))^-r - annealing(s, t, p)^2", "p * multipower(s, t, 2 * q, 0.5, r) * rate(s, t)",
])
func derivativesOfFunctionsOfSchedulesAgreeWithDifferences(text: String) throws {
    let curves = Curves()
    let program = try curves.program(text, derivatives: true)
    let workspace = curves.workspace(program)
    let point = [0.96, 0.6, 0.7]
    let exact = curves.run(program, workspace, point)
    var output = 0
    var compared = 0
    for k in 0..<3 {
        let firstOutput = output + 1
        output += 1
        for l in 0..<k + 2 {
            // The first derivative by k from values, then the second ones by l from first ones.
            let (of, by, at) = l == 0 ? (0, k, firstOutput) : (firstOutput, l - 1, firstOutput + l)
            if l > 0 { output += 1 }
            for row in curves.rows.indices {
                let (slope, error) = difference(step: 0.01) { h in
                    var moved = point
                    moved[by] += h
                    return curves.run(program, workspace, moved)[of][row]
                }
                guard error < 1e-9 * max(1e-3, slope.magnitude) else { continue }
                compared += 1
                #expect(
                    near(exact[at][row], slope, 1e-8),
                    "\(text), row \(row), output \(at): \(exact[at][row]), \(slope)")
            }
        }
    }
    #expect(compared > 60)
}

@Test func tiersComputeOnlyWhatTheyNeed() throws {
    let curves = Curves()
    let whole = try curves.program("annealing(s, t, p)", derivatives: true)
    let first = try curves.program("annealing(s, t, p)", derivatives: false)
    #expect(whole.curves.count == 3 && first.curves.count == 1)
    #expect(first.tiers[0].curveCount == 1)
}

@Test func functionsOfSchedulesReadBackAndHaveNoWrittenDerivative() throws {
    let formula = try Formula(
        "loss ~ L0 + A * ratesum(schedule, step)^-alpha - C * annealing(schedule, step, lambda)")
    #expect(try Formula(formula.description) == formula)
    #expect(formula.symbols.map(\.name) == ["L0", "A", "schedule", "step", "alpha", "C", "lambda"])
    #expect(formula.scheduleColumns.count == 1)
    #expect(
        try formula.derivative(by: "C").description == "-annealing(schedule, step, lambda)")
    #expect { try formula.derivative(by: "lambda") } throws: {
        "\($0)" == "the derivative by 'lambda' is no formula\n  help: a fit computes it; only its text is missing"
    }
    #expect(
        try Formula("multipower(s, t, a, b, c)").latex == "\\operatorname{multipower}\\left(s, t, a, b, c\\right)")
}

@Test func argumentsAreTheSameOnAllRows() throws {
    #expect(throws: LoweringError.argumentOnRows("lambda of annealing")) {
        try Curves().values("annealing(s, t, t / 2)", [1, 1, 1])
    }
}

@Test func selectedRowsHaveTheirCurvesAndRoots() throws {
    let curves = Curves()
    let program = try curves.program(
        "annealing(s, t, p) + solve(x, 0, 1k, x + q * x^2 == 1 + t)", derivatives: true)
    let workspace = curves.workspace(program)
    let all = curves.run(program, workspace, [0.9, 0.5, 1])
    let rows: [Int32] = [3, 3, 0, 9, 14, 9]
    for parameters in [[0.9, 0.5, 1], [0.8, 0.5, 1], [0.9, 0.5, 1]] {
        workspace.select(rows)
        try parameters.withUnsafeBufferPointer { buffer in
            workspace.begin(try #require(buffer.baseAddress))
            workspace.run(from: 0, count: rows.count)
            for k in program.outputs.indices where parameters[0] == 0.9 {
                for (place, row) in rows.enumerated() {
                    #expect(workspace.scale(k) * (workspace.rows(k)?[place] ?? 1) == all[k][Int(row)])
                }
            }
        }
    }
    workspace.select(nil)
    #expect(curves.run(program, workspace, [0.9, 0.5, 1]) == all)
}
