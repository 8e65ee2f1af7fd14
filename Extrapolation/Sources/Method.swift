// The methods of intervals that are scored.

import Fitting
import Formulas
import Scaling

public enum Method {
    /// ± half, symmetric.
    private static func symmetric(
        _ cases: [Case], level: Double, half: (Case, BacktestCutoff, BacktestTest) -> Double
    ) -> [Tally] {
        Tally.of(cases, level: level) { item, cutoff in
            cutoff.tests.map { test in
                let half = half(item, cutoff, test)
                return (-half, half)
            }
        }
    }

    /// Calibrated intervals by one widening.
    public static func calibrated(_ widening: Widening, _ cases: [Case], level: Double) -> [Tally] {
        calibrated(cases, level: level) { _ in widening }
    }

    /// Calibrated intervals, before they are multiplied, of each cutoff of each case.
    static func units(_ widening: Widening, _ cases: [Case]) -> [[[Double]]] {
        cases.map { item in
            item.cutoffs.map { cutoff in
                let factor = cutoff.factor(widening)
                return cutoff.tests.map { factor * cutoff.spread($0, widening) }
            }
        }
    }

    /// Calibrated intervals by the widening of each table.
    public static func calibrated(_ cases: [Case], level: Double, widening: (String) -> Widening) -> [Tally] {
        Tally.of(cases, level: level) { item, cutoff in
            let widening = widening(item.table)
            // k once a cutoff, not once a run.
            let factor = widening.multiple(at: level) * cutoff.factor(widening)
            return cutoff.tests.map { test in
                let half = factor * cutoff.spread(test, widening)
                return (-half, half)
            }
        }
    }

    /// Half widths of the cutoffs of each case, times a factor.
    static func scaled(_ cases: [Case], _ units: [[[Double]]], level: Double, by factor: Double) -> [Tally] {
        var numbered: [String: [[Double]]] = [:]
        for (item, own) in zip(cases, units) { numbered[item.table + "/" + item.group] = own }
        return Tally.of(cases, level: level) { item, cutoff in
            let own = numbered[item.table + "/" + item.group] ?? []
            let place = item.cutoffs.firstIndex { $0.limit == cutoff.limit } ?? 0
            return own[place].map { (-factor * $0, factor * $0) }
        }
    }

    /// Intervals by the delta method, times a factor.
    public static func delta(_ cases: [Case], level: Double, times factor: Double = 1) -> [Tally] {
        symmetric(cases, level: level) { _, cutoff, test in factor * cutoff.plainHalfWidth(test, level: level) }
    }

    /// One width for all.
    public static func constant(_ cases: [Case], level: Double, half: Double) -> [Tally] {
        symmetric(cases, level: level) { _, _, _ in half }
    }

    /// Delta intervals scaled in hindsight, each table by the factor at which they hold what they say.
    public static func hindsight(_ cases: [Case], level: Double) -> [Tally] {
        var tallies: [Tally] = []
        for table in Set(cases.map(\.table)).sorted() {
            let own = cases.filter { $0.table == table }
            var (low, high) = (-7.0, 9.0)
            for _ in 0..<50 {
                let middle = (low + high) / 2
                let tally = delta(own, level: level, times: Elementary.exp(middle))[0]
                if tally.coverage >= level { high = middle } else { low = middle }
            }
            tallies += delta(own, level: level, times: Elementary.exp(high))
        }
        return tallies
    }
}
