// The public tables that extrapolation is scored on: which law, which groups, what counts as compute.

import Fitting
import Formulas
import Scaling
import Tables

/// One group of a public table: runs that one law is fitted to.
public struct Group: Sendable {
    /// The corpus, set-up, router, response or curve.
    public let name: String
    /// Groups of one family are averaged before families are.
    public let family: String
    public let specification: Specification
    public let table: Table
    /// Compute, or examples seen, one a row.
    public let scale: [Double]
    /// What counts as a size, one a row.
    public let sizes: [Double]
}

/// A public table as it is scored.
public struct PublicTable: Sendable {
    public let name: String
    /// Its groups, in the order of the file.
    public let groups: [Group]
    public let plan: BacktestPlan

    /// All of them, in alphabetical order of their names, read from a folder.
    public static func all(folder: String) throws -> [PublicTable] {
        try [
            chinchilla(folder), dataConstrained(folder), isoFLOP(folder), learningCurves(folder), overtrained(folder),
            routed(folder), ladder(folder),
        ]
    }

    static func read(_ folder: String, _ name: String) throws -> Table {
        try Table.read(path: "\(folder)/\(name).csv")
    }

    // MARK: - Chinchilla's form

    static func chinchilla(_ folder: String) throws -> PublicTable {
        let table = try kept(try read(folder, "chinchilla_digitized"), "dropped_by_source == 0")
        let group = try group(
            "chinchilla", table, law: "hoffmann-2022", columns: ["N": "params", "D": "tokens_derived"], scale: "flops"
        )
        return PublicTable(name: "chinchilla_digitized", groups: [group], plan: BacktestPlan())
    }

    static func isoFLOP(_ folder: String) throws -> PublicTable {
        let table = try read(folder, "isoflop_porian")
        let keys = ["dataset", "hparams", "warmup", "decay", "flop_count", "loss_split"]
        let groups = try parts(table, by: keys).map { labels, part in
            try group(
                labels.joined(separator: "/"), family: labels.prefix(4).joined(separator: "/"), part,
                law: "hoffmann-2022", columns: ["N": "params", "D": "tokens"], scale: "flops")
        }
        return PublicTable(name: "isoflop_porian", groups: groups, plan: BacktestPlan())
    }

    static func overtrained(_ folder: String) throws -> PublicTable {
        let groups = try parts(try read(folder, "overtrain_gadre"), by: ["dataset"]).map { labels, part in
            try group(
                labels[0], part, law: "hoffmann-2022",
                columns: ["N": "params", "D": "tokens", "loss": "loss_c4_val"], scale: "flops_6nd_derived")
        }
        return PublicTable(name: "overtrain_gadre", groups: groups, plan: BacktestPlan())
    }

    // MARK: - Other laws

    /// Chinchilla's form in which repeated tokens are worth exponentially less (Muennighoff et al. 2023).
    static let repeatedData = """
        let R = max(D / U - 1, 0); let D_eff = U - U * Rd * expm1(-R / Rd); loss ~ E + A / N^alpha + B / D_eff^beta
        """

    static func dataConstrained(_ folder: String) throws -> PublicTable {
        let table = try kept(try read(folder, "data_constrained"), "in_source_fit == 1")
        var specification = Specification(formula: try Formula(repeatedData))
        for name in ["E", "A", "alpha", "B", "beta", "Rd"] { specification.bounds[name] = Bound(lower: 0) }
        (specification.loss, specification.residual) = (.huber(1e-3), .log)
        specification.columns = try ["N": "params", "D": "tokens", "U": "unique_tokens"].mapValues { try Formula($0) }
        let group = Group(
            name: "data_constrained", family: "data_constrained", specification: specification, table: table,
            scale: try values("6 * params * tokens", table), sizes: try values("params", table))
        return PublicTable(name: "data_constrained", groups: [group], plan: BacktestPlan())
    }

    static func routed(_ folder: String) throws -> PublicTable {
        let table = try kept(
            try read(folder, "moe_routing"),
            "is_last == 1 and experts_per_token == 1 and routing_frequency == 0.5 and flop_increase == 1 and "
                + "router != \"Dense\"")
        let groups = try parts(table, by: ["router"]).map { labels, part in
            try group(
                labels[0], part, law: "clark-2022",
                columns: ["N": "params_dense", "E": "experts", "loss": "loss_validation"], scale: "flops_per_step")
        }
        return PublicTable(name: "moe_routing", groups: groups, plan: BacktestPlan())
    }

    static func learningCurves(_ folder: String) throws -> PublicTable {
        let table = try read(folder, "learning_curves")
        let groups = try parts(table, by: ["domain", "task", "model"]).map { labels, part in
            try group(
                labels.joined(separator: "/"), part, law: "alabdulmohsin-2022-m2",
                columns: ["x": "seen_examples", "y": "loss"], scale: "seen_examples", sizes: "seen_examples")
        }
        return PublicTable(
            name: "learning_curves", groups: groups, plan: BacktestPlan(factors: [2.2, 4, 10], fewestRuns: 8))
    }

    // MARK: - Parts

    private static func group(
        _ name: String, family: String? = nil, _ table: Table, law: String, columns: [String: String], scale: String,
        sizes: String? = nil
    ) throws -> Group {
        let specification = try Atlas.embedded.law(law).specification(
            columns: try columns.mapValues { try Formula($0) })
        return Group(
            name: name, family: family ?? name, specification: specification, table: table,
            scale: try values(scale, table), sizes: try values(sizes ?? columns["N"] ?? scale, table))
    }

    static func values(_ text: String, _ table: Table) throws -> [Double] {
        try table.values(of: try Formula(text).prediction)
    }

    static func kept(_ table: Table, _ condition: String) throws -> Table {
        let holds = try values(condition, table)
        return table.rows(at: holds.indices.filter { holds[$0] == 1 })
    }

    /// The rows of each combination of labels, in order of appearance.
    static func parts(_ table: Table, by keys: [String]) throws -> [([String], Table)] {
        let columns = try keys.map { try table.column($0).labels() }
        var order: [[String]] = []
        var rows: [[String]: [Int]] = [:]
        for row in 0..<table.rowCount {
            let labels = columns.map { $0[row] ?? "" }
            if rows[labels] == nil { order.append(labels) }
            rows[labels, default: []].append(row)
        }
        return order.map { ($0, table.rows(at: rows[$0] ?? [])) }
    }
}
