// A program at work: its columns, and the buffers that one thread runs it in.

import VectorMath

/// The columns that a program reads, with those that it computes once a table. Shared between threads.
package struct Binding: @unchecked Sendable {  // unchecked: immutable once made; pointers live as long as `storage`
    let program: Program
    package let rowCount: Int
    /// For each indexed parameter family, which of its values each row takes.
    let codes: [[Int32]]
    /// Where each parameter family starts in the vector of all parameters.
    let offsets: [Int]
    private let storage: ColumnStorage
    /// The rows of each pair of a schedule's and a step's input.
    let curveRows: [CurveColumns.Pair: CurveRows]
    var columns: [UnsafePointer<Double>] { storage.pointers }

    /// Binds columns in the order of `program.inputs`, each of `rowCount` values, and computes the hoisted ones.
    package init(
        _ program: Program, columns: [[Double]], rowCount: Int, offsets: [Int] = [], codes: [[Int32]] = []
    ) {
        precondition(columns.count == program.inputs.count && columns.allSatisfy { $0.count == rowCount })
        self.program = program
        self.rowCount = rowCount
        self.codes = codes
        self.offsets = offsets
        storage = ColumnStorage(columns, hoisted: program.hoistedCount, rowCount: rowCount)
        curveRows = CurveColumns.rows(program, storage.pointers, rowCount)
        hoist()
    }

    private func hoist() {
        guard program.hoistedCount > 0 else { return }
        let workspace = Workspace(self, registers: program.hoistedRegisterCount)
        workspace.runScalars(program.scalarInstructions)
        for start in stride(from: 0, to: rowCount, by: Program.blockSize) {
            let count = min(Program.blockSize, rowCount - start)
            workspace.run(program.hoistedInstructions, from: start, count: count)
        }
    }
}

/// Keeps the bound arrays alive and owns the hoisted ones.
private final class ColumnStorage {
    let pointers: [UnsafePointer<Double>]
    private let bound: [[Double]]
    private let hoisted: [UnsafeMutablePointer<Double>]

    init(_ columns: [[Double]], hoisted count: Int, rowCount: Int) {
        bound = columns
        hoisted = (0..<count).map { _ in
            let raw = UnsafeMutableRawPointer.allocate(byteCount: max(1, rowCount) * 8, alignment: 64)
            return raw.bindMemory(to: Double.self, capacity: max(1, rowCount))
        }
        // A native Swift array never moves its elements while nobody writes to it, and `bound` keeps it alive.
        pointers =
            columns.map { $0.withUnsafeBufferPointer { $0.baseAddress ?? emptyColumn } }
            + hoisted.map { UnsafePointer($0) }
    }

    deinit { for column in hoisted { column.deallocate() } }
}

private nonisolated(unsafe) let emptyColumn: UnsafePointer<Double> = UnsafePointer(
    UnsafeMutablePointer<Double>.allocate(capacity: 1))

/// Columns of a few rows, copied beside each other.
private final class SelectedRows {
    let capacity: Int
    private let stride: Int
    private let base: UnsafeMutablePointer<Double>

    init(columns: Int, capacity: Int) {
        self.capacity = capacity
        stride = (capacity + 7) / 8 * 8
        base = UnsafeMutableRawPointer.allocate(byteCount: max(1, columns * stride) * 8, alignment: 64)
            .bindMemory(to: Double.self, capacity: max(1, columns * stride))
    }

    deinit { base.deallocate() }

    subscript(column: Int) -> UnsafeMutablePointer<Double> { base + column * stride }
}

