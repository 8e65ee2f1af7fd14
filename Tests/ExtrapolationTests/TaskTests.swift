// Accuracies through losses, and the tool's own choice of a law: what is scored beside the fixed laws.

import Fitting
import Formulas
import Foundation
import Scaling
import Tables
import Testing

@testable import Extrapolation

/// The folder with the public tables, or nil.
private let folder: String? = {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    let beside = root.deletingLastPathComponent().appending(path: "shared/data").path
    let found = ProcessInfo.processInfo.environment["ALLOMETRY_DATA"] ?? beside
    return FileManager.default.fileExists(atPath: found + "/task_ladder.csv") ? found : nil
}()

private func settings() throws -> Settings {
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Extrapolation/settings.txt")
    return try Settings(String(contentsOf: file, encoding: .utf8))
}

@Suite struct TaskTests {
    @Test("A task has a row a run, and a row a checkpoint after the first tenth")
    func tables() throws {
        #expect(LadderTask.all.count == 8)
        for task in LadderTask.all {
            #expect((task.columns.reduce(0) { $0 + $1.weight } - 1).magnitude < 1e-12)
        }
        let task = try #require(LadderTask.all.first { $0.name == "piqa" })
        // Two runs of ten checkpoints that count, one that is a repetition, and both large models in two rows.
        let runs = ["a", "b"].flatMap { Array(repeating: $0, count: 10) } + ["c"]
        let large = ["peteish7_eval_anneal", "peteish7_eval_anneal", "peteish13_eval_final"]
        let count = runs.count + large.count
        func numbers(_ name: String, _ values: [Double]) -> Column { Column(name: name, numbers: values) }
        let steps = (0..<20).map { Double($0 % 10) }
        let found = try task.runs(
            Table(
                name: "ladder",
                columns: [
                    Column(name: "run", labels: runs + large),
                    Column(name: "model", labels: Array(repeating: "190M", count: count)),
                    Column(name: "role", labels: runs.map { _ in "ladder" } + large.map { _ in "target" }),
                    numbers("rerun", runs.map { $0 == "c" ? 1 : 0 } + [0, 0, 0]),
                    numbers("chinchilla_multiple", Array(repeating: 1, count: count)),
                    numbers("params", Array(repeating: 1e8, count: 21) + [7, 7, 13]),
                    numbers("tokens", steps.map { 1e9 * ($0 + 1) } + [1, 3, 4, 5]),
                    numbers("piqa_val_bpb", steps.map { 2 - $0 / 10 } + [9, 0.9, 0.8, 0.7]),
                    numbers("piqa_val_acc", steps.map { $0 / 10 } + [9, 0.7, 0.8, 0.9]),
                ]))
        #expect(found.losses.rowCount == 2)
        // The mean over steps 5 to 9.
        #expect(try found.losses.numbers("bpb").allSatisfy { ($0 - 1.3).magnitude < 1e-12 })
        #expect(try found.losses.numbers("tokens") == [1e10, 1e10])
        // The first of ten is left out; the next stands alone, the last is the mean of five.
        #expect(found.checkpoints.rowCount == 18)
        let accuracy = try found.checkpoints.numbers("accuracy")
        #expect((accuracy[0] - 0.1).magnitude < 1e-12)
        #expect((accuracy[1] - 0.15).magnitude < 1e-12)
        #expect((accuracy[8] - 0.7).magnitude < 1e-12)
        #expect(found.targets.map(\.accuracy) == [0.8, 0.9])
        #expect(found.targets.map(\.tokens) == [4, 5])
    }

    @Test(
        "90 % intervals hold ARC at 7B and 13B, at most 15 points either way",
        .enabled(if: folder != nil, "the public tables are not at hand"))
    func arc() throws {
        // What `extrapolation --learn` prints for the widening without the ladder.
        let widening = Widening(
            name: "without the ladder", rate: 0.148, offset: 0.492, multiple: 1.65, priorWeight: 1.13, nearness: 1,
            tail: 100)
        let score = try TaskScore(folder: try #require(folder), widening: widening, settings: try settings())
        #expect(score.rows.count == 16)
        let arc = score.rows.filter { $0.task.hasPrefix("arc-") }
        #expect(arc.count == 4)
        for row in arc {
            #expect(row.isHeld, "\(row.task) \(row.target): \(row.accuracy), \(row.interval)")
            #expect(row.halfWidth < 0.15, "\(row.task) \(row.target)")
        }
        #expect(score.rows.count(where: \.isHeld) >= 14)
        #expect(score.text.contains("ARC 4 of 4"))
    }
}

@Suite struct OwnChoiceTests {
    @Test("The own choice is an average of laws that the group can feed, with an interval for every run above")
    func average() throws {
        var random = RandomSource(seed: 17, replicate: 0)
        let x = (0..<24).map { 100 * Elementary.power(1.6, Double($0)) }
        let y = x.map { (2 + 30 * Elementary.power($0, -0.4)) * (1 + 0.003 * random.normal()) }
        let table = Table(
            name: "invented", columns: [Column(name: "x", numbers: x), Column(name: "y", numbers: y)])
        var specification = Specification(formula: try Formula("y ~ E + A * x^-a"))
        specification.residual = .log
        let group = Group(
            name: "all", family: "all", specification: specification, table: table, scale: x, sizes: x)
        let item = try #require(
            try Case.all([PublicTable(name: "invented", groups: [group], plan: BacktestPlan())]).first)
        let laws = OwnChoice.laws(group)
        #expect(laws.contains("alabdulmohsin-2022-m2"))
        #expect(!laws.contains("hoffmann-2022"))
        let cutoff = try #require(item.cutoffs.last)
        let choice = OwnChoice(level: 0.9, mostParameters: 3)
        let outcome = try #require(try choice.outcome(item, cutoff, .publicTables))
        #expect(outcome.laws >= 2)
        #expect(outcome.intervals.count == cutoff.tests.count)
        #expect(outcome.intervals.allSatisfy { $0.lower < $0.upper && $0.lower.isFinite && $0.upper.isFinite })
        #expect(outcome.squares.average < 0.01)
        #expect(try OwnChoice(level: 0.9, mostParameters: 0).outcome(item, cutoff, .publicTables) == nil)
        // Settings that were learned on learning curves are not used on them.
        #expect(OwnChoice.averaging("learning_curves").record.isEmpty)
        #expect(OwnChoice.averaging("task_ladder") == .publicCurves)
    }
}
