// A series in the order of its steps: parts that were run again after an interruption replace what they repeat.

/// One series of a run with each step once, ascending.
public struct StitchedSeries: Hashable, Sendable {
    /// Where a run went on from an earlier step than it had reached.
    public struct Resumption: Hashable, Sendable {
        /// The first step of the later part.
        public let step: Int
        /// How many values of the earlier part it replaced.
        public let replaced: Int
    }

    public let name: String
    public private(set) var steps: [Int] = []
    public private(set) var values: [Double] = []
    public private(set) var resumptions: [Resumption] = []
    /// Values at a step that had one already, as where several processes log; the last one counts.
    public private(set) var repeated = 0
    /// Whether the rows came in no order of steps, and were sorted.
    public private(set) var wasSorted = false

    public var count: Int { steps.count }
    public var last: (step: Int, value: Double)? {
        steps.last.flatMap { step in values.last.map { (step, $0) } }
    }

    /// More returns to earlier steps than this, and than one in twenty rows, are no resumptions: the rows are unordered.
    private static let mostResumptions = 10

    public init(_ series: RunLog.Series) {
        name = series.name
        let returns = zip(series.steps.dropFirst(), series.steps).count { $0 < $1 }
        if returns > Self.mostResumptions, returns * 20 > series.steps.count {
            sort(series)
        } else {
            stitch(series)
        }
    }

    private mutating func stitch(_ series: RunLog.Series) {
        steps.reserveCapacity(series.steps.count)
        values.reserveCapacity(series.steps.count)
        for (step, value) in zip(series.steps, series.values) {
            if let last = steps.last, step <= last {
                var replaced = 0
                while let last = steps.last, last >= step {
                    steps.removeLast()
                    values.removeLast()
                    replaced += 1
                }
                if step == last {
                    repeated += 1
                } else {
                    resumptions.append(Resumption(step: step, replaced: replaced))
                }
            }
            steps.append(step)
            values.append(value)
        }
    }

    private mutating func sort(_ series: RunLog.Series) {
        wasSorted = true
        let order = series.steps.indices.sorted { (series.steps[$0], $0) < (series.steps[$1], $1) }
        for place in order {
            if steps.last == series.steps[place] {
                steps.removeLast()
                values.removeLast()
                repeated += 1
            }
            steps.append(series.steps[place])
            values.append(series.values[place])
        }
    }

    /// The value at a step, or at the last one before it; nil before the first.
    public func value(at step: Int) -> Double? {
        var low = 0
        var high = steps.count
        while low < high {
            let middle = (low + high) / 2
            if steps[middle] <= step { low = middle + 1 } else { high = middle }
        }
        return low > 0 ? values[low - 1] : nil
    }
}
