// What can be wrong with a curve that is to be forecast, and the doubts that a forecast has.

import Fitting
import Formulas

/// A curve of which no forecast can be made.
public enum ForecastFault: Error, Equatable, Sendable {
    /// Rows of several runs, by their schedules; none where no row has one. The column is that of the schedules.
    case severalRuns([String], column: String)
    case repeatedStep(Double, place: String)
    case fewRows(Int, needed: Int)
    case hasEnded(step: Double)
    case badSpread(Double)

    var words: (summary: String, details: [String], help: String?) {
        switch self {
        case .severalRuns(let names, _) where names.isEmpty:
            return (
                "no row has a schedule", [],
                "say the one of the run: --schedule 'cosine peak=3e-4 warmup=2160 steps=24000'"
            )
        case .severalRuns(let names, let column):
            let isName = column.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" }
            return (
                "these are rows of \(names.count) runs",
                [names.prefix(8).map { Diagnostic.plain($0) }.joined(separator: ", ")],
                "choose one: --where '\(isName ? column : "`\(column)`") == \"\(Diagnostic.plain(names[0]))\"'"
            )
        case .repeatedStep(let step, let place):
            return (
                "\(place): step \(Expression.decimal(step)) is there twice", [],
                "a curve has one row a step: choose one run by --where"
            )
        case .fewRows(let count, let needed):
            return (
                "\(count) row\(count == 1 ? "" : "s") after the warm-up, of \(needed) that a forecast needs", [],
                "log more often, or wait"
            )
        case .hasEnded(let step):
            return (
                "the run has ended: its last row is that of step \(Expression.decimal(step))", [],
                "--until STEP says what would have been forecast then"
            )
        case .badSpread(let spread):
            return (
                "--spread: \(Expression.decimal(spread)) is no relative standard deviation", [],
                "give a number above 0: --spread 0.2"
            )
        }
    }
}

extension Warning {
    static func leftBand(_ departure: Forecast.Departure, unit: String) -> Warning {
        let side = departure.excess > 0 ? "above" : "below"
        return Warning(
            code: "left-band",
            message: "the run has been \(side) its own band since step "
                + "\(Numeral.quantity(departure.step, digits: 8)): by \(Numeral.short(departure.excess.magnitude, digits: 2))"
                + "\(unit) now, more than the rows up to step "
                + "\(Numeral.quantity(departure.origin, digits: 8)) allowed",
            hint: departure.excess > 0
                ? "look for what changed there: data, a spike, a restart; the forecast takes the rows as they are"
                : "look for what changed there: data, the schedule, how the loss is logged")
    }

    static func restsOnLaw(_ name: String, law: String, share: Double, spread: Double) -> Warning {
        Warning(
            code: "rests-on-law",
            message: "the rows say little of \(name), which makes \(Numeral.short(share * 100, digits: 2)) % of the "
                + "interval's variance: it comes from \(law), known to \(Numeral.short(spread * 100, digits: 2)) %",
            hint:
                "give a law that was fitted to runs like this one to their end, and --spread as small as you trust it"
        )
    }

    static func unlikeLaw(_ name: String, _ value: Double, law: String, distance: Double) -> Warning {
        Warning(
            code: "unlike-law",
            message: "\(name) = \(Numeral.significant(value, digits: 3)) of these rows lies "
                + "\(Numeral.short(distance.magnitude, digits: 2)) spreads \(distance > 0 ? "above" : "below") that of \(law)",
            hint:
                "the law comes from runs unlike this one: fit it to runs of your own, give that law, or a larger --spread"
        )
    }

    static let uncheckedForecast = Warning(
        code: "unchecked-forecast",
        message: "there are too few rows to try the forecast on rows already seen: the interval trusts the law",
        hint: "wait for more rows, or log more often")
}
