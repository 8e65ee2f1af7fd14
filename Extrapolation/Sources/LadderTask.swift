// The tasks of the model ladder made ready for two steps, as their source does (Bhagia et al. 2024, section 3).

import Formulas
import Scaling
import Tables

/// A task of the ladder: columns of the table and how they weigh.
public struct LadderTask: Hashable, Sendable {
    public let name: String
    let columns: [(name: String, weight: Double)]

    public static let table = "task_ladder"

    /// MMLU's four parts weigh by their questions.
    public static let all: [LadderTask] = [
        LadderTask(
            name: "mmlu",
            columns: [
                ("mmlu_stem_test", 0.215), ("mmlu_humanities_test", 0.335), ("mmlu_social_sciences_test", 0.219),
                ("mmlu_other_test", 0.231),
            ]),
        LadderTask(name: "hellaswag", columns: [("hellaswag_val", 1)]),
        LadderTask(name: "arc-challenge", columns: [("arc_challenge_test", 1)]),
        LadderTask(name: "arc-easy", columns: [("arc_easy_test", 1)]),
        LadderTask(name: "piqa", columns: [("piqa_val", 1)]),
        LadderTask(name: "csqa", columns: [("csqa_val", 1)]),
        LadderTask(name: "socialiqa", columns: [("socialiqa_val", 1)]),
        LadderTask(name: "openbookqa", columns: [("openbookqa_test", 1)]),
    ]

    public static func == (one: LadderTask, other: LadderTask) -> Bool { one.name == other.name }
    public func hash(into hasher: inout Hasher) { hasher.combine(name) }

    /// Both tables of the task, and what the large models reached.
    struct Runs {
        /// A row a run: `params`, `tokens`, and `bpb`, the mean of its last five checkpoints.
        let losses: Table
        /// A row a checkpoint after the first tenth of its run, five of them averaged: besides, `run` and `accuracy`.
        let checkpoints: Table
        let targets: [Target]
    }

    struct Target {
        let name: String
        let parameters: Double
        let tokens: Double
        let loss: Double
        let accuracy: Double
    }

    private static let targets = [("7B", "peteish7_eval_anneal"), ("13B", "peteish13_eval_final")]
    private static let window = 5

    /// Reads the task from the public table: runs of 190M to 1.3B at one to ten times Chinchilla's tokens, none of them a
    /// repetition.
    func runs(_ table: Table) throws -> Runs {
        let (run, model) = (try table.column("run").labels(), try table.column("model").labels())
        let (role, rerun) = (try table.column("role").labels(), try table.numbers("rerun"))
        let multiple = try table.numbers("chinchilla_multiple")
        let (params, tokens) = (try table.numbers("params"), try table.numbers("tokens"))
        let (loss, accuracy) = (try values(table, "_bpb"), try values(table, "_acc"))
        var rows: [String: [Int]] = [:]
        for row in 0..<table.rowCount
        where role[row] == "ladder" && rerun[row] == 0 && multiple[row] >= 1 && model[row] != "3B" {
            rows[run[row] ?? "", default: []].append(row)
        }
        let runs = rows.sorted { $0.key < $1.key }
        func mean(_ rows: ArraySlice<Int>, _ values: [Double]) -> Double {
            rows.reduce(0) { $0 + values[$1] } / Double(rows.count)
        }
        let last = runs.compactMap(\.value.last)
        var (names, kept, x, y): ([String], [Int], [Double], [Double]) = ([], [], [], [])
        for (name, own) in runs {
            let later = own.dropFirst((own.count + 9) / 10)
            for place in later.indices {
                let window = later[max(later.startIndex, place - Self.window + 1)...place]
                names.append(name)
                kept.append(own[place])
                x.append(mean(window, loss))
                y.append(mean(window, accuracy))
            }
        }
        return Runs(
            losses: Table(
                name: "losses",
                columns: [
                    Column(name: "params", numbers: last.map { params[$0] }),
                    Column(name: "tokens", numbers: last.map { tokens[$0] }),
                    Column(name: "bpb", numbers: runs.map { mean($0.value.suffix(Self.window), loss) }),
                ]),
            checkpoints: Table(
                name: "checkpoints",
                columns: [
                    Column(name: "run", labels: names),
                    Column(name: "params", numbers: kept.map { params[$0] }),
                    Column(name: "tokens", numbers: kept.map { tokens[$0] }), Column(name: "bpb", numbers: x),
                    Column(name: "accuracy", numbers: y),
                ]),
            targets: Self.targets.compactMap { name, key in
                // Rows of a target are one model, the last of them its final state.
                (0..<table.rowCount).last { run[$0] == key }.map {
                    Target(
                        name: name, parameters: params[$0], tokens: tokens[$0], loss: loss[$0], accuracy: accuracy[$0]
                    )
                }
            })
    }

    private func values(_ table: Table, _ ending: String) throws -> [Double] {
        var total = [Double](repeating: 0, count: table.rowCount)
        for (name, weight) in columns {
            for (row, value) in try table.numbers(name + ending).enumerated() { total[row] += weight * value }
        }
        return total
    }
}
