// What a million rows take: the caller reads the peak memory of this process and subtracts that of an idle one.

import Fitting
import Formulas
import Tables

enum Memory {
    static func evaluate(_ path: String) throws {
        let objective = Objective(try Standard.problem(try Table.read(path: path)))
        print("value", objective.gradient([1.8, 400, 0.34, 1_000, 0.35]).value)
    }

    static func fit(_ path: String) throws {
        print("objective", try Fit(Standard.problem(try Table.read(path: path))).objective)
    }
}
