// The plan behind an order: the batch that the first run was chosen for.

/// The cheapest batch that was found to make a target as sure as is aimed at.
///
/// Where runs are named one after another, the first is the cheapest run of such a batch: alone it may tell next to nothing,
/// and what it costs is worth it for what all of them tell together. Once it is in, a batch is looked for anew, so that
/// later runs of the order need not belong to this one.
public struct RunPlan: Hashable, Sendable {
    /// One run of it.
    public struct Run: Hashable, Sendable {
        /// Among the candidates.
        public let candidate: Int
        /// Without what it costs besides.
        public let cost: Double
        /// What the law predicts of it.
        public let predicted: Double
    }

    /// The cheapest first.
    public let runs: [Run]
    /// Of all of them, with what each costs besides.
    public let cost: Double
    /// How sure the target is once all of them are in.
    public let after: NextRuns.Sureness

    /// - Parameters:
    ///   - batch: candidates in the order in which they were found.
    ///   - costs: of the candidates, without `overhead`.
    ///   - values: what the law predicts of each.
    ///   - before: what is known without them.
    init(_ batch: [Int], costs: [Double], overhead: Double, values: [Double], before: RunProgress) {
        runs =
            batch.enumerated()
            .sorted { (costs[$0.element], $0.offset) < (costs[$1.element], $1.offset) }
            .map { Run(candidate: $0.element, cost: costs[$0.element], predicted: values[$0.element]) }
        cost = runs.reduce(0) { $0 + $1.cost + overhead }
        var progress = before
        for run in runs { progress.run(run.candidate) }
        after = progress.sureness
    }

    /// Whether a candidate is one of its runs.
    public func contains(_ candidate: Int) -> Bool { runs.contains { $0.candidate == candidate } }
}
