// The largest memory of one task in a process of its own.

import Fitting
import Tables

enum PeakMemory {
    static func run(part: String, path: String) throws {
        let start = Clock.seconds()
        if part == "events" {
            let runs = try TensorBoard.runs(in: path)
            AllometryBenchmarks.report("runs", Double(runs.count))
        } else if part != "empty" {
            let table = try Table.read(path: path)
            AllometryBenchmarks.report("rows", Double(table.rowCount))
            if part == "evaluate" {
                let result = Objective(try Chinchilla.problem(table)).gradient(Chinchilla.parameters)
                AllometryBenchmarks.report("objective", result.value)
            } else if part == "fit" {
                AllometryBenchmarks.report("objective", try Fit(Chinchilla.problem(table)).objective)
            }
        }
        AllometryBenchmarks.report("bytes", Clock.peakBytes())
        AllometryBenchmarks.report("seconds", Clock.seconds() - start)
    }
}
