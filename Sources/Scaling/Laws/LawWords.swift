// What the rows of a law's table are called.

import Formulas

extension Law {
    /// A run; of a law of whole curves a row of one.
    package var observation: String { readsCurves ? "row" : "run" }

    /// `39 runs`, `451 rows`.
    package func observed(_ count: Double) -> String {
        "\(Numeral.short(count, digits: 12)) \(observation)\(count == 1 ? "" : "s")"
    }
}
