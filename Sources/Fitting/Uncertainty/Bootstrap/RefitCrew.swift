// Many refits at once: one for each thread, results in the order of their numbers.

/// Refits of one problem that work side by side.
package struct RefitCrew: @unchecked Sendable {
    // Each refit is used by one worker only.
    private let members: [Refit]

    /// - Parameter threads: nil for as many as the machine runs at once.
    package init(_ refit: Refit, threads: Int? = nil) {
        let count = max(1, threads ?? Threads.available)
        members = [refit] + (1..<count).map { _ in Refit(sharing: refit) }
    }

    /// The results of `piece` for the numbers 0 ..< count, which depend on the number alone.
    ///
    /// - Parameter stops: called now and then on the caller's thread with how many are done; true stops.
    /// - Returns: one result a number; fewer, the first of them, where `stops` returned true.
    package func minima(
        _ count: Int, stops: (_ finished: Int) -> Bool = { _ in false },
        piece: @Sendable (_ refit: Refit, _ number: Int) -> Result<Refit.Minimum, Refit.Failure>
    ) -> [Result<Refit.Minimum, Refit.Failure>] {
        if count == 0 { return [] }
        let results = Slots<Result<Refit.Minimum, Refit.Failure>>(count)
        let begun = Threads.forEach(count, workers: min(members.count, count), stops: stops) { worker, number in
            results[number] = piece(members[worker], number)
        }
        return results.first(begun)
    }
}
