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
    /// The law behind the laws that predict its inputs; nil for a law alone.
    private(set) var chain: Chain?
    private(set) var asked: Points?
    /// The law that is shown beside.
    private(set) var beside: Study.Beside?
    private(set) var predictions: Predictions?
    private(set) var plan: Plan?
    private(set) var next: NextFindings?
    private(set) var backtest: BacktestFindings?
    private(set) var sensitivity: Sensitivity?
    private(set) var absences: [Study.Absence] = []
    private(set) var isCalibratedHere = false
    private(set) var plates: [(part: Study.Part, plate: Report.Plate)] = []

    init(_ request: ReportRequest, progress: Progress) throws {
        self.request = request
        if let level = request.level, !(level > 0 && level < 1) { throw FitError.badLevel(level) }
        let steps = try ChainSteps(request.through, atlas: request.atlas)
        subject = try ReportSubject(request, through: steps, progress: progress)
        law = subject.law
        chain = try steps.chain(law)
        if let chain, let runs = subject.runs { try ChainSteps.check(subject.stepColumns, chain, runs.table) }
        // The backtest comes first: it widens the intervals of all that follows.
        if wants("backtest") { takeBacktest() }
        if let known = chain { chain = try Chain(law, through: known.links.map { ($0.input, $0.law) }) }
        asked = try points()
        if wants("predictions") { try predict() }
        if wants("plan") { try makePlan() }
        beside = try besides()
        if wants("next") { takeNext() }
        if wants("sensitivity") { takeSensitivity() }
        if wants("figures") { draw() }
    }

    private func wants(_ part: String) -> Bool { !(request.without ?? []).contains(part) }

    private mutating func lack(_ part: String, _ reason: String) {
        absences.append(Study.Absence(part, reason: reason))
    }

    // An error of the engine as a sentence in place of a part that nobody asked for by itself.
    private mutating func lack(_ part: String, _ what: String, _ error: any Error) {
        if let chain, case ScalingError.noColumn(let name, _, let table, _) = error,
            let input = chain.asked.input(name)
        {
            return lack(part, "\(what): \(table) has no column '\(name)'; \(Suggestion.column(input.name, nil)).")
        }
        lack(part, "\(what): \(Self.reason(error)).")
    }

    // What is wrong, without the details and the help that a terminal has room for.
    private static func reason(_ error: any Error) -> String {
        "\(error)".split(separator: "\n").first.map(String.init) ?? ""
    }

    // MARK: - What was asked

    private func points() throws -> Points? {
        let law = chain?.asked ?? law
        if let texts = request.at, !texts.isEmpty {
            return Points(joining: try texts.map { try Points($0, for: law) })
        }
        guard !law.readsCurves, law.inputs.contains(where: { $0.range.upper.isFinite }) else { return nil }
        let farther = FartherPoint(law, columns: columns)
        let point = farther.point(subject.runs?.table, rows: subject.runs?.problem.rows) { points in
            (try? chain?.predict(points, set: request.set) ?? self.law.predict(points, set: request.set)) != nil
        }
        return try point.map { try Points([$0], for: law) }
    }

    /// What the inputs of points are called in the table of the runs: those of the steps before the law among them.
    var columns: [String: Formula] {
        guard let runs = subject.runs else { return [:] }
        let own = runs.specification.columns
        guard let chain else { return law.columns.merging(own) { $1 } }
        return ChainSteps.columns(chain, runs.table, given: own.merging(subject.stepColumns) { $1 })
    }

    /// Why there is no point to look at.
    private var nowhere: String {
        let law = chain?.asked ?? law
        if let (schedule, step) = law.formula?.scheduleColumns.first {
            let run = "\(Symbol(schedule))=cosine peak=3e-4 warmup=2160 steps=24000"
            return
                "No point was asked for, and nothing says which schedule is meant: add --at '\(run), \(Symbol(step))=23999'."
        }
        let labels = law.inputs.filter(\.isLabel).map(\.name)
        let why =
            labels.isEmpty
            ? "the law keeps no range to look beyond"
            : "nothing says which \(labels.joined(separator: " and ")) is meant"
        return "No point was asked for, and \(why): add --at."
    }

    private mutating func predict() throws {
        guard let asked else {
            return lack("predictions", nowhere)
        }
        let kind = try request.interval.map { try IntervalKind(typed: $0) } ?? .mean
        let (level, vectors) = (request.level ?? 0.95, try Choice.level(request.arithmetic))
        var made =
            try chain?.predict(asked, set: request.set, level: level, interval: kind, vectorLevel: vectors)
            ?? law.predict(asked, set: request.set, level: level, interval: kind, vectorLevel: vectors)
        made.warnings += Conventions.warnings(for: chain?.asked ?? law, points: asked)
        predictions = made
    }

    /// What the law beside says where this one is asked, by itself and without intervals of its own plan.
    private func besides() throws -> Study.Beside? {
        guard let name = request.published else { return nil }
        var other = try Law.load(name, atlas: try AtlasSource.atlas(request.atlas))
        if other.formula == nil { throw other.noFormula }
        // What it says and its coefficients are of one set.
        other.makeDefault(request.set)
        var beside = Study.Beside(law: other)
        beside.alternative = chain?.alternative(other)
        let vectors = try Choice.level(request.arithmetic)
        do {
            beside.predictions = try answer(of: beside, vectors)
        } catch { beside.lack = Self.reason(error) }
        if let plan {
            var planning = PlanRequest(law: other.id)
            switch plan.goal {
            case .budget(let budget): planning.budget = budget
            case .response(let target): planning.target = target
            case .none: return beside
            }
            planning.arithmetic = request.arithmetic
            beside.plan = try? other.plan(try PlanVerb.options(planning, other))
        }
        return beside
    }

    // Nil where the law beside is not asked: it has other inputs, or predicts in another unit.
    private func answer(of beside: Study.Beside, _ vectors: VectorLevel) throws -> Predictions? {
        guard let asked, let predictions else { return nil }
        let level = request.level ?? 0.95
        if chain != nil {
            return try beside.alternative?.predict(
                asked, set: request.set, level: level, interval: predictions.kind, vectorLevel: vectors)
        }
        guard !Chain.isOther(beside.law.response?.unit, law.response?.unit),
            let points = try? asked.read(by: beside.law)
        else { return nil }
        return try beside.law.predict(points, level: level, interval: predictions.kind, vectorLevel: vectors)
    }

    private mutating func makePlan() throws {
        let isAsked = request.budget != nil || request.target != nil
        if let chain {
            let step = chain.links.first?.law.id ?? ""
            if isAsked { throw WorkbenchError.planOfSteps(law.id, step: step) }
            return lack(
                "plan", "Two steps have no plan of their own: allometry plan finds the best sizes by \(step).")
        }
        guard isAsked || law.fit != nil else { return }
        // As `fit` proposes it: the compute of the farthest point, to one digit.
        let farther =
            isAsked ? nil : NextCommands.budget(law).flatMap { Quantity.parse(Numbers.quantity($0, digits: 1)) }
        if !isAsked, farther == nil { return }
        var planning = PlanRequest(law: law.id, budget: request.budget ?? farther)
        planning.target = request.target
        planning.level = request.level
        planning.set = request.set
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
            let scale = try scale(runs)
            let plan = BacktestPlan(seed: runs.fit.seed, calibrates: true)
            let backtest = try Backtest(
                runs.specification, table: runs.table, scale: scale.values, sizes: scale.sizes, plan: plan)
            var found = BacktestFindings(
                specification: runs.specification, tableName: runs.table.name, scale: scale.formula, level: 0.9,
                groups: [.init(name: nil, backtest: backtest)])
            found.calibration = try Calibration(
                runs.specification, problem: runs.problem, table: runs.table, scale: scale, plan: plan)
            if law.fit != nil, law.fit?.calibration == nil, scale.isOfInputs || chain != nil,
                let calibration = found.calibration
            {
                law.fit?.calibration = calibration
                isCalibratedHere = true
            }
            self.backtest = found
        } catch {
            lack("backtest", "The backtest was not made", error)
        }
    }

    /// With more runs than this the choice of the next takes longer than all the rest of the page.
    private static let mostForNext = 200

    private mutating func takeNext() {
        if let chain {
            let step = chain.links.first?.law.id ?? ""
            return lack("next", "Next runs are chosen for one law: allometry next chooses those for \(step).")
        }
        guard let runs = subject.runs else { return lack("next", subject.lack ?? "") }
        if law.readsCurves {
            return lack(
                "next", "No next runs were chosen: the law reads whole curves, and a run is not one point of it.")
        }
        guard let first = asked?.first else {
            return lack("next", nowhere)
        }
        // What the runs make of the law has to be what the page says of it.
        guard let saved = law.fit?.estimates, saved.names == runs.fit.estimates.names,
            zip(saved.values, runs.fit.estimates.values).allSatisfy({ ($0 - $1).magnitude <= 1e-6 * $0.magnitude })
        else {
            return lack(
                "next",
                "No next runs were chosen: the law on this page is not the fit to these runs; "
                    + "'allometry next' fits them.")
        }
        let count = runs.problem.rows.count
        guard count <= Self.mostForNext else {
            return lack(
                "next", "With \(count) runs the page leaves the choice of the next ones to allometry next.")
        }
        do {
            var options = NextOptions(.value(first), cost: try RunCost(nil, for: law))
            (options.most, options.level) = (5, request.level ?? 0.95)
            next = try NextVerb.findings(
                runs.fit, law: law, runs.specification, runs.table, source: subject.source?.id, options)
        } catch {
            lack("next", "No next runs were chosen", error)
        }
    }

    /// How large the runs are. Those of a task have their compute, in the names of the steps before it: a loss is not how
    /// large a run is.
    private func scale(_ runs: ReportSubject.Runs) throws -> BacktestScale {
        guard let chain, let cost = ComputeCost(chain.asked) else {
            return try BacktestScale(runs.specification, problem: runs.problem, table: runs.table)
        }
        let columns = columns
        var table = runs.table
        for name in cost.inputs {
            let source = columns[name]?.prediction ?? .name(name)
            if let missing = source.symbols.first(where: { runs.table[$0.name] == nil }) {
                throw ScalingError.noColumn(
                    missing.name, unit: nil, table: table.name, header: table.columns.map(\.name))
            }
            table = table.adding(column: Column(name: name, numbers: try runs.table.values(of: source)))
        }
        let formula = Formula(
            definitions: [], response: nil,
            prediction: cost.inputs.reduce(.number(cost.factor)) { .binary(.multiply, $0, .name($1)) })
        return try BacktestScale(runs.specification, problem: runs.problem, table: table, formula: formula)
    }

    /// Where the law that was fitted is asked: of a chain, with what the steps before predict.
    private var questions: [Question] {
        guard let asked else { return [] }
        guard let chain else { return (0..<min(asked.count, 3)).map { .value(asked[$0]) } }
        guard let predictions = try? predictions ?? chain.predict(asked, set: request.set) else { return [] }
        return predictions.prefix(3).map { prediction in
            .value(Point(prediction.point.values.filter { law.input($0.key) != nil }))
        }
    }

    private mutating func takeSensitivity() {
        guard let runs = subject.runs else { return lack("sensitivity", subject.lack ?? "") }
        let questions = questions
        do {
            sensitivity = try Sensitivity(
                runs.specification, law: subject.source ?? subject.law, table: runs.table, seed: runs.fit.seed,
                level: request.level ?? 0.95, group: nil, size: 5, fitted: runs.fit
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
        (study.chain, study.beside) = (chain, beside)
        (study.title, study.question) = (request.title, request.question)
        study.problem = subject.runs?.problem
        (study.predictions, study.plan) = (predictions, plan)
        study.isAsked = request.at?.isEmpty == false || request.budget != nil || request.target != nil
        study.plates = plates
        study.backtest = backtest.map { .backtest($0) }
        if let runs = subject.runs {
            study.sensitivity = sensitivity.map { .sensitivity($0, runs.specification, table: runs.table) }
        }
        study.next = next.map { .next($0) }
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
            page: ReportTree(report), fit: fit,
            predictions: predictions.map { PredictReply($0, chain?.shown ?? law, last: law) },
            plan: plan.map { PlanReply($0, nil) },
            next: next.map { NextReply($0) },
            backtest: backtest.map { BacktestReply($0, law: subject.source?.id, saved: nil) },
            sensitivity: sensitivity.flatMap { made in
                runs.map { SensitivityReply(made, $0.specification, law: subject.source?.id) }
            },
            published: try? beside.map { beside in
                ReportReply.Published(
                    law: beside.law.id, formula: beside.law.formula.map { "\($0)" } ?? "",
                    coefficients: try beside.law.coefficients(),
                    predictions: beside.predictions.map { made in
                        PredictReply(
                            made, beside.alternative?.shown ?? beside.law,
                            last: beside.alternative?.last ?? beside.law)
                    },
                    plan: beside.plan.map { PlanReply($0, nil) })
            },
            absent: absences.map { .init(part: $0.part, reason: $0.reason) })
    }
}

extension Law {
    /// The estimates by name.
    fileprivate func coefficients() throws -> [String: Double] {
        let estimates = try estimates()
        return Dictionary(zip(estimates.names, estimates.values)) { first, _ in first }
    }
}
