// Fewer terms of the multi-power sum: seen from a later step, a stretch of many changes is a few of them, weighted.
//
// Where ln η is smooth along consecutive changes, so is the sum of rates, and so is every term of the sum and of its
// derivatives. A polynomial through m changes near Chebyshev's points is then the term itself up to rounding as soon as
// the step is far: the next singularity, 1 + u = 0, lies behind the step, and the error falls as ρ^−m with
// ρ = x + √(x² − 1) and x = 1 + 2 d/e, for a stretch over which the rates sum to e at a distance of d (Trefethen,
// Approximation Theory and Approximation Practice, 2013, theorem 8.2). The weights are wⱼ = Σₖ (ηₖ₋₁ − ηₖ) ℓⱼ(k) with
// Lagrange's polynomials ℓⱼ. What is not smooth, or near, stays as it is: a rate that was logged with few digits costs as
// much as before.

/// Stretches of changes by halves, with the terms that stand for them.
struct ChangeStretches {
    private struct Stretch {
        let range: Range<Int>
        /// Places of the halves, 0 without.
        var halves = (0, 0)
        /// For each of `orders` where its terms stand: empty where it has none, nil where nobody asked.
        var terms = [Range<Int>?](repeating: nil, count: ChangeStretches.orders.count)
    }

    /// How many changes may stand for a stretch.
    private static let orders = [6, 8, 10, 12, 16, 20]
    /// For each order the least distance as a multiple of the extent: ρ^−m = 2^−53.
    private static let distances = orders.map { order in
        let rho = Elementary.exp(53 * Elementary.ln(2) / Double(order))
        return ((rho + 1 / rho) / 2 - 1) / 2
    }
    /// No fewer changes are halved.
    private static let smallest = 24
    /// How far ln η may lie from its polynomial: a few times the rounding of logarithms near −10.
    private static let tolerance = 2e-14

    private(set) var changes: RateChanges
    /// The stretches along which the rate is smooth come first, in their order.
    private var stretches: [Stretch] = []
    private var roots: [Int] = []

    init(_ changes: RateChanges) {
        self.changes = changes
        var start = 0
        while start < changes.steps.count {
            let end = endOfSmooth(start)
            roots.append(stretches.count)
            grow(start..<end)
            start = end
        }
    }

    private mutating func grow(_ range: Range<Int>) {
        let place = stretches.count
        stretches.append(Stretch(range: range))
        if range.count < 2 * Self.smallest { return }
        let middle = range.lowerBound + range.count / 2
        let first = stretches.count
        grow(range.lowerBound..<middle)
        let second = stretches.count
        grow(middle..<range.upperBound)
        stretches[place].halves = (first, second)
    }

    /// The terms of a sum over the first `count` changes, at a step up to which the rates sum to `total`.
    mutating func terms(_ count: Int, total: Double) -> [Range<Int>] {
        var terms: [Range<Int>] = []
        for root in roots where stretches[root].range.lowerBound < count { cover(root, count, total, &terms) }
        return terms
    }

    private mutating func cover(_ place: Int, _ count: Int, _ total: Double, _ terms: inout [Range<Int>]) {
        let (range, halves) = (stretches[place].range, stretches[place].halves)
        if range.upperBound <= count, let few = fewTerms(place, total) {
            terms.append(few)
        } else if halves.0 == 0 {
            let rest = range.clamped(to: 0..<count)
            if let last = terms.last, last.upperBound == rest.lowerBound {
                terms[terms.count - 1] = last.lowerBound..<rest.upperBound
            } else if !rest.isEmpty {
                terms.append(rest)
            }
        } else {
            cover(halves.0, count, total, &terms)
            if stretches[halves.1].range.lowerBound < count { cover(halves.1, count, total, &terms) }
        }
    }

    // The fewest terms that do for a step at that distance; nil where there are none, or too many to be worth it.
    private mutating func fewTerms(_ place: Int, _ total: Double) -> Range<Int>? {
        let range = stretches[place].range
        let (first, last) = (changes.before[range.lowerBound], changes.before[range.upperBound - 1])
        let away = (total - last) / (last - first)
        for (k, order) in Self.orders.enumerated() where away >= Self.distances[k] {
            if !Self.fits(order, range.count) { return nil }
            if stretches[place].terms[k] == nil { stretches[place].terms[k] = standIns(range, order) }
            if let terms = stretches[place].terms[k], !terms.isEmpty { return terms }
        }
        return nil
    }

    // Chebyshev's points lie closer at the ends than changes do; so many changes have room for the order.
    private static func fits(_ order: Int, _ count: Int) -> Bool { count >= max(2 * order, order * order / 4) }

    // MARK: - Smoothness

    // Where the smooth stretch ends that begins there: twice as far while it is smooth, then by halves.
    private func endOfSmooth(_ start: Int) -> Int {
        let all = changes.steps.count
        var (smooth, rough) = (start + 1, all + 1)
        var length = 2 * Self.smallest
        while rough > all, smooth < all {
            let end = min(all, start + length)
            if isSmooth(start..<end) { smooth = end } else { rough = end }
            length *= 2
        }
        while rough - smooth > 1, rough <= all {
            let middle = (smooth + rough) / 2
            if isSmooth(start..<middle) { smooth = middle } else { rough = middle }
        }
        return smooth
    }

    private func isSmooth(_ range: Range<Int>) -> Bool {
        let last = range.upperBound - 1
        guard changes.steps[last] - changes.steps[range.lowerBound] == last - range.lowerBound else { return false }
        guard let order = Self.orders.last(where: { Self.fits($0, range.count) }) else { return true }
        return weights(range, order) != nil
    }

    // MARK: - Terms

    private mutating func standIns(_ range: Range<Int>, _ order: Int) -> Range<Int> {
        guard let (nodes, weights) = weights(range, order) else { return 0..<0 }
        return changes.append(nodes, weights)
    }

    // The changes near Chebyshev's points with the weights of their terms; nil where ln η is no such polynomial.
    private func weights(_ range: Range<Int>, _ order: Int) -> (nodes: [Int], weights: [Double])? {
        let (first, count) = (range.lowerBound, range.count)
        var nodes: [Int] = []
        for j in 0..<order {
            let angle = (2 * Double(j) + 1) / Double(2 * order) * Double.pi
            let place = first + Int((Double(count - 1) * (1 - Elementary.cosine(angle)) / 2).rounded())
            nodes.append(max(place, (nodes.last ?? first - 1) + 1))
        }
        // Where rounding pushed them beyond the end.
        for j in nodes.indices.reversed() { nodes[j] = min(nodes[j], range.upperBound - order + j) }
        let scale = 4 / Double(count)
        let barycentric = nodes.map { node in
            1 / nodes.reduce(1.0) { $1 == node ? $0 : $0 * (scale * Double(node - $1)) }
        }
        let logarithms = nodes.map { changes.logarithms[$0] }
        var weights = [Double](repeating: 0, count: order)
        var shares = weights
        var node = 0
        for k in range {
            let fall = changes.falls[k]
            if node < order, nodes[node] == k {
                weights[node] += fall
                node += 1
                continue
            }
            var (sum, value) = (0.0, 0.0)
            for j in 0..<order {
                shares[j] = barycentric[j] / (scale * Double(k - nodes[j]))
                sum += shares[j]
                value += shares[j] * logarithms[j]
            }
            if !((value / sum - changes.logarithms[k]).magnitude <= Self.tolerance) { return nil }
            for j in 0..<order { weights[j] += fall * (shares[j] / sum) }
        }
        return (nodes, weights)
    }
}