/// The buffers of one thread that runs a bound program.
package final class Workspace {
    private let binding: Binding
    private let program: Program
    private let scalars: UnsafeMutablePointer<Double>
    private let registers: UnsafeMutablePointer<Double>
    private var columns: [UnsafePointer<Double>]
    private var codes: [[Int32]]
    private var selected: SelectedRows?
    private var parameters: UnsafePointer<Double>?
    private var instructions: Program.Tier
    private var blockStart = 0
    private let finders: [RootFinder]
    private let curves: CurveColumns
    /// Whether every solved equation is searched for further roots, which costs as much as ten solutions.
    package var countsRoots = false
    /// Rows without a root, or with several, since `begin`.
    package private(set) var roots = RootReport()

    package convenience init(_ binding: Binding) {
        self.init(binding, registers: binding.program.registerCount)
    }

    init(_ binding: Binding, registers count: Int) {
        self.binding = binding
        program = binding.program
        columns = binding.columns
        codes = binding.codes
        instructions = program.tiers[program.tiers.count - 1]
        scalars = .allocate(capacity: max(1, program.initialScalars.count))
        curves = CurveColumns(binding)
        finders = program.loops.map { _ in RootFinder() }
        for (slot, value) in program.initialScalars.enumerated() { scalars[slot] = value }
        let bytes = max(1, count) * Program.blockSize * 8
        registers = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 64)
            .bindMemory(to: Double.self, capacity: max(1, count) * Program.blockSize)
    }

    deinit {
        scalars.deallocate()
        registers.deallocate()
    }

    /// Sets the parameters and computes what depends on them alone, for the outputs up to `tier` (all of them where it
    /// is nil). The pointer must live until the last block ran.
    package func begin(_ parameters: UnsafePointer<Double>, tier: Int? = nil) {
        self.parameters = parameters
        roots = RootReport()
        instructions = program.tiers[tier ?? program.tiers.count - 1]
        for (family, slot) in program.parameterSlots { scalars[slot] = parameters[binding.offsets[family]] }
        for k in 0..<instructions.scalarCount { step(program.scalarInstructions[k], 0, 1) }
        if instructions.curveCount > 0 { curves.compute(instructions.curveCount, scalars) }
    }

    /// Runs the rows `start ..< start + count` for the outputs that `begin` asked for; `count` is at most the block
    /// size.
    package func run(from start: Int, count: Int) {
        blockStart = start
        for k in 0..<instructions.rowCount { step(program.rowInstructions[k], start, count) }
    }

    /// The factor of output `k` that is the same on all rows.
    package func scale(_ k: Int) -> Double {
        guard case .scalar(let slot) = program.outputs[k].scale else { return 1 }
        return scalars[slot]
    }

    /// The rows of output `k` in the block that ran last, to be multiplied by `scale(k)`; nil where all are 1.
    package func rows(_ k: Int) -> UnsafePointer<Double>? {
        program.outputs[k].base.map { read($0, blockStart) }
    }

    /// Lets the program run over these rows of the binding, in this order and as often as they are listed, in place of
    /// all of them; nil for all.
    package func select(_ rows: [Int32]?) {
        curves.select(rows)
        guard let rows else {
            (columns, codes) = (binding.columns, binding.codes)
            return
        }
        let needed = program.columnsOfRows
        if selected.map({ $0.capacity < rows.count }) ?? true {
            selected = SelectedRows(columns: needed.count, capacity: max(rows.count, binding.rowCount))
        }
        guard let selected else { return }
        let all = binding.columns
        for (k, column) in needed.enumerated() {
            let (source, target) = (all[column], selected[k])
            for (place, row) in rows.enumerated() { target[place] = source[Int(row)] }
            columns[column] = UnsafePointer(target)
        }
        for (family, every) in binding.codes.enumerated() where !every.isEmpty {
            codes[family] = rows.map { every[Int($0)] }
        }
    }

    // MARK: - The machine

    func runScalars(_ instructions: [Program.Instruction]) {
        for instruction in instructions { step(instruction, 0, 1) }
    }

    func run(_ instructions: [Program.Instruction], from start: Int, count: Int) {
        for instruction in instructions { step(instruction, start, count) }
    }

    @inline(__always)
    private func step(_ instruction: Program.Instruction, _ start: Int, _ count: Int) {
        let destination = UnsafeMutablePointer(mutating: read(instruction.destination, start))
        switch instruction.kernel {
        case .unary(let kernel): kernel(destination, read(instruction.a, start), count)
        case .vv(let kernel): kernel(destination, read(instruction.a, start), read(instruction.b, start), count)
        case .vs(let kernel): kernel(destination, read(instruction.a, start), read(instruction.b, start)[0], count)
        case .sv(let kernel): kernel(destination, read(instruction.a, start)[0], read(instruction.b, start), count)
        case .select(let kernel):
            kernel(
                destination, read(instruction.a, start), read(instruction.b, start), read(instruction.c, start), count
            )
        case .multiplyAdd(let kernel):
            kernel(
                destination, read(instruction.a, start), read(instruction.b, start)[0], read(instruction.c, start),
                count)
        case .fill(let kernel): kernel(destination, read(instruction.a, start)[0], count)
        case .gather(let family): gather(family, into: destination, start, count)
        case .root(let loop):
            solve(
                loop, into: destination, read(instruction.a, start), read(instruction.b, start), instruction, start,
                count)
        }
    }

    @inline(never)
    private func stepInLoop(_ instruction: Program.Instruction, _ start: Int, _ count: Int) {
        step(instruction, start, count)
    }

    private func solve(
        _ number: Int, into destination: UnsafeMutablePointer<Double>, _ from: UnsafePointer<Double>,
        _ to: UnsafePointer<Double>, _ instruction: Program.Instruction, _ start: Int, _ count: Int
    ) {
        let loop = program.loops[number]
        let finder = finders[number]
        let (fromStride, toStride) = (instruction.a.stride, instruction.b.stride)
        finder.run(
            count: count, ends: { (from[$0 * fromStride], to[$0 * toStride]) },
            unknown: UnsafeMutablePointer(mutating: read(loop.unknown, start)), equation: read(loop.equation, start),
            counting: countsRoots && loop.isOutermost, into: destination
        ) {
            for inner in loop.instructions { stepInLoop(inner, start, count) }
        }
        if loop.isOutermost { roots.add(finder.report) }
    }

    @inline(__always)
    private func read(_ operand: Program.Operand, _ start: Int) -> UnsafePointer<Double> {
        switch operand {
        case .scalar(let slot): UnsafePointer(scalars + slot)
        case .column(let column): columns[column] + start
        case .curve(let curve): curves[curve] + start
        case .register(let register): UnsafePointer(registers + register * Program.blockSize)
        }
    }

    private func gather(_ family: Int, into destination: UnsafeMutablePointer<Double>, _ start: Int, _ count: Int) {
        guard let parameters else { preconditionFailure("a program with parameters runs after begin") }
        let offset = binding.offsets[family]
        codes[family].withUnsafeBufferPointer { codes in
            for row in 0..<count { destination[row] = parameters[offset + Int(codes[start + row])] }
        }
    }
}

