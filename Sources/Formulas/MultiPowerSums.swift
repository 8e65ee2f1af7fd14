// The multi-power sum of Luo et al. 2025 at one step after the other, with its derivatives by C, β and γ.
//
// With u = C η^−γ S, L = ln(1+u), q = (1+u)^−β and w = u/(1+u) every derivative is a sum over the changes of the rate of
// products of L, q, w and ln η. A step costs as many terms as the rate changed before it: where the rate is constant in
// pieces, few.

import VectorMath

/// The steps at which a rate changes, as terms of the sum; after them the terms that stand for many of them.
struct RateChanges: Sendable {
    /// ηₖ₋₁ − ηₖ, where it is not zero and ηₖ is not.
    private(set) var falls: [Double] = []
    /// The same times ln ηₖ, and times its square.
    private(set) var fallsByLogarithm: [Double] = []
    private(set) var fallsBySquare: [Double] = []
    private(set) var logarithms: [Double] = []
    /// η₀ + … + ηₖ₋₁
    private(set) var before: [Double] = []
    private(set) var steps: [Int] = []
    /// Changes to a rate of zero: their power is 1 as soon as anything follows.
    private(set) var falledToZero: [(step: Int, fall: Double, before: Double)] = []

    init(_ rates: [Double], _ sums: [Double]) {
        for k in rates.indices.dropFirst() where rates[k] != rates[k - 1] {
            let fall = rates[k - 1] - rates[k]
            guard rates[k] > 0 else {
                falledToZero.append((k, fall, sums[k - 1]))
                continue
            }
            add(fall, logarithm: Elementary.ln(rates[k]), before: sums[k - 1])
            steps.append(k)
        }
    }

    /// Terms at some of the changes, with weights in place of their falls.
    mutating func append(_ places: [Int], _ weights: [Double]) -> Range<Int> {
        for (place, weight) in zip(places, weights) {
            add(weight, logarithm: logarithms[place], before: before[place])
        }
        return falls.count - places.count..<falls.count
    }

    private mutating func add(_ fall: Double, logarithm: Double, before sum: Double) {
        falls.append(fall)
        fallsByLogarithm.append(fall * logarithm)
        fallsBySquare.append(fall * logarithm * logarithm)
        logarithms.append(logarithm)
        before.append(sum)
    }
}

final class MultiPowerSums {
    private let changes: RateChanges
    private let kernels: vm_kernels
    private let (c, beta): (Double, Double)
    /// C ηₖ^−γ
    private var factors: [Double]
    private var count = 0
    /// Four blocks of work space, and five of terms from here and there.
    private let space: UnsafeMutablePointer<Double>
    private static let block = 512
    // Sums over the changes: fall times 1 − q, Lq, qw, L²q, qwL, qw², and with ln η and its square.
    private var value = 0.0
    private var lq = 0.0, qw = 0.0, qwByLog = 0.0
    private var llq = 0.0, qwl = 0.0, qwlByLog = 0.0, qww = 0.0, qwwByLog = 0.0, qwwBySquare = 0.0, qwBySquare = 0.0

    /// One number for each of some terms.
    private struct Terms {
        var before: UnsafePointer<Double>
        var factors: UnsafePointer<Double>
        var falls: UnsafePointer<Double>
        var byLog: UnsafePointer<Double>
        var bySquare: UnsafePointer<Double>

        func advanced(by count: Int) -> Terms {
            Terms(
                before: before + count, factors: factors + count, falls: falls + count, byLog: byLog + count,
                bySquare: bySquare + count)
        }
    }

    init(_ changes: RateChanges, c: Double, beta: Double, gamma: Double, _ kernels: vm_kernels) {
        self.changes = changes
        self.kernels = kernels
        (self.c, self.beta) = (c, beta)
        factors = changes.logarithms
        kernels.exponential_scaled(&factors, changes.logarithms, -gamma, factors.count)
        for k in factors.indices { factors[k] *= c }
        space = UnsafeMutableRawPointer.allocate(byteCount: 9 * Self.block * 8, alignment: 64)
            .bindMemory(to: Double.self, capacity: 9 * Self.block)
    }

    deinit { space.deallocate() }

    /// Sums the changes up to a step; steps come in ascending order. `total` is η₀ + … + η_step.
    ///
    /// - Parameter terms: those that stand for the changes up to the step; empty for the changes themselves. They rest on
    ///   1 + u being nowhere 0, so a negative C takes the changes themselves.
    func evaluate(at step: Int, total: Double, order: Int, terms: [Range<Int>] = []) {
        while count < changes.steps.count, changes.steps[count] <= step { count += 1 }
        (value, lq, qw, qwByLog, llq, qwl, qwlByLog) = (0, 0, 0, 0, 0, 0, 0)
        (qww, qwwByLog, qwwBySquare, qwBySquare) = (0, 0, 0, 0)
        for change in changes.falledToZero where change.step <= step && total > change.before { value += change.fall }
        withTerms { all in
            guard c >= 0, !terms.isEmpty else {
                for start in stride(from: 0, to: count, by: Self.block) {
                    add(all.advanced(by: start), min(Self.block, count - start), total, order)
                }
                return
            }
            addTogether(terms, of: all, total, order)
        }
    }

