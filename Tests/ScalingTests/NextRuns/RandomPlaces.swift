// Places of runs whose features and inputs are random.

import Fitting

@testable import Scaling

extension RunPlace {
    /// So many, with three features and two inputs.
    static func random(_ count: Int, seed: UInt64) -> [RunPlace] {
        var random = RandomSource(seed: seed)
        return (0..<count).map { _ in
            RunPlace(
                features: (0..<3).map { _ in random.normal() }, logarithms: [random.normal(), random.normal()],
                labels: [], slope: 1)
        }
    }
}
