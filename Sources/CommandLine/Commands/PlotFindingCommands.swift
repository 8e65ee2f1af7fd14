// allometry plot backtest, comparison, forecast, isoflop, next, sensitivity: pictures of what other commands find.

import ArgumentParser
import Workbench

struct PlotBacktest: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backtest",
        abstract: "How far off predictions from smaller runs were, and how often intervals held.",
        usage: "allometry plot backtest <table> (--formula <f> | --law <law>) [<options>]",
        discussion: """
            Takes what 'allometry backtest' takes.

            EXAMPLES:
              allometry plot backtest runs.csv --law hoffmann-2022 \\
                  --column N=params --column D=tokens --to backtest.svg
            """)

    @OptionGroup var arguments: BacktestArguments
    @OptionGroup var plot: PlotOptions

    func run() throws {
        var request = PlotRequest(kind: "backtest")
        request.backtest = try arguments.request()
        try plot.show(request)
    }
}

struct PlotComparison: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "comparison",
        abstract: "Recipes over compute, their crossing, and what one needs to match another.",
        usage: "allometry plot comparison <table> --by <column> [<options>]",
        discussion: """
            Takes what 'allometry compare' takes.

            EXAMPLES:
              allometry plot comparison runs.csv --by recipe --law hoffmann-2022 \\
                  --column N=params --column D=tokens --to recipes.svg
            """)

    @OptionGroup var arguments: CompareArguments
    @OptionGroup var plot: PlotOptions

    func run() throws {
        var request = PlotRequest(kind: "comparison")
        request.comparison = try arguments.request()
        try plot.show(request)
    }
}

struct PlotForecast: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "forecast",
        abstract: "A run in progress, the forecast of its end, and its schedule.",
        usage: "allometry plot forecast <table> --law <law> [<options>]",
        discussion: """
            Takes what 'allometry forecast' takes.

            EXAMPLES:
              allometry plot forecast curve.csv --law luo-2025 \\
                  --schedule 'wsd peak=3e-4 warmup=2160 decay=4000 steps=24000'
            """)

    @OptionGroup var arguments: ForecastArguments
    @OptionGroup var atlas: AtlasOption
    @OptionGroup var plot: PlotOptions

    func run() throws {
        var request = PlotRequest(kind: "forecast")
        request.forecast = try arguments.request(atlas)
        try plot.show(request)
    }
}

struct PlotIsoFLOP: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "isoflop",
        abstract: "Valleys of loss at fixed budgets, and the best size over compute.",
        usage: "allometry plot isoflop <table> --by <budget> [<options>]",
        discussion: """
            Takes what 'allometry isoflop' takes.

            EXAMPLES:
              allometry plot isoflop runs.csv --by flops --to valleys.svg
            """)

    @OptionGroup var arguments: IsoFLOPArguments
    @OptionGroup var plot: PlotOptions

    func run() throws {
        var request = PlotRequest(kind: "isoflop")
        request.isoflop = try arguments.request()
        try plot.show(request)
    }
}

struct PlotNext: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "next",
        abstract: "Runs made, runs that could be, the ones worth making, and what each adds.",
        usage: "allometry plot next <table> --law <law> --target <target> [<options>]",
        discussion: """
            Takes what 'allometry next' takes.

            EXAMPLES:
              allometry plot next runs.csv --law hoffmann-2022 \\
                  --column N=params,D=tokens --target 'loss at N=70B, D=1.4T' --to next.svg
            """)

    @OptionGroup var arguments: NextArguments

    @Option(help: ArgumentHelp("The input along the horizontal axis (default: N).", valueName: "input"))
    var x: String?

    @Option(help: ArgumentHelp("The input along the vertical axis (default: D).", valueName: "input"))
    var y: String?

    @OptionGroup var plot: PlotOptions

    func run() throws {
        var request = PlotRequest(kind: "next")
        request.next = try arguments.request()
        (request.x, request.y) = (x, y)
        try plot.show(request)
    }
}

struct PlotSensitivity: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sensitivity",
        abstract: "An answer under every other way to fit, and without single runs.",
        usage: "allometry plot sensitivity <table> --formula <formula> [<options>]",
        discussion: """
            Takes what 'allometry sensitivity' takes.

            EXAMPLES:
              allometry plot sensitivity runs.csv --law hoffmann-2022 \\
                  --column N=params --column D=tokens --to firm.svg
            """)

    @OptionGroup var arguments: SensitivityArguments
    @OptionGroup var plot: PlotOptions

    func run() throws {
        var request = PlotRequest(kind: "sensitivity")
        request.sensitivity = try arguments.request()
        try plot.show(request)
    }
}
