// Other searches for the minimum: more starts, other random numbers.

import Fitting
import Formulas

extension Scenario {
    /// Twice as many starts from two other seeds. A fit that was told where to start is also started everywhere.
    static func starts(_ base: Base) -> [Scenario] {
        let total = base.fit.starts.reduce(0) { $0 + $1.count }
        let starts = max(12, 2 * total)
        var scenarios = [1, 2].map { step in
            let seed = base.fit.seed &+ UInt64(step)
            return base.scenario(.start, "\(starts) starts, seed \(seed)") {
                $0.starts = starts
                $0.seed = seed
            }
        }
        for position in scenarios.indices { scenarios[position].specification.starts = [:] }
        return scenarios
    }
}
