// How it was done, in sentences that a paper can take over, and whom to cite.

import Fitting
import Formulas
import Scaling

/// The methods paragraph of a report.
struct MethodsParagraph {
    let study: Study

    private var law: Law { study.law }

    /// The objective and the search; the intervals; the tool.
    var paragraphs: [Words] {
        var paragraphs: [[String]] = []
        if let fit = law.fit {
            paragraphs.append([model, objective, held, data(fit), counting, search(fit)])
        } else {
            paragraphs.append([published, counting])
        }
        paragraphs.append([parameters, steps, predictions, plan, next, backtest, sensitivity, beside])
        paragraphs.append([tool])
        return paragraphs.map { Words($0.filter { !$0.isEmpty }.joined(separator: " ")) }
            .filter { !$0.text.isEmpty }
    }

    // MARK: - The law

    private var formula: String { law.formula.map { "\($0)" } ?? law.id }

    private var model: String {
        let form = study.source.map { ", the form of \(cited($0))" } ?? ""
        return "We fitted \(formula)\(form)."
    }

    private func cited(_ law: Law) -> String {
        [law.id, law.citation].compactMap(\.self).joined(separator: " (") + (law.citation == nil ? "" : ")")
    }

    private var published: String {
        let set = study.predictions?.set ?? law.defaultSet?.name
        let named = set.map { ", with its published coefficients (set \($0))" } ?? ""
        return "We used the law \(formula) of \(cited(law))\(named)."
    }

    private var objective: String {
        let loss =
            switch law.fitting.loss ?? .squared {
            case .squared: "the sum of squares"
            case .huber(let delta):
                "the Huber loss (r²/2 inside \(Numbers.short(delta)), \(Numbers.short(delta))·(|r| − \(Numbers.short(delta))/2) outside, summed)"
            case .absolute: "the sum of absolute values"
            case .quantile(let q): "the quantile loss at q = \(Numbers.short(q))"
            }
        let scale =
            switch law.fitting.residual ?? .raw {
            case .raw: "observed less predicted \(study.response)"
            case .log: "ln observed less ln predicted \(study.response)"
            case .logit: "logit observed less logit predicted \(study.response)"
            }
        var text = "We minimised \(loss) of the residuals r, \(scale)"
        if let weights = law.fitting.weights {
            let meaning = law.fitting.weightMeaning == .frequency ? "frequencies" : "precisions"
            text += ", weighted by \(weights) (\(meaning))"
        }
        if !law.fitting.priors.isEmpty {
            text += ", with the priors \(law.fitting.priors.map(\.description).joined(separator: ", "))"
        }
        return text + "."
    }

    private var held: String {
        var parts: [String] = []
        let bounds = law.bounds.filter { !$0.value.isPoint }.sorted { $0.key < $1.key }
        if !bounds.isEmpty {
            parts.append("bounds were " + bounds.map { "\($0.key) in \($0.value)" }.joined(separator: ", "))
        }
        let fixed = law.fixedValues.sorted { $0.key < $1.key }
        if !fixed.isEmpty {
            parts.append(
                "held were "
                    + fixed.map { "\($0.key) = \(Numbers.short($0.value, digits: 8))" }.joined(separator: ", "))
        }
        let ties = law.ties.sorted { $0.key < $1.key }
        if !ties.isEmpty {
            parts.append("tied were " + ties.map { "\($0.key) = \($0.value.prediction)" }.joined(separator: ", "))
        }
        guard let first = parts.first else { return "Parameters were unbounded." }
        return ([first.prefix(1).uppercased() + first.dropFirst()] + parts.dropFirst()).joined(separator: "; ") + "."
    }

    private func data(_ fit: SavedFit) -> String {
        var text = "The fit is to \(law.observed(fit.observations)) of \(Picture.fileName(fit.table))"
        text += fit.omissions.isEmpty ? ", none left out" : "; left out were \(FitSetting.reasons(fit.omissions))"
        if let condition = law.fitting.condition { text += ", which asks for \(condition)" }
        return text + "."
    }

    private var counting: String {
        let said = law.inputs.compactMap { input -> String? in
            guard !input.isLabel else { return nil }
            var text = input.name
            if let column = input.column {
                text += " is \(column)"
            } else if law.fit != nil {
                text += " is the column \(input.name)"
            }
            var details = [input.unit == input.name ? nil : input.unit, input.counting.map { "counted as \($0)" }]
                .compactMap(\.self)
            if input.range.lower.isFinite, input.range.upper.isFinite {
                details.append(
                    "from \(Numbers.quantity(input.range.lower)) to \(Numbers.quantity(input.range.upper))")
            }
            return details.isEmpty && text == input.name
                ? nil : text + (details.isEmpty ? "" : " (\(details.joined(separator: ", ")))")
        }
        return said.isEmpty ? "" : "Inputs: " + said.joined(separator: "; ") + "."
    }

