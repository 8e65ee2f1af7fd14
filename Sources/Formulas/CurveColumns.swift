// The columns of a workspace that functions of schedules fill: computed by `begin`, where their arguments changed.

import VectorMath

final class CurveColumns {
    /// The inputs of schedules and of steps.
    struct Pair: Hashable, Sendable {
        let schedule: Int
        let step: Int
    }

    /// Functions with the same arguments on the same rows: one pass computes all of their derivatives.
    private struct Group {
        let pair: Pair
        let function: CurveFunction
        let arguments: [Program.Operand]
        var members: [Int] = []
        /// The arguments of the last pass, and how many members it computed.
        var last: [Double] = []
        var computed = 0
        /// Whether the selected rows have what was computed.
        var isGathered = true
    }

    private let program: Program
    private let rows: [Pair: CurveRows]
    private let columns: [UnsafeMutablePointer<Double>]
    private let kernels: vm_kernels
    private var groups: [Group] = []
    /// The rows that stand in place of all, and their values.
    private var selection: [Int32]?
    private var selected: [[Double]] = []

    init(_ binding: Binding) {
        program = binding.program
        rows = binding.curveRows
        kernels = program.level.kernels
        columns = program.curves.map { _ in .allocate(capacity: max(1, binding.rowCount)) }
        for (position, instruction) in program.curves.enumerated() {
            let curve = instruction.curve
            let pair = Pair(schedule: curve.schedule, step: curve.step)
            if let known = groups.firstIndex(where: {
                $0.pair == pair && $0.function == curve.function && $0.arguments == instruction.arguments
            }) {
                groups[known].members.append(position)
            } else {
                groups.append(
                    Group(
                        pair: pair, function: curve.function, arguments: instruction.arguments, members: [position]))
            }
        }
    }

    deinit { for column in columns { column.deallocate() } }

    /// The values of a curve on the rows that are selected. The pointer lives until the next `compute` or `select`.
    subscript(curve: Int) -> UnsafePointer<Double> {
        if selection == nil { return UnsafePointer(columns[curve]) }
        // A native Swift array never moves its elements while nobody writes to it.
        return selected[curve].withUnsafeBufferPointer { $0.baseAddress ?? UnsafePointer(columns[curve]) }
    }

    /// Takes these rows, in this order, in place of all of them; nil for all.
    func select(_ rows: [Int32]?) {
        if columns.isEmpty { return }
        selection = rows
        selected = columns.map { _ in [] }
        for k in groups.indices { groups[k].isGathered = rows == nil }
    }

    /// Computes the first `count` curves with the scalars of a call.
    func compute(_ count: Int, _ scalars: UnsafePointer<Double>) {
        for k in groups.indices {
            let members = groups[k].members.filter { $0 < count }
            let arguments = groups[k].arguments.map { operand in
                if case .scalar(let slot) = operand { scalars[slot] } else { Double.nan }
            }
            let isKnown = arguments == groups[k].last && members.count <= groups[k].computed
            if members.isEmpty || (isKnown && groups[k].isGathered) { continue }
            if !isKnown {
                groups[k].last = arguments
                groups[k].computed = members.count
                rows[groups[k].pair]?.compute(
                    groups[k].function, arguments, members.map { (program.curves[$0].curve.orders, columns[$0]) },
                    kernels)
            }
            groups[k].isGathered = true
            guard let selection else { continue }
            // All that the last pass computed, so that a later call for more of them finds them.
            for member in groups[k].members.prefix(groups[k].computed) {
                selected[member] = selection.map { columns[member][Int($0)] }
            }
        }
    }

    /// The rows of each pair of inputs that a program asks for.
    static func rows(
        _ program: Program, _ columns: [UnsafePointer<Double>], _ rowCount: Int
    ) -> [Pair: CurveRows] {
        var rows: [Pair: CurveRows] = [:]
        for instruction in program.curves {
            let pair = Pair(schedule: instruction.curve.schedule, step: instruction.curve.step)
            if rows[pair] != nil { continue }
            rows[pair] = CurveRows(
                rates: program.scheduleRates[pair.schedule] ?? [], codes: columns[pair.schedule],
                steps: columns[pair.step], rowCount: rowCount,
                multiplies: program.curves.contains { $0.curve.function == .multipower })
        }
        return rows
    }
}
