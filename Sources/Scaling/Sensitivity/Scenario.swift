// Another way to fit the same law to the same runs, that somebody else might have chosen.

import Fitting
import Formulas
import Tables

/// Another way to make a fit. The lists of them are in the files beside this one, one a kind.
struct Scenario: Sendable {
    /// What is changed.
    enum Kind: String, CaseIterable, Sendable {
        case loss
        case finalLoss = "final-loss"
        case exclusion, counting, start
    }

    let kind: Kind
    /// `loss absolute`, `without the 5 highest loss`.
    let name: String
    var specification: Specification
    var table: Table
    var starts: Int?
    var seed: UInt64

    /// The fit as it was asked for, to be changed.
    struct Base {
        let specification: Specification
        /// The rows that were fitted, and no others.
        let table: Table
        let fit: Fit
        let starts: Int?

        func scenario(_ kind: Kind, _ name: String, _ change: (inout Scenario) -> Void) -> Scenario {
            var scenario = Scenario(
                kind: kind, name: name, specification: specification, table: table, starts: starts, seed: fit.seed)
            change(&scenario)
            return scenario
        }
    }

    /// All other ways, by kind.
    static func all(_ base: Base, law: Law) -> [Scenario] {
        losses(base) + finalLosses(base) + exclusions(base, law: law) + countings(base) + starts(base)
    }
}
