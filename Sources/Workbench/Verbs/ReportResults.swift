// Everything that a report is made of, each part by the verb's own engine, none of it twice.

import Fitting
import Formulas
import Reports
import Scaling
import Tables

struct ReportResults {
    let request: ReportRequest
    let subject: ReportSubject
    /// The law that answers; its calibration may be that of this report's backtest.
    private(set) var law: Law
    private(set) var asked: Points?
    private(set) var predictions: Predictions?
    private(set) var plan: Plan?
    private(set) var backtest: BacktestFindings?
    private(set) var sensitivity: Sensitivity?
    private(set) var absences: [Study.Absence] = []
    private(set) var isCalibratedHere = false
    private(set) var plates: [(part: Study.Part, plate: Report.Plate)] = []

    init(_ request: ReportRequest, progress: Progress) throws {
        self.request = request
        if let level = request.level, !(level > 0 && level < 1) { throw FitError.badLevel(level) }
        subject = try ReportSubject(request, progress: progress)
        law = subject.law
        // The backtest comes first: it widens the intervals of all that follows.
        if wants("backtest") { takeBacktest() }
        asked = try points()
        if wants("predictions") { try predict() }
        if wants("plan") { try makePlan() }
        if wants("sensitivity") { takeSensitivity() }
        if wants("figures") { draw() }
    }

    private func wants(_ part: String) -> Bool { !(request.without ?? []).contains(part) }

    private mutating func lack(_ part: String, _ reason: String) {
        absences.append(Study.Absence(part, reason: reason))
    }

    // An error of the engine as a sentence in place of a part that nobody asked for by itself.
    private mutating func lack(_ part: String, _ what: String, _ error: any Error) {
        let message = "\(error)".split(separator: "\n").first.map(String.init) ?? ""
        lack(part, "\(what): \(message).")
    }

    // MARK: - What was asked

    private func points() throws -> Points? {
        if let texts = request.at, !texts.isEmpty {
            return Points(joining: try texts.map { try Points($0, for: law) })
        }
        let isOfCurves = law.formula.map { !$0.scheduleColumns.isEmpty } ?? false
        guard !isOfCurves, law.inputs.contains(where: { $0.range.upper.isFinite }) else { return nil }
        return try? Points(NextCommands.farther(law, subject.runs?.table), for: law)
    }

    private mutating func predict() throws {
        guard let asked else {
            return lack("predictions", "No point was asked for, and the law keeps no range to look beyond: add --at.")
        }
        let kind = try request.interval.map { try IntervalKind(typed: $0) } ?? .mean
        var made = try law.predict(
            asked, level: request.level ?? 0.95, interval: kind, vectorLevel: try Choice.level(request.arithmetic))
        made.warnings += Conventions.warnings(for: law, points: asked)
        predictions = made
    }

    private mutating func makePlan() throws {
        let isAsked = request.budget != nil || request.target != nil
        guard isAsked || law.fit != nil else { return }
        // As `fit` proposes it: the compute of the farthest point, to one digit.
        let farther =
            isAsked ? nil : NextCommands.budget(law).flatMap { Quantity.parse(Numbers.quantity($0, digits: 1)) }
        if !isAsked, farther == nil { return }
        var planning = PlanRequest(law: law.id, budget: request.budget ?? farther)
        planning.target = request.target
        planning.level = request.level
        planning.arithmetic = request.arithmetic
        do {
            plan = try law.plan(try PlanVerb.options(planning, law))
        } catch {
            if isAsked { throw error }
            lack("plan", "No plan was made", error)
        }
    }

    // MARK: - What the runs say

    private mutating func takeBacktest() {
        guard let runs = subject.runs else { return lack("backtest", subject.lack ?? "") }
        do {
            let scale = try BacktestScale(runs.specification, problem: runs.problem, table: runs.table)
            let plan = BacktestPlan(seed: runs.fit.seed, calibrates: true)
            let backtest = try Backtest(
                runs.specification, table: runs.table, scale: scale.values, sizes: scale.sizes, plan: plan)
            var found = BacktestFindings(
                specification: runs.specification, tableName: runs.table.name, scale: scale.formula, level: 0.9,
                groups: [.init(name: nil, backtest: backtest)])
            found.calibration = try Calibration(
                runs.specification, problem: runs.problem, table: runs.table, scale: scale, plan: plan)
            if law.fit != nil, law.fit?.calibration == nil, scale.isOfInputs, let calibration = found.calibration {
                law.fit?.calibration = calibration
                isCalibratedHere = true
            }
            self.backtest = found
        } catch {
            lack("backtest", "The backtest was not made", error)
        }
    }

    private mutating func takeSensitivity() {
        guard let runs = subject.runs else { return lack("sensitivity", subject.lack ?? "") }
        let questions = asked.map { points in (0..<min(points.count, 3)).map { Question.value(points[$0]) } } ?? []
        do {
            sensitivity = try Sensitivity(
                runs.specification, law: subject.source ?? subject.law, table: runs.table, seed: runs.fit.seed,
                level: request.level ?? 0.95, group: nil, size: 5
            ) { _, _ in questions }
        } catch {
            lack("sensitivity", "The sensitivity of the answer was not examined", error)
        }
    }

    private mutating func draw() {
        for figure in ReportFigure.all {
            do {
                switch try figure.make(self) {
                case .plate(let plate): plates.append((figure.part, plate))
                case .absent(let reason):
                    lack("figures", "\(figure.title): \(reason)" + (reason.hasSuffix(".") ? "" : "."))
                case .none: break
                }
            } catch {
                lack("figures", "\(figure.title) was not drawn", error)
            }
        }
    }

    // MARK: - What leaves

    var study: Study {
        var study = Study(law, version: Version.product)
        study.source = subject.source
        (study.title, study.question) = (request.title, request.question)
        study.problem = subject.runs?.problem
        (study.predictions, study.plan) = (predictions, plan)
        study.isAsked = request.at?.isEmpty == false || request.budget != nil || request.target != nil
        study.plates = plates
        study.backtest = backtest.map { .backtest($0) }
        if let runs = subject.runs {
            study.sensitivity = sensitivity.map { .sensitivity($0, runs.specification, table: runs.table) }
        }
        study.absences = absences
        study.isCalibratedHere = isCalibratedHere && predictions?.source == .calibrated
        study.command = request.arguments.map { words in
            (["allometry"] + words.map(NextCommands.quoted)).joined(separator: " ")
        }
        return study
    }

    func reply(_ report: Report) -> ReportReply {
        let runs = subject.runs
        var fit: FitReply?
        if let runs, let uncertainty = subject.uncertainty {
            fit = FitReply(
                uncertainty, runs.specification, tied: TiedValues.of(runs.fit, runs.specification), kept: law,
                law: subject.source?.id, saved: nil)
        }
        return ReportReply(
            schema: Version.schema, version: Version.product, law: law.id,
            formula: law.formula.map { "\($0)" } ?? "", table: runs?.table.name ?? law.fit?.table,
            page: ReportTree(report), fit: fit, predictions: predictions.map { PredictReply($0, law, last: law) },
            plan: plan.map { PlanReply($0, nil) },
            backtest: backtest.map { BacktestReply($0, law: subject.source?.id, saved: nil) },
            sensitivity: sensitivity.flatMap { made in
                runs.map { SensitivityReply(made, $0.specification, law: subject.source?.id) }
            },
            absent: absences.map { .init(part: $0.part, reason: $0.reason) })
    }
}
