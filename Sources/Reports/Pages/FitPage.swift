// The page of a fit: what was fitted to what, the parameters, how the search ended, what to distrust.

import Fitting
import Formulas
import Scaling

extension Report {
    /// The page of a fit.
    ///
    /// - Parameters:
    ///   - law: the law that the fit gave; its inputs say what stands for which column.
    ///   - source: the id of the law that was fitted again, or nil for a formula.
    ///   - tied: the values of parameters that are tied to others, by name.
    ///   - next: what to type next, one command a line.
    public static func fit(
        _ uncertainty: Uncertainty, law: Law, source: String? = nil, tied: [String: Double] = [:], next: [String] = []
    ) -> Report {
        let page = FitPage(uncertainty: uncertainty, law: law, source: source, tied: tied)
        var blocks: [Block] = [
            .sentence(page.opening), .formula(law.formula ?? uncertainty.fit.problem.formula),
            .facts(page.setting),
            .table(page.parameters), .facts(page.outcome),
        ]
        if let profiles = page.profiles { blocks.insert(profiles, at: 4) }
        // Those of the fit, and what is doubtful about the meaning of the columns.
        let warnings = law.fit?.warnings ?? uncertainty.fit.warnings + uncertainty.warnings
        if !warnings.isEmpty { blocks.append(.notices(warnings.map(Notice.init))) }
        if !next.isEmpty { blocks.append(.section("next", [.verbatim(next.joined(separator: "\n"))])) }
        return Report(blocks)
    }
}

extension Report.Notice {
    public init(_ warning: Warning) {
        self.init(code: warning.code, message: warning.message, hint: warning.hint)
    }
}

extension Bound {
    /// Whether it leaves one value: that of a parameter which is fixed for one label.
    package var isPoint: Bool { lower == upper }
}

private struct FitPage {
    let uncertainty: Uncertainty
    let law: Law
    let source: String?
    let tied: [String: Double]

    var fit: Fit { uncertainty.fit }
    var problem: Problem { fit.problem }

    var opening: Words {
        let subject = Numbers.counted(problem.parameters.count { !$0.bound.isPoint }, "parameter")
        let rows = FitSetting.rows(problem.rows.count, of: problem.tableName, problem.omissions)
        return .strong("Fitted \(subject)") + Words("\(source.map { " of \($0)" } ?? "") to \(rows).")
    }

    private var scaled: String { FitSetting(problem: problem).scaled }

    var setting: [Report.Fact] {
        var facts = FitSetting(problem: problem).facts
        if let weights = law.fitting.weights {
            let meaning = problem.weightMeaning == .frequency ? "frequencies" : "precisions"
            facts.append(.init("weights", Words("\(weights), as \(meaning)")))
        }
        return facts
    }

    var parameters: Report.Grid {
        let errors = fit.standardErrors
        var rows: [[String]] = []
        for (position, parameter) in problem.parameters.enumerated() {
            let value = fit.coefficients[position]
            let error = errors?[position]
            let isHeld = value <= parameter.bound.lower || value >= parameter.bound.upper
            let written = Numbers.estimate(value, standardError: isHeld ? nil : error)
            let bound = parameter.bound == .none ? "" : "\(parameter.bound)"
            let note = parameter.bound.isPoint ? "fixed" : isHeld ? "\(bound), held there" : bound
            let interval = uncertainty.intervals[position].map { Numbers.interval($0, around: value) } ?? "-"
            rows.append([parameter.name, written.value, written.standardError ?? "-", interval, note])
        }
        for role in problem.roles {
            switch role.kind {
            case .fixed(let value): rows.append([role.name, Numbers.short(value, digits: 8), "-", "-", "fixed"])
            case .tied(let expression):
                let value = tied[role.name].map { Numbers.short($0, digits: 6) } ?? ""
                rows.append([role.name, value, "-", "-", "tied, \(expression)"])
            case .column, .parameter: break
            }
        }
        var columns: [Report.Grid.Column] = [
            .init("parameter", .left), .init("estimate"), .init("standard error"), .init(percent),
            .init("bound", .left),
        ]
        if rows.allSatisfy({ $0[4].isEmpty }) {
            columns.removeLast()
            rows = rows.map { Array($0.dropLast()) }
        }
        return Report.Grid(columns, rows: rows)
    }

    private var percent: String { "\(Numbers.short(uncertainty.level * 100, digits: 6)) %" }

