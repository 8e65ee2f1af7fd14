// The task ladder: one row a run, its bits per byte those of its last checkpoints.

import Scaling
import Tables

extension PublicTable {
    /// Both large models under one name each: the other rows are the same model before annealing, or the same row again.
    private static let targets = ["peteish7_eval_anneal", "peteish13_eval_final"]
    private static let lastCheckpoints = 5

    static func ladder(_ folder: String) throws -> PublicTable {
        let table = try read(folder, "task_ladder")
        let responses = table.columns.map(\.name).filter { $0.hasSuffix("_bpb") }
        let runs = try ladderRuns(table, columns: ["params", "tokens"] + responses)
        let groups = try responses.map { response in
            var specification = try Atlas.embedded.law("hoffmann-2022").specification()
            specification.columns = try ["N": "params", "D": "tokens", "loss": response].mapValues { try .init($0) }
            return Group(
                name: response, family: "responses", specification: specification, table: runs,
                scale: try values("6 * params * tokens", runs), sizes: try values("params", runs))
        }
        return PublicTable(name: "task_ladder", groups: groups, plan: BacktestPlan())
    }

    /// A row a run: sizes from its last checkpoint, responses the mean of its last five; of a target the last row alone.
    static func ladderRuns(_ table: Table, columns: [String]) throws -> Table {
        let (names, roles) = (try table.column("run").labels(), try table.column("role").labels())
        let all = try columns.map { try table.numbers($0) }
        var order: [String] = []
        var rows: [String: [Int]] = [:]
        for row in 0..<table.rowCount {
            let name = names[row] ?? ""
            if roles[row] == "target", !targets.contains(name) { continue }
            if rows[name] == nil { order.append(name) }
            rows[name, default: []].append(row)
        }
        let means = zip(columns, all).map { column, values in
            Column(
                name: column,
                numbers: order.map { name in
                    let own = rows[name] ?? []
                    let some =
                        column.hasSuffix("_bpb") && !targets.contains(name)
                        ? own.suffix(lastCheckpoints) : own.suffix(1)
                    return some.reduce(0) { $0 + values[$1] } / Double(some.count)
                })
        }
        return Table(name: table.name, columns: means)
    }
}
