// From formula text to compiled value, first and second derivatives. Binding a table of five rows is in the figure.

import Fitting
import Formulas
import Tables

enum Compilation {
    static func run(_ path: String) throws {
        let table = try Table.read(path: path).rows(at: [0, 1, 2, 3, 4])
        let parse = try median(runs: 2_001) { _ = try Formula(Standard.formula) }
        let all = try median(runs: 2_001) { _ = Objective(try Standard.problem(table)) }
        print("parse_us", parse * 1e6)
        print("compile_us", all * 1e6)
    }
}