extension Program {
    /// The first output of a program without parameters, on every row.
    package func values(columns: [[Double]], rowCount: Int) -> [Double] {
        let workspace = Workspace(Binding(self, columns: columns, rowCount: rowCount))
        return withUnsafeTemporaryAllocation(of: Double.self, capacity: 1) { none in
            none.initialize(repeating: 0)
            workspace.begin(UnsafePointer(none.baseAddress.unsafelyUnwrapped))
            return workspace.values(rowCount: rowCount)
        }
    }
}

extension Workspace {
    /// The first output on every row, with the parameters that `begin` set.
    package func values(rowCount: Int) -> [Double] {
        var result = [Double](repeating: 0, count: rowCount)
        for start in stride(from: 0, to: rowCount, by: Program.blockSize) {
            let count = min(Program.blockSize, rowCount - start)
            run(from: start, count: count)
            let (factor, base) = (scale(0), rows(0))
            for row in 0..<count { result[start + row] = base.map { factor * $0[row] } ?? factor }
        }
        return result
    }
}

extension Program.Operand {
    /// How far the value of the next row is.
    fileprivate var stride: Int { if case .scalar = self { 0 } else { 1 } }
}

extension RootReport {
    fileprivate mutating func add(_ other: RootReport) {
        withoutRoot += other.withoutRoot
        undefined += other.undefined
        notConverged += other.notConverged
        several += other.several
    }
}
