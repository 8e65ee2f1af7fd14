// The tool's own choice of a law: the average that `select --laws all` leaves of the runs below a cutoff.

import Fitting
import Formulas
import Scaling
import Tables

/// Intervals of new runs by the average of every law of the atlas that a group can feed.
public struct OwnChoice: Sendable {
    public struct Outcome: Sendable {
        /// Relative to the fixed law's prediction, one a test.
        public let intervals: [(lower: Double, upper: Double)]
        /// Laws in the average, and the one with the largest weight.
        public let laws: Int
        public let heaviest: String
        /// Of the mean over tests of squares: the average's residual, and the fixed law's.
        public let squares: (average: Double, fixed: Double)
    }

    private let level: Double
    private let mostParameters: Int

    /// - Parameter mostParameters: laws with more are left out: a power law with six breaks takes minutes.
    public init(level: Double, mostParameters: Int) {
        (self.level, self.mostParameters) = (level, mostParameters)
    }

    /// Settings of the average. Those that are shipped were learned on learning curves: these have the same form with
    /// nothing learned, half of the weight equal and cutoffs weighed by their share of the runs.
    static func averaging(_ table: String) -> Averaging {
        guard table == "learning_curves" else { return .publicCurves }
        return Averaging(blend: 0.5, sharpness: 3, nearness: 1, trust: 0, record: [:])
    }

    /// - Parameter widening: learned without the case's table.
    /// - Returns: nil where no law can be fitted.
    public func outcome(_ item: Case, _ cutoff: BacktestCutoff, _ widening: Widening) throws -> Outcome? {
        let group = item.source
        let fitted = group.scale.indices.filter { group.scale[$0] <= cutoff.limit }
        let below = group.table.rows(at: fitted)
        let scale = BacktestScale(
            formula: try Formula(Self.scaleName), values: fitted.map { group.scale[$0] },
            sizes: fitted.map { group.sizes[$0] })
        var candidates: [Candidate] = []
        var known: [(parameters: Int, objective: Double)] = []
        for id in Self.laws(group) {
            let law = try Atlas.embedded.law(id)
            guard let specification = try? Self.specification(law, group),
                let problem = try? Problem(specification, table: below), problem.parameters.count <= mostParameters,
                let fit = try? Fit(problem)
            else { continue }
            // A twin would be dropped after its backtests, as `select` does.
            let isTwin = known.contains {
                $0.parameters <= problem.parameters.count
                    && ($0.objective - fit.objective).magnitude <= 1e-7 * $0.objective
            }
            if isTwin { continue }
            known.append((problem.parameters.count, fit.objective))
            guard
                let candidate = try? Candidate(
                    name: id, specification, of: law, table: below, scale: scale, plan: Averaging.plan(),
                    widening: widening)
            else { continue }
            candidates.append(candidate)
        }
        _ = candidates.keepComparable()
        _ = candidates.dropTwins()
        if candidates.isEmpty { return nil }
        let selection = Selection(candidates, averaging: Self.averaging(item.table))
        let average = selection.average()
        let above = group.table.rows(at: cutoff.tests.map(\.row))
        let columns = group.specification.columns.filter { average.input($0.key) != nil }
        let points = try Points(above, for: average, columns: columns)
            .adding(Self.scaleName, cutoff.tests.map { $0.distance * cutoff.limit })
        let found = try average.predict(points, level: level, interval: .observation)
        let residual = group.specification.residual
        var (intervals, squares): ([(lower: Double, upper: Double)], (average: Double, fixed: Double)) = ([], (0, 0))
        for (row, test) in cutoff.tests.enumerated() {
            let fixed = residual.transformed(test.predicted)
            func relative(_ value: Double?) -> Double { value.map { residual.transformed($0) - fixed } ?? .nan }
            intervals.append((relative(found.lower?[row]), relative(found.upper?[row])))
            let own = test.residual - relative(found.values[row])
            squares.average += own * own / Double(cutoff.tests.count)
            squares.fixed += test.residual * test.residual / Double(cutoff.tests.count)
        }
        let heaviest = average.members.max { $0.weight < $1.weight }?.law.id ?? ""
        return Outcome(intervals: intervals, laws: average.members.count, heaviest: heaviest, squares: squares)
    }

    /// `table, error of the average, of the fixed law, ratio`: root mean squares over cutoffs, geometric mean of ratios.
    public static func errors(_ outcomes: [(table: String, outcome: Outcome)]) -> [[String]] {
        var rows = [["table", "cutoffs", "own choice", "fixed law", "ratio"]]
        for table in outcomes.reduce(into: [String](), { if !$0.contains($1.table) { $0.append($1.table) } }) {
            let own = outcomes.filter { $0.table == table }.map(\.outcome.squares)
            let ratio = Tally.mean(own.map { Elementary.ln($0.average / $0.fixed) / 2 })
            func root(_ values: [Double]) -> String { Numeral.fixed(Tally.mean(values).squareRoot(), decimals: 4) }
            rows.append([
                table, "\(own.count)", root(own.map(\.average)), root(own.map(\.fixed)),
                Numeral.fixed(Elementary.exp(ratio), decimals: 2),
            ])
        }
        return rows
    }

    private static let scaleName = "size_of_the_run"

    /// Laws whose inputs and response the group names or its table has as columns, as `--laws all` takes them.
    static func laws(_ group: Group) -> [String] {
        let named = Set(group.specification.columns.keys)
        func has(_ name: String) -> Bool { named.contains(name) || group.table[name] != nil }
        return Atlas.embedded.ids.filter { id in
            guard let law = try? Atlas.embedded.law(id), law.kind == .law, let response = law.response?.name,
                let formula = law.formula
            else { return false }
            return !law.inputs.isEmpty && law.inputs.allSatisfy { has($0.name) } && has(response)
                && !law.parameterSymbols.isEmpty && formula.scheduleColumns.isEmpty
        }
    }

    // By least squares on the group's scale, as `select` fits every law.
    private static func specification(_ law: Law, _ group: Group) throws -> Specification {
        var specification = try law.specification()
        let used = Set(specification.formula.symbols.map(\.name) + [law.response?.name ?? ""])
        specification.columns = group.specification.columns.filter { used.contains($0.key) }
        specification.condition = nil
        (specification.loss, specification.residual) = (.squared, group.specification.residual)
        return specification
    }
}

extension Method {
    /// The own choice at every cutoff; a cutoff without one holds nothing.
    ///
    /// - Parameter told: each case with its cutoff's outcome, as they are done.
    public static func own(
        _ cases: [Case], level: Double, mostParameters: Int, widening: (String) -> Widening,
        told: (Case, OwnChoice.Outcome?) -> Void
    ) -> [Tally] {
        let choice = OwnChoice(level: level, mostParameters: mostParameters)
        return Tally.of(cases, level: level) { item, cutoff in
            let outcome = try? choice.outcome(item, cutoff, widening(item.table))
            told(item, outcome)
            return outcome?.intervals ?? cutoff.tests.map { _ in (.nan, .nan) }
        }
    }
}
