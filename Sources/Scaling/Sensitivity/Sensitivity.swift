// How far an answer hangs on choices and on single runs.

import Fitting
import Formulas
import Tables

/// What becomes of the answers of a fit when it is made otherwise, and when runs are left out.
public struct Sensitivity: Sendable {
    /// A number that was asked for.
    public struct Answer: Sendable {
        public let name: String
        public let estimate: Double
        public let interval: ConfidenceInterval
        /// By the delta method; nil where it is not known.
        public let standardError: Double?
    }

    /// Another way to fit.
    public struct Alternative: Sendable {
        /// `loss`, `exclusion`, `counting`, `start` or `minimum`.
        public let kind: String
        public let name: String
        public let observations: Double
        /// One an answer; nil where it could not be had.
        public let values: [Double?]
        /// Whether the search ended in a certified minimum.
        public let isConverged: Bool
        /// Why there is no fit.
        public let failure: String?
    }

    /// A run, or a group of them, that was left out.
    public struct Run: Sendable {
        /// `line 12`, the label of a group, or the label that names the row.
        public let name: String
        /// The rows of the table, counted from 0.
        public let rows: [Int]
        /// Of a single row: its residual on its scale.
        public let residual: Double?
        /// One an answer: the answer without it less the answer with it; nil without a refit.
        public let shifts: [Double?]
        /// The largest of the shifts in standard errors.
        public let size: Double
        public let failure: String?
    }

    /// Runs that move an answer together.
    public struct Together: Sendable {
        public let answer: Int
        /// In the order in which they were left out.
        public let names: [String]
        public let rows: [[Int]]
        /// The answer after each of them.
        public let values: [Double]
        public let isLowering: Bool
    }

    public struct Outlier: Sendable {
        public let name: String
        public let row: Int
        /// When those before it were left out.
        public let residual: Double
        public let deviate: Double
        public let threshold: Double
        /// The answers without it and all before it; nil without a refit.
        public let values: [Double?]
    }

    public let fit: Fit
    public let law: Law
    public let answers: [Answer]
    public let alternatives: [Alternative]
    /// The refits without each unit.
    public let influence: Influence
    /// The units that were left out, the most influential first.
    public let runs: [Run]
    /// How many units a linear estimate passed over.
    public let passedOver: Int
    /// For each answer the sets that lower and raise it.
    public let sets: [Together]
    public let outliers: [Outlier]
    /// The column whose labels are left out together; nil for rows.
    public let group: String?
    public let level: Double
    public let warnings: [Warning]

