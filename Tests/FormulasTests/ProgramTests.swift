// Compiled programs against a dumb interpreter, level against level, and the work that they do, counted.

@testable import Formulas
import Testing

@Test(arguments: [1, 7, 512, 513, 1500]) func programsAgreeWithTheInterpreter(rowCount: Int) throws {
    var compared = 0
    for seed in 0..<UInt64(max(60, 40_000 / rowCount)) {
        var generator = RandomFormula(seed: seed &* 31 &+ UInt64(rowCount))
        let expression = generator.expression(depth: 5)
        let formula = Formula(definitions: [], response: nil, prediction: expression)
        let laboratory = Laboratory(rowCount: rowCount, seed: seed)
        let (graph, root) = try laboratory.lower(formula)
        let values = laboratory.run(Program(graph, outputs: [root]))[0]
        for row in stride(from: 0, to: rowCount, by: 1 + rowCount / 40) {
            var interpreter = Interpreter(laboratory, row: row)
            let expected = interpreter.evaluate(expression)
            if interpreter.isUndecided { continue }
            compared += 1
            let tolerance = max(1e-13 * expected.number.magnitude, expected.error)
            let agree =
                expected.number.isNaN
                ? values[row].isNaN
                : expected.number == values[row] || (expected.number - values[row]).magnitude <= tolerance
            #expect(agree, "\(expression) on row \(row), seed \(seed): \(values[row]), not \(expected)")
            if !agree { return }
        }
    }
    #expect(compared > 600)
}

@Test func everyLevelGivesTheSameBits() throws {
    let laboratory = Laboratory(rowCount: 1500, seed: 5)
    for seed in 0..<300 as Range<UInt64> {
        var generator = RandomFormula(seed: seed)
        let formula = Formula(definitions: [], response: nil, prediction: generator.expression(depth: 5))
        var (graph, root) = try laboratory.lower(formula)
        let outputs = [root] + (0..<4).map { graph.derivative(of: root, by: .parameter($0)) }
        let portable = laboratory.run(Program(graph, outputs: outputs, level: .portable))
        for level in [VectorLevel.avx2, .avx512] where level.isSupported {
            let wide = laboratory.run(Program(graph, outputs: outputs, level: level))
            for (narrow, wide) in zip(portable.joined(), wide.joined()) where !narrow.isNaN {
                #expect(narrow.bitPattern == wide.bitPattern, "\(formula) at \(level)")
            }
        }
    }
}

@Test func theOrderOfOutputsAndTheirRepetitionDoNotMatter() throws {
    let laboratory = Laboratory(rowCount: 20, seed: 1)
    var (graph, root) = try laboratory.lower(Formula("a * N^alpha + b"))
    let slope = graph.derivative(of: root, by: .parameter(2))
    let together = laboratory.run(Program(graph, outputs: [slope, root, root]))
    #expect(together[1] == together[2])
    #expect(together[1] == laboratory.run(Program(graph, outputs: [root]))[0])
    #expect(together[0] == laboratory.run(Program(graph, outputs: [slope]))[0])
}

@Test func constantsAndParametersAloneFillEveryRow() throws {
    let laboratory = Laboratory(rowCount: 3, seed: 1)
    #expect(try laboratory.values("2 * 3") == [6, 6, 6])
    #expect(try laboratory.values("alpha") == Array(repeating: laboratory.parameters[2], count: 3))
    #expect(try laboratory.values("N") == laboratory.columns["N"])
    #expect(try laboratory.values("E[recipe]") == laboratory.codes.map { laboratory.parameters[3 + Int($0)] })
}

@Test func noRowsGiveNoValues() throws {
    #expect(try Laboratory(rowCount: 0, seed: 1).values("a * N^alpha + sin(x)") == [])
}

// MARK: - Counts are gates

/// The program of a law whose columns are N, D, P and positive: value, first and second derivatives.
private func program(_ text: String, derivatives order: Int) throws -> Program {
    var families: [Symbol] = []
    let formula = try Formula(text)
    var lowering = Lowering(formula) { symbol in
        if ["N", "D", "P"].contains(symbol.name) { return .input(.column(symbol.name), positive: true) }
        families.append(symbol)
        return .parameter(families.count - 1, indexed: !symbol.indices.isEmpty, positive: symbol.name.hasSuffix("c"))
    }
    let root = try lowering.lower(formula.prediction)
    var outputs = [root]
    for k in families.indices where order > 0 {
        let first = lowering.graph.derivative(of: root, by: .parameter(k))
        outputs.append(first)
        guard order > 1 else { continue }
        outputs += (0...k).map { lowering.graph.derivative(of: first, by: .parameter($0)) }
    }
    return Program(lowering.graph, outputs: outputs)
}

private let chinchilla = "loss ~ E + A / N^alpha + B / D^beta"

@Test(arguments: [(0, 5, 2), (1, 7, 5), (2, 11, 9)])
func chinchillaCostsFewOperations(order: Int, operations: Int, registers: Int) throws {
    let law = try program(chinchilla, derivatives: order)
    #expect(law.operationsPerRow <= operations)
    #expect(law.registerCount <= registers)
}

@Test func logarithmsOfColumnsAreHoisted() throws {
    let law = try program(chinchilla, derivatives: 2)
    #expect(law.hoistedCount == 2)
    #expect(try program("k * (ln(N)^2 + D * sqrt(P))", derivatives: 0).operationsPerRow == 0)
    #expect(try program("k * (ln(N)^2 + D * sqrt(P))", derivatives: 0).hoistedCount == 1)
}

@Test func aPowerOfAQuotientWithAScaleNeedsNoLogarithmARow() throws {
    #expect(try program("(Nc / N)^alpha", derivatives: 0).operationsPerRow == 2)
    #expect(try program("(Nc / N)^alpha", derivatives: 1).operationsPerRow <= 4)
}

@Test func operatorsOnTruthsAreOneOperationEach() throws {
    #expect(try program("k < N and k < D or k < P", derivatives: 0).operationsPerRow == 5)
}

@Test func longSumsNeedFewRegisters() throws {
    let terms = (1...200).map { "k\($0) * N^alpha\($0)" }.joined(separator: " + ")
    #expect(try program(terms, derivatives: 0).registerCount <= 3)
}

@Test func choicesGiveTheirRegistersBack() throws {
    let terms = (1...50).map { "(k\($0) and N)" }.joined(separator: " + ")
    #expect(try program(terms, derivatives: 0).registerCount <= 6)
}
