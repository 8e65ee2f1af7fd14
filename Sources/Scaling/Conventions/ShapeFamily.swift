// Shapes of one kind, from small to large: what a model of any size looks like, and what training it takes.

import Formulas

/// All shapes that keep the proportions of one: heads, feed-forward part and groups of heads grow with the width, head
/// width, vocabulary, context and experts stay, and layers grow as a power of the width.
///
/// At s times the width every count is a sum of three powers of s, with p the power of the layers:
///
///     N(s) = a s^(p+2) + b s^(p+1) + c s,      FLOP a token = d s^(p+2) + e s^(p+1) + f s.
///
/// a and d are the matrices of the layers, b their norms and biases, e attention over the context, c and f what stands
/// outside of the layers.
public struct ShapeFamily: Hashable, Sendable {
    /// A member.
    public let shape: ModelShape
    /// p: 1 keeps the ratio of width to layers, 0 the layers.
    public let depthPower: Double

    public init(_ shape: ModelShape, depthPower: Double = 1) {
        (self.shape, self.depthPower) = (shape, depthPower)
    }

    /// The member of s times the width. Layers and heads need not be whole.
    public func scaled(_ s: Double) -> ModelShape {
        var member = shape
        member.layers *= Elementary.power(s, depthPower)
        member.width *= s
        member.heads *= s
        member.keyHeads *= s
        member.feedForward *= s
        return member
    }

    /// a, b, c.
    func parameterTerms(_ counting: ColumnMeaning.Counting) -> [Double] {
        let experts = counting == .active ? shape.activeExperts : shape.experts
        let norms = (shape.hasBiases ? 2 : 1) * shape.width
        let biases =
            shape.hasBiases
            ? shape.headWidth * (shape.heads + 2 * shape.keyHeads) + shape.width
                + experts * (shape.feedForward + shape.width) : 0
        let router = shape.experts > 1 ? shape.width * shape.experts : 0
        var outside = norms
        if counting != .transformer { outside += shape.head }
        if [.all, .total, .active].contains(counting) { outside += shape.embedding }
        return [
            shape.layers * (attention + feedForward * experts), shape.layers * (biases + router + 2 * norms), outside,
        ]
    }

    /// d, e, f of every matrix product, attention causal.
    var operationTerms: [Double] {
        let router = shape.experts > 1 ? shape.width * shape.experts : 0
        let scores = 6 * shape.layers * shape.heads * shape.headWidth * shape.context
        return [
            6 * shape.layers * (attention + feedForward * shape.activeExperts), 6 * shape.layers * router + scores,
            6 * shape.vocabulary * shape.width,
        ]
    }

    private var attention: Double {
        shape.width * shape.headWidth * (2 * shape.heads + 2 * shape.keyHeads)
    }

    private var feedForward: Double { (shape.isGated ? 3 : 2) * shape.width * shape.feedForward }

    /// The member of so many parameters; by bisection in ln s.
    public func member(parameters: Double, counting: ColumnMeaning.Counting) -> ModelShape {
        let terms = parameterTerms(counting)
        var (low, high) = (-40.0, 40.0)
        for _ in 0..<80 {
            let middle = (low + high) / 2
            if Self.sum(terms, middle, depthPower) < parameters { low = middle } else { high = middle }
        }
        return scaled(Elementary.exp((low + high) / 2))
    }

    private static func sum(_ terms: [Double], _ logarithm: Double, _ power: Double) -> Double {
        terms[0] * Elementary.exp((power + 2) * logarithm) + terms[1] * Elementary.exp((power + 1) * logarithm)
            + terms[2] * Elementary.exp(logarithm)
    }

    /// The operations of training as a formula of a size and of data, with ln s as the root of N(s) = N.
    ///
    /// - Parameters:
    ///   - size: an expression that counts parameters.
    ///   - data: one that counts tokens.
    func cost(size: String, data: String, counting: ColumnMeaning.Counting) -> String {
        func sum(_ terms: [Double], _ name: String) -> String {
            zip(terms, [depthPower + 2, depthPower + 1, 1]).filter { $0.0 != 0 }.map { term, power in
                "\(Expression.decimal(term)) * exp(\(Expression.decimal(power)) * \(name))"
            }.joined(separator: " + ")
        }
        let parameters = sum(parameterTerms(counting), "t_")
        return "let growth_ = solve(t_, -40, 40, ln(\(parameters)) == ln(\(size))); "
            + "\(data) * (\(sum(operationTerms, "growth_")))"
    }
}