    /// - Parameters:
    ///   - questions: what is asked; nil asks for the exponents. Points are given the law of the fit.
    ///   - group: a column whose rows are left out together: the checkpoints of a run. Under a law of whole curves that is
    ///     the column of the schedules, where there are several: a row of a curve says what its neighbours say.
    ///   - size: how many runs an influential set may have.
    ///   - fitted: the fit of that table, where it was made already.
    /// - Throws: `FitError`, `TableError`, ``ScalingError``.
    public init(
        _ specification: Specification, law source: Law? = nil, table: Table, starts: Int? = nil, seed: UInt64 = 1,
        level: Double = 0.95, group: String? = nil, size: Int = 5, fitted: Fit? = nil,
        questions: ((_ law: Law, _ problem: Problem) throws -> [Question])? = nil
    ) throws {
        guard level > 0, level < 1 else { throw FitError.badLevel(level) }
        let problem = try fitted?.problem ?? Problem(specification, table: table)
        let fit = try fitted ?? Fit(problem, starts: starts, seed: seed)
        let law = Law(
            fit, specification: specification, of: source, id: source?.id ?? "fit", title: "fit", version: "",
            table: table)
        let given = try questions?(law, problem) ?? []
        let asked = given.isEmpty ? Question.usual(problem) : given
        let estimands = try asked.map { question in try question.estimand(of: problem) }
        let profiles = try Uncertainty(fit, level: level, method: .delta, estimands: estimands).profiles
        let delta = DeltaMethod(fit)
        answers = zip(estimands, profiles).map { estimand, profile in
            Answer(
                name: estimand.name, estimate: profile.estimate, interval: profile.interval,
                standardError: delta.standardError(estimand))
        }
        let base = Scenario.Base(
            specification: specification, table: table.rows(at: problem.rows), fit: fit, starts: starts)
        let scenarios = Scenario.all(base, law: law)
        alternatives =
            Threads.map(scenarios.count) { Self.outcome(scenarios[$0], asked) } + Self.minima(fit, estimands)
        let group = group ?? Self.columnOfCurves(specification, base.table)
        let units = try LeftOut(problem, table, group)
        let influence = Influence(fit, groups: units.groups)
        let residuals = fit.residuals()
        let errors = answers.map(\.standardError)
        runs = Self.runs(influence, units, estimands, errors, residuals, problem)
        passedOver = influence.passedOver
        sets = estimands.enumerated().flatMap { place, estimand in
            Self.sets(influence, units, size, place, estimand)
        }
        outliers = Outliers(fit).suspects.map { suspect in
            Outlier(
                name: units.name(ofRow: suspect.row), row: problem.rows[suspect.row], residual: suspect.residual,
                deviate: suspect.deviate, threshold: suspect.threshold,
                values: estimands.map { estimand in suspect.parameters.map(estimand.value) })
        }
        (self.fit, self.influence) = (fit, influence)
        self.law = law
        self.group = group
        self.level = level
        warnings =
            fit.warnings
            + Self.warnings(answers, alternatives, runs, outliers, observation: law.observation)
    }

    private static func columnOfCurves(_ specification: Specification, _ table: Table) -> String? {
        guard let input = specification.formula.scheduleColumns.first?.schedule else { return nil }
        guard case .symbol(let symbol) = specification.columns[input]?.prediction ?? .name(input),
            let labels = table[symbol.name]?.labels(), Set(labels.codes.filter { $0 >= 0 }).count > 1
        else { return nil }
        return symbol.name
    }

    // MARK: - Other ways to fit

    private static func outcome(_ scenario: Scenario, _ questions: [Question]) -> Alternative {
        func alternative(_ fit: Fit?, _ failure: String?) -> Alternative {
            Alternative(
                kind: scenario.kind.rawValue, name: scenario.name,
                observations: fit?.observations ?? Double(scenario.table.rowCount),
                values: questions.map { question in
                    // A point says how many parameters as the law counted them; counted otherwise they are others.
                    if scenario.kind == .counting, case .value = question { return nil }
                    guard let fit, let value = try? question.estimand(of: fit.problem).value(fit.coefficients) else {
                        return nil
                    }
                    return value.isFinite ? value : nil
                }, isConverged: fit?.termination.isConverged ?? false, failure: failure)
        }
        do {
            let problem = try Problem(scenario.specification, table: scenario.table)
            return alternative(try Fit(problem, starts: scenario.starts, seed: scenario.seed), nil)
        } catch {
            let text = "\(error)"
            return alternative(nil, String(text.prefix { $0 != "\n" }))
        }
    }

    private static func minima(_ fit: Fit, _ estimands: [Estimand]) -> [Alternative] {
        fit.alternatives.map { other in
            let more = 100 * (other.objective / fit.objective - 1)
            return Alternative(
                kind: "minimum", name: "another minimum, objective +\(Numeral.short(more, digits: 2)) %",
                observations: fit.observations, values: estimands.map { $0.value(other.parameters) },
                isConverged: true, failure: nil)
        }
    }

    // MARK: - Runs

