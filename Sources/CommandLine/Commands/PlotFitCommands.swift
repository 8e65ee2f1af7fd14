// allometry plot curve, profile, residuals, ridge: pictures of a fit.

import ArgumentParser
import Workbench

struct PlotResiduals: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "residuals",
        abstract: "What the law leaves: over every input, against normal noise, and which runs pull.",
        usage: "allometry plot residuals <law> [<table>] [<options>]",
        discussion: """
            The law is fitted once more as its file says, and once without each run.

            EXAMPLES:
              allometry plot residuals mine.law --to residuals.svg
              allometry plot residuals hoffmann-2022 runs.csv --column N=params,D=tokens
            """)

    @OptionGroup var subject: PlotLawOptions
    @OptionGroup var plot: PlotOptions

    func run() throws { try plot.show(try subject.request("residuals")) }
}

struct PlotProfile: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "profile",
        abstract: "Which values of each parameter the data allow.",
        usage: "allometry plot profile <law> [<table>] [<options>]",
        discussion: """
            Profiles that the law file keeps are drawn as they are; others are computed from the runs.

            EXAMPLES:
              allometry plot profile mine.law --to profiles.svg
              allometry plot profile mine.law --profile 'beta/(alpha+beta)' --level 0.9
            """)

    @OptionGroup var subject: PlotLawOptions

    @Option(
        name: .long, parsing: .singleValue,
        help: ArgumentHelp(
            "Profile a formula of parameters, 'beta/(alpha+beta)', or the law 'at N=70B, D=1.4T'; may be repeated.",
            valueName: "formula"))
    var profile: [String] = []

    @OptionGroup var level: LevelOption

    @OptionGroup var plot: PlotOptions

    func run() throws {
        var request = try subject.request("profile")
        request.profiles = profile.isEmpty ? nil : profile
        request.level = try level.probability()
        try plot.show(request)
    }
}

struct PlotRidge: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ridge",
        abstract: "How two parameters trade against each other.",
        usage: "allometry plot ridge <law> [<table>] [<options>]",
        discussion: """
            EXAMPLES:
              allometry plot ridge mine.law --to ridge.svg
              allometry plot ridge mine.law --x B --y beta
            """)

    @OptionGroup var subject: PlotLawOptions

    @Option(
        help: ArgumentHelp("A parameter (default: of the two that are tied the closest).", valueName: "parameter"))
    var x: String?

    @Option(help: ArgumentHelp("Another parameter.", valueName: "parameter"))
    var y: String?

    @Option(help: ArgumentHelp("The probability of the region's shadows (default: 0.95).", valueName: "probability"))
    var level: String?

    @OptionGroup var plot: PlotOptions

    func run() throws {
        var request = try subject.request("ridge")
        (request.x, request.y) = (x, y)
        request.level = try level.map { try number($0, "--level", example: "0.95") }
        try plot.show(request)
    }
}

struct PlotCurve: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "curve",
        abstract: "Training curves under a law of whole curves, above their schedules.",
        usage: "allometry plot curve <law> [<table>] [<options>]",
        discussion: """
            EXAMPLES:
              allometry plot curve curves.law --to curves.svg
              allometry plot curve luo-2025 curve.csv \\
                  --schedule 'wsd peak=3e-4 warmup=2160 decay=4000 steps=24000'
            """)

    @OptionGroup var subject: PlotLawOptions

    @Option(
        name: .long, parsing: .singleValue,
        help: ArgumentHelp(
            "The schedule of the runs: 'cosine peak=3e-4 …', 'column rate=lr', 'LABEL=cosine …'; may be repeated.",
            valueName: "schedule"))
    var schedule: [String] = []

    @Option(help: ArgumentHelp("Only rows where this holds (default: those fitted).", valueName: "condition"))
    var show: String?

    @OptionGroup var plot: PlotOptions

    func run() throws {
        var request = try subject.request("curve")
        request.schedules = schedule.isEmpty ? nil : schedule
        request.show = show
        try plot.show(request)
    }
}
