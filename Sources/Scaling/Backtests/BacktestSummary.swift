// What a backtest found, by distance: error, bias, coverage.

import Fitting
import Formulas

/// Means over tests of one range of distances, then over cutoffs, then over groups.
///
/// Pooling tests would let the cutoff, or the group, that has the most of them speak for all.
public struct BacktestSummary: Hashable, Sendable {
    /// Distances above the lower end, up to the upper one.
    public let distances: ClosedRange<Double>
    public let groups: Int
    public let cutoffs: Int
    public let tests: Int
    /// The root mean square of the residuals, and their mean, on the scale of the residual.
    public let error: Double
    public let bias: Double
    /// The share of new runs inside of the law's own intervals, and inside of calibrated ones; nil without intervals.
    public let plainCoverage: Double?
    public let coverage: Double?

    /// Nil where nothing lies at these distances.
    ///
    /// - Parameters:
    ///   - groups: the cutoffs of each group, with the cutoffs below them.
    ///   - level: the probability of the intervals.
    public init?(
        _ groups: [[BacktestCutoff]], distances: ClosedRange<Double>, level: Double,
        widening: Widening = .publicTables
    ) {
        var (squares, biases, plain, calibrated): ([Double], [Double], [Double], [Double]) = ([], [], [], [])
        var (cutoffCount, testCount) = (0, 0)
        for group in groups {
            let cutoffs = group.compactMap { Part($0, distances, level, widening) }
            if cutoffs.isEmpty { continue }
            cutoffCount += cutoffs.count
            testCount += cutoffs.reduce(0) { $0 + $1.count }
            squares.append(Self.mean(cutoffs.map(\.square)))
            biases.append(Self.mean(cutoffs.map(\.bias)))
            plain.append(Self.mean(cutoffs.map(\.plain)))
            calibrated.append(Self.mean(cutoffs.map(\.calibrated)))
        }
        if testCount == 0 { return nil }
        self.distances = distances
        self.groups = squares.count
        cutoffs = cutoffCount
        tests = testCount
        error = Self.mean(squares).squareRoot()
        bias = Self.mean(biases)
        plainCoverage = Self.mean(plain).isNaN ? nil : Self.mean(plain)
        coverage = Self.mean(calibrated).isNaN ? nil : Self.mean(calibrated)
    }

    /// The ranges that a report shows.
    public static let usual: [ClosedRange<Double>] = [1...2, 2...10, 10...Double.infinity]

    /// One cutoff's runs of a range.
    private struct Part {
        let count: Int
        let (square, bias, plain, calibrated): (Double, Double, Double, Double)

        init?(
            _ cutoff: BacktestCutoff, _ distances: ClosedRange<Double>, _ level: Double, _ widening: Widening
        ) {
            let tests = cutoff.tests.filter {
                $0.distance > distances.lowerBound && $0.distance <= distances.upperBound
            }
            if tests.isEmpty { return nil }
            count = tests.count
            square = BacktestSummary.mean(tests.map { $0.residual * $0.residual })
            bias = BacktestSummary.mean(tests.map(\.residual))
            func share(_ half: (BacktestTest) -> Double) -> Double {
                BacktestSummary.mean(
                    tests.map { test in half(test).isNaN ? .nan : test.residual.magnitude <= half(test) ? 1 : 0 })
            }
            let own = cutoff.plainHalfWidths(level: level)
            plain = share(own)
            let factor = cutoff.factor(widening) * widening.multiple(at: level)
            calibrated = share { max(own($0), factor * cutoff.spread($0, widening)) }
        }
    }

    // Of what is known; NaN where nothing is.
    fileprivate static func mean(_ values: [Double]) -> Double {
        let known = values.filter { !$0.isNaN }
        return known.isEmpty ? .nan : known.reduce(0, +) / Double(known.count)
    }
}