    private func search(_ fit: SavedFit) -> String {
        let starts =
            law.parameters.contains { $0.start != nil }
            ? "The search began at the start that was given"
            : "Starts were found from the data (seed \(fit.seed)): points screened with the linear parameters eliminated, the best and unlike ones polished"
        return
            "\(starts), by damped Newton steps with exact second derivatives. It stopped because \(fit.termination)."
    }

    // MARK: - Intervals

    private var parameters: String {
        guard let fit = law.fit else { return "" }
        if fit.estimates.standardErrors == nil { return "The covariance of the estimates is not known." }
        if fit.profiles.isEmpty {
            return "Standard errors are from the Hessian of the objective, robust ones under robust losses."
        }
        return
            "Intervals of parameters are by profile likelihood; standard errors are from the Hessian of the objective, robust ones under robust losses."
    }

    // What the laws before this one are, for a law in two steps.
    private var steps: String {
        guard let chain = study.chain else { return "" }
        return chain.links.map { link in
            let formula = link.law.formula.map { " (\($0))" } ?? ""
            let known: String
            if let fit = link.law.fit {
                known =
                    "was fitted to \(Numbers.count(fit.observations)) runs of \(Picture.fileName(fit.table)) "
                    + "(objective \(Numbers.short(fit.objective, digits: 6)), seed \(fit.seed))"
            } else {
                known = "is published\(link.law.citation.map { ": \($0)" } ?? "")"
            }
            let said = "\(link.input) was predicted by \(link.law.id)\(formula), which \(known)"
            guard study.predictions?.lower != nil else { return said + "." }
            return
                "\(said); what its interval says of \(link.input) goes through the law, the steps taken for independent."
        }.joined(separator: " ")
    }

    private var beside: String {
        guard let other = study.beside?.law else { return "" }
        return "Shown beside is \(cited(other))\(other.formula.map { ", \($0)" } ?? "")."
    }

    private var predictions: String {
        guard let predictions = study.predictions, let source = predictions.source else { return "" }
        let percent = Numbers.short(predictions.level * 100, digits: 6)
        let what = predictions.kind == .mean ? "the law's value" : "a new run"
        let way =
            switch source {
            case .calibrated:
                study.isCalibratedHere
                    ? "from the standard error, widened with distance by the backtest of this report"
                    : "from the standard error, widened with distance by the backtest that the law keeps"
            case .draws:
                "percentiles of \(law.fit?.draws.map { "\($0.count) draws" } ?? "draws") (\(law.fit?.draws.map { "\($0.kind)" } ?? ""))"
            case .delta: "by the delta method"
            }
        return
            "Intervals of predictions (\(percent) % for \(what)) are \(way); they hold \(DoubtWords.list(predictions.doubts))."
    }

    private var plan: String {
        guard let plan = study.plan else { return "" }
        let cost = plan.cost.map { " with the cost \($0)" } ?? ""
        let way = plan.isClosedForm ? "in closed form" : "numerically"
        let intervals =
            switch plan.source {
            case .draws?: "; its intervals are percentiles of the optima of the draws"
            case .delta?, .calibrated?: "; its intervals are by the delta method on the conditions of the optimum"
            case nil: ""
            }
        return "The plan is the optimum of the law\(cost), found \(way)\(intervals)."
    }

    private var next: String {
        study.next == nil
            ? ""
            : "The next runs are those of a grid from what was run to ten times as much that narrow the answer most for their compute, the law taken to be a little wrong everywhere."
    }

    private var backtest: String {
        study.backtest == nil
            ? ""
            : "In the backtest the law was fitted to the runs up to shares of the largest one, and its intervals were compared with the runs above."
    }

    private var sensitivity: String {
        study.sensitivity == nil
            ? ""
            : "For the sensitivity of the answer the fit was made again with other losses, thresholds, exclusions, countings and starts, and without the most influential runs."
    }

    // MARK: - References

    private var tool: String {
        let made = law.fit.map { $0.version == study.version ? "" : " (the fit with version \($0.version))" } ?? ""
        return "Computed with Allometry \(study.version)\(made)."
    }

    /// BibTeX of the law's source and of the tool.
    var references: String {
        let tool = """
            @software{allometry,
              title   = {{Allometry: the scaling workbench}},
              author  = {{The Allometry authors}},
              version = {\(study.version)}
            }
            """
        let laws =
            [study.source ?? law] + (study.chain?.links.map(\.law) ?? []) + [study.beside?.law].compactMap(\.self)
        var entries: [String] = []
        for entry in laws.compactMap(\.bibTeX) where !entries.contains(entry) { entries.append(entry) }
        return (entries + [tool]).joined(separator: "\n\n")
    }
}
