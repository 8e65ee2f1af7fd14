// The page of a backtest: each cutoff, then by distance, then what the intervals take from it.

import Fitting
import Formulas
import Scaling

extension Report {
    /// The page of a backtest.
    ///
    /// - Parameters:
    ///   - source: the id of the law that was fitted, or nil for a formula.
    ///   - next: what to type next, one command a line.
    public static func backtest(_ found: BacktestFindings, source: String? = nil, next: [String] = []) -> Report {
        let page = BacktestPage(found: found)
        let what = source.map { " of \($0)" } ?? ""
        var blocks: [Block] = [
            .sentence(
                .strong("Backtested fits\(what)")
                    + Words(
                        " to \(Picture.fileName(found.tableName)): the runs up to a share of the largest \(found.scale) were fitted, and those above predicted."
                    )),
            .formula(found.specification.formula),
        ]
        let cutoffs = page.cutoffs
        if !cutoffs.rows.isEmpty {
            blocks += [.table(cutoffs), .table(page.distances), .facts(page.legend)]
        }
        let skipped = page.skipped
        if !skipped.isEmpty { blocks.append(.section("not tried", [.list(skipped)])) }
        if let calibration = found.calibration {
            blocks.append(.section("calibration", [.facts(page.facts(calibration))]))
        }
        if !found.warnings.isEmpty { blocks.append(.notices(found.warnings.map(Notice.init))) }
        if !next.isEmpty { blocks.append(.section("next", [.verbatim(next.joined(separator: "\n"))])) }
        return Report(blocks)
    }
}

private struct BacktestPage {
    let found: BacktestFindings

    private var isLogarithmic: Bool { found.specification.residual == .log }

    /// Beyond so many groups the cutoffs of each would hide what they say together.
    private static let mostGroups = 6

    var cutoffs: Report.Grid {
        let hasGroups = found.groups.count > 1
        var columns: [Report.Grid.Column] = hasGroups ? [.init("group", .left)] : []
        columns += ["cut at", "fitted", "tested", "to", "error", "bias", "plain", "calibrated"].map { .init($0) }
        var rows: [[String]] = []
        for group in found.groups where found.groups.count <= Self.mostGroups {
            for cutoff in group.backtest.cutoffs {
                guard let all = found.summary([[cutoff]], 1...Double.infinity) else { continue }
                let factors = cutoff.factors.map { Numbers.short($0, digits: 3) }.joined(separator: ", ")
                rows.append(
                    (hasGroups ? [group.name ?? ""] : []) + [
                        "1/\(factors)", "\(cutoff.runs)", "\(all.tests)",
                        Numbers.distance(cutoff.tests.map(\.distance).max() ?? 1), size(all.error), size(all.bias),
                        share(all.plainCoverage), share(all.coverage),
                    ])
            }
        }
        if found.groups.count > Self.mostGroups {
            for group in found.groups {
                guard let all = found.summary([group.backtest.cutoffs], 1...Double.infinity) else { continue }
                let reach = group.backtest.tests.map(\.distance).max() ?? 1
                rows.append([
                    group.name ?? "", Numbers.counted(all.cutoffs, "cutoff"), "", "\(all.tests)",
                    Numbers.distance(reach), size(all.error), size(all.bias), share(all.plainCoverage),
                    share(all.coverage),
                ])
            }
        }
        return Report.Grid(columns, rows: rows)
    }

    var distances: Report.Grid {
        let columns: [Report.Grid.Column] =
            [.init("distance", .left)]
            + ["cutoffs", "tested", "error", "bias", "plain", "calibrated"].map { .init($0) }
        return Report.Grid(
            columns,
            rows: found.bands.map { band in
                let (low, high) = (band.distances.lowerBound, band.distances.upperBound)
                return [
                    high.isFinite
                        ? "\(low == 1 ? "up" : "×\(Numbers.short(low))") to ×\(Numbers.short(high))"
                        : "beyond ×\(Numbers.short(low))",
                    "\(band.cutoffs)", "\(band.tests)", size(band.error), size(band.bias), share(band.plainCoverage),
                    share(band.coverage),
                ]
            })
    }

    var legend: [Report.Fact] {
        let percent = Numbers.short(100 * found.level, digits: 4)
        let scale =
            switch found.specification.residual {
            case .raw: "of the response"
            case .log: "of the logarithm, in per cent"
            case .logit: "of the logit"
            }
        return [
            .init("error", Words("root mean square of observed less predicted, \(scale); bias is their mean")),
            .init("plain", Words("how many new runs the law's own \(percent) % intervals held")),
            .init("calibrated", Words("the same, widened by what the runs below the cutoff taught")),
        ]
    }

    var skipped: [Words] {
        if found.groups.count > Self.mostGroups {
            let count = found.groups.reduce(0) { $0 + $1.backtest.skipped.count }
            return count == 0
                ? [] : [Words("\(Numbers.counted(count, "cutoff")) of groups with too few runs below them")]
        }
        return found.groups.flatMap { group in
            group.backtest.skipped.map { skip in
                Words(
                    "1/\(Numbers.short(skip.factor, digits: 3))\(group.name.map { " of \($0)" } ?? ""): \(skip.reason.words)"
                )
            }
        }
    }

    func facts(_ calibration: Calibration) -> [Report.Fact] {
        var facts: [Report.Fact] = []
        let reach = Numbers.short(calibration.testedReach, digits: 3)
        if calibration.cutoffs > 0 {
            let own =
                "\(Numbers.counted(calibration.cutoffs, "cutoff")), \(Numbers.counted(calibration.tests, "test")), "
                + "to \(reach) times the largest fitted \(calibration.scale)"
            facts.append(.init("this table", Words(own)))
        }
        facts.append(
            .init(
                "widening",
                Words(
                    "\(calibration.widening.name), times \(Numbers.short(calibration.factor, digits: 3)) by this table"
                )))
        return facts
    }

    private func size(_ value: Double) -> String {
        isLogarithmic ? "\(Numeral.fixed(100 * value, decimals: 2)) %" : Numbers.short(value, digits: 3)
    }

    private func share(_ value: Double?) -> String {
        value.map { "\(Numeral.fixed(100 * $0, decimals: 0)) %" } ?? "-"
    }
}
