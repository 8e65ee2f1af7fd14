// What to distrust in a plan, and what its names and counts mean.

import Fitting
import Formulas

enum PlanWarnings {
    static func warnings(_ plan: Plan, _ space: PlanSpace, _ optimum: PlanOptimum) -> [Warning] {
        var warnings: [Warning] = []
        for choice in plan.choices where choice.role != .fixed && choice.limit != nil {
            guard let limit = choice.limit else { continue }
            warnings.append(
                Warning(
                    code: "limit-binds",
                    message:
                        "\(choice.input.name) stands at its \(limit == "max" ? "most" : "least"), "
                        + "\(Numeral.quantity(choice.value.value, digits: 4)): the best lies beyond",
                    hint: "the intervals hold the limit fixed; loosen it with --\(limit) to see what it costs"))
        }
        if let row = optimum.row {
            for (place, limit) in space.options.limits.enumerated() where row.active[place + 1] {
                warnings.append(
                    Warning(
                        code: "limit-binds", message: "the limit \(limit.text) binds",
                        hint: "leave it out to see what it costs"))
            }
            if case .budget(let budget) = space.options.goal, !row.active[0] || plan.spent.value < 0.999 * budget {
                let share = Numeral.short(100 * plan.spent.value / budget, digits: 3)
                warnings.append(
                    Warning(
                        code: "budget-not-spent",
                        message:
                            "only \(Numeral.quantity(plan.spent.value, digits: 4)) of "
                            + "\(Numeral.quantity(budget, digits: 4)) is spent (\(share) %)",
                        hint: "more would not lower the law's value within the limits"))
            }
        }
        if let draws = plan.draws, draws.without > 0 {
            warnings.append(
                Warning(
                    code: "draws-without-optimum",
                    message: "\(draws.without) of \(draws.used) draws have no optimum here",
                    hint: "intervals are of the others: the true ones reach farther"))
        }
        if plan.optima > 1 {
            warnings.append(
                Warning(
                    code: "several-optima", message: "the search met \(plan.optima) optima; the best is shown",
                    hint: "hold an input with --fix to look at another valley"))
        }
        if let input = plan.runsAway {
            warnings.append(
                Warning(
                    code: "runs-away",
                    message: "elsewhere the law is better still and has no optimum: it runs away along \(input)",
                    hint: "the plan is the inner optimum; hold --max and --min to where the law was measured"))
        }
        if space.repeatedData != nil, let epochs = plan.epochs, epochs.value > 1 {
            warnings.append(
                Warning(
                    code: "borrowed-repetition",
                    message:
                        "repeated tokens are discounted as in muennighoff-2023 "
                        + "(R_D* = \(Numeral.short(PlanSpace.repetitionsWorth, digits: 4)), 80 % interval 7.6 to unbounded)",
                    hint: "fit muennighoff-2023 to runs of your own with repeated data"))
        }
        warnings += extrapolation(plan, space)
        return warnings
    }

    private static func extrapolation(_ plan: Plan, _ space: PlanSpace) -> [Warning] {
        var warnings: [Warning] = []
        for choice in plan.choices where choice.input.range != .none {
            let x = choice.value.value
            let factor = Extrapolation.factor(of: x, outside: choice.input.range)
            if factor <= 1 + 1e-9 { continue }
            warnings.append(
                factor.isFinite
                    ? .extrapolation(choice.input, at: x, factor: factor) : .outsideDomain(choice.input, at: x))
        }
        if plan.set == nil, let direction = space.law.fit?.weakDirection {
            let value = direction.value { plan[$0]?.value.value }
            let factor = direction.distance { plan[$0]?.value.value }
            if factor > 1 + 1e-9 { warnings.append(.outsideDesign(direction, at: value, factor: factor)) }
        }
        return warnings
    }
}

enum PlanConventions {
    /// What is counted, in words, as far as it is known.
    static func sentences(_ space: PlanSpace) -> [String] {
        var sentences: [String] = []
        if let size = space.size {
            let counting = size.counting.map { counting in
                switch counting {
                case "all": "all parameters, embeddings included"
                case "non-embedding": "parameters without embeddings"
                case "transformer": "parameters of the layers alone"
                case "active": "parameters that one token meets"
                case "total": "all parameters, of a mixture those of all experts"
                default: counting
                }
            }
            sentences.append(
                counting.map { "\(size.name) counts \($0)" }
                    ?? "\(size.name) counts parameters; with or without embeddings is not said")
        }
        if let cost = space.cost {
            let isDefault = space.options.cost == nil
            var words = "cost \(cost)"
            if space.options.shapes != nil {
                words = "cost is every matrix product of the shape at that size, attention causal, in"
            }
            if isDefault { words += " FLOP" }
            sentences.append(words)
        }
        return sentences
    }
}
