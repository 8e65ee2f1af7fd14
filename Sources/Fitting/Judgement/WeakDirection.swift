// The direction in which the runs of a design vary least: what a prediction far along it has nothing to go by.

import Formulas

/// A product of powers of the inputs that hardly differs between the fitted runs: `D/N` where tokens rise in proportion
/// to parameters.
///
/// With u the eigenvector of the smallest variance of the logarithms of the inputs, it is Π xᵢ^(uᵢ/max|u|), without
/// exponents below a fifth: one input alone is no direction, its own range says it all.
public struct WeakDirection: Hashable, Sendable {
    public struct Factor: Hashable, Sendable {
        public let input: String
        public let exponent: Double

        public init(input: String, exponent: Double) {
            self.input = input
            self.exponent = exponent
        }
    }

    public let factors: [Factor]
    /// The product's range over the fitted runs.
    public let range: ClosedRange<Double>

    public init(factors: [Factor], range: ClosedRange<Double>) {
        self.factors = factors
        self.range = range
    }

    /// The product at a point, NaN where an input is missing or not above zero.
    public func value(_ input: (String) -> Double?) -> Double {
        var logarithm = 0.0
        for factor in factors {
            guard let x = input(factor.input), x > 0 else { return .nan }
            logarithm += factor.exponent * Elementary.ln(x)
        }
        return Elementary.exp(logarithm)
    }

    /// How many times outside of the range the product is, at least 1; NaN where it is not defined.
    public func distance(_ input: (String) -> Double?) -> Double {
        let value = value(input)
        if value.isNaN { return .nan }
        return max(1, value / range.upperBound, range.lowerBound / value)
    }

    /// `D/N`, `N^0.5·D`.
    public var name: String {
        func written(_ factor: Factor) -> String {
            let size = factor.exponent.magnitude
            return (size - 1).magnitude < 0.005 ? factor.input : "\(factor.input)^\(Numeral.short(size, digits: 2))"
        }
        let above = factors.filter { $0.exponent > 0 }.map(written)
        let below = factors.filter { $0.exponent < 0 }.map(written)
        if below.isEmpty { return above.joined(separator: "·") }
        let bottom = below.count > 1 ? "(\(below.joined(separator: "·")))" : below[0]
        return (above.isEmpty ? "1" : above.joined(separator: "·")) + "/" + bottom
    }

    /// That of a problem; nil for fewer than two inputs that are above zero and differ between runs.
    public init?(_ problem: Problem) {
        let inputs = PositiveInputs(problem)
        let (names, logarithms) = (inputs.names, inputs.logarithms)
        guard names.count > 1, let count = logarithms.first?.count else { return nil }
        let means = logarithms.map { $0.reduce(0, +) / Double(count) }
        var spread = SymmetricMatrix(count: names.count)
        for i in names.indices {
            for j in names.indices {
                for row in 0..<count {
                    spread[i, j] += (logarithms[i][row] - means[i]) * (logarithms[j][row] - means[j])
                }
            }
        }
        guard let weakest = spread.eigenpairs().first?.vector,
            let largest = weakest.map(\.magnitude).max(), largest > 0
        else { return nil }
        // The last input of weight stands above the line: tokens per parameter, not parameters per token.
        let sign = (weakest.last { $0.magnitude > 0.2 * largest } ?? 1) < 0 ? -1.0 : 1.0
        let exponents = weakest.map { sign * $0 / largest }
        let kept = names.indices.filter { exponents[$0].magnitude > 0.2 }
        guard kept.count > 1 else { return nil }
        let values = (0..<count).map { row in kept.reduce(0) { $0 + exponents[$1] * logarithms[$1][row] } }
        guard let low = values.min(), let high = values.max() else { return nil }
        self.init(
            factors: kept.reversed().map { Factor(input: names[$0], exponent: exponents[$0]) },
            range: Elementary.exp(low)...Elementary.exp(high))
    }
}
