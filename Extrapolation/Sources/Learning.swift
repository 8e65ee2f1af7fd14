// Learning a widening from public tables: a pattern search over three numbers, and a multiple to each.

import Fitting
import Formulas
import Scaling

/// Finds the widening with the least interval score whose intervals hold at least their aim.
public struct Learning: Sendable {
    private let settings: Settings

    public init(_ settings: Settings) { self.settings = settings }

    /// The widening learned on these cases; deterministic.
    ///
    /// Rate, offset and prior weight are searched for; to each of them the multiple is the least at which the intervals
    /// hold their aim in the mean over tables, and what is minimised is the mean over tables of the mean over groups of
    /// the logarithm of the interval score.
    public func widening(_ cases: [Case], name: String) -> Widening {
        var point = settings.start
        var best = multiplied(cases, point, name)
        var step = settings.step
        while step > 0.02 {
            var improved = false
            for place in point.indices {
                for sign in [1.0, -1.0] {
                    var next = point
                    next[place] += sign * step
                    let there = multiplied(cases, next, name)
                    if there.score < best.score - 1e-6 {
                        (point, best, improved) = (next, there, true)
                        break
                    }
                }
            }
            if !improved { step /= 2 }
        }
        var widening = best.widening
        widening.tail = tail(cases, widening)
        return widening
    }

    private func multiplied(_ cases: [Case], _ point: [Double], _ name: String) -> (widening: Widening, score: Double)
    {
        var widening = Widening(
            name: name, rate: Elementary.exp(point[0]), offset: Elementary.exp(point[1]), multiple: 1,
            priorWeight: Elementary.exp(point[2]), nearness: settings.nearness, tail: settings.tail)
        let level = settings.level
        let units = Method.units(widening, cases)
        var (low, high) = (0.2, 20.0)
        for _ in 0..<18 {
            let middle = (low * high).squareRoot()
            let coverage = Tally.mean(Method.scaled(cases, units, level: level, by: middle).map(\.coverage))
            if coverage >= settings.aim { high = middle } else { low = middle }
        }
        widening.multiple = high
        return (widening, Tally.mean(Method.scaled(cases, units, level: level, by: high).map(\.logScore)))
    }

    /// The factor on the intervals at which each table holds their level: what it would have had them be.
    public func factors(_ cases: [Case], _ widening: Widening) -> [(table: String, groups: Int, factor: Double)] {
        Case.tables(cases).map { table in
            let own = cases.filter { $0.table == table }
            let units = Method.units(widening, own)
            var (low, high) = (0.01, 100.0)
            for _ in 0..<30 {
                let middle = (low * high).squareRoot()
                let tally = Method.scaled(own, units, level: settings.level, by: middle * widening.multiple)[0]
                if tally.coverage >= settings.level { high = middle } else { low = middle }
            }
            return (table, own.count, high)
        }
    }

    /// The tail whose intervals at a half and at 98 % score best beside those at 90 %.
    private func tail(_ cases: [Case], _ widening: Widening) -> Double {
        let candidates: [Double] = [2, 3, 4, 5, 7, 10, 20, 100]
        let scores = candidates.map { tail in
            var widening = widening
            widening.tail = tail
            return Tally.mean(
                [0.5, 0.98].flatMap { Method.calibrated(widening, cases, level: $0).map(\.logScore) })
        }
        return candidates[scores.indices.min { scores[$0] < scores[$1] } ?? 0]
    }
}
