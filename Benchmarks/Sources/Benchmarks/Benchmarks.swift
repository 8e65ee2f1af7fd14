// One figure a line, `name value`, for Benchmarks/compare.py, which puts the peers beside them.

import Fitting
import Formulas
import Tables

@main
struct Benchmarks {
    static func main() throws {
        let arguments = CommandLine.arguments
        guard arguments.count > 2 else {
            print("usage: Benchmarks fit|rows|compile|memory|memory-fit|idle TABLE.csv")
            return
        }
        switch arguments[1] {
        case "fit": try WholeFit.run(arguments[2])
        case "rows": try Rows.run(arguments[2])
        case "compile": try Compilation.run(arguments[2])
        case "memory": try Memory.evaluate(arguments[2])
        case "memory-fit": try Memory.fit(arguments[2])
        default: break  // idle: the memory of a process that does nothing
        }
    }
}

/// The law and the objective that the field fits.
enum Standard {
    static let formula = "loss ~ E + A/N^alpha + B/D^beta"

    static func problem(_ table: Table, level: VectorLevel = .best) throws -> Problem {
        var specification = Specification(formula: try Formula(formula))
        specification.loss = .huber(1e-3)
        specification.residual = .log
        specification.level = level
        return try Problem(specification, table: table)
    }
}

/// Medians of repeated runs, in seconds.
func median(runs: Int, _ body: () throws -> Void) rethrows -> Double {
    let clock = ContinuousClock()
    let times = try (0..<runs).map { _ in
        let duration = try clock.measure(body)
        return Double(duration.components.seconds) + Double(duration.components.attoseconds) * 1e-18
    }
    return times.sorted()[runs / 2]
}
