// What intervals are asked for, wherever a law is asked for values.

import ArgumentParser
import Workbench

/// `--level`, wherever intervals are made.
struct LevelOption: ParsableArguments {
    @Option(help: ArgumentHelp("The probability of intervals (default: 0.95).", valueName: "probability"))
    var level: String?

    /// Where one was given.
    func probability() throws(OptionError) -> Double? {
        guard let level else { return nil }
        return try number(level, "--level", example: "0.95")
    }
}

/// `--level` and `--interval`.
struct IntervalOptions: ParsableArguments {
    @OptionGroup var level: LevelOption

    @Option(
        help: ArgumentHelp("Of the law's value (mean, the default) or of a new run (new-run).", valueName: "kind"),
        completion: .list(["mean", "new-run"]))
    var interval: String?

    /// The probability, where one was given.
    func probability() throws(OptionError) -> Double? { try level.probability() }
}
