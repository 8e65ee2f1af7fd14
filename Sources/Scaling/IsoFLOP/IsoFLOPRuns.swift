// Runs of an isoFLOP table: budget, size, data and loss of each, sorted into valleys.

import Fitting
import Formulas
import Tables

/// Which columns of a table say what.
public struct IsoFLOPColumns: Sendable {
    /// The budget: a column or an expression of columns.
    public var budget: Formula
    /// Nil looks for a column that counts parameters.
    public var size: Formula?
    /// Nil looks for a column that counts tokens, else takes C/(6N).
    public var data: Formula?
    /// Nil looks for a column called loss.
    public var loss: Formula?
    /// Only rows where this holds.
    public var condition: Formula?
    /// The column that tells the curves of an envelope apart; nil where every row is a finished run.
    public var run: String?

    public init(budget: Formula) { self.budget = budget }
}

struct IsoFLOPRuns {
    struct Run {
        let budget: Double
        let size: Double
        let data: Double
        let loss: Double
        let label: String
        let noise: Double
    }

    let tableName: String
    var runs: [Run] = []
    private(set) var omitted: [Omission] = []
    let sizeName: String
    let dataName: String
    let lossName: String
    let budgetName: String

    init(_ table: Table, _ columns: IsoFLOPColumns, noise: Formula?) throws(ScalingError) {
        tableName = table.name
        let header = table.columns.map(\.name)
        func found(_ given: Formula?, _ kind: ColumnMeaning.Kind, _ name: String) -> Expression? {
            if let given { return given.prediction }
            let known = header.filter { ColumnMeaning(ofColumn: $0)?.kind == kind }
            if header.contains(name) { return .name(name) }
            return known.count == 1
                ? .name(known[0])
                : known.first { ["params", "parameters", "tokens"].contains($0) }
                    .map { .name($0) }
        }
        guard let size = found(columns.size, .parameters, "N") else {
            throw .isoFLOP(.noColumn("N", unit: "parameters", table: table.name, header: header))
        }
        let data = found(columns.data, .tokens, "D")
        let loss = columns.loss?.prediction ?? (header.contains("loss") ? .name("loss") : nil)
        guard let loss else { throw .isoFLOP(.noColumn("loss", unit: nil, table: table.name, header: header)) }
        func name(_ expression: Expression) -> String {
            "\(Formula(definitions: [], response: nil, prediction: expression))"
        }
        sizeName = name(size)
        dataName = data.map(name) ?? "\(name(columns.budget.prediction)) / (6 * \(sizeName))"
        lossName = name(loss)
        budgetName = name(columns.budget.prediction)
        func numbers(_ expression: Expression, _ role: String) throws(ScalingError) -> [Double] {
            if let missing = expression.symbols.first(where: { table[$0.name] == nil }) {
                throw .isoFLOP(.missing(missing.name, role: role, table: table.name, header: header))
            }
            do { return try table.values(of: expression) } catch { throw .table(error) }
        }
        let budgets: [Double] = try numbers(columns.budget.prediction, "--by ")
        let sizes: [Double] = try numbers(size, "--column N=")
        let losses: [Double] = try numbers(loss, "--column loss=")
        func numbers(_ expression: Expression?, _ role: String) throws(ScalingError) -> [Double]? {
            guard let expression else { return nil }
            return try numbers(expression, role) as [Double]
        }
        let tokens = try numbers(data, "--column D=") ?? budgets.indices.map { budgets[$0] / (6 * sizes[$0]) }
        let kept = try numbers(columns.condition?.prediction, "--where ")
        let noises = try numbers(noise?.prediction, "--noise ")
        var labels: [String?]?
        if let run = columns.run {
            guard let column = table[run] else {
                throw .isoFLOP(.missing(run, role: "--run ", table: table.name, header: header))
            }
            let found = column.labels()
            labels = (0..<table.rowCount).map { found[$0] }
        }
        var counts: [String: Int] = [:]
        for row in 0..<table.rowCount {
            var reason: String?
            if let kept, !(kept[row] != 0) || kept[row].isNaN { reason = "--where" }
            for (value, name) in [
                (budgets[row], budgetName), (sizes[row], sizeName), (tokens[row], dataName), (losses[row], lossName),
            ] where reason == nil && !(value > 0 && value.isFinite) { reason = "\(name) is not above zero" }
            if let reason {
                counts[reason, default: 0] += 1
                continue
            }
            runs.append(
                Run(
                    budget: budgets[row], size: sizes[row], data: tokens[row], loss: losses[row],
                    label: labels.flatMap { $0[row] } ?? "", noise: noises?[row] ?? .nan))
        }
        omitted = counts.sorted { $0.key < $1.key }.map { Omission(reason: $0.key, count: $0.value) }
        if runs.isEmpty { throw .isoFLOP(.noRuns(table: table.name)) }
        if let bad = runs.first(where: { noise != nil && !($0.noise >= 0 && $0.noise.isFinite) }) {
            throw .isoFLOP(.badNoise(bad.noise))
        }
    }

