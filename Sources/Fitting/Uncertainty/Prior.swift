// What is known of a parameter before the data: a prior, taken as a penalised likelihood.

import Formulas

/// A prior of a parameter, or of a formula of parameters: `alpha ~ normal(0.35, 0.1)`.
///
/// The fit minimises S + φ Σ h(g(θ)), with h minus the logarithm of the prior's density at its estimand g and φ the
/// dispersion of the objective (2 s² for squared loss), which is found together with the parameters: a prior with one
/// standard deviation weighs as much as one run with one standard deviation of noise. A log-normal prior is a normal
/// one of ln g. The number of parameters that the data determine, and with it the degrees of freedom, is the trace of
/// A (A + P)⁻¹ (MacKay 1992, equation 4.9).
public struct Prior: Hashable, Sendable {
    public enum Distribution: Hashable, Sendable {
        case normal(mean: Double, standardDeviation: Double)
        /// Mean and standard deviation of the logarithm.
        case logNormal(mean: Double, standardDeviation: Double)
        case student(mean: Double, scale: Double, degreesOfFreedom: Double)
        case uniform(lower: Double, upper: Double)
    }

    /// What it is a prior of.
    public let subject: Formula
    public let distribution: Distribution

    public init(_ subject: Formula, _ distribution: Distribution) {
        self.subject = subject
        self.distribution = distribution
    }

    /// A prior as it is typed: `NAME ~ normal(mean, sd)`, `lognormal(mean, sd)` of the logarithm,
    /// `student(mean, scale, degrees of freedom)`, `uniform(lower, upper)`; left of `~` may be a formula of parameters.
    ///
    /// - Throws: ``FitError/badPrior(_:reason:)``.
    public init(_ text: String) throws(FitError) {
        let sides = text.split(separator: "~", maxSplits: 1, omittingEmptySubsequences: false)
        guard sides.count == 2 else { throw .badPrior(text, reason: "it has no '~'") }
        let right = Self.trimmed(sides[1])
        guard let open = right.firstIndex(of: "("), right.hasSuffix(")") else {
            throw .badPrior(text, reason: "right of '~' stands no distribution")
        }
        let word = Self.trimmed(right[..<open])
        let parts = right[right.index(after: open)...].dropLast().split(
            separator: ",", omittingEmptySubsequences: false)
        var numbers: [Double] = []
        for part in parts {
            guard let number = Quantity.parse(Self.trimmed(part)), number.isFinite else {
                throw .badPrior(text, reason: "'\(Self.trimmed(part))' is no number")
            }
            numbers.append(number)
        }
        let needed = word == "student" ? 3 : 2
        let known = ["normal", "lognormal", "student", "uniform"]
        guard known.contains(word) else {
            let near = Suggestion.nearest(to: word, among: known).map { "; did you mean '\($0)'?" } ?? ""
            throw .badPrior(text, reason: "unknown distribution '\(word)'\(near)")
        }
        guard numbers.count == needed else {
            throw .badPrior(text, reason: "\(word) takes \(needed) numbers, not \(numbers.count)")
        }
        switch word {
        case "normal": distribution = .normal(mean: numbers[0], standardDeviation: numbers[1])
        case "lognormal": distribution = .logNormal(mean: numbers[0], standardDeviation: numbers[1])
        case "student":
            distribution = .student(mean: numbers[0], scale: numbers[1], degreesOfFreedom: numbers[2])
        default: distribution = .uniform(lower: numbers[0], upper: numbers[1])
        }
        do { subject = try Formula(ofParameters: String(sides[0])) } catch {
            throw .formula(error, option: "--prior")
        }
        switch distribution {
        case .uniform(let lower, let upper) where !(lower < upper):
            throw .badPrior(text, reason: "its lower end is not below its upper one")
        case .normal(_, let spread), .logNormal(_, let spread), .student(_, let spread, _):
            if !(spread > 0) { throw .badPrior(text, reason: "its spread is not above zero") }
        default: break
        }
        if case .student(_, _, let freedom) = distribution, !(freedom > 0) {
            throw .badPrior(text, reason: "its degrees of freedom are not above zero")
        }
    }

    private static func trimmed(_ text: some StringProtocol) -> String {
        let start = text.firstIndex { $0 != " " } ?? text.endIndex
        guard start < text.endIndex, let end = text.lastIndex(where: { $0 != " " }) else { return "" }
        return String(text[start...end])
    }

    // MARK: - In a fit

    /// Uniform priors become bounds, and leave the list.
    static func takeBounds(_ specification: inout Specification) throws(FitError) {
        var kept: [Prior] = []
        for prior in specification.priors {
            guard case .uniform(let lower, let upper) = prior.distribution else {
                kept.append(prior)
                continue
            }
            guard case .symbol(let symbol) = prior.subject.prediction, prior.subject.definitions.isEmpty else {
                throw .badPrior("\(prior)", reason: "a uniform prior is of one parameter, not of a formula")
            }
            let name =
                symbol.indices.isEmpty ? symbol.name : "\(symbol.name)[\(symbol.indices.joined(separator: ", "))]"
            let bound = specification.bounds[name] ?? .none
            let (low, high) = (max(lower, bound.lower), min(upper, bound.upper))
            guard low <= high else {
                throw .badPrior("\(prior)", reason: "it leaves nothing of the bound \(bound)")
            }
            specification.bounds[name] = Bound(lower: low, upper: high)
        }
        specification.priors = kept
    }

    /// The term that the prior adds to the objective, of weight 1.
    func penalty(of problem: Problem) throws(FitError) -> Penalty {
        let estimand = try Estimand(subject, of: problem, option: "--prior")
        switch distribution {
        case .normal(let mean, let spread):
            return Penalty(estimand: estimand, shape: .normal(center: mean, scale: spread), weight: 1)
        case .logNormal(let mean, let spread):
            return Penalty(estimand: estimand, shape: .logNormal(center: mean, scale: spread), weight: 1)
        case .student(let mean, let scale, let freedom):
            return Penalty(
                estimand: estimand, shape: .student(center: mean, scale: scale, freedom: freedom), weight: 1)
        case .uniform: preconditionFailure("uniform priors have become bounds")
        }
    }
}

extension Prior: CustomStringConvertible {
    /// As it is typed.
    public var description: String {
        let words: (String, [Double]) =
            switch distribution {
            case .normal(let mean, let spread): ("normal", [mean, spread])
            case .logNormal(let mean, let spread): ("lognormal", [mean, spread])
            case .student(let mean, let scale, let freedom): ("student", [mean, scale, freedom])
            case .uniform(let lower, let upper): ("uniform", [lower, upper])
            }
        return "\(subject) ~ \(words.0)(\(words.1.map(Expression.decimal).joined(separator: ", ")))"
    }
}
