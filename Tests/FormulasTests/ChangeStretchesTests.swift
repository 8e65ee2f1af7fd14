// The multi-power sum over stretches of changes against the sum over the changes themselves.

import Foundation
import Testing
import VectorMath

@testable import Formulas

private let steps = 6000

private func rates(_ decay: (_ share: Double) -> Double) -> [Double] {
    (0..<steps).map { step in
        if step < 500 { return 3e-4 * Double(step) / 499 }
        return 3e-4 * decay(Double(step - 500) / Double(steps - 501))
    }
}

private func cosine(to end: Double) -> [Double] { rates { end + (1 - end) * (1 + cos(Double.pi * $0)) / 2 } }

/// As a table has it that kept every so many steps, filled by lines.
private func logged(_ rates: [Double], every: Int) -> [Double] {
    rates.indices.map { step in
        let first = step / every * every
        let last = min(first + every, rates.count - 1)
        if first == last { return rates[first] }
        return rates[first] + (rates[last] - rates[first]) * Double(step - first) / Double(last - first)
    }
}

private let orders = [
    [0, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1], [2, 0, 0], [1, 1, 0], [1, 0, 1], [0, 2, 0], [0, 1, 1], [0, 0, 2],
]

private struct Curve {
    let changes: RateChanges
    let stretches: ChangeStretches
    let asked: [(step: Int, total: Double, terms: [Range<Int>])]

    init(_ rates: [Double]) {
        var sums: [Double] = []
        for rate in rates { sums.append((sums.last ?? 0) + rate) }
        changes = RateChanges(rates, sums)
        var stretches = ChangeStretches(changes)
        let steps = changes.steps
        asked = stride(from: 300, to: rates.count, by: 97).map { step in
            (step, sums[step], stretches.terms(steps.count { $0 <= step }, total: sums[step]))
        }
        self.stretches = stretches
    }

    /// How many terms all steps have, and how many changes.
    var sizes: (terms: Int, changes: Int) {
        asked.reduce((0, 0)) { sizes, one in
            (
                sizes.0 + one.terms.reduce(0) { $0 + $1.count },
                sizes.1 + changes.steps.count { $0 <= one.step }
            )
        }
    }

    /// The derivatives of those orders at every step that was asked for.
    func values(_ c: Double, _ beta: Double, _ gamma: Double, few: Bool) -> [[Double]] {
        let sums = MultiPowerSums(
            few ? stretches.changes : changes, c: c, beta: beta, gamma: gamma, VectorLevel.best.kernels)
        return asked.map { step, total, terms in
            sums.evaluate(at: step, total: total, order: 2, terms: few ? terms : [])
            return orders.map { sums.derivative($0) }
        }
    }
}

@Suite struct ChangeStretchesTests {
    private static let curves: [(String, [Double])] = [
        ("cosine", cosine(to: 0.1)), ("to zero", cosine(to: 0)), ("root", rates { 1 - 0.99 * $0.squareRoot() }),
        ("held, then a line", rates { $0 < 0.6 ? 1 : 2.5 * (1 - $0) + 1e-3 }),
        ("lines", logged(cosine(to: 0.1), every: 128)),
        ("large", cosine(to: 0.1).map { 100 * $0 }),
    ]

    @Test(arguments: curves)
    func `sums and derivatives are those over all changes`(name: String, rates: [Double]) {
        let curve = Curve(rates)
        for c in [0.5, 2, 50] {
            for (beta, gamma) in [(0.1, 0.5), (0.6, 0.1), (0.6, 1), (1.5, 0.5)] {
                let (all, few) = (
                    curve.values(c, beta, gamma, few: false), curve.values(c, beta, gamma, few: true)
                )
                for place in orders.indices {
                    // Where falls and rises cancel, rounding is that of what cancels.
                    let largest = all.map { $0[place].magnitude }.max() ?? 0
                    for (one, other) in zip(all, few) {
                        let apart = (one[place] - other[place]).magnitude
                        #expect(apart <= 2e-13 * max(one[place].magnitude, largest), "\(name) \(orders[place])")
                    }
                }
            }
        }
    }

    @Test func `a smooth decay takes far fewer terms, and one of few digits all of them`() {
        let smooth = Curve(cosine(to: 0.1)).sizes
        #expect(smooth.terms < smooth.changes / 6)
        let rounded = Curve(cosine(to: 0.1).map { ($0 * 1e7).rounded() / 1e7 }).sizes
        #expect(rounded.terms > rounded.changes / 2)
    }

    @Test func `a negative C takes the changes themselves`() {
        let curve = Curve(cosine(to: 0.1))
        #expect(curve.values(-1e-4, 0.6, 0.1, few: true) == curve.values(-1e-4, 0.6, 0.1, few: false))
    }

    @Test func `nothing and little have all of their terms`() {
        #expect(Curve(Array(repeating: 1e-3, count: 400)).asked.allSatisfy { $0.terms.isEmpty })
        let one = Curve(Array(repeating: 1e-3, count: 200) + Array(repeating: 5e-4, count: 200))
        #expect(one.asked.map(\.terms) == [[0..<1], [0..<1]])
    }
}
