// The doubt about the law itself: what lets runs be chosen that would show it wrong.

import Formulas

/// A smooth discrepancy between the law and the truth, as large everywhere.
///
/// The response is believed to be f(x, θ) · e^δ(x), with δ a Gaussian process over the logarithms of the inputs:
///
///     Cov(δ(x), δ(x′)) = Σ sdₖ² exp(−|ln x − ln x′|² / 2 lengthₖ²)
///
/// Runs close together have their δ in common, so that buying the same place twice says little of the law; a run far from
/// the target says less of it than the law alone would have it. Without parts the law is taken for right (Kennedy &
/// O'Hagan 2001 have the model, for computer codes). What residuals say of it is in ``RunHedge/learned(_:residuals:noise:)``.
public struct RunHedge: Hashable, Sendable {
    /// One scale of it.
    public struct Part: Hashable, Sendable {
        /// The standard deviation: 0.01 is 1 % of the response.
        public var sd: Double
        /// In factors e of the inputs.
        public var length: Double

        public init(sd: Double, length: Double) { (self.sd, self.length) = (sd, length) }
    }

    /// In the order of their lengths; none of standard deviation 0.
    public let parts: [Part]

    public init(_ parts: [Part]) {
        self.parts = parts.filter { $0.sd > 0 }.sorted { ($0.length, $0.sd) < ($1.length, $1.sd) }
    }

    public init(sd: Double, length: Double) { self.init([Part(sd: sd, length: length)]) }

    /// The law is right.
    public static let none = RunHedge([])
    /// Over how many factors e a doubt of a given size is correlated: a factor of a hundred.
    public static let usualLength = 4.6

    /// The standard deviation of δ at one place.
    public var sd: Double { parts.reduce(0) { $0 + $1.sd * $1.sd }.squareRoot() }

    /// The geometric mean of the lengths, by their variances; 1 where there is no doubt.
    public var length: Double {
        let whole = sd * sd
        if whole == 0 { return 1 }
        if parts.count == 1 { return parts[0].length }
        return Elementary.exp(parts.reduce(0) { $0 + $1.sd * $1.sd / whole * Elementary.ln($1.length) })
    }

    func covariance(_ first: RunPlace, _ second: RunPlace) -> Double {
        guard let longest = parts.last?.length, let square = first.distance(second) else { return 0 }
        // Below e⁻¹⁰⁰ of it.
        if square > 200 * longest * longest { return 0 }
        let correlated = parts.reduce(0) { sum, part in
            sum + part.sd * part.sd * (square == 0 ? 1 : Elementary.exp(-square / (2 * part.length * part.length)))
        }
        return first.slope * second.slope * correlated
    }
}

/// Where a run lies, and how its response moves with the parameters.
struct RunPlace {
    /// ∂z/∂ε: by independent standard normal deviates, z on the scale of the residual.
    var features: [Double]
    /// ln of the inputs; an input that is not above zero everywhere, in spans of a hundredfold.
    var logarithms: [Double]
    var labels: [String]
    /// ∂z/∂ ln f.
    var slope: Double

    /// |ln x − ln x′|²; nil for other labels, which share no discrepancy.
    func distance(_ other: RunPlace) -> Double? {
        guard labels == other.labels else { return nil }
        var square = 0.0
        for k in logarithms.indices {
            let step = logarithms[k] - other.logarithms[k]
            square += step * step
        }
        return square
    }
}

/// Something that is wanted: a number whose doubt is that of the parameters and of the law at some places.
struct RunFunctional {
    var features: [Double]
    var parts: [(weight: Double, place: RunPlace)]
}

extension RunFunctional {
    /// The response at a place.
    init(at place: RunPlace) { self.init(features: place.features, parts: [(1, place)]) }
}
