// A pool of runs to buy from: a public table without its largest runs, or a world whose law is known.

import Fitting
import Formulas
import Scaling
import Tables

/// Runs with their costs, a law to fit to those that were bought, and what the fit is wanted for.
public struct RunPool: Sendable {
    public let name: String
    let specification: Specification
    let table: Table
    let costs: [Double]
    /// One row a place at which the law is wanted.
    let targets: Table
    /// The law's value that counts as true at each of them.
    let truth: [Double]
    /// What was measured there; empty in a simulated world.
    let measured: [Double]
    /// The root mean square over targets of the standard error of the full pool's fit, in logarithms.
    let standardError: Double
    /// How many starts of a fit are polished; nil leaves it to the fit. The routed law, all of whose parameters are searched
    /// for, takes fifty milliseconds otherwise, and fifty thousand fits are made.
    var polished: Int?
    /// The law's true parameters, in a simulated world.
    var parameters: [String: Double]?

    var count: Int { table.rowCount }

    /// The root mean square of ln (predicted / `values`) over the targets.
    func error(_ fit: Fit, law: Law, from values: [Double]) -> Double {
        guard let predicted = try? self.predicted(fit, law: law) else { return .infinity }
        let squares = zip(predicted, values).reduce(0) { sum, pair in
            let step = Elementary.ln(pair.0 / pair.1)
            return sum + step * step
        }
        let error = (squares / Double(values.count)).squareRoot()
        return error.isFinite ? error : .infinity
    }

    func predicted(_ fit: Fit, law: Law) throws -> [Double] {
        try law.predict(try points(targets, law), source: .delta).values
    }

    func points(_ table: Table, _ law: Law) throws -> Points {
        let columns = specification.columns.filter { name, _ in law.inputs.contains { $0.name == name } }
        return try Points(table, for: law, columns: columns)
    }

    /// The fit to some of the pool, with the law that it gives; nil where there is none.
    func fit(_ rows: [Int]) -> (fit: Fit, law: Law)? {
        guard let problem = try? Problem(specification, table: table.rows(at: rows)),
            let fit = try? Fit(problem, starts: polished)
        else { return nil }
        return (fit, Law(fit, specification: specification, id: "pool", title: "", version: ""))
    }

    /// So many runs at random from the cheapest two fifths, or from a quarter more than that number where these are fewer.
    func start(of count: Int = starts, _ random: inout RandomSource) -> [Int] {
        let order = costs.indices.sorted { costs[$0] == costs[$1] ? $0 < $1 : costs[$0] < costs[$1] }
        var cheap = Array(order.prefix(max(count + count / 4, Int(0.4 * Double(order.count)))))
        return (0..<min(count, cheap.count)).map { _ in cheap.remove(at: random.index(below: cheap.count)) }
    }

    static let starts = 7
}

extension RunPool {
    /// A group of a public table: its largest runs are wanted, the truth is what the fit to all others says of them.
    ///
    /// - Parameter largest: which rows are wanted, of those in the order of their scale.
    init(_ group: Group, name: String, isTarget: (_ place: Int, _ row: Int, _ count: Int) -> Bool) throws {
        let response = group.specification.columns["loss"]?.prediction ?? .name("loss")
        let losses = try group.table.values(of: response)
        let order = group.scale.indices.filter { losses[$0].isFinite }.sorted { group.scale[$0] < group.scale[$1] }
        var (kept, wanted): ([Int], [Int]) = ([], [])
        for (place, row) in order.enumerated() {
            if isTarget(place, row, order.count) { wanted.append(row) } else { kept.append(row) }
        }
        let (table, targets) = (group.table.rows(at: kept), group.table.rows(at: wanted))
        let whole = RunPool(
            name: name, specification: group.specification, table: table, costs: kept.map { group.scale[$0] },
            targets: targets, truth: [], measured: wanted.map { losses[$0] }, standardError: 0)
        guard let (_, law) = whole.fit(Array(kept.indices)) else { throw ExtrapolationError.noFit(name) }
        let made = try law.predict(try whole.points(targets, law), source: .delta)
        let errors = made.standardErrors ?? []
        let square = errors.reduce(0) { $0 + $1 * $1 } / Double(max(1, errors.count))
        self.init(
            name: name, specification: whole.specification, table: table, costs: whole.costs, targets: targets,
            truth: made.values, measured: whole.measured, standardError: square.squareRoot())
    }

    /// The pools of the public tables: each corpus of the over-trained runs, Chinchilla's, each router.
    public static func all(folder: String) throws -> [RunPool] {
        let overtrained = try PublicTable.overtrained(folder).groups.map { group in
            try RunPool(group, name: "overtrain_gadre \(group.name)") { place, _, count in place >= count - 2 }
        }
        let chinchilla = try PublicTable.chinchilla(folder).groups.map { group in
            try RunPool(group, name: "chinchilla_digitized") { place, _, count in place >= count - 20 }
        }
        let routed = try PublicTable.routed(folder).groups.map { group in
            let largest = group.sizes.max() ?? 0
            var pool = try RunPool(group, name: "moe_routing \(group.name)") { _, row, _ in
                group.sizes[row] == largest
            }
            pool.polished = 10
            return pool
        }
        return chinchilla + routed + overtrained
    }
}
