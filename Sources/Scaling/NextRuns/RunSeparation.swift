// What no choice among the candidates can tell apart.

import Fitting
import Formulas

/// The direction in which the parameters can move without changing any run or candidate, where there is one that matters.
struct RunSeparation {
    /// The parameters that move most.
    let parameters: [String]
    /// Whether what is wanted moves with them.
    let reachesTarget: Bool

    /// An eigenvalue of the information, scaled to a unit diagonal, below this is none.
    private static let nothing = 1e-12

    /// - Parameters:
    ///   - places: runs, those under way, and every candidate.
    init?(_ places: [RunPlace], wanted: RunFunctional, model: RunModel) {
        let count = wanted.features.count
        guard count > 1 else { return nil }
        var information = SymmetricMatrix(count: count)
        for place in places {
            for i in 0..<count { for j in 0..<count { information[i, j] += place.features[i] * place.features[j] } }
        }
        let scales = (0..<count).map { information[$0, $0].squareRoot() }
        let free = (0..<count).filter { scales[$0] > 0 }
        let dead = (0..<count).filter { !(scales[$0] > 0) && wanted.features[$0] != 0 }
        let names = model.estimates.names
        if !dead.isEmpty {
            (parameters, reachesTarget) = (dead.map { names[$0] }, true)
            return
        }
        let pairs = information.selecting(free).unitDiagonal().eigenpairs().filter { !($0.value > Self.nothing) }
        guard !pairs.isEmpty else { return nil }
        var share = 0.0
        var moved = [Double](repeating: 0, count: count)
        let size = free.reduce(0) { sum, k in sum + wanted.features[k] * wanted.features[k] / scales[k] / scales[k] }
        for pair in pairs {
            let along = zip(free, pair.vector).reduce(0) { $0 + wanted.features[$1.0] / scales[$1.0] * $1.1 }
            share += along * along
            for (k, value) in zip(free, pair.vector) {
                // By how much of its own prior each parameter moves.
                for (i, part) in model.directions[k].enumerated() where model.estimates.values[i] != 0 {
                    moved[i] += (value / scales[k] * part / model.estimates.values[i]).magnitude
                }
            }
        }
        reachesTarget = share > 1e-9 * size
        let most = moved.max() ?? 0
        parameters = names.indices.filter { moved[$0] > 0.02 * most }.sorted { moved[$0] > moved[$1] }.map {
            names[$0]
        }
    }
}
