// Thousands of refits: warm, searched globally, on two threads, and on a design that hardly tells its parameters apart.

import Fitting
import Formulas
import Tables

enum BootstrapTimes {
    /// From the formula's text and a table to draws, per replicate; threads by the wall clock.
    static func run(path: String, replicates: Int) throws {
        let table = try Table.read(path: path)
        for (name, level) in Chinchilla.levels {
            let problem = try Chinchilla.problem(table, level: level)
            let fit = try Fit(problem)
            func seconds(_ kind: BootstrapKind, global: Bool = false, _ count: Int) throws -> Double {
                let start = Clock.seconds()
                _ = try Bootstrap(kind, replicates: count, global: global, threads: 1).draws(of: fit)
                return (Clock.seconds() - start) / Double(count)
            }
            AllometryBenchmarks.report("\(name).warm", try seconds(.pairs, replicates))
            AllometryBenchmarks.report("\(name).wild", try seconds(.wild(nil), replicates))
            AllometryBenchmarks.report("\(name).global", try seconds(.pairs, global: true, replicates / 4))
        }
        try threads(Fit(Chinchilla.problem(table)), replicates)
    }

    private static func threads(_ fit: Fit, _ replicates: Int) throws {
        var shortest = [Double.infinity, .infinity]
        var draws: [Draws] = []
        // In turn, and of each the shortest: what else the machine does can only lengthen a run.
        for turn in 0..<10 {
            let start = Clock.wall()
            let drawn = try Bootstrap(.pairs, replicates: replicates, threads: 1 + turn % 2).draws(of: fit)
            shortest[turn % 2] = min(shortest[turn % 2], Clock.wall() - start)
            if turn < 2 { draws.append(drawn) }
        }
        AllometryBenchmarks.report("speedup", shortest[0] / shortest[1])
        AllometryBenchmarks.report("same", draws[0] == draws[1] ? 1 : 0)
        AllometryBenchmarks.report("failures", Double(draws[0].failureCount))
        AllometryBenchmarks.report("mean objective", draws[0].objectives.reduce(0, +) / Double(draws[0].count))
    }
}
