// Residuals freed of their own pull, beside textbook formulas where these hold.

import Formulas
import Foundation
import Tables
import Testing

@testable import Fitting

@Suite struct FreedResidualsTests {
    private static let xs: [Double] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 20]
    private static let ys: [Double] = [1.1, 2.9, 5.2, 6.8, 9.3, 10.9, 13.2, 14.8, 17.1, 40.7]

    private static func fit(_ weights: [Double]? = nil, _ adjust: (inout Specification) -> Void = { _ in }) throws
        -> Fit
    {
        let table = Laboratory.table([("x", xs), ("y", ys), ("w", weights ?? xs.map { _ in 1 })])
        return try Laboratory.fit("y ~ a + b*x", table) {
            if weights != nil { $0.weights = try Formula("w") }
            adjust(&$0)
        }
    }

    // The hat matrix by the inverse of XᵀWX.
    private static func hat(_ weights: [Double]) -> [[Double]] {
        let rows = zip(xs, weights).map { x, w in [sqrt(w), sqrt(w) * x] }
        var normal = [[0.0, 0], [0, 0]]
        for row in rows { for i in 0..<2 { for j in 0..<2 { normal[i][j] += row[i] * row[j] } } }
        let inverse = SecondOpinion.inverse(normal)
        return rows.map { a in
            rows.map { b in
                (0..<2).reduce(0.0) { sum, i in sum + (0..<2).reduce(0.0) { $0 + a[i] * inverse[i][$1] * b[$1] } }
            }
        }
    }

    @Test(
        "for squared loss a residual is divided by √(1 − h), or by 1 − h as that of the fit without the run",
        arguments: [false, true])
    func squares(weighted: Bool) throws {
        let weights: [Double] = weighted ? [1, 2, 3, 1, 2, 3, 1, 2, 3, 1] : Self.xs.map { _ in 1 }
        let fit = try Self.fit(weighted ? weights : nil)
        let freed = try FreedResiduals(fit, nil, kind: "wild", shrinks: true)
        let left = try FreedResiduals(fit, nil, kind: "wild", shrinks: false)
        let hat = Self.hat(weights)
        for (row, r) in fit.residuals().enumerated() {
            #expect(SecondOpinion.close(freed.values[row], r / sqrt(1 - hat[row][row]), 1e-5))
            #expect(SecondOpinion.close(left.values[row], r / (1 - hat[row][row]), 1e-5))
        }
    }

    @Test("by cluster the residuals are multiplied by (I − H)^(−1/2)")
    func clusters() throws {
        let labels = [0, 0, 1, 1, 1, 2, 2, 3, 3, 3]
        let clusters = try Clusters(labels: labels.map(String.init), column: "run")
        let fit = try Self.fit()
        let freed = try FreedResiduals(fit, clusters, kind: "wild:run", shrinks: true)
        let hat = Self.hat(Self.xs.map { _ in 1 })
        let residuals = fit.residuals()
        for group in clusters.members {
            // (I − H)^(1/2) applied twice to the freed residuals gives (I − H)^(1/2) r; so e·(I − H)·e = r·r.
            var left = 0.0
            for i in group {
                for j in group { left += freed.values[i] * ((i == j ? 1 : 0) - hat[i][j]) * freed.values[j] }
            }
            let right = group.reduce(0.0) { $0 + residuals[$1] * residuals[$1] }
            #expect(SecondOpinion.close(left, right, 1e-5))
        }
    }

    @Test("under absolute loss no residual stays zero, and the spread is that of the noise")
    func absolute() throws {
        // Laws with normal noise of 1 %, 12 runs, 5 parameters: five residuals of twelve are zero by the fit's doing.
        var (zeros, squares, count) = (0, 0.0, 0.0)
        for seed in 1...40 as ClosedRange<UInt64> {
            var random = RandomSource(seed: seed)
            let base = Laboratory.chinchilla(rows: 12, noise: 0, seed: seed)
            let losses = try base.column("loss")
            guard case .numbers(let exact) = losses.values, case .numbers(let sizes) = try base.column("N").values,
                case .numbers(let tokens) = try base.column("D").values
            else { continue }
            let noisy = exact.map { $0 * Elementary.exp(0.01 * random.normal()) }
            let fit = try Laboratory.fit(
                "loss ~ E + A/N^0.34 + B/D^0.28", Laboratory.table([("N", sizes), ("D", tokens), ("loss", noisy)])
            ) {
                $0.loss = .absolute
                $0.residual = .log
            }
            zeros += fit.residuals().count { abs($0) < 1e-9 }
            let freed = try FreedResiduals(fit, nil, kind: "wild", shrinks: true)
            #expect(freed.values.allSatisfy { $0 != 0 })
            squares += freed.values.reduce(0) { $0 + $1 * $1 }
            count += 12
        }
        #expect(zeros >= 100)
        #expect(abs(sqrt(squares / count) / 0.01 - 1) < 0.15, "\(sqrt(squares / count))")
    }

    @Test("a row of frequency three is three rows, and other frequencies are refused")
    func frequencies() throws {
        let whole = try Self.fit([1, 2, 3, 1, 2, 3, 1, 2, 3, 1]) { $0.weightMeaning = .frequency }
        let freed = try FreedResiduals(whole, nil, kind: "wild", shrinks: true)
        #expect(freed.values.count == 19)
        #expect(freed.rows?.prefix(4) == [0, 1, 1, 2])
        let parts = try Self.fit(Self.xs.map { _ in 1.5 }) { $0.weightMeaning = .frequency }
        #expect(throws: FitError.self) { try FreedResiduals(parts, nil, kind: "wild", shrinks: true) }
    }

    @Test("the middle is what the loss takes for it")
    func middles() {
        let values: [Double] = [1, 2, 3, 4, 100]
        #expect(SecondOpinion.close(FreedResiduals.middle(values, .squared), 22, 1e-12))
        #expect(SecondOpinion.close(FreedResiduals.middle(values, .absolute), 3, 1e-12))
        #expect(SecondOpinion.close(FreedResiduals.middle(values, .quantile(0.1)), 1, 1e-12))
        // Σψ = 0 with δ = 1: (1 − t), (2 − t) … between the outer ones, which count ±1.
        #expect(SecondOpinion.close(FreedResiduals.middle(values, .huber(1)), 3, 1e-9))
    }

    @Test("without degrees of freedom there is no residual to draw")
    func noFreedom() throws {
        let fit = try Laboratory.fit("y ~ a + b*x", Laboratory.table([("x", [1, 2]), ("y", [1, 3])]))
        #expect(throws: FitError.self) { try FreedResiduals(fit, nil, kind: "residual", shrinks: true) }
    }
}
