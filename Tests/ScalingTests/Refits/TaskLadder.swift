// The model ladder of Bhagia et al. 2024 made ready for its two steps, as the source does.

import Fitting
import Formulas
import Scaling
import Tables
import Testing

/// An accuracy in points.
struct Accuracy: Sendable {
    let measured: Double
    let predicted: Double

    init(_ measured: Double, _ predicted: Double) {
        self.measured = measured
        self.predicted = predicted
    }
}

/// One task, by the name of the sets of the laws: its columns in the table, and what the source's code predicts for the two targets, in points.
struct LadderTask: Sendable, CustomTestStringConvertible {
    let name: String
    let columns: [(String, Double)]
    /// Measured and predicted accuracy at 7B on 4T tokens and 13B on 5T.
    let small: Accuracy
    let large: Accuracy

    var testDescription: String { name }

    static let all: [LadderTask] = [
        LadderTask(
            name: "mmlu",
            columns: [
                ("mmlu_stem_test", 0.215), ("mmlu_humanities_test", 0.335), ("mmlu_social_sciences_test", 0.219),
                ("mmlu_other_test", 0.231),
            ], small: Accuracy(49.0, 48.4), large: Accuracy(51.6, 51.3)),
        LadderTask(
            name: "hellaswag", columns: [("hellaswag_val", 1)], small: Accuracy(81.3, 82.5),
            large: Accuracy(83.2, 85.3)),
        LadderTask(
            name: "arc-challenge", columns: [("arc_challenge_test", 1)], small: Accuracy(61.9, 51.5),
            large: Accuracy(63.8, 52.7)),
        LadderTask(
            name: "arc-easy", columns: [("arc_easy_test", 1)], small: Accuracy(84.6, 76.6),
            large: Accuracy(87.2, 77.2)),
        LadderTask(
            name: "piqa", columns: [("piqa_val", 1)], small: Accuracy(82.0, 81.2), large: Accuracy(83.0, 82.1)),
        LadderTask(
            name: "csqa", columns: [("csqa_val", 1)], small: Accuracy(72.6, 75.7), large: Accuracy(74.1, 77.6)),
        LadderTask(
            name: "socialiqa", columns: [("socialiqa_val", 1)], small: Accuracy(59.9, 58.7),
            large: Accuracy(61.6, 59.9)),
        LadderTask(
            name: "openbookqa", columns: [("openbookqa_test", 1)], small: Accuracy(49.4, 44.2),
            large: Accuracy(48.6, 44.9)),
    ]

    /// The weighted mean of the task's columns with that ending, one value a row.
    func values(_ table: Table, _ ending: String) throws -> [Double] {
        var total = [Double](repeating: 0, count: table.rowCount)
        for (name, weight) in columns {
            for (row, value) in try table.numbers(name + ending).enumerated() { total[row] += weight * value }
        }
        return total
    }
}

struct TaskLadder {
    private let table: Table
    /// The rows of each run that is fitted, in order of training.
    private let runs: [[Int]]

    init() throws {
        table = try PublicTables.table("task_ladder")
        let (run, model) = (try table.column("run").labels(), try table.column("model").labels())
        let (role, rerun) = (try table.column("role").labels(), try table.numbers("rerun"))
        let multiple = try table.numbers("chinchilla_multiple")
        var rows: [String: [Int]] = [:]
        for row in 0..<table.rowCount
        where role[row] == "ladder" && rerun[row] == 0 && multiple[row] >= 1 && model[row] != "3B" {
            rows[run[row] ?? "", default: []].append(row)
        }
        runs = rows.sorted { $0.key < $1.key }.map(\.value)
    }

    /// One row a run: parameters, tokens, and the mean bits per byte of its last five checkpoints.
    func losses(_ task: LadderTask) throws -> Table {
        let (params, tokens) = (try table.numbers("params"), try table.numbers("tokens"))
        let loss = try task.values(table, "_bpb")
        return Table(
            name: "the ladder",
            columns: [
                Column(name: "params", numbers: runs.compactMap { $0.last.map { params[$0] } }),
                Column(name: "tokens", numbers: runs.compactMap { $0.last.map { tokens[$0] } }),
                Column(name: "bpb", numbers: runs.map { Self.mean($0.suffix(5).map { loss[$0] }) }),
            ])
    }

    /// One row a checkpoint after the first tenth of each run, five of them averaged; and a model without loss that
    /// errs never.
    func accuracies(_ task: LadderTask) throws -> Table {
        let (loss, accuracy) = (try task.values(table, "_bpb"), try task.values(table, "_acc"))
        var (x, y): ([Double], [Double]) = ([], [])
        for run in runs {
            let kept = Array(run.dropFirst((run.count + 9) / 10))
            for k in kept.indices {
                let window = kept[max(0, k - 4)...k]
                x.append(Self.mean(window.map { loss[$0] }))
                y.append(Self.mean(window.map { accuracy[$0] }))
            }
        }
        return Table(
            name: "the ladder",
            columns: [Column(name: "bpb", numbers: x + [0]), Column(name: "accuracy", numbers: y + [1])])
    }

    private static func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
}
