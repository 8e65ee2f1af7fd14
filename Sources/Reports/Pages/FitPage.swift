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
        _ fit: Fit, law: Law, source: String? = nil, tied: [String: Double] = [:], next: [String] = []
    ) -> Report {
        let page = FitPage(fit: fit, law: law, source: source, tied: tied)
        var blocks: [Block] = [
            .sentence(page.opening), .verbatim("\(law.formula ?? fit.problem.formula)"), .facts(page.setting),
            .table(page.parameters), .facts(page.outcome),
        ]
        // Those of the fit, and what is doubtful about the meaning of the columns.
        let warnings = law.fit?.warnings ?? fit.warnings
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
    let fit: Fit
    let law: Law
    let source: String?
    let tied: [String: Double]

    var problem: Problem { fit.problem }

    var opening: Words {
        let left = problem.omissions.reduce(0) { $0 + $1.count }
        let rows = problem.rows.count
        let subject = Numbers.counted(problem.parameters.count { !$0.bound.isPoint }, "parameter")
        let object =
            left == 0 ? "all \(Numbers.counted(rows, "row"))" : "\(rows) of \(Numbers.counted(rows + left, "row"))"
        var words =
            .strong("Fitted \(subject)")
            + Words("\(source.map { " of \($0)" } ?? "") to \(object) of \(problem.tableName)")
        if left > 0 {
            let reasons = problem.omissions.map { "\($0.count) by \($0.reason)" }
                .map { $0.hasSuffix("by --where") ? $0 : $0.replacing(" by ", with: " with ") }
            words = words + Words("; left out: " + reasons.joined(separator: ", "))
        }
        return words + "."
    }

    /// The residual as it is written: `ln(loss)`.
    var scaled: String {
        let left = problem.formula.response.map { "\($0)" } ?? "the response"
        return switch problem.residual {
        case .raw: left
        case .log: "ln \(left.contains(" ") ? "(\(left))" : left)"
        case .logit: "logit \(left.contains(" ") ? "(\(left))" : left)"
        }
    }

    var setting: [Report.Fact] {
        var facts: [Report.Fact] = []
        let columns = problem.roles.compactMap { role -> String? in
            guard case .column(let source) = role.kind else { return nil }
            // An expression says itself what it stands for.
            return source == role.name
                ? role.name : source.hasPrefix("\(role.name) = ") ? source : "\(role.name) = \(source)"
        }
        if !columns.isEmpty { facts.append(.init("columns", Words(columns.joined(separator: ", ")))) }
        facts.append(.init("loss", Words("\(lossInWords) of the residuals of \(scaled)")))
        if let weights = law.fitting.weights {
            let meaning = problem.weightMeaning == .frequency ? "frequencies" : "precisions"
            facts.append(.init("weights", Words("\(weights), as \(meaning)")))
        }
        return facts
    }

    private var lossInWords: String {
        switch problem.loss {
        case .squared: "sum of squares"
        case .huber(let delta): "Huber loss, threshold \(Numbers.short(delta)),"
        case .absolute: "sum of absolute values"
        case .quantile(let q): "quantile loss, q = \(Numbers.short(q)),"
        }
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
            rows.append([parameter.name, written.value, written.standardError ?? "-", note])
        }
        for role in problem.roles {
            switch role.kind {
            case .fixed(let value): rows.append([role.name, Numbers.short(value, digits: 8), "-", "fixed"])
            case .tied(let expression):
                let value = tied[role.name].map { Numbers.short($0, digits: 6) } ?? ""
                rows.append([role.name, value, "-", "tied, \(expression)"])
            case .column, .parameter: break
            }
        }
        var columns: [Report.Grid.Column] = [
            .init("parameter", .left), .init("estimate"), .init("standard error"), .init("bound", .left),
        ]
        if rows.allSatisfy({ $0[3].isEmpty }) {
            columns.removeLast()
            rows = rows.map { Array($0.dropLast()) }
        }
        return Report.Grid(columns, rows: rows)
    }

    var outcome: [Report.Fact] {
        let freedom = Numbers.count(fit.degreesOfFreedom)
        let noise =
            fit.noise.isFinite
            ? "\(Numbers.short(fit.noise, digits: 3)), the spread of a residual of \(scaled)"
            : "not known"
        return [
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