    /// One budget with its sizes in ascending order; runs of one size, to 2 %, are averaged.
    struct Group {
        let budget: Double
        let points: ValleyPoints
        /// ln D of each size.
        let data: [Double]
        /// The standard deviation of each loss, where it was given.
        let noise: [Double]
        let runs: Int
    }

    // Runs of one size, or nearly: a curve between two points that close would have any slope.
    private static let sizeTolerance = 0.02

    private static func sizes(_ runs: [Run]) -> [(key: Double, value: [Run])] {
        var sizes: [[Run]] = []
        for run in runs.sorted(by: { $0.size < $1.size }) {
            if let first = sizes.last?.first, run.size <= first.size * (1 + sizeTolerance) {
                sizes[sizes.count - 1].append(run)
            } else {
                sizes.append([run])
            }
        }
        return sizes.map { members in
            let first = members[0].size
            if members.allSatisfy({ $0.size == first }) { return (first, members) }
            let logarithms = members.reduce(0) { $0 + Elementary.ln($1.size) }
            return (Elementary.exp(logarithms / Double(members.count)), members)
        }
    }

    /// Valleys: runs whose budgets agree within a factor.
    func groups(within tolerance: Double) -> [Group] {
        let sorted = runs.sorted { ($0.budget, $0.size) < ($1.budget, $1.size) }
        var groups: [[Run]] = []
        for run in sorted {
            if let first = groups.last?.first, run.budget <= first.budget * (1 + tolerance) {
                groups[groups.count - 1].append(run)
            } else {
                groups.append([run])
            }
        }
        return groups.map { members in
            let bySize = Self.sizes(members)
            func mean(_ runs: [Run], _ value: (Run) -> Double) -> Double {
                runs.reduce(0) { $0 + value($1) } / Double(runs.count)
            }
            let budgets = members.map { Elementary.ln($0.budget) }
            return Group(
                budget: members.count == 1 || budgets.min() == budgets.max()
                    ? members[0].budget : Elementary.exp(budgets.reduce(0, +) / Double(budgets.count)),
                points: ValleyPoints(
                    x: bySize.map { Elementary.ln($0.key) }, loss: bySize.map { mean($0.value, \.loss) }),
                data: bySize.map { Elementary.ln(mean($0.value, \.data)) },
                noise: bySize.map { mean($0.value, \.noise) / Double($0.value.count).squareRoot() },
                runs: members.count)
        }
    }
}

/// What can be wrong with the request for valleys.
public enum IsoFLOPFault: Equatable, Sendable {
    case noColumn(String, unit: String?, table: String, header: [String])
    /// The option that asked for the column, as it is typed before the name.
    case missing(String, role: String, table: String, header: [String])
    case noRuns(table: String)
    case badNoise(Double)
    case badDraws(Int)
    case badTolerance(Double)
    case noValley(table: String, reasons: [String])
}

extension IsoFLOPFault {
    var diagnostic: Diagnostic {
        switch self {
        case .noColumn(let name, let unit, let table, let header):
            let near = Suggestion.nearest(to: name, among: header)
            let need = "the valleys need \(name)\(unit.map { " [\($0)]" } ?? "")"
            return Diagnostic(
                summary: "no column '\(Diagnostic.plain(name))'",
                details: [
                    "\(table), header: \(ScalingError.list(header))",
                    near.map { "\(need); did you mean '\($0)'?" } ?? need,
                ],
                help: Suggestion.column(name, near))
        case .missing(let name, let role, let table, let header):
            let near = Suggestion.nearest(to: name, among: header)
            return Diagnostic(
                summary: "no column '\(Diagnostic.plain(name))'",
                details: ["\(table), header: \(ScalingError.list(header))"],
                help: near.map { "did you mean \(role)\(role == "--run " ? $0 : "\(Symbol($0))")?" }
                    ?? "\(role)COLUMN")
        case .noRuns(let table):
            return Diagnostic(
                summary: "\(table) has no run with a budget, a size and a loss above zero",
                help: "look at --by, --column and --where")
        case .badNoise(let noise):
            return Diagnostic(
                summary: "--noise: \(Expression.decimal(noise)) is no standard deviation",
                help: "give zero or more, or an expression of columns: --noise 0.005")
        case .badDraws(let count):
            return Diagnostic(
                summary: "--draws: '\(count)' cannot be used", help: "give 20 or more: --draws 1000")
        case .badTolerance(let tolerance):
            return Diagnostic(
                summary: "--within: '\(Expression.decimal(tolerance))' cannot be used",
                help: "give a relative difference of budgets below 1: --within 0.01")
        case .noValley(let table, let reasons):
            return Diagnostic(
                summary: "no budget of \(table) has a valley",
                details: Array(reasons.prefix(6)) + (reasons.count > 6 ? ["… (\(reasons.count) budgets)"] : []),
                help: "budgets that differ in their last digits are merged by --within 0.05; a valley needs sizes on "
                    + "both sides of the best")
        }
    }
}
