// What was fitted, as every page about a fit says it: columns, loss, scale of the residual, rows.

import Fitting
import Formulas
import Scaling

/// How a problem is described.
struct FitSetting {
    let problem: Problem

    /// The residual as it is written: `ln loss`.
    var scaled: String {
        let left = response
        return switch problem.residual {
        case .raw: left
        case .log: "ln \(left.contains(" ") ? "(\(left))" : left)"
        case .logit: "logit \(left.contains(" ") ? "(\(left))" : left)"
        }
    }

    /// What stands left of `~`.
    var response: String { problem.formula.response.map { "\($0)" } ?? "the response" }

    /// The columns, and the loss.
    var facts: [Report.Fact] {
        var facts: [Report.Fact] = []
        let columns = problem.roles.compactMap { role -> String? in
            guard case .column(let source) = role.kind else { return nil }
            // An expression says itself what it stands for.
            return source == role.name
                ? role.name : source.hasPrefix("\(role.name) = ") ? source : "\(role.name) = \(source)"
        }
        if !columns.isEmpty { facts.append(.init("columns", Words(columns.joined(separator: ", ")))) }
        facts.append(.init("loss", Words("\(lossInWords) of the residuals of \(scaled)")))
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

    /// `24 of 48 rows of runs.csv; left out: 24 by --where`.
    static func rows(_ fitted: Int, of table: String, _ omissions: [Omission]) -> String {
        let left = omissions.reduce(0) { $0 + $1.count }
        if left == 0 { return "all \(Numbers.counted(fitted, "row")) of \(table)" }
        return "\(fitted) of \(Numbers.counted(fitted + left, "row")) of \(table); left out: \(reasons(omissions))"
    }

    /// `24 by --where, 2 with no loss`.
    static func reasons(_ omissions: [Omission]) -> String {
        omissions.map { "\($0.count) \($0.reason == "--where" ? "by" : "with") \($0.reason)" }.joined(separator: ", ")
    }
}
