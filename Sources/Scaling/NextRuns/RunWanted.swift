// A target made linear: how it moves with the parameters, and with what the law leaves out.

import Fitting
import Formulas

/// A target with its value, on a scale on which its error is about normal.
struct RunWanted {
    let functional: RunFunctional
    /// On its own scale, as it is printed.
    let value: Double
    /// A value of the law has the residual's scale, an optimum the logarithm, a formula its own.
    let scale: Residual
    /// Where the law's value is wanted; nil for anything else.
    let points: Points?
    /// Anything else at other parameters, for draws.
    let evaluate: (_ parameters: [Double]) -> Double?

    init(_ target: RunTarget, _ model: RunModel, _ origin: RunOrigin, _ law: Law, cost: RunCost) throws(ScalingError)
    {
        let problem = origin.problem
        let known = Estimates(names: problem.parameterNames, values: origin.parameters)
        switch target {
        case .value(let point):
            let points = try Points([point], for: law)
            self.points = points
            let (places, values) = try model.places(points)
            guard values[0].isFinite else { throw .next(.undefined(at: point.text(law), law: law.id)) }
            functional = RunFunctional(features: places[0].features, parts: [(1, places[0])])
            // The estimate itself, which a term that was lost and put back differs from.
            let plain = try Predictor(law, known, points).run().values[0]
            (value, scale) = (plain, model.residual)
            evaluate = { _ in nil }
        case .parameters(let formula):
            points = nil
            let estimand: Estimand
            do { estimand = try Estimand(formula, of: problem, option: "--target") } catch {
                throw .next(.unreadableTarget("\(formula)", problem: "\(error)"))
            }
            functional = RunFunctional(features: model.features(estimand), parts: [])
            (value, scale) = (estimand.value(origin.parameters), .raw)
            evaluate = { estimand.value($0) }
        case .optimum(let input, let budget):
            points = nil
            let optimum = RunOptimum(
                law: law, names: problem.parameterNames, cost: cost, input: input, budget: budget)
            value = try optimum.size(origin.parameters)
            scale = .log
            functional = try optimum.functional(model)
            evaluate = { try? optimum.size($0) }
        }
    }

    /// The interval around the value, so far on the scale to either side.
    func interval(_ half: Double, level: Double) -> ConfidenceInterval {
        let z = scale.transformed(value)
        return ConfidenceInterval(
            lower: .at(scale.restored(z - half)), upper: .at(scale.restored(z + half)), level: level)
    }
}

/// The best value of an input for a budget.
struct RunOptimum {
    let law: Law
    let names: [String]
    let cost: RunCost
    let input: String
    let budget: Double

    private func plan(_ parameters: [Double]) throws(ScalingError) -> Plan {
        var law = law
        // As one published set, which has no intervals to spend time on.
        law.fit = nil
        var set = LawSet("here", isDefault: true, values: zip(names, parameters).map { Coefficient($0, $1) })
        set.certainty = .recomputed
        law.sets = [set]
        var options = PlanOptions(.budget(budget))
        if case .formula(let formula) = cost { options.cost = formula }
        return try law.plan(options)
    }

    func size(_ parameters: [Double]) throws(ScalingError) -> Double {
        let plan = try plan(parameters)
        guard let choice = plan[input], choice.role == .free else {
            throw .next(
                .optimumNeeds(
                    input, law: law.id, problem: "a plan does not choose \(input) for a budget of this cost"))
        }
        return choice.value.value
    }

    /// How ln x* moves: by the parameters, from plans a little to either side; and by a smooth discrepancy δ, whose slope
    /// along the budget moves the bottom of the valley by −δ′/z″.
    func functional(_ model: RunModel) throws(ScalingError) -> RunFunctional {
        let step = 0.01
        var features: [Double] = []
        for direction in model.directions {
            func moved(_ sign: Double) throws(ScalingError) -> Double {
                Elementary.ln(
                    try size(zip(model.estimates.values, direction).map { $0 + sign * step * $1 }))
            }
            let (up, down) = (try moved(1), try moved(-1))
            features.append((up - down) / (2 * step))
        }
        return RunFunctional(features: features, parts: try parts(model))
    }

    // Two places half a factor e to either side of the optimum, at the same cost.
    private func parts(_ model: RunModel) throws(ScalingError) -> [(weight: Double, place: RunPlace)] {
        guard case .usual(let cost) = cost, cost.inputs.count == 2, law.inputs.count == 2,
            let other = cost.inputs.first(where: { $0 != input })
        else { return [] }
        let plan = try plan(model.estimates.values)
        guard let size = plan[input]?.value.value, let data = plan[other]?.value.value else { return [] }
        let half = 0.5
        let points = try Points(
            [-half, 0, half].map { shift in
                Point([
                    input: .number(size * Elementary.exp(shift)), other: .number(data * Elementary.exp(-shift)),
                ])
            }, for: law)
        let (places, values) = try model.places(points)
        let z = values.map(model.residual.transformed)
        let curvature = (z[0] + z[2] - 2 * z[1]) / (half * half)
        guard curvature != 0, curvature.isFinite else { return [] }
        let weight = 1 / (2 * half * curvature)
        return [(weight, places[0]), (-weight, places[2])]
    }
}
