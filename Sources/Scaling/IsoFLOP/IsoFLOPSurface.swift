// The direct way: E + A/N^α + B/D^β fitted to all runs (approach 3), whose frontier has the exponent β/(α + β).

import Fitting
import Formulas
import Tables

struct IsoFLOPSurface {
    private let values: [Double]
    let exponent: Double
    let standardError: Double?
    private let rows: Int
    private let level: Double
    private let freedom: Double

    /// Nil where the surface cannot be fitted or has no frontier.
    init?(_ runs: IsoFLOPRuns, level: Double) {
        let table = Table(
            name: runs.tableName,
            columns: [
                Column(name: "N", numbers: runs.runs.map(\.size)), Column(name: "D", numbers: runs.runs.map(\.data)),
                Column(name: "loss", numbers: runs.runs.map(\.loss)),
            ])
        guard let formula = try? Formula("loss ~ E + A/N^alpha + B/D^beta") else { return nil }
        var specification = Specification(formula: formula)
        specification.loss = .huber(1e-3)
        specification.residual = .log
        specification.bounds = Dictionary(
            uniqueKeysWithValues: ["E", "A", "B", "alpha", "beta"].map { ($0, Bound(lower: 0)) })
        guard let problem = try? Problem(specification, table: table), let fit = try? Fit(problem) else { return nil }
        let names = ["E", "A", "B", "alpha", "beta"]
        let found = names.compactMap { fit.estimates[$0] }
        guard found.count == 5, found[3] > 0, found[4] > 0, found[1] > 0, found[2] > 0 else { return nil }
        values = found
        exponent = found[4] / (found[3] + found[4])
        rows = runs.runs.count
        freedom = fit.estimates.degreesOfFreedom
        self.level = level
        // ∂(β/(α+β))/∂α = −β/(α+β)², ∂/∂β = α/(α+β)².
        var error: Double?
        if let covariance = fit.estimates.covariance, let a = fit.estimates.names.firstIndex(of: "alpha"),
            let b = fit.estimates.names.firstIndex(of: "beta")
        {
            let n = fit.estimates.names.count
            let square = (found[3] + found[4]) * (found[3] + found[4])
            let (da, db) = (-found[4] / square, found[3] / square)
            let variance =
                da * da * covariance[a * n + a] + 2 * da * db * covariance[a * n + b] + db * db
                * covariance[b * n + b]
            if variance > 0, variance.isFinite { error = variance.squareRoot() }
        }
        standardError = error
    }

    private func loss(_ size: Double, _ data: Double) -> Double {
        values[0] + values[1] * Elementary.power(size, -values[3]) + values[2] * Elementary.power(data, -values[4])
    }

    /// N* for a budget of 6·N·D.
    private func best(_ budget: Double) -> Double {
        let sum = values[3] + values[4]
        let g = Elementary.power(values[3] * values[1] / (values[4] * values[2]), 1 / sum)
        return g * Elementary.power(budget / 6, values[4] / sum)
    }

    func approach(largest budget: Double) -> IsoFLOP.Approach {
        let half =
            standardError.map { $0 * StudentT(degreesOfFreedom: max(1, freedom)).quantile(0.5 + level / 2) }
        func value(_ x: Double) -> Plan.Value {
            Plan.Value(x, lower: half.map { x - $0 }, upper: half.map { x + $0 })
        }
        return IsoFLOP.Approach(
            name: "surface", meaning: "E + A/N^alpha + B/D^beta", size: value(exponent), data: value(1 - exponent),
            count: rows, bias: 0, largest: best(budget))
    }

    /// What a method makes of this surface without noise, at the sizes that were run, less β/(α+β).
    func bias(of method: ValleyMethod, _ survey: ValleySurvey) -> Double? {
        survey.exponent(method) { group in
            zip(group.points.x, group.data).map { loss(Elementary.exp($0), Elementary.exp($1)) }
        }.map { $0 - trueExponent(survey) }
    }

    // Where the table counts other operations than 6·N·D, the best of each budget is found along its own points.
    private func trueExponent(_ survey: ValleySurvey) -> Double {
        var (budgets, sizes): ([Double], [Double]) = ([], [])
        for group in survey.groups {
            guard let first = group.points.x.first, let last = group.points.x.last, group.points.x.count > 2 else {
                continue
            }
            func value(_ x: Double) -> Double {
                loss(Elementary.exp(x), Elementary.exp(ValleySurvey.data(group, x)))
            }
            let steps = 2_000
            let places = (0...steps).map { first + (last - first) * Double($0) / Double(steps) }
            let values = places.map(value)
            guard let k = values.indices.min(by: { values[$0] < values[$1] }), k > 0, k < steps else { continue }
            // The vertex of the parabola through the three lowest places.
            let (a, b, c) = (values[k - 1], values[k], values[k + 1])
            let shift = 0.5 * (a - c) / (a - 2 * b + c)
            budgets.append(group.budget)
            sizes.append(Elementary.exp(places[k] + shift * (last - first) / Double(steps)))
        }
        return FrontierLine(budgets, sizes, errors: budgets.map { _ in 1 }, level: level)?.exponent ?? exponent
    }
}
