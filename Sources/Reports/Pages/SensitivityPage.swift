// The page of what an answer hangs on: choices, runs, sets of runs, suspected outliers.

import Fitting
import Formulas
import Scaling
import Tables

extension Report {
    /// The page of a sensitivity analysis.
    ///
    /// - Parameter shown: how many runs are listed.
    public static func sensitivity(
        _ sensitivity: Sensitivity, _ specification: Specification, table: Table, shown: Int = 5
    ) -> Report {
        let page = SensitivityPage(made: sensitivity, shown: shown)
        var blocks: [Block] = [
            .sentence(page.opening), .formula(specification.formula),
            .facts(FitSetting(problem: sensitivity.fit.problem).facts + page.legend), .table(page.answers),
            .section("made otherwise", [.table(page.alternatives)]), .section(page.runsTitle, [.table(page.runs)]),
        ]
        let sets = page.sets
        if !sets.isEmpty { blocks.append(.section("together", [.list(sets)])) }
        if !sensitivity.outliers.isEmpty { blocks.append(page.outliers) }
        if !sensitivity.warnings.isEmpty { blocks.append(.notices(sensitivity.warnings.map(Notice.init))) }
        return Report(blocks)
    }
}

private struct SensitivityPage {
    let made: Sensitivity
    let shown: Int

    /// As many answers as fit beside each other into a line of 80 characters; all of them are in the data.
    private var places: Range<Int> { 0..<min(made.answers.count, max(1, room / 9)) }

    // What names of rows leave of a line, less the other columns.
    private var room: Int {
        let names =
            made.alternatives.map(\.name) + made.runs.prefix(shown).map(\.name) + made.outliers.prefix(10).map(\.name)
        return 78 - min(names.map(\.count).max() ?? 0, 45) - 24
    }

    /// Whether answers are named by numbers, because their names would not fit.
    private var isNumbered: Bool {
        places.reduce(0) { $0 + 2 + max(7, made.answers[$1].name.count) } > room
    }

    private func name(_ place: Int) -> String { isNumbered ? "(\(place + 1))" : made.answers[place].name }

    /// What the numbers stand for.
    var legend: [Report.Fact] {
        guard isNumbered else { return [] }
        return made.answers.indices.map { .init(name($0), Words(made.answers[$0].name)) }
    }

    private var titles: [Report.Grid.Column] { places.map { .init(name($0)) } }

    var opening: Words {
        let problem = made.fit.problem
        let names = made.answers.map(\.name)
        let asked = names.count < 4 ? names.joined(separator: ", ") : "\(names.count) answers"
        let rows = FitSetting.rows(problem.rows.count, of: Picture.fileName(problem.tableName), problem.omissions)
        return .strong("What \(asked) \(names.count == 1 ? "hangs" : "hang") on")
            + Words(": a fit to \(rows), made \(made.alternatives.count) other ways.")
    }

    private func written(_ value: Double?, _ place: Int) -> String {
        guard let value else { return "-" }
        return Numbers.estimate(value, standardError: made.answers[place].standardError).value
    }

    var answers: Report.Grid {
        Report.Grid(
            [
                .init("answer", .left), .init("estimate"),
                .init("\(Numbers.short(made.level * 100, digits: 6)) %"), .init("made otherwise"),
            ],
            rows: made.answers.enumerated().map { place, answer in
                let range = made.range(ofAnswer: place).map {
                    "\(written($0.lowest.value, place))..\(written($0.highest.value, place))"
                }
                return [
                    name(place), written(answer.estimate, place),
                    Numbers.interval(answer.interval, around: answer.estimate), range ?? "-",
                ]
            })
    }

    var alternatives: Report.Grid {
        let first =
            ["as asked", Numbers.count(made.fit.observations)]
            + places.map { written(made.answers[$0].estimate, $0) }
        return Report.Grid(
            [.init("", .left), .init("\(made.law.observation)s")] + titles,
            rows: [first]
                + made.alternatives.map { other in
                    let doubt = other.failure != nil ? ": no fit" : other.isConverged ? "" : ": not converged"
                    return [other.name + doubt, Numbers.count(other.observations)]
                        + places.map { written(other.values[$0], $0) }
                })
    }

    // MARK: - Runs

    private var unit: String { made.group.map { "values of \($0)" } ?? "runs" }

    var runsTitle: String {
        let passed =
            made.passedOver > 0 ? "; \(made.passedOver) that a linear estimate ranks lower were not refitted" : ""
        return "the most influential \(unit), each left out alone\(passed)"
    }

    var runs: Report.Grid {
        let hasResiduals = made.group == nil
        var columns: [Report.Grid.Column] = [.init("without", .left)]
        columns.append(hasResiduals ? .init("residual") : .init("\(made.law.observation)s"))
        columns += titles + [.init("by errors")]
        let start = ["none", ""] + places.map { written(made.answers[$0].estimate, $0) } + [""]
        return Report.Grid(
            columns,
            rows: [start]
                + made.runs.prefix(shown).map { run in
                    let own =
                        hasResiduals ? run.residual.map { Numbers.short($0, digits: 3) } ?? "" : "\(run.rows.count)"
                    return [run.name, own]
                        + places.map { place in
                            written(run.shifts[place].map { made.answers[place].estimate + $0 }, place)
                        } + [Numbers.short(run.size, digits: 2)]
                })
    }

    var sets: [Words] {
        made.sets.filter { places.contains($0.answer) }.compactMap { set in
            guard let last = set.values.last, set.names.count > 1 else { return nil }
            let answer = made.answers[set.answer]
            let verb = set.isLowering ? "falls" : "rises"
            let change =
                "\(name(set.answer)) \(verb) from \(written(answer.estimate, set.answer)) to \(written(last, set.answer))"
            return .strong(change) + Words(" without \(Self.joined(set.names))")
        }
    }

    var outliers: Report.Block {
        let table = Report.Grid(
            [.init(made.law.observation, .left), .init("residual"), .init("spreads"), .init("limit")]
                + titles,
            rows: made.outliers.prefix(max(shown, 10)).map { outlier in
                [
                    outlier.name, size(outlier.residual), Numbers.short(outlier.deviate.magnitude, digits: 3),
                    Numbers.short(outlier.threshold, digits: 3),
                ] + places.map { written(outlier.values[$0], $0) }
            })
        let more = made.outliers.count - table.rows.count
        let words =
            "Named, not left out. A residual is that of the fit without the \(made.law.observation)s above it, told in "
            + "spreads of the others; the answers are without the \(made.law.observation) and those above it."
            + (more > 0 ? " \(more) more are in --format json." : "")
        return .section("suspected outliers", [.table(table), .sentence(Words(words))])
    }

    // As a share of the law's value, where the residual is that of a logarithm.
    private func size(_ residual: Double) -> String {
        guard made.fit.problem.residual == .log else { return Numbers.short(residual, digits: 3) }
        let share = 100 * (Residual.log.restored(residual) - 1)
        return "\(share > 0 ? "+" : "")\(Numbers.short(share, digits: 3)) %"
    }

    // `line 2, 3 and 5` rather than `line 2, line 3 and line 5`.
    private static func joined(_ names: [String]) -> String {
        var words = names
        if names.allSatisfy({ $0.hasPrefix("line ") }) {
            words = names.map { String($0.dropFirst(5)) }
            words[0] = "lines \(words[0])"
        }
        return Numbers.listed(words)
    }
}