    private static func runs(
        _ influence: Influence, _ units: LeftOut, _ estimands: [Estimand], _ errors: [Double?], _ residuals: [Double],
        _ problem: Problem
    ) -> [Run] {
        let center = estimands.map { $0.value(influence.fit.coefficients) }
        return influence.deletions.map { deletion in
            let shifts = estimands.indices.map { place -> Double? in
                guard let parameters = deletion.parameters else { return nil }
                let shift = estimands[place].value(parameters) - center[place]
                return shift.isFinite ? shift : nil
            }
            // Without standard errors, by the size of the answer itself.
            let sizes = shifts.enumerated().compactMap { place, shift in
                shift.map { ($0 / (errors[place].flatMap { $0 > 0 ? $0 : nil } ?? center[place])).magnitude }
            }
            return Run(
                name: units.names[deletion.group], rows: deletion.rows.map { problem.rows[$0] },
                residual: deletion.rows.count == 1 ? residuals[deletion.rows[0]] : nil, shifts: shifts,
                size: sizes.filter { !$0.isNaN }.max() ?? 0, failure: deletion.failure)
        }.sorted { $0.size > $1.size || ($0.size == $1.size && $0.rows.lexicographicallyPrecedes($1.rows)) }
    }

    private static func sets(
        _ influence: Influence, _ units: LeftOut, _ size: Int, _ answer: Int, _ estimand: Estimand
    ) -> [Together] {
        // Groups that are most of the table are the table.
        let most = max(1, min(size, units.groups.count / 4))
        guard most > 1 else { return [] }
        let found = InfluentialSet.found(influence, groups: units.groups, size: most) { estimand.value($0) }
        return [(found.lowering, true), (found.raising, false)].compactMap { set, isLowering in
            if set.groups.isEmpty { return nil }
            return Together(
                answer: answer, names: set.groups.map { units.names[$0] },
                rows: set.groups.map { group in
                    units.groups[group].map { influence.fit.problem.rows[$0] }
                }, values: set.values, isLowering: isLowering)
        }
    }

    // MARK: - Doubts

    private static func warnings(
        _ answers: [Answer], _ alternatives: [Alternative], _ runs: [Run], _ outliers: [Outlier], observation: String
    ) -> [Warning] {
        var warnings: [Warning] = []
        for (place, answer) in answers.enumerated() {
            let known = alternatives.filter { $0.values[place] != nil && $0.isConverged }
            let outside = known.filter { other in other.values[place].map { !answer.interval.contains($0) } ?? false }
            if outside.isEmpty { continue }
            warnings.append(
                Warning(
                    code: "sensitive-answer",
                    message:
                        "\(answer.name) leaves its interval in \(outside.count) of \(known.count) other ways to fit",
                    hint: "the interval knows of chance alone; say with the answer which choice it rests on"))
        }
        if let first = runs.first, first.size > 1 {
            warnings.append(
                Warning(
                    code: "influential-run",
                    message:
                        "\(first.name) alone moves an answer by \(Numeral.short(first.size, digits: 2)) standard errors",
                    hint: "look at it before you rely on the answer"))
        }
        if !outliers.isEmpty {
            warnings.append(
                Warning(
                    code: "suspected-outliers",
                    message:
                        "\(outliers.count) \(observation)\(outliers.count == 1 ? " lies" : "s lie") "
                        + "farther from the law than chance explains",
                    hint: "find out why before you leave any out; nothing was left out here"))
        }
        return warnings
    }
}

extension Sensitivity {
    /// The least and the largest value of an answer over all other ways to fit that converged, with their names; nil
    /// without any.
    public func range(
        ofAnswer place: Int
    ) -> (lowest: (value: Double, name: String), highest: (value: Double, name: String))? {
        let known = alternatives.filter(\.isConverged).compactMap { other in
            other.values[place].map { (value: $0, name: other.name) }
        }
        guard let lowest = known.min(by: { $0.value < $1.value }),
            let highest = known.max(by: { $0.value < $1.value })
        else { return nil }
        return (lowest, highest)
    }
}
