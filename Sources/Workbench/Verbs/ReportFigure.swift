// The figures of a report, in the order of the page: one value a figure, one line each in the list.

import Fitting
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
    /// Where on the page it stands.
    let part: Study.Part
    let make: @Sendable (ReportResults) throws -> Outcome

    /// All figures, in the order of the page.
    static let all: [ReportFigure] = [
        .fit, .curve, .task, .residuals, .ridge, .contours, .frontier, .next, .backtest, .sensitivity,
    ]
}

extension ReportFigure {
    /// The runs and the law through them, and the points that were asked for.
    static let fit = ReportFigure(title: "The law through its runs", part: .answer) { made in
        // The figure of both steps shows the law over its loss, too.
        if made.chain != nil || made.law.readsCurves { return .none }
        guard let subject = try made.plotSubject() else { return .absent(made.subject.lack ?? "there are no runs") }
        let law = made.law
        guard let x = law.inputs.last(where: { !$0.isLabel })?.name else { return .absent("the law has no number") }
        var figure = FitFigure(
            law: law, runs: subject.runs, x: x, by: law.inputs.first { $0.name != x }?.name,
            level: made.predictions?.level ?? 0.95, kind: made.predictions?.kind ?? .mean)
        // A cloud of points would hide the law.
        if let asked = made.asked, made.predictions != nil, asked.count <= 5 { figure.asked = asked }
        // Without a value at the point it has no line there.
        if let beside = made.beside, beside.lack == nil, beside.law.inputs.allSatisfy({ law.input($0.name) != nil }) {
            figure.published = beside.law
        }
        let beside = figure.published.map { " Dotted is \($0.id)." } ?? ""
        return .plate(
            .init(
                Picture(try figure.figure()), name: "fit",
                title: "The law through \(Picture.fileName(subject.table.name))",
                caption: Words(
                    "Lines are the law, whole where runs support it and dashed beyond; bands are its intervals. The ground beyond the largest run is shaded, darker with every factor of ten.\(beside)"
                ), isSwitchable: true))
    }

    /// A law of whole curves: its runs in time, above their schedules.
    static let curve = ReportFigure(title: "The law along its runs", part: .answer) { made in
        guard made.law.readsCurves else { return .none }
        guard let runs = made.subject.runs else { return .absent(made.subject.lack ?? "there are no runs") }
        return .plate(
            .init(
                try PlotCurves.picture(
                    made.law, runs.table, columns: runs.specification.columns, rates: runs.specification.schedules,
                    rows: runs.problem.rows), name: "curve", title: "The law along its runs",
                caption:
                    "Above the losses with the law through them, of each run at most ninety; below the learning rate that it reads."
            ))
    }

    /// A law in two steps: over loss, and over compute.
    static let task = ReportFigure(title: "Both steps", part: .answer) { made in
        guard let chain = made.chain else { return .none }
        let subject = try made.plotSubject()
        let sizes = subject.flatMap { PlotTask.sizes(chain, $0.table, made.columns) }
        var asked = made.predictions == nil ? nil : made.asked
        var hidden = 0
        if let points = asked, points.count > TaskFigure.most || points.isEmpty {
            // Without runs the first points say where to look.
            asked =
                sizes != nil || points.isEmpty
                ? nil : try Points(points.prefix(TaskFigure.most).map(\.self), for: chain.asked)
            hidden = points.count - (asked?.count ?? 0)
        }
        if asked == nil, sizes == nil { return .absent("nothing says how large its runs are") }
        let inputs = chain.links.map(\.input).joined(separator: " and ")
        var figure = TaskFigure(
            chain, runs: subject?.runs, sizes: sizes, asked: asked, set: made.request.set,
            level: made.predictions?.level ?? 0.95, kind: made.predictions?.kind ?? .mean)
        figure.hidden = hidden
        if made.beside?.lack == nil { figure.published = made.beside?.alternative }
        return .plate(
            .init(
                try figure.picture(), name: "task", title: "\(made.law.id), through \(inputs)",
                caption: Words(figure.caption)))
    }

    /// What the fit leaves unexplained.
    static let residuals = ReportFigure(title: "Residuals", part: .law) { made in
        guard let runs = made.subject.runs else { return .none }
        guard runs.fit.noise > 0, runs.problem.rows.count > 2 else {
            return .absent("the fit leaves nothing unexplained")
        }
        let points = try Points(runs.table, for: made.law, columns: runs.specification.columns)
        // A row of a curve says what its neighbours say: what single ones pull is nothing to look at.
        let isPulled = runs.problem.rows.count <= 5_000 && runs.fit.standardErrors != nil && !made.law.readsCurves
        return .plate(
            .init(
                ResidualsFigure(
                    fit: runs.fit, law: made.law, points: points,
                    names: LeftOut.rowNames(runs.problem.rows, runs.table),
                    influence: isPulled ? made.sensitivity?.influence ?? Influence(runs.fit) : nil
                ).picture(), name: "residuals", title: "What the fit leaves unexplained",
                caption:
                    "A law of the right form leaves no trend over any input, and points along the line of the quantiles."
            ))
    }

