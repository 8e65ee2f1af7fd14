// What a law brings to a new run: its coefficients, as priors.
//
// Half of a curve often says nothing of a coefficient, such as what a falling rate does while the rate has not fallen.
// Then it comes from the law, and how far it may be off belongs to the interval.

import Fitting
import Formulas

/// The coefficients of a law as knowledge of another run.
struct BorrowedCoefficients {
    private(set) var priors: [Prior] = []
    /// Coefficients that all sets of the law hold at one value.
    private(set) var held: [String: Double] = [:]
    /// Where a fit starts.
    private(set) var starts: [String: Double] = [:]

    /// - Parameters:
    ///   - estimates: those of the law.
    ///   - spread: the relative standard deviation of a coefficient between runs; that of a saved fit adds its own.
    ///   - known: parameters of which the request says something, or that the law holds.
    init(_ law: Law, _ estimates: Estimates, spread: Double, besides known: Set<String>) {
        let errors = estimates.standardErrors
        for (position, name) in estimates.names.enumerated() where !known.contains(name) {
            let value = estimates.values[position]
            let others = law.sets.compactMap { $0[name] }
            if others.count > 1, law.fit == nil, others.allSatisfy({ $0 == value }) {
                held[name] = value
                continue
            }
            starts[name] = value
            if let prior = Self.prior(name, value, errors?[position] ?? 0, law.bounds[name] ?? .none, spread) {
                priors.append(prior)
            }
        }
    }

    // Of the logarithm, also of what a share lacks of 1; else of the number itself.
    private static func prior(_ name: String, _ value: Double, _ error: Double, _ bound: Bound, _ spread: Double)
        -> Prior?
    {
        let isShare = bound.lower == 0 && bound.upper == 1 && value > 0.5 && value < 1
        guard value != 0, let subject = try? Formula(ofParameters: isShare ? "1 - \(name)" : name) else { return nil }
        let size = isShare ? 1 - value : value
        let relative = (spread * spread + (error / size) * (error / size)).squareRoot()
        guard size > 0 else {
            return Prior(subject, .normal(mean: size, standardDeviation: relative * size.magnitude))
        }
        return Prior(subject, .logNormal(mean: Elementary.ln(size), standardDeviation: relative))
    }
}
