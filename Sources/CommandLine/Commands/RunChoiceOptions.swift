// What `next` and `ladder` are asked alike: what runs are for, what they cost, and how wrong the law may be.

import ArgumentParser
import Workbench

/// `--target`, `--cost`, `--overhead` and `--doubt`.
struct RunChoiceOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "What is to be surer: 'loss at N=70B, D=1.4T', 'optimal N at 1e24', or a formula of parameters.",
            valueName: "target"))
    var target: String?

    @Option(help: ArgumentHelp("What a run costs, of inputs (default: 6*N*D).", valueName: "formula"))
    var cost: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "What each run costs besides: 1e18, or 1% of the most costly one (the default of next without --spend).",
            valueName: "cost"))
    var overhead: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "How wrong the law may be, as a share of the response (default: what residuals say); 0 takes it for right.",
            valueName: "share"))
    var doubt: String?

    /// The doubt as a number, where it was given.
    func share() throws(OptionError) -> Double? {
        guard let doubt else { return nil }
        return try number(doubt, "--doubt", example: "0.01")
    }
}