    private func withTerms(_ body: (Terms) -> Void) {
        changes.before.withUnsafeBufferPointer { before in
            factors.withUnsafeBufferPointer { factors in
                changes.falls.withUnsafeBufferPointer { falls in
                    changes.fallsByLogarithm.withUnsafeBufferPointer { byLog in
                        changes.fallsBySquare.withUnsafeBufferPointer { bySquare in
                            guard let before = before.baseAddress, let factors = factors.baseAddress,
                                let falls = falls.baseAddress, let byLog = byLog.baseAddress,
                                let bySquare = bySquare.baseAddress
                            else { return }
                            body(
                                Terms(
                                    before: before, factors: factors, falls: falls, byLog: byLog, bySquare: bySquare))
                        }
                    }
                }
            }
        }
    }

    // Copies ranges into whole blocks.
    private func addTogether(_ ranges: [Range<Int>], of all: Terms, _ total: Double, _ order: Int) {
        let (before, factors) = (space + 4 * Self.block, space + 5 * Self.block)
        let (falls, byLog) = (space + 6 * Self.block, space + 7 * Self.block)
        let bySquare = space + 8 * Self.block
        let packed = Terms(before: before, factors: factors, falls: falls, byLog: byLog, bySquare: bySquare)
        var filled = 0
        for range in ranges {
            var start = range.lowerBound
            while start < range.upperBound {
                let n = min(range.upperBound - start, Self.block - filled)
                let from = all.advanced(by: start)
                (before + filled).update(from: from.before, count: n)
                (factors + filled).update(from: from.factors, count: n)
                (falls + filled).update(from: from.falls, count: n)
                if order > 0 { (byLog + filled).update(from: from.byLog, count: n) }
                if order > 1 { (bySquare + filled).update(from: from.bySquare, count: n) }
                start += n
                filled += n
                if filled == Self.block {
                    add(packed, filled, total, order)
                    filled = 0
                }
            }
        }
        if filled > 0 { add(packed, filled, total, order) }
    }

    private func add(_ terms: Terms, _ n: Int, _ total: Double, _ order: Int) {
        let (u, l) = (space, space + Self.block)
        let (q, w) = (space + 2 * Self.block, space + 3 * Self.block)
        kernels.subtract_sv(u, total, terms.before, n)
        kernels.multiply_vv(u, u, terms.factors, n)
        kernels.log1p(l, u, n)
        kernels.exponential_scaled(q, l, -beta, n)
        kernels.subtract_sv(w, 1, q, n)
        value += kernels.dot(terms.falls, w, n)
        guard order > 0 else { return }
        for k in 0..<n {
            w[k] = u[k] / (1 + u[k]) * q[k]  // qw
            u[k] = l[k] * q[k]  // Lq
        }
        lq += kernels.dot(terms.falls, u, n)
        qw += kernels.dot(terms.falls, w, n)
        qwByLog += kernels.dot(terms.byLog, w, n)
        guard order > 1 else { return }
        qwBySquare += kernels.dot(terms.bySquare, w, n)
        for k in 0..<n {
            u[k] *= l[k]  // L²q
            l[k] *= w[k]  // qwL
            q[k] = w[k] * (w[k] / q[k])  // qw²
        }
        llq += kernels.dot(terms.falls, u, n)
        qwl += kernels.dot(terms.falls, l, n)
        qwlByLog += kernels.dot(terms.byLog, l, n)
        qww += kernels.dot(terms.falls, q, n)
        qwwByLog += kernels.dot(terms.byLog, q, n)
        qwwBySquare += kernels.dot(terms.bySquare, q, n)
    }

    /// The derivative by C, β and γ of these orders, two together at most.
    func derivative(_ orders: [Int]) -> Double {
        let second = 1 + beta
        switch (orders[0], orders[1], orders[2]) {
        case (0, 0, 0): return value
        case (1, 0, 0): return beta * qw / c
        case (0, 1, 0): return lq
        case (0, 0, 1): return -beta * qwByLog
        case (2, 0, 0): return -beta * second * qww / (c * c)
        case (1, 1, 0): return (qw - beta * qwl) / c
        case (1, 0, 1): return -beta * (qwByLog - second * qwwByLog) / c
        case (0, 2, 0): return -llq
        case (0, 1, 1): return -(qwByLog - beta * qwlByLog)
        case (0, 0, 2): return beta * (qwBySquare - second * qwwBySquare)
        default: return .nan
        }
    }
}
