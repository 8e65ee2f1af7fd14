// What can be wrong with the text of a schedule, or with the column that holds one.

import Formulas

/// What can be wrong with a schedule.
public enum ScheduleFault: Error, Equatable, Sendable {
    // The text.
    case unknownFamily(String, families: [String])
    case unknownKey(String, family: String, keys: [String])
    case repeatedKey(String)
    case missingKey(String, family: String)
    case notANumber(String, key: String)
    /// The number does not fit: `decay` beyond the steps, a peak that is not positive.
    case doesNotFit(String, needs: String)

    // The column.
    case noTable
    case noRates(column: String, table: String)
    case notAStep(Double, place: String)
    case badRate(Double, place: String)
    case twoRates(step: Int, first: Double, second: Double, place: String)
    case beginsLate(step: Int, hasGaps: Bool)
    case gap(after: Int, next: Int)
    case tooLong(Int)

    // The ranges of a family.
    case badRange(String, key: String)
    case notARange(key: String)
    case nothingFree(family: String)
    case tooManyFree(Int, most: Int)
}

extension ScheduleFault {
    private static let fills = "fill=linear, a line between the rows, or fill=hold, each rate until the next"

    /// What is wrong, and what to type.
    var words: (summary: String, help: String?) {
        switch self {
        case .unknownFamily(let name, let known):
            return (
                name.isEmpty
                    ? "a schedule has a family" : "no family of schedules is called '\(Diagnostic.plain(name))'",
                Suggestion.nearest(to: name, among: known).map { "did you mean '\($0)'?" }
                    ?? "families are \(known.joined(separator: ", ")): cosine peak=3e-4 warmup=2160 steps=24000"
            )
        case .unknownKey(let key, let family, let keys):
            return (
                "'\(Diagnostic.plain(key))' says nothing of a \(family) schedule",
                Suggestion.nearest(to: key, among: keys).map { "did you mean '\($0)=…'?" }
                    ?? "keys are \(keys.joined(separator: ", "))"
            )
        case .repeatedKey(let key): return ("'\(key)' is given twice", nil)
        case .missingKey(let key, let family): return ("a \(family) schedule needs \(key)", "add \(key)=…")
        case .notANumber(let text, let key):
            return ("'\(Diagnostic.plain(text))' is no number for \(key)", "write \(key)=3e-4 or \(key)=24k")
        case .doesNotFit(let key, let needs): return ("\(key) needs \(needs)", nil)
        case .noTable: return ("no table is at hand to read the rates from", "name one: column file=rates.csv")
        case .noRates(let column, let table):
            return (
                "no row of \(table) has a step and a rate in '\(column)'", "name the column: column rate=lr step=step"
            )
        case .notAStep(let step, let place):
            return (
                "\(place): \(Expression.decimal(step)) is no step: steps are whole numbers and count from 0",
                "leave such rows out, or name another column: step=…"
            )
        case .badRate(let rate, let place):
            return ("\(place): \(Expression.decimal(rate)) is no learning rate", "rates are 0 or more")
        case .twoRates(let step, let first, let second, let place):
            return (
                "\(place): step \(step) has the rate \(Expression.decimal(second)) and, before, "
                    + Expression.decimal(first),
                "one run has one rate a step: name the column that tells runs apart, or choose rows by --where"
            )
        case .beginsLate(let step, let hasGaps):
            let warmup =
                "warmup=\(step), a line from 0 over so many steps, or warmup=0 for the first rate from step 0 on"
            return (
                "the rates begin at step \(step): nothing says those before it",
                "add \(warmup)\(hasGaps ? "; and, for the steps between rows, \(Self.fills)" : "")"
            )
        case .gap(let after, let next):
            return ("no rate is given between the steps \(after) and \(next)", "add \(Self.fills)")
        case .tooLong(let steps):
            return ("a schedule of \(steps) steps is too long", "at most \(Schedule.mostSteps) are taken")
        case .badRange(let text, let key):
            return (
                "'\(Diagnostic.plain(text))' is no range for \(key)",
                "write the smaller end first, both of one kind: \(key)=1000..8000 or \(key)=5%..40%"
            )
        case .notARange(let key): return ("\(key) cannot have a range", "give one value: \(key)=…")
        case .nothingFree(let family):
            return (
                "every number of the \(family) schedule is given: nothing is left to choose",
                "give a range: peak=1e-4..1e-3"
            )
        case .tooManyFree(let count, let most):
            return ("\(count) numbers have a range; at most \(most) are searched", "give values for the others")
        }
    }
}
