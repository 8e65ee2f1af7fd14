// The figures of a report, in the order of the page: one value a figure.

import Formulas
import Reports
import Scaling
import Tables

/// A figure that a report has where its data are at hand.
struct ReportFigure: Sendable {
    /// What became of it.
    enum Outcome {
        case plate(Report.Plate)
        /// What it lacks, in words that follow its title.
        case absent(String)
        /// It is no part of this report.
        case none
    }

    /// What its absence is told by.
    let title: String
    let make: @Sendable (ReportResults) throws -> Outcome

    /// All figures, in the order of the page.
    static let all: [ReportFigure] = [.fit]
}

extension ReportFigure {
    /// The runs and the law through them, and the points that were asked for.
    static let fit = ReportFigure(title: "The law through its runs") { made in
        guard let runs = made.subject.runs else { return .absent(made.subject.lack ?? "there are no runs") }
        let law = made.law
        guard let x = law.inputs.last(where: { !$0.isLabel })?.name else { return .absent("the law has no input") }
        guard let shown = try made.figureRuns() else { return .absent("no run has all of the law's inputs") }
        var figure = FitFigure(
            law: law, runs: shown, x: x, by: law.inputs.first { $0.name != x }?.name,
            level: made.predictions?.level ?? 0.95, kind: made.predictions?.kind ?? .mean)
        // A cloud of points would hide the law.
        if let asked = made.asked, asked.count <= 5 { figure.asked = asked }
        var drawn = try figure.figure()
        drawn.title = "The law through \(runs.table.name)"
        return .plate(
            .init(
                drawn, name: "fit",
                caption: Words(
                    "Dots are runs, lines the law: whole where runs support it, dashed beyond. The ground beyond the largest run is shaded, darker with every factor of ten."
                )))
    }
}

extension ReportResults {
    /// The fitted runs as figures show them; nil where none has all of its numbers.
    func figureRuns() throws -> FigureRuns? {
        guard let runs = subject.runs, let left = law.formula?.response else { return nil }
        let columns = runs.specification.columns
        let points = try Points(runs.table, for: law, columns: columns)
        let observed: [Double]
        if case .symbol(let symbol) = left, let column = columns[symbol.name] {
            observed = try runs.table.values(of: column.prediction)
        } else {
            observed = try runs.table.values(of: left)
        }
        let fitted = runs.problem.rows
        return fitted.isEmpty ? nil : FigureRuns(points: points, observed: observed, fitted: fitted)
    }
}
