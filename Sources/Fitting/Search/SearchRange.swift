// Where to look for a parameter that does not enter linearly, from how it meets the columns.
//
// A parameter that multiplies ln N inside of a power is an exponent; its natural size is one over the spread of ln N.
// One that is added to a column has that column's size, one that divides a column its order of magnitude. No grid is
// asked of the user.

import Formulas

/// The values worth trying for one parameter family.
struct SearchRange {
    /// Orders of magnitude from `low` to `high`, above zero.
    let low: Double
    let high: Double
    /// Whether values below zero are as likely as those above.
    var signed: Bool
    /// Whether the solver should move the parameter on a logarithmic scale.
    let isFactor: Bool

    /// The value at `u` in [0, 1).
    func value(_ u: Double) -> Double {
        func magnitude(_ v: Double) -> Double { low * Elementary.exp(v * Elementary.ln(high / low)) }
        if !signed { return magnitude(u) }
        return u < 0.5 ? magnitude(2 * u) : -magnitude(2 * u - 1)
    }

    func limited(to bound: Bound) -> SearchRange {
        var range = self
        if bound.lower >= 0 { range.signed = false }
        let low = bound.lower > 0 ? max(self.low, bound.lower) : self.low
        let high = bound.upper > 0 && bound.upper.isFinite ? min(self.high, bound.upper) : self.high
        guard low < high else { return range }
        return SearchRange(low: low, high: high, signed: range.signed, isFactor: isFactor)
    }
}

/// Finds the search range of every family of a model.
struct SearchRanges {
    private let model: Model
    private let reached: [Bool]

    init(_ model: Model) {
        self.model = model
        reached = model.graph.reachable(from: [model.prediction])
    }

    func range(of family: Int) -> SearchRange {
        let meetings = meetings(of: family)
        // The narrowest range wins: an exponent that meets several columns must suit the widest of them.
        return meetings.min { $0.high < $1.high } ?? SearchRange(low: 0.01, high: 100, signed: true, isFactor: false)
    }

    // Every place where an expression of this family alone, the same on all rows, meets a column.
    private func meetings(of family: Int) -> [SearchRange] {
        let graph = model.graph
        var found: [SearchRange] = []
        for node in graph.nodes where reached[Int(node)] && graph.onRows(node) {
            for (side, other) in graph.operandPairs(node) {
                guard let sign = sign(of: side, family), graph.onRows(other) else { continue }
                found.append(range(at: node, other: other, sign: sign))
            }
        }
        return found
    }

    // +1 or −1 where the node is the family's leaf or its negative, nil elsewhere.
    private func sign(of node: Graph.Node, _ family: Int) -> Double? {
        switch model.graph.shape(node) {
        case .parameter(family): 1
        case .negate(let inner) where model.graph.shape(inner) == .parameter(family): -1
        default: nil
        }
    }

    private func range(at node: Graph.Node, other: Graph.Node, sign: Double) -> SearchRange {
        let size = Size(model, other)
        switch model.graph.shape(node) {
        case .multiply where isExponent(node):
            // exp(p·v): between a tenth of an e-fold and eight over the data
            let spread = max(size.spread, 1e-300)
            return SearchRange(low: 0.1 / spread, high: 8 / spread, signed: sign > 0, isFactor: false)
        case .multiply, .divide:
            let typical = size.largest
            guard typical > 0, typical.isFinite else { break }
            if case .multiply = model.graph.shape(node) {
                return SearchRange(low: 0.01 / typical, high: 100 / typical, signed: true, isFactor: true)
            }
            let low = size.smallest > 0 ? size.smallest : typical / 1_000
            return SearchRange(low: low / 10, high: typical * 10, signed: false, isFactor: true)
        case .sum:
            guard size.largest > 0, size.largest.isFinite else { break }
            return SearchRange(low: size.largest / 100, high: size.largest * 3, signed: true, isFactor: false)
        default: break
        }
        return SearchRange(low: 0.01, high: 100, signed: true, isFactor: false)
    }

    private func isExponent(_ product: Graph.Node) -> Bool {
        model.graph.nodes.contains { model.graph.exponentiates(product, at: $0) && reached[Int($0)] }
    }

    /// The size of a column-like node over the rows, with other parameters at a middling value.
    private struct Size {
        let smallest: Double
        let largest: Double
        let spread: Double

        init(_ model: Model, _ node: Graph.Node) {
            let program = Program(model.graph, outputs: [node], level: model.level)
            let workspace = Workspace(model.binding(program))
            let total = model.families.reduce(0) { $0 + $1.count }
            let middling = [Double](repeating: 0.5, count: max(1, total))
            let values = middling.withUnsafeBufferPointer { pointer -> [Double] in
                guard let base = pointer.baseAddress else { return [] }
                workspace.begin(base)
                return workspace.values(rowCount: model.rowCount).filter(\.isFinite)
            }
            let magnitudes = values.map(\.magnitude)
            smallest = magnitudes.min() ?? 0
            largest = magnitudes.max() ?? 0
            spread = (values.max() ?? 0) - (values.min() ?? 0)
        }
    }
}