    /// What was profiled besides the parameters.
    var profiles: Report.Block? {
        if uncertainty.profiles.isEmpty { return nil }
        let rows = uncertainty.profiles.map { profile in
            [
                profile.name, Numbers.quantity(profile.estimate, digits: 6),
                Numbers.interval(profile.interval, around: profile.estimate),
            ]
        }
        return .table(Report.Grid([.init("derived", .left), .init("estimate"), .init(percent)], rows: rows))
    }

    private var intervals: String {
        if fit.degreesOfFreedom == 0 { return "not known: there are no degrees of freedom left" }
        switch uncertainty.method {
        case .profile:
            return "profile likelihood, F on 1 and \(Numbers.count(fit.degreesOfFreedom)) degrees of freedom"
        case .delta: return "standard errors times Student's t"
        case .bootstrap: return "percentiles of the draws"
        }
    }

    private var bootstrap: [Report.Fact] {
        guard let draws = uncertainty.draws else { return [] }
        var text = "\(draws.count) draws of \(draws.attempted) replicates, \(draws.kind)"
        if draws.isInterrupted { text += ", stopped before \(draws.requested)" }
        if draws.leftBasin > 0 { text += "; \(draws.leftBasin) in another basin" }
        for failure in draws.failures { text += "; \(failure.count) failed: \(failure.reason)" }
        return [.init("bootstrap", Words(text))]
    }

    private var priors: [Report.Fact] {
        if problem.priors.isEmpty { return [] }
        let listed = problem.priors.map(\.description).joined(separator: ", ")
        return [
            .init("priors", Words("\(listed); they cost \(Numbers.short(fit.priorCost, digits: 3)) of the objective"))
        ]
    }

    // Of a new run; that of the residuals stands beside it where runs were repeated.
    private var noise: String {
        guard fit.noise.isFinite else { return "not known" }
        let residual = "\(Numbers.short(fit.noise, digits: 3)), the spread of a residual of \(scaled)"
        var text = residual
        if let saved = law.fit, let source = saved.noiseSource, let noise = saved.noise {
            text = "\(Numbers.short(noise, digits: 3)) from \(source); " + residual
        }
        if let evaluation = law.fit?.evaluationNoise {
            text += "; \(Numbers.short(evaluation, digits: 3)) of it is evaluation"
        }
        return text
    }

    var outcome: [Report.Fact] {
        let freedom = Numbers.count(fit.degreesOfFreedom)
        return [
            .init("intervals", Words(intervals))
        ] + bootstrap + priors + [
            .init(
                "objective",
                .strong(Numbers.short(fit.objective, digits: 6))
                    + Words(", summed over \(Numbers.count(fit.observations)) observations")),
            .init(
                "stopped", Words((fit.termination.isConverged ? "" : "not converged: ") + fit.termination.statement)),
            .init("starts", Words(starts)),
            .init("noise", Words("\(noise); \(freedom) degree\(freedom == "1" ? "" : "s") of freedom")),
        ]
    }

    private var starts: String {
        let total = fit.starts.reduce(0) { $0 + $1.count }
        let seed = "(seed \(fit.seed))"
        guard total > 1, let first = fit.starts.first else { return "one \(seed)" }
        // Ends of one kind are told together, with the best of their objectives.
        var others: [(end: String, count: Int, objectives: [Double])] = []
        for other in fit.starts.dropFirst() {
            if let index = others.firstIndex(where: { $0.end == other.end }) {
                others[index].count += other.count
                others[index].objectives.append(other.objective)
            } else {
                others.append((other.end, other.count, [other.objective]))
            }
        }
        let told = others.map { "\($0.count) \(Self.words($0.end, $0.count))\(Self.range($0.objectives))" }
        return "\(first.count) of \(total) ended at the best optimum \(seed)"
            + (told.isEmpty ? "" : "; " + told.joined(separator: ", "))
    }

    private static func words(_ end: String, _ count: Int) -> String {
        switch end {
        case "another optimum": count == 1 ? "at another optimum" : "at other optima"
        case "not converged": "not converged"
        default: "where \(end)"
        }
    }

    private static func range(_ objectives: [Double]) -> String {
        guard let best = objectives.filter(\.isFinite).min() else { return "" }
        return " (\(objectives.count > 1 ? "from " : "")\(Numbers.short(best)))"
    }
}
