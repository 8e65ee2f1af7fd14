// From formula text to fit: everything that a user waits for once the table is read.

import Fitting
import Formulas
import Tables

enum Chinchilla {
    static let text = "loss ~ E + A/N^alpha + B/D^beta"
    /// E, A, alpha, B, beta: the order of appearance in the formula, and values near the optimum.
    static let parameters = [1.8172, 477.8, 0.3473, 2143, 0.3672]

    /// The level that the bars are stated for, where the processor has it, and its widest.
    static let levels = [("pinned", VectorLevel.avx2.isSupported ? .avx2 : .best), ("widest", VectorLevel.best)]

    static func problem(_ table: Table, level: VectorLevel = .best) throws -> Problem {
        var specification = Specification(formula: try Formula(text))
        specification.loss = .huber(1e-3)
        specification.residual = .log
        specification.level = level
        return try Problem(specification, table: table)
    }
}

enum FitTimes {
    static func run(path: String) throws {
        let table = try Table.read(path: path)
        for (name, level) in Chinchilla.levels {
            let seconds = try Clock.median { _ = try Fit(Chinchilla.problem(table, level: level)) }
            AllometryBenchmarks.report(name, seconds)
        }
        let fit = try Fit(Chinchilla.problem(table))
        AllometryBenchmarks.report("rows", fit.observations)
        AllometryBenchmarks.report("objective", fit.objective)
        AllometryBenchmarks.report("converged", fit.termination.isConverged ? 1 : 0)
        for (name, value) in zip(fit.estimates.names, fit.coefficients) { AllometryBenchmarks.report(name, value) }
    }
}
