// Where to look for a parameter that does not enter linearly, from how it meets the columns.
//
// A parameter that multiplies ln N inside of a power is an exponent; its natural size is one over the spread of ln N.
// One that is added to a column has that column's size, one that divides a column its order of magnitude. No grid is
// asked of the user.

import Formulas

/// The values worth trying for one parameter family.
package struct SearchRange {
    /// On which side of zero to look.
    enum Sign {
        case positive, negative, either
    }

    /// Orders of magnitude from `low` to `high`, above zero.
    let low: Double
    let high: Double
    let sign: Sign
    /// Whether the solver should move the parameter on a logarithmic scale.
    let isFactor: Bool

    /// The value at `u` in [0, 1).
    func value(_ u: Double) -> Double {
        func magnitude(_ v: Double) -> Double { low * Elementary.exp(v * Elementary.ln(high / low)) }
        return switch sign {
        case .positive: magnitude(u)
        case .negative: -magnitude(u)
        case .either: u < 0.5 ? magnitude(2 * u) : -magnitude(2 * u - 1)
        }
    }

    /// The middle of the magnitudes, below zero only where all values are.
    var middle: Double {
        let magnitude = Elementary.exp((Elementary.ln(low) + Elementary.ln(high)) / 2)
        return sign == .negative ? -magnitude : magnitude
    }

    /// The part of the range within a bound; where they do not meet, the range on the side of zero that is allowed.
    func limited(to bound: Bound) -> SearchRange {
        let sign = bound.lower >= 0 ? .positive : bound.upper <= 0 ? .negative : sign
        let (nearest, farthest) =
            switch sign {
            case .positive: (bound.lower, bound.upper)
            case .negative: (-bound.upper, -bound.lower)
            case .either: (0, max(bound.upper, -bound.lower))
            }
        let (low, high) = (max(low, nearest), min(high, farthest))
        let meet = low < high
        return SearchRange(low: meet ? low : self.low, high: meet ? high : self.high, sign: sign, isFactor: isFactor)
    }
}

/// Finds the search range of every family of a model.
struct SearchRanges {
    private let model: Model
    private let reached: [Bool]
    /// The parameters at which columns that depend on others are sized up.
    private var middle: [Double]

    /// How a parameter meets a column; the first kind that is found decides.
    private enum Kind: Int {
        case exponent, ratio, shift, factor
    }

    private static let unknown = SearchRange(low: 0.01, high: 100, sign: .either, isFactor: false)

    static func ranges(of families: [Int], in model: Model) -> [SearchRange?] {
        var finder = SearchRanges(model.thinned)
        var ranges = [SearchRange?](repeating: nil, count: model.families.count)
        // First what meets the data themselves; then what meets expressions of parameters already sized up.
        for onlyData in [true, false] {
            for k in families where ranges[k] == nil {
                guard let range = finder.range(of: k, onlyData: onlyData) else { continue }
                ranges[k] = range
                for parameter in model.families[k].parameters { finder.middle[parameter] = range.middle }
            }
        }
        for k in families where ranges[k] == nil { ranges[k] = unknown }
        return ranges
    }

    private init(_ model: Model) {
        self.model = model
        reached = model.graph.reachable(from: [model.prediction])
        middle = Array(repeating: 0.5, count: max(1, model.families.reduce(0) { $0 + $1.count }))
    }

    private func range(of family: Int, onlyData: Bool) -> SearchRange? {
        let graph = model.graph
        var found: [(kind: Kind, range: SearchRange)] = []
        for node in graph.nodes where reached[Int(node)] && graph.onRows(node) {
            for (side, other) in graph.operandPairs(node) {
                guard graph.onRows(other), !(onlyData && graph.onParameters(other)),
                    let role = role(of: side, family), let meeting = meeting(at: node, other: other, role)
                else { continue }
                found.append(meeting)
            }
        }
        // Of several exponents the narrowest range suits the widest of their columns.
        return found.min { ($0.kind.rawValue, $0.range.high) < ($1.kind.rawValue, $1.range.high) }?.range
    }

    private enum Role {
        case plain, negative, reciprocal, logarithm
    }

    // How an expression that is the same on all rows holds the family's leaf.
    private func role(of node: Graph.Node, _ family: Int) -> Role? {
        switch model.graph.shape(node) {
        case .parameter(family): .plain
        case .negate(let inner) where model.graph.shape(inner) == .parameter(family): .negative
        case .reciprocal(let inner) where model.graph.shape(inner) == .parameter(family): .reciprocal
        case .logarithm(let inner) where model.graph.shape(inner) == .parameter(family): .logarithm
        default: nil
        }
    }

    private func meeting(at node: Graph.Node, other: Graph.Node, _ role: Role) -> (Kind, SearchRange)? {
        let size = Size(model, other, middle)
        let shape = model.graph.shape(node)
        if role == .logarithm {
            // ln x − ln p is a ratio too.
            guard shape == .sum, size.highest < 600, size.lowest > -600 else { return nil }
            let (low, high) = (Elementary.exp(size.lowest) / 10, Elementary.exp(size.highest) * 10)
            return (.ratio, SearchRange(low: low, high: high, sign: .positive, isFactor: true))
        }
        if shape == .multiply, isExponent(node) {
            // exp(p·v): between a tenth of an e-fold and eight over the data
            guard size.spread > 0, size.spread.isFinite else { return nil }
            let (low, high) = (0.1 / size.spread, 8 / size.spread)
            let sign: SearchRange.Sign = role == .plain ? .either : .positive
            return role == .reciprocal
                ? (.exponent, SearchRange(low: 1 / high / 8, high: 1 / low, sign: .positive, isFactor: true))
                : (.exponent, SearchRange(low: low, high: high, sign: sign, isFactor: false))
        }
        guard size.largest > 0, size.largest.isFinite, role != .reciprocal || shape == .multiply else { return nil }
        let smallest = size.smallest > 0 ? size.smallest : size.largest / 1_000
        switch shape {
        case .divide:
            return (.ratio, SearchRange(low: smallest / 10, high: size.largest * 10, sign: .positive, isFactor: true))
        case .multiply where role == .reciprocal:
            return (.ratio, SearchRange(low: smallest / 10, high: size.largest * 10, sign: .positive, isFactor: true))
        case .multiply:
            return (
                .factor,
                SearchRange(low: 0.01 / size.largest, high: 100 / size.largest, sign: .either, isFactor: true)
            )
        case .sum:
            return (
                .shift, SearchRange(low: size.largest / 1_000, high: size.largest * 3, sign: .either, isFactor: false)
            )
        default: return nil
        }
    }

    private func isExponent(_ product: Graph.Node) -> Bool {
        model.graph.nodes.contains { reached[Int($0)] && model.graph.exponentiates(product, at: $0) }
    }

    /// The size of a column-like node over the rows.
    private struct Size {
        let smallest: Double
        let largest: Double
        let lowest: Double
        let highest: Double
        var spread: Double { highest - lowest }

        init(_ model: Model, _ node: Graph.Node, _ parameters: [Double]) {
            let workspace = Workspace(model.binding(Program(model.graph, outputs: [node], level: model.level)))
            let values = parameters.withUnsafeBufferPointer { pointer -> [Double] in
                guard let base = pointer.baseAddress else { return [] }
                workspace.begin(base)
                return workspace.values(rowCount: model.rowCount).filter(\.isFinite)
            }
            let magnitudes = values.map(\.magnitude).filter { $0 > 0 }
            smallest = magnitudes.min() ?? 0
            largest = magnitudes.max() ?? 0
            lowest = values.min() ?? 0
            highest = values.max() ?? 0
        }
    }
}
