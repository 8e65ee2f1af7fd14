// A schedule that a table holds: the rates that a run logged, one row a step or every so many steps.

import Formulas
import Tables

/// Where the rates of a schedule stand in a table, and what fills the steps between its rows.
public struct ScheduleColumn: Hashable, Sendable {
    /// What stands between two rows that are not neighbours.
    public enum Fill: String, Hashable, Sendable, CaseIterable {
        /// Each rate until the next row.
        case hold
        /// A line from one row to the next.
        case linear
    }

    /// The file of the table; nil for the table at hand.
    public let file: String?
    /// The columns of the rates and of the steps, which count from 0.
    public let rate: String
    public let step: String
    /// Nil where rows must be neighbours.
    public let fill: Fill?
    /// How many steps the rate rises from 0 to that of the first row; nil where the rows begin at step 0.
    public let warmup: Int?

    static let name = "column"
    static let keys = ["file", "fill", "rate", "step", "warmup"]

    init(_ words: ScheduleWords) throws(ScheduleFault) {
        file = words.values["file"]
        rate = words.values["rate"] ?? "lr"
        step = words.values["step"] ?? "step"
        fill = try words.values["fill"].map { text throws(ScheduleFault) in
            guard let fill = Fill(rawValue: text) else { throw .doesNotFit("fill", needs: "hold or linear") }
            return fill
        }
        warmup =
            words.values["warmup"] == nil ? nil : try words.count("warmup", in: 0...(Schedule.mostSteps - 1))
    }

    /// The rate of each step from 0 to the last that has a row.
    ///
    /// Rows are taken in the order of their steps; a row that says again what another said is passed over. With W steps
    /// of warm-up, step k < W before the first row has its rate times k/(W − 1), any later one its rate.
    ///
    /// - Parameters:
    ///   - table: with the two columns.
    ///   - rows: those of the run; nil for all. Rows without a step or a rate are passed over.
    /// - Throws: ``ScheduleFault`` for steps that are none, two rates of one step, a late beginning, and gaps where
    ///   nothing says how to fill them; `TableError` for the columns.
    public func rates(_ table: Table, rows: [Int]? = nil) throws -> [Double] {
        let (steps, rates) = (try table.numbers(step), try table.numbers(rate))
        var known: [(step: Int, rate: Double)] = []
        let order = (rows ?? Array(0..<table.rowCount)).filter { !steps[$0].isNaN && !rates[$0].isNaN }
            .sorted { (steps[$0], $0) < (steps[$1], $1) }
        for row in order {
            let (step, rate) = (steps[row], rates[row])
            let place = "\(table.name):\(table.lineNumber(ofRow: row))"
            guard step >= 0, step == step.rounded() else { throw ScheduleFault.notAStep(step, place: place) }
            guard rate >= 0, rate.isFinite else { throw ScheduleFault.badRate(rate, place: place) }
            guard step < Double(Schedule.mostSteps) else {
                throw ScheduleFault.tooLong(step < 1e15 ? Int(step) + 1 : Int.max)
            }
            if let last = known.last, last.step == Int(step) {
                if last.rate == rate { continue }
                throw ScheduleFault.twoRates(step: last.step, first: last.rate, second: rate, place: place)
            }
            known.append((Int(step), rate))
        }
        guard let first = known.first, let last = known.last else {
            throw ScheduleFault.noRates(column: rate, table: table.name)
        }
        let hasGaps = zip(known.dropFirst(), known).contains { next, before in next.step - before.step > 1 }
        var result = try beginning(first, hasGaps: hasGaps && fill == nil)
        result.reserveCapacity(last.step + 1)
        for (next, before) in zip(known.dropFirst(), known) {
            let count = next.step - before.step
            if count > 1 {
                guard let fill else { throw ScheduleFault.gap(after: before.step, next: next.step) }
                result += (1..<count).map { k in
                    fill == .hold ? before.rate : before.rate + (next.rate - before.rate) * Double(k) / Double(count)
                }
            }
            result.append(next.rate)
        }
        return result
    }

    // The rates up to the first row and with it.
    private func beginning(_ first: (step: Int, rate: Double), hasGaps: Bool) throws(ScheduleFault) -> [Double] {
        if first.step == 0 { return [first.rate] }
        guard let warmup else { throw .beginsLate(step: first.step, hasGaps: hasGaps) }
        let rising = Schedule.warmup(to: first.rate, steps: warmup).prefix(first.step)
        return rising + Array(repeating: first.rate, count: first.step - rising.count + 1)
    }
}

extension ScheduleColumn: CustomStringConvertible {
    /// As it is typed.
    public var description: String {
        var words = [Self.name]
        if let file { words.append("file=\(file)") }
        words += ["rate=\(rate)", "step=\(step)"]
        if let fill { words.append("fill=\(fill.rawValue)") }
        if let warmup { words.append("warmup=\(warmup)") }
        return words.joined(separator: " ")
    }
}
