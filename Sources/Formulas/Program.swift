// A graph compiled for columns.
//
// Three ranks: what depends on parameters only runs once a call; what depends on columns only runs once a table and
// is kept ("hoisted": ln N); the rest runs over blocks of rows in a few registers. Outputs are stripped of a factor
// that depends on parameters only, so that a derivative such as −A·ln N·N^−α needs no multiplication a row.

import VectorMath

/// A compiled graph: values and derivatives of a formula over columns, in one pass.
package struct Program: @unchecked Sendable {  // unchecked: kernels are pointers to constant C functions
    /// Rows that run together: the registers of a law then stay in the processor's first caches.
    package static let blockSize = 512

    enum Operand: Equatable {
        case scalar(Int)
        case column(Int)
        case register(Int)
        /// A function of schedules, computed for all rows by `begin`.
        case curve(Int)
    }

    /// A function of schedules and the numbers that it depends on.
    struct CurveInstruction {
        let curve: Graph.Curve
        let arguments: [Operand]
    }

    struct Instruction {
        let kernel: Kernel
        let destination: Operand
        var a: Operand
        var b: Operand
        var c: Operand
    }

    /// What finds the roots of one equation: instructions that compute the equation at the unknown, run until every row
    /// has its root.
    struct Loop {
        let instructions: [Instruction]
        let unknown: Operand
        let equation: Operand
        /// Whether it stands in no other loop.
        let isOutermost: Bool
    }

    /// An output is `scale · base`, or `scale` alone where it is the same on all rows.
    struct Output {
        let scale: Operand
        let base: Operand?
    }

    /// How many of the instructions the outputs up to a tier need.
    struct Tier {
        let scalarCount: Int
        let curveCount: Int
        let rowCount: Int
    }

    /// What the program reads, in the order of the binding's columns.
    package let inputs: [Graph.Input]
    let scalarInstructions: [Instruction]
    let hoistedInstructions: [Instruction]
    let rowInstructions: [Instruction]
    let loops: [Loop]
    let curves: [CurveInstruction]
    /// The rates behind the inputs that name schedules.
    let scheduleRates: [Int: [[Double]]]
    let tiers: [Tier]
    let outputs: [Output]
    /// The scalar slots' values before a call: constants, and zero elsewhere.
    let initialScalars: [Double]
    /// The scalar slot of each plain parameter family that the program uses.
    let parameterSlots: [(family: Int, slot: Int)]
    let hoistedCount: Int
    let hoistedRegisterCount: Int
    let registerCount: Int
    package let level: VectorLevel

    /// The columns, bound or hoisted, that the row instructions and the outputs read.
    var columnsOfRows: [Int] {
        var found: Set<Int> = []
        func note(_ operand: Operand) { if case .column(let column) = operand { found.insert(column) } }
        for instruction in rowInstructions + loops.flatMap(\.instructions) {
            note(instruction.a)
            note(instruction.b)
            note(instruction.c)
        }
        for output in outputs { if let base = output.base { note(base) } }
        for loop in loops { note(loop.equation) }
        return found.sorted()
    }

    /// Whether rows have equations to be solved.
    package var solvesEquations: Bool { !loops.isEmpty }

    /// How many operations run for each row, for tests and benchmarks.
    package var operationsPerRow: Int { rowInstructions.count }

    /// Compiles what `outputs` need.
    package init(_ graph: Graph, outputs roots: [Graph.Node], level: VectorLevel = .best) {
        self.init(graph, tiers: [roots], level: level)
    }

    /// Compiles outputs in tiers, such as value, gradient and second derivatives: a call may ask for the first tiers
    /// only, and all share the columns that are computed once a table.
    package init(_ graph: Graph, tiers tierRoots: [[Graph.Node]], level: VectorLevel = .best) {
        var compiler = ProgramCompiler(graph, tierRoots, level.kernels)
        compiler.compile()
        tiers = compiler.tiers
        inputs = graph.inputs
        scalarInstructions = compiler.scalarInstructions
        hoistedInstructions = compiler.hoistedInstructions
        rowInstructions = compiler.rowInstructions
        loops = compiler.loops
        curves = compiler.curves
        scheduleRates = graph.scheduleRates
        outputs = compiler.outputs
        initialScalars = compiler.scalars
        parameterSlots = compiler.parameterSlots
        hoistedCount = compiler.hoistedCount
        hoistedRegisterCount = compiler.hoistedRegisters.count
        registerCount = compiler.rowRegisters.count
        self.level = level
    }

    // MARK: - Constant folding

    static func fold(_ function: Int32, _ x: Double) -> Double {
        guard case .kernel(let kernel, _) = Function.all[Int(function)].meaning else {
            preconditionFailure("an expanded function is not an entry of the graph")
        }
        var (result, x) = (0.0, x)
        kernel(VectorLevel.portable.kernels)(&result, &x, 1)
        return result
    }

    static func fold(_ operation: Graph.Operation, _ x: Double, _ y: Double) -> Double {
        var (result, x, y) = (0.0, x, y)
        Kernel.binary(operation, VectorLevel.portable.kernels).vv(&result, &x, &y, 1)
        return result
    }
}
