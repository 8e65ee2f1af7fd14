// What is said of runs that were chosen and hardly tell: warnings with stable codes.

import Fitting
import Formulas

/// What is worth saying of a choice.
struct RunNotices {
    let target: String
    /// Of the target's intervals.
    let scale: Residual
    let law: Law
    let cost: RunCost
    let model: RunModel
    let candidates: Points
    let places: [RunPlace]
    let costs: [Double]
    /// Before the first of the named runs, and with all of them.
    let before: RunProgress
    let after: RunProgress

    /// An interval that would be this much narrower off a ray is worth a word.
    private static let narrower = 1.1
    /// Less than this off the standard error is nearly nothing.
    private static let little = 0.01

    var ties: [Warning] {
        let ties = RunTies(after.precision, names: model.estimates.names)
        return ties.pairs.isEmpty ? [] : [.nearlyCollinear(ties, target: target)]
    }

    func ray(_ runs: Points, named: [Int]) throws(ScalingError) -> [Warning] {
        let chosen = candidates.taking(named)
        guard let ray = RunRay(Points(joining: [runs, chosen]), named: chosen, cost: cost, law: law) else {
            return []
        }
        var both: [NextRuns.Sureness] = []
        for points in ray.aside { both.append(before.with(try model.places(points).places)) }
        let along = after.undoubted
        guard let aside = both.min(by: { $0.standardError < $1.standardError }), let (low, high) = Self.ends(along),
            let (near, far) = Self.ends(aside),
            along.standardError > Self.narrower * aside.standardError
        else { return [] }
        func text(_ low: Double, _ high: Double) -> String {
            [low, high].map { $0.magnitude < 1e5 ? Numeral.short($0, digits: 4) : Numeral.quantity($0, digits: 3) }
                .joined(separator: "..")
        }
        return [
            .oneRay(
                ray, target: target, along: text(low, high), aside: text(near, far),
                times: along.standardError / aside.standardError)
        ]
    }

    private static func ends(_ sureness: NextRuns.Sureness) -> (Double, Double)? {
        guard let low = sureness.interval?.lower.value, let high = sureness.interval?.upper.value else { return nil }
        return (low, high)
    }

    /// - Parameter isBatch: whether the named runs are one purchase, rather than the first of them.
    func gain(_ order: [Int], isBatch: Bool) -> [Warning] {
        guard let first = order.first else { return [] }
        func width(_ sureness: NextRuns.Sureness) -> Double? {
            Self.ends(sureness).map { scale.transformed($0.1) - scale.transformed($0.0) }
        }
        var then = after
        if !isBatch {
            then = before
            then.run(first)
        }
        guard let now = width(before.undoubted), let left = width(then.undoubted), now > 0 else { return [] }
        guard left > (1 - Self.little) * now else { return [] }
        // What the one that takes off most leaves: its share of the variance, and a degree of freedom.
        let shares = before.precision.shares(places)
        var best: (point: String, cost: String, share: Double)?
        if let place = shares.indices.max(by: { shares[$0] < shares[$1] }) {
            var alone = before
            alone.run(place)
            best = (
                point: candidates[place].text(law), cost: Numeral.quantity(costs[place], digits: 3),
                share: 1 - (width(alone.undoubted) ?? now) / now
            )
        }
        let all = 1 - (width(before.withAll(candidates.count)) ?? now) / now
        return [.littleToGain(1 - left / now, runs: isBatch ? order.count : 1, best: best, all: all)]
    }
}

extension Warning {
    /// Some parameters stay tied to each other whatever is run; the target does not mind.
    static func collinear(_ parameters: [String], target: String) -> Warning {
        Warning(
            code: "collinear-design",
            message:
                "runs and candidates together cannot separate \(parameters.joined(separator: ", ")); "
                + "\(target) does not depend on which",
            hint: "add candidates that move one input without the others, if you want these parameters")
    }

    /// They could be told apart, by far more runs of that kind than anybody makes.
    static func nearlyCollinear(_ ties: RunTies, target: String) -> Warning {
        let pairs = ties.pairs.prefix(3).map {
            "\($0.first) and \($0.second) (correlation \(Numeral.fixed($0.correlation, decimals: 3)))"
        }
        let others = ties.pairs.count > 3 ? ", and \(ties.pairs.count - 3) more pairs" : ""
        return Warning(
            code: "nearly-collinear",
            message: "even with the runs above hardly told apart: \(pairs.joined(separator: ", "))\(others)",
            hint: "trust \(target) rather than these parameters; runs of this kind hardly part them")
    }

    /// Runs along one ratio, and what the same compute would tell off it.
    static func oneRay(_ ray: RunRay, target: String, along: String, aside: String, times: Double) -> Warning {
        let low = Numeral.quantity(ray.direction.range.lowerBound, digits: 3)
        let high = Numeral.quantity(ray.direction.range.upperBound, digits: 3)
        let ratio = low == high ? low : "\(low)..\(high)"
        let name = ray.direction.name
        return Warning(
            code: "one-ray",
            message:
                "all runs lie nearly on one ray, \(name) = \(ratio): they leave \(along); for the same cost at a quarter "
                + "and at four times that \(name) they would leave \(aside), "
                + "\(Numeral.short(times, digits: 2)) times narrower",
            hint: "give candidates off the ray: --candidates with a grid of both inputs")
    }

    /// The runs that were named hardly change the interval.
    static func littleToGain(
        _ share: Double, runs: Int, best: (point: String, cost: String, share: Double)?, all: Double
    )
        -> Warning
    {
        func percent(_ share: Double) -> String {
            share < 0.0005 ? "nothing" : "\(Numeral.short(100 * share, digits: 2)) %"
        }
        var hint =
            "all candidates together would take \(percent(all)) off: give larger ones (--largest, --max, --spend)"
        if let best, best.share > 0.01 {
            hint =
                "\(best.point) for \(best.cost) would take \(percent(best.share)) off at once; a larger --overhead puts such runs first"
        }
        return Warning(
            code: "little-to-gain",
            message:
                "\(runs == 1 ? "the best next run for its cost" : "these \(runs) runs") would take "
                + "\(percent(share)) off the interval",
            hint: hint)
    }
}
