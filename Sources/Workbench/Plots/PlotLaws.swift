// Figures of a law: over its runs, over two of its inputs, over compute.

import Fitting
import Formulas
import Reports
import Scaling
import Tables

enum PlotLaws {
    // MARK: - fit

    static func fit(_ request: PlotRequest) throws -> Picture {
        let law = try PlotSubject.law(request)
        let kind = try request.interval.map { try IntervalKind(typed: $0) } ?? .mean
        let subject = try PlotSubject(request, law)
        var runs = subject.runs
        let (x, by) = try axes(request, law, subject.table)
        if let by, law.input(by) == nil, let column = subject.table[by] {
            // A column that is no input: labels as they are, numbers by their size.
            let labels = column.labels()
            if case .labels = column.values {
                runs.labels[by] = (0..<subject.table.rowCount).map { labels[$0] ?? "" }
            } else {
                runs.numbers[by] = try subject.table.numbers(by)
            }
        }
        var figure = FitFigure(law: law, runs: runs, x: x, by: by, level: request.level ?? 0.95, kind: kind)
        if let texts = request.at, !texts.isEmpty {
            figure.asked = Points(joining: try texts.map { try Points($0, for: law) })
        }
        figure.published = try published(request)
        return Picture(try figure.figure())
    }

    private static func published(_ request: PlotRequest) throws -> Law? {
        guard let name = request.published else { return nil }
        let law = try Law.load(name, atlas: try AtlasSource.atlas(request.atlas))
        if law.formula == nil { throw law.noFormula }
        return law
    }

    private static func axes(_ request: PlotRequest, _ law: Law, _ table: Table) throws -> (String, String?) {
        let numbers = law.inputs.filter { !$0.isLabel }.map(\.name)
        guard let x = request.x ?? numbers.last else { throw WorkbenchError.nothingToDraw(table: law.id) }
        guard numbers.contains(x) else { throw WorkbenchError.unknownChoice(x, option: "--x", choices: numbers) }
        let others = law.inputs.map(\.name).filter { $0 != x }
        if let by = request.by, !others.contains(by), by == x || table[by] == nil {
            throw WorkbenchError.unknownChoice(
                by, option: "--by", choices: others + table.columns.map(\.name).filter { !others.contains($0) })
        }
        return (x, request.by ?? others.first)
    }

    // MARK: - contours

    static func contours(_ request: PlotRequest) throws -> Picture {
        let law = try PlotSubject.law(request)
        let numbers = law.inputs.filter { !$0.isLabel }.map(\.name)
        guard numbers.count > 1 else { throw WorkbenchError.plot(.needsTwoInputs(law: law.id, inputs: numbers)) }
        let cost = ComputeCost(law)
        let (x, y) = try plane(request, law)
        let subject = try PlotSubject.ifThere(request, law)
        var held = try PlotHeld.point(request, law, besides: [x, y], subject)
        var planning = request.plan
        planning?.fixed = try PlotHeld.fixed(request.plan, held, besides: [x, y])
        let plan = try planning.map { try PlotFrontier.plan($0, law, isQuick: false) }
        for choice in plan?.choices ?? [] where choice.input.name != x && choice.input.name != y {
            held[choice.input.name] = .number(choice.value.value)
        }
        var frontier: [Plan] = []
        if let cost, Set(cost.inputs) == [x, y] {
            frontier = try PlotFrontier.over(
                law, planning, held, besides: [x, y], cost, subject, plan, isQuick: true)
        }
        return try ContoursFigure(
            law: law, x: x, y: y, held: held, runs: subject?.runs, frontier: frontier, plan: plan,
            set: request.plan?.set
        ).picture()
    }

    /// The two inputs of a plane, as asked: those that make up the compute unless given.
    ///
    /// - Precondition: the law reads two numbers.
    static func plane(_ request: PlotRequest, _ law: Law) throws -> (x: String, y: String) {
        let numbers = law.inputs.filter { !$0.isLabel }.map(\.name)
        let usual = ComputeCost(law).map { $0.inputs.count == 2 ? $0.inputs : numbers } ?? numbers
        func axis(_ given: String?, _ option: String, _ usual: String) throws -> String {
            guard let given else { return usual }
            guard numbers.contains(given) else {
                throw WorkbenchError.unknownChoice(given, option: option, choices: numbers)
            }
            return given
        }
        let x = try axis(request.x, "--x", request.y == usual[0] ? usual[1] : usual[0])
        let y = try axis(request.y, "--y", x == usual[1] ? usual[0] : usual[1])
        if x == y {
            throw WorkbenchError.unknownChoice(y, option: "--y", choices: numbers.filter { $0 != x })
        }
        return (x, y)
    }

    // MARK: - frontier

    static func frontier(_ request: PlotRequest) throws -> Picture {
        let law = try PlotSubject.law(request)
        let subject = try PlotSubject.ifThere(request, law)
        let cost = ComputeCost(law)
        let plan = try request.plan.flatMap { asked in
            PlotFrontier.saysHowLarge(asked) ? try PlotFrontier.plan(asked, law, isQuick: false) : nil
        }
        let plans = try PlotFrontier.over(
            law, request.plan, Point(), besides: [], cost, subject, plan, isQuick: false)
        guard plans.count > 1 else { throw WorkbenchError.plot(.noFrontier(law: law.id)) }
        var figure = FrontierFigure(
            plans: plans, asked: plan.map { [$0] } ?? [], runs: PlotFrontier.compute(of: subject, cost))
        if let other = try published(request) { figure.published = PlotFrontier.published(other, plans) }
        return figure.picture()
    }
}
