// The page of a selection: laws in the order of their skill, and their average.

import Fitting
import Formulas
import Scaling

extension Report {
    /// The page of a selection.
    public static func selection(_ found: SelectionFindings) -> Report {
        let page = SelectionPage(found: found)
        var blocks: [Block] = [.sentence(page.opening), .table(page.ranks), .facts(page.legend)]
        if !found.averages.isEmpty { blocks += [.table(page.averages), .facts(page.contents)] }
        if !found.leftOut.isEmpty {
            blocks.append(.section("left out", [.list(found.leftOut.map { Words("\($0.law): \($0.reason)") })]))
        }
        if !found.next.isEmpty {
            blocks.append(.section("next", [.verbatim(found.next.joined(separator: "\n"))]))
        }
        if !found.warnings.isEmpty { blocks.append(.notices(found.warnings.map(Notice.init))) }
        return Report(blocks)
    }
}

private struct SelectionPage {
    let found: SelectionFindings

    private var selection: Selection { found.selection }
    private var isLogarithmic: Bool { found.residual == .log }

    var opening: Words {
        let cutoffs = Numbers.counted(selection.cutoffs, "cutoff")
        return .strong("Fitted \(Numbers.counted(selection.ranks.count, "law"))")
            + Words(
                " to \(found.tableName), ranked by how well each predicted the runs above \(cutoffs) of \(found.scale) from those below."
            )
    }

    var ranks: Report.Grid {
        let columns =
            [Report.Grid.Column("law", .left)]
            + ["p", "error", "behind", "left out", "AICc", "BIC", "weight"].map { .init($0) }
        let akaike = selection.ranks.map(\.candidate.correctedAkaike).min() ?? 0
        let bayesian = selection.ranks.map(\.candidate.bayesian).min() ?? 0
        return Report.Grid(
            columns,
            rows: zip(selection.ranks, found.leaveOneOut).map { rank, leftOut in
                let candidate = rank.candidate
                return [
                    candidate.name, "\(candidate.fit.problem.parameters.count)", rank.error.map(size) ?? "-",
                    behind(rank), leftOut.map(size) ?? "-",
                    candidate.correctedAkaike.isFinite
                        ? Numeral.fixed(candidate.correctedAkaike - akaike, decimals: 1) : "-",
                    Numeral.fixed(candidate.bayesian - bayesian, decimals: 1),
                    Numeral.fixed(rank.weight, decimals: 2),
                ]
            })
    }

    private func behind(_ rank: Selection.Rank) -> String {
        guard let behind = rank.behind else { return "" }
        func percent(_ value: Double) -> String { Numeral.fixed(100 * value, decimals: 0) }
        return percent(behind) + (rank.standardError.map { "±\(percent($0))" } ?? "") + " %"
    }

    var legend: [Report.Fact] {
        [
            .init("error", Words("of predicted larger runs: geometric mean over cutoffs of the root mean square")),
            .init("behind", Words("the best law, in ln error, with the standard error of the paired difference")),
            .init("left out", Words("error of a run that was not fitted, every run in turn")),
            .init("AICc, BIC", Words("above the least; lower is better")),
            .init("weight", Words("in the average")),
        ]
    }

    var averages: Report.Grid {
        let names = found.averages.first?.point.values.keys.sorted() ?? []
        let columns =
            names.map { Report.Grid.Column($0) } + ["average", "from", "to", "spread"].map { .init($0) }
        return Report.Grid(
            columns,
            rows: found.averages.map { average in
                let inputs = names.map { name in
                    switch average.point[name] {
                    case .number(let value)?: Numbers.quantity(value)
                    case .label(let label)?: label
                    case nil: ""
                    }
                }
                let ends: [String]
                if let interval = average.interval {
                    let written = Numbers.interval(average.value, interval.lower, interval.upper)
                    ends = [written.0, written.1, written.2]
                } else {
                    ends = [Numbers.value(average.value), "-", "-"]
                }
                return inputs + ends + [size(average.spread)]
            })
    }

    var contents: [Report.Fact] {
        let percent = Numbers.short(100 * found.level, digits: 4)
        let what = found.kind == .mean ? "the value" : "a new run"
        return [
            .init(
                "intervals",
                found.doubts.isEmpty
                    ? "none: a law has no value or no interval there"
                    : Words("\(percent) % of \(what); they hold " + DoubtWords.list(found.doubts))),
            .init("spread", Words("the standard deviation between laws, by their weights")),
        ]
    }

    private func size(_ value: Double) -> String {
        isLogarithmic ? "\(Numeral.fixed(100 * value, decimals: 2)) %" : Numbers.short(value, digits: 3)
    }
}
