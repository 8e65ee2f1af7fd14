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
    /// A run that takes this share off the standard error of a parameter parts it from others.
    private static let parts = 0.2
    /// Less than this off the standard error is nearly nothing.
    private static let little = 0.01

    /// - Parameter noise: the standard deviation of one run.
    func ties(noise: Double) -> [Warning] {
        let ties = RunTies(after.precision, names: model.estimates.names, noise: noise)
        guard let (place, spread) = ties.vaguest else { return [] }
        let parameter = after.precision.free[place]
        let shares = after.precision.shares(places, ofDeviate: place)
        var parting: (point: String, cost: String, name: String, share: Double)?
        if let best = shares.indices.max(by: { shares[$0] < shares[$1] }) {
            let share = 1 - (1 - shares[best]).squareRoot()
            if share > Self.parts {
                parting = (
                    candidates[best].text(law, digits: 3), Numeral.quantity(costs[best], digits: 3),
                    model.estimates.names[parameter], share
                )
            }
        }
        return [
            .nearlyCollinear(
                ties, target: target, left: model.told(parameter, spread: spread), parting: parting)
        ]
    }

    /// - Parameter with: how sure the target would be with these runs in place of the named ones.
    func ray(
        _ runs: Points, named: [Int], with: (Points) throws(ScalingError) -> NextRuns.Sureness
    ) throws(ScalingError) -> [Warning] {
        let chosen = candidates.taking(named)
        guard let ray = RunRay(Points(joining: [runs, chosen]), named: chosen, cost: cost, law: law) else {
            return []
        }
        var both: [NextRuns.Sureness] = []
        for points in ray.aside { both.append(try with(points)) }
        let along = after.undoubted
        guard let aside = both.min(by: { $0.standardError < $1.standardError }), let (low, high) = Self.ends(along),
            let (near, far) = Self.ends(aside),
            along.standardError > Self.narrower * aside.standardError
        else { return [] }
        func text(_ low: Double, _ high: Double) -> String {
            [low, high].map { Warning.told($0, digits: 4) }.joined(separator: "..")
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

    /// Of a batch, else of the plan that the first run belongs to; of that run alone where there is none.
    ///
    /// - Parameter isBatch: whether the named runs are one purchase, rather than the first of them.
    func gain(_ order: [Int], plan: RunPlan?, isBatch: Bool) -> [Warning] {
        guard let first = order.first else { return [] }
        func width(_ sureness: NextRuns.Sureness) -> Double? {
            Self.ends(sureness).map { scale.transformed($0.1) - scale.transformed($0.0) }
        }
        var then = after.undoubted
        var runs = order.count
        if !isBatch {
            runs = plan?.runs.count ?? 1
            then = plan?.after ?? before.running(first).undoubted
        }
        guard let now = width(before.undoubted), let left = width(then), now > 0 else { return [] }
        guard left > (1 - Self.little) * now else { return [] }
        // What the one that takes off most leaves: its share of the variance, and a degree of freedom.
        let shares = before.precision.shares(places)
        var best: (point: String, cost: String, share: Double)?
        if let place = shares.indices.max(by: { shares[$0] < shares[$1] }) {
            best = (
                point: candidates[place].text(law, digits: 3), cost: Numeral.quantity(costs[place], digits: 3),
                share: 1 - (width(before.running(place).undoubted) ?? now) / now
            )
        }
        let all = 1 - (width(before.withAll(candidates.count)) ?? now) / now
        return [.littleToGain(1 - left / now, runs: runs, isBatch: isBatch, best: best, all: all)]
    }
}

extension Warning {
    /// A loss or a ratio by its digits, a size as sizes are written.
    fileprivate static func told(_ value: Double, digits: Int) -> String {
        value.magnitude < 1e5 ? Numeral.short(value, digits: digits) : Numeral.quantity(value, digits: 3)
    }

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
    ///
    /// - Parameters:
    ///   - left: what is known of the vaguest of them: `alpha to 0.21`.
    ///   - parting: the candidate that tells most of it, with the share that it takes off its standard error.
    static func nearlyCollinear(
        _ ties: RunTies, target: String, left: String,
        parting: (point: String, cost: String, name: String, share: Double)?
    ) -> Warning {
        let pairs = ties.pairs.prefix(3).map {
            "\($0.first) and \($0.second) (correlation \(Numeral.fixed($0.correlation, decimals: 3)))"
        }
        let others = ties.pairs.count > 3 ? ", and \(ties.pairs.count - 3) more pairs" : ""
        var hint = "trust \(target) rather than these parameters; "
        if let parting {
            hint +=
                "\(parting.point) for \(parting.cost) would take \(Numeral.short(100 * parting.share, digits: 2)) % off the "
                + "error of \(parting.name)"
        } else {
            hint += "no candidate parts them: add some that move one input without the others"
        }
        return Warning(
            code: "nearly-collinear",
            message:
                "even with the runs above hardly told apart: \(pairs.joined(separator: ", "))\(others); known is \(left)",
            hint: hint)
    }

    /// Runs along one ratio, and what the same compute would tell off it.
    static func oneRay(_ ray: RunRay, target: String, along: String, aside: String, times: Double) -> Warning {
        let low = told(ray.direction.range.lowerBound, digits: 3)
        let high = told(ray.direction.range.upperBound, digits: 3)
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
        _ share: Double, runs: Int, isBatch: Bool, best: (point: String, cost: String, share: Double)?, all: Double
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
        let what =
            runs == 1
            ? isBatch ? "this run" : "the first run" : isBatch ? "these \(runs) runs" : "the plan of \(runs) runs"
        return Warning(
            code: "little-to-gain",
            message: "\(what) would take \(percent(share)) off the interval",
            hint: hint)
    }
}