    /// The two parameters that trade the closest.
    static let ridge = ReportFigure(title: "How parameters trade", part: .law) { made in
        guard let uncertainty = made.subject.uncertainty, let pair = RidgeFigure.closest(uncertainty.fit),
            uncertainty.parameterProfiles.count > 1
        else { return .none }
        return .plate(
            .init(
                RidgeFigure(uncertainty, x: pair.0, y: pair.1, title: made.law.title).picture(), name: "ridge",
                title: "\(pair.0) against \(pair.1)",
                caption:
                    "The two parameters whose estimates hang together the most: along the ridge the runs hardly tell them apart."
            ))
    }

    /// The law over its two sizes, with the plan.
    static let contours = ReportFigure(title: "The law over its sizes", part: .plan) { made in
        guard let plan = made.plan, let cost = ComputeCost(made.law), cost.inputs.count == 2 else { return .none }
        let (x, y) = (cost.inputs[0], cost.inputs[1])
        let held = try made.held(besides: [x, y])
        return .plate(
            .init(
                try ContoursFigure(
                    law: made.law, x: x, y: y, held: held, runs: try made.plotSubject()?.runs,
                    frontier: try made.frontier(held, besides: [x, y]), plan: plan
                ).picture(), name: "contours", title: "The law over \(x) and \(y), and the plan",
                caption:
                    "Lines join equal values of the law and equal budgets; the best split of each budget runs across them."
            ))
    }

    /// How the best sizes grow with compute.
    static let frontier = ReportFigure(title: "The best use of compute", part: .plan) { made in
        guard let plan = made.plan else { return .none }
        let plans = try made.frontier(Point(), besides: [])
        guard plans.count > 1 else { return .none }
        let runs = PlotFrontier.compute(of: try made.plotSubject(), ComputeCost(made.law))
        var figure = FrontierFigure(plans: plans, asked: [plan], runs: runs)
        if let other = made.beside?.law { figure.published = PlotFrontier.published(other, plans) }
        let beside = figure.published.isEmpty ? "" : " Dotted is \(made.beside?.law.id ?? "")."
        return .plate(
            .init(
                figure.picture(), name: "frontier", title: "The best use of compute",
                caption: Words(
                    "The best sizes and the value that they reach, for every budget; bands are intervals by the delta method.\(beside)"
                )))
    }

    /// The runs that are worth making.
    static let next = ReportFigure(title: "The next runs", part: .next) { made in
        guard let found = made.next, !found.next.purchases.isEmpty else { return .none }
        return .plate(
            .init(
                try PlotNext.picture(found, PlotRequest(kind: "next")), name: "next", title: "The next runs",
                caption:
                    "To the left what was run, what could be, and what to run in this order; to the right how sure the answer is after each."
            ))
    }

    /// How small runs predicted large ones.
    static let backtest = ReportFigure(title: "The backtest", part: .backtest) { made in
        guard let found = made.backtest else { return .none }
        if found.groups.allSatisfy({ $0.backtest.tests.isEmpty }) { return .absent("no cutoff could be tested") }
        return .plate(
            .init(
                BacktestFigure(found).picture(), name: "backtest", title: "Small runs predict large ones",
                caption: "Each mark is a run larger than those that were fitted, by how far beyond them it lies."))
    }

    /// What the answer is under other choices.
    static let sensitivity = ReportFigure(title: "The sensitivity", part: .sensitivity) { made in
        guard let sensitivity = made.sensitivity, !sensitivity.answers.isEmpty else { return .none }
        return .plate(
            .init(
                SensitivityFigure(sensitivity).picture(), name: "sensitivity", title: "The answer, made otherwise",
                caption: "Each row is the same answer under another choice; the band is its interval as asked."))
    }
}

extension ReportResults {
    /// The law and its runs as figures take them; nil without runs.
    func plotSubject() throws -> PlotSubject? {
        guard let runs = subject.runs, let left = law.formula?.response else { return nil }
        let columns = runs.specification.columns
        let observed: [Double]
        if case .symbol(let symbol) = left, let column = columns[symbol.name] {
            observed = try runs.table.values(of: column.prediction)
        } else {
            observed = try runs.table.values(of: left)
        }
        let points = try Points(runs.table, for: law, columns: columns)
        return PlotSubject(
            law: law, table: runs.table,
            runs: FigureRuns(points: points, observed: observed, fitted: runs.problem.rows))
    }

    /// What inputs are held at that a figure does not show: as the plan says, else in the middle of the runs.
    func held(besides axes: [String]) throws -> Point {
        var asking = PlotRequest(kind: "contours", law: law.id)
        asking.plan = plan.map { plan in
            var request = PlanRequest(law: law.id)
            request.fixed = plan.labels
            return request
        }
        return try PlotHeld.point(asking, law, besides: axes, try plotSubject())
    }

    /// Plans for a row of budgets around the runs and the plan, without the intervals of draws.
    func frontier(_ held: Point, besides axes: [String]) throws -> [Plan] {
        try PlotFrontier.over(
            law, nil, held, besides: axes, ComputeCost(law), try plotSubject(), plan, isQuick: true)
    }
}
