// From formula text to a fit with automatic starts, and what it reached.

import Fitting
import Formulas
import Tables

enum WholeFit {
    static func run(_ path: String) throws {
        let table = try Table.read(path: path)
        var objective = 0.0
        let seconds = try median(runs: 51) { objective = try Fit(Standard.problem(table)).objective }
        print("fit_ms", seconds * 1e3)
        print("fit_objective", objective)
    }
}
