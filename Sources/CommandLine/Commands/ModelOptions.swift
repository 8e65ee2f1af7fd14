// What every verb asks that fits a law to a table: which law, which columns, which loss.

import ArgumentParser
import Workbench

/// The options of a fit that verbs besides `fit` take.
struct ModelOptions: ParsableArguments {
    @OptionGroup var table: TableArgument

    @OptionGroup var choice: LawChoice

    @OptionGroup var columns: ColumnOption

    @OptionGroup var specification: SpecificationOptions

    @Option(
        name: .long, parsing: .singleValue,
        help: ArgumentHelp("Start here and nowhere else: 'E=1.5, alpha=0.3'.", valueName: "values"))
    var start: [String] = []

    @Option(help: ArgumentHelp("How many starts to polish; by default as many as the formula needs.", valueName: "n"))
    var starts: String?

    @OptionGroup var level: LevelOption

    @Option(help: ArgumentHelp("Of the random numbers (default: 1).", valueName: "n"))
    var seed: String?

    @OptionGroup var atlas: AtlasOption

    func request() throws -> FitRequest {
        var request = try specification.request(table, choice, columns, atlas)
        request.start = try Assignments(start, option: "--start", example: "E=1.5, alpha=0.3").numbers()
        request.starts = try starts.map { try whole($0, "--starts", example: "50") }
        request.level = try level.probability()
        request.seed = try seed.map { try whole($0, "--seed", example: "1") }
        return request
    }
}
