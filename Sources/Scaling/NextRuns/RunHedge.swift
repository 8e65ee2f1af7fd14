// The doubt about the law itself: what lets runs be chosen that would show it wrong.

import Formulas

/// A smooth discrepancy between the law and the truth, as large everywhere.
///
/// The response is believed to be f(x, θ) · e^δ(x), with δ a Gaussian process over the logarithms of the inputs:
///
///     Cov(δ(x), δ(x′)) = sd² exp(−|ln x − ln x′|² / 2 length²)
///
/// Runs close together have their δ in common, so that buying the same place twice says little of the law; a run far from
/// the target says less of it than the law alone would have it. With `sd` = 0 the law is taken for right, and the chosen
/// runs are those of c-optimal design (Kennedy & O'Hagan 2001 have the model, for computer codes).
public struct RunHedge: Hashable, Sendable {
    /// The standard deviation of δ: 0.01 is 1 % of the response.
    public var sd: Double
    /// In factors e of the inputs.
    public var length: Double

    public init(sd: Double, length: Double) {
        self.sd = sd
        self.length = length
    }

    /// 1 %, correlated over a factor of a hundred: see docs/next.md for what it was chosen by.
    public static let usual = RunHedge(sd: 0.01, length: 4.6)
    /// The law is right.
    public static let none = RunHedge(sd: 0, length: 1)

    func covariance(_ first: RunPlace, _ second: RunPlace) -> Double {
        guard sd > 0, first.labels == second.labels else { return 0 }
        var square = 0.0
        for k in first.logarithms.indices {
            let step = first.logarithms[k] - second.logarithms[k]
            square += step * step
        }
        let correlation = square == 0 ? 1 : Elementary.exp(-square / (2 * length * length))
        return sd * sd * first.slope * second.slope * correlation
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
}

/// Something that is wanted: a number whose doubt is that of the parameters and of the law at some places.
struct RunFunctional {
    var features: [Double]
    var parts: [(weight: Double, place: RunPlace)]
}
