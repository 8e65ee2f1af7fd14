// Recipes that never were: one of them needs a known multiple of the compute of the other.

import Fitting
import Formulas
import Scaling
import Tables

/// Runs of two recipes or more on one design.
///
/// `loss = 1.7 + 400/N^0.34 + 2000/D^0.36`; a recipe with the factor m has the loss that N/√m and D/√m give, so that it
/// needs m times the compute at every scale and on every ray.
enum KnownRecipes {
    static let (floor, a, b, alpha, beta) = (1.7, 400.0, 2_000.0, 0.34, 0.36)

    static func loss(_ n: Double, _ d: Double, factor: Double = 1) -> Double {
        let root = factor.squareRoot()
        return floor + a * Elementary.power(n / root, -alpha) + b * Elementary.power(d / root, -beta)
    }

    /// - Parameters:
    ///   - noise: the standard deviation of ln loss.
    ///   - shared: the part of it, as a share of the variance, that runs of one cell have in common.
    static func table(
        _ factors: [(name: String, factor: Double)], seed: UInt64, noise: Double = 0.003, shared: Double = 0
    ) -> Table {
        var random = RandomSource(seed: seed)
        var (names, sizes, tokens, losses): ([String], [Double], [Double], [Double]) = ([], [], [], [])
        for n in [1e7, 3e7, 1e8, 3e8, 1e9] {
            for ratio in [5.0, 20, 80, 320] {
                let common = random.normal() * shared.squareRoot()
                for (name, factor) in factors {
                    let own = random.normal() * (1 - shared).squareRoot()
                    names.append(name)
                    sizes.append(n)
                    tokens.append(n * ratio)
                    losses.append(loss(n, n * ratio, factor: factor) * Elementary.exp(noise * (common + own)))
                }
            }
        }
        return Table(
            name: "recipes.csv",
            columns: [
                Column(name: "recipe", labels: names), Column(name: "N", numbers: sizes),
                Column(name: "D", numbers: tokens), Column(name: "loss", numbers: losses),
            ])
    }

    static func specification(_ loss: Loss = .squared) throws -> Specification {
        var specification = Specification(formula: try Formula("loss ~ E + A/N^alpha + B/D^beta"))
        specification.loss = loss
        specification.residual = .log
        for name in ["E", "A", "B", "alpha", "beta"] { specification.bounds[name] = Bound(lower: 0) }
        return specification
    }
}

/// The message of the error that `body` throws.
func complaint(_ body: () throws -> some Any) -> String? {
    do {
        _ = try body()
        return nil
    } catch {
        return "\(error)"
    }
}
