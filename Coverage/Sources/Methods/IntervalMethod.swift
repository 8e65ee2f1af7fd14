// The seam between the scoring and whatever makes intervals.

import Fitting

/// A way from a fit to intervals.
public protocol IntervalMethod: Sendable {
    /// As `--method` takes it and reports print it: `delta`.
    var name: String { get }
    /// One answer a target, in their order.
    ///
    /// - Parameters:
    ///   - fit: of ``Law/formula``, its parameters in the order of ``Law/names``.
    ///   - level: the nominal probability, between 0 and 1.
    func answers(_ fit: Fit, _ targets: [Target], level: Double) throws -> [Answer]
}

/// The methods that can be scored.
public enum IntervalMethods {
    /// Every method, by how it works.
    ///
    /// - Parameter replicates: of a bootstrap.
    public static func all(replicates: Int) -> [any IntervalMethod] {
        [DeltaIntervals.natural, DeltaIntervals.logarithmic, ProfileIntervals()]
            + BootstrapIntervals.all(replicates: replicates)
    }

    /// - Throws: ``CoverageError/unknownName(_:kind:known:)``.
    public static func named(_ name: String, replicates: Int) throws(CoverageError) -> any IntervalMethod {
        let all = all(replicates: replicates)
        guard let method = all.first(where: { $0.name == name }) else {
            throw .unknownName(name, kind: "method", known: all.map(\.name))
        }
        return method
    }
}
