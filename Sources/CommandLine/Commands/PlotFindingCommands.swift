// allometry plot backtest, comparison, forecast, isoflop, sensitivity: pictures of what other commands find.

import ArgumentParser
import Workbench

/// The arguments of a command whose finding has a picture.
protocol PlottedFinding: ParsableArguments {
    /// The kind of the picture, the command that has the finding as a page, and how both are typed.
    static var picture: FindingPicture { get }

    /// Puts the request of that command into the request for its picture.
    func put(into request: inout PlotRequest) throws
}

/// What a picture of a finding is called and said to be.
struct FindingPicture {
    let kind: String
    let command: String
    let abstract: String
    /// What stands behind the kind.
    let usage: String
    let example: String

    var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: kind, abstract: abstract, usage: "allometry plot \(kind) \(usage) [<options>]",
            discussion: """
                Takes what 'allometry \(command)' takes.

                EXAMPLES:
                  allometry plot \(kind) \(example)
                """)
    }
}

/// The picture of a finding: the arguments of its own command, and how the picture looks.
struct PlotFinding<Arguments: PlottedFinding>: ParsableCommand {
    static var configuration: CommandConfiguration { Arguments.picture.configuration }

    @OptionGroup var arguments: Arguments
    @OptionGroup var plot: PlotOptions

    func run() throws {
        var request = PlotRequest(kind: Arguments.picture.kind)
        try arguments.put(into: &request)
        try plot.show(request)
    }
}

typealias PlotBacktest = PlotFinding<BacktestArguments>
typealias PlotComparison = PlotFinding<CompareArguments>
typealias PlotForecast = PlotFinding<PlottedForecast>
typealias PlotIsoFLOP = PlotFinding<IsoFLOPArguments>
typealias PlotSensitivity = PlotFinding<SensitivityArguments>

extension BacktestArguments: PlottedFinding {
    static let picture = FindingPicture(
        kind: "backtest", command: "backtest",
        abstract: "How far off predictions from smaller runs were, and how often intervals held.",
        usage: "<table> (--formula <f> | --law <law>)",
        example: """
            runs.csv --law hoffmann-2022 \\
                  --column N=params --column D=tokens --to backtest.svg
            """)

    func put(into plot: inout PlotRequest) throws { plot.backtest = try request() }
}

extension CompareArguments: PlottedFinding {
    static let picture = FindingPicture(
        kind: "comparison", command: "compare",
        abstract: "Recipes over compute, their crossing, and what one needs to match another.",
        usage: "<table> --by <column>",
        example: """
            runs.csv --by recipe --law hoffmann-2022 \\
                  --column N=params --column D=tokens --to recipes.svg
            """)

    func put(into plot: inout PlotRequest) throws { plot.comparison = try request() }
}

/// A forecast's law may be one of the user's own folders.
struct PlottedForecast: PlottedFinding {
    static let picture = FindingPicture(
        kind: "forecast", command: "forecast",
        abstract: "A run in progress, the forecast of its end, and its schedule.",
        usage: "<table> --law <law>",
        example: """
            curve.csv --law luo-2025 \\
                  --schedule 'wsd peak=3e-4 warmup=2160 decay=4000 steps=24000'
            """)

    @OptionGroup var arguments: ForecastArguments
    @OptionGroup var atlas: AtlasOption

    func put(into plot: inout PlotRequest) throws { plot.forecast = try arguments.request(atlas) }
}

extension IsoFLOPArguments: PlottedFinding {
    static let picture = FindingPicture(
        kind: "isoflop", command: "isoflop",
        abstract: "Valleys of loss at fixed budgets, and the best size over compute.",
        usage: "<table> --by <budget>", example: "runs.csv --by flops --to valleys.svg")

    func put(into plot: inout PlotRequest) throws { plot.isoflop = try request() }
}

extension SensitivityArguments: PlottedFinding {
    static let picture = FindingPicture(
        kind: "sensitivity", command: "sensitivity",
        abstract: "An answer under every other way to fit, and without single runs.",
        usage: "<table> --formula <formula>",
        example: """
            runs.csv --law hoffmann-2022 \\
                  --column N=params --column D=tokens --to firm.svg
            """)

    func put(into plot: inout PlotRequest) throws { plot.sensitivity = try request() }
}
