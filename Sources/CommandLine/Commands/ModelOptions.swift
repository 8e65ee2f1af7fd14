// What every verb asks that fits a law to a table: which law, which columns, which loss.

import ArgumentParser
import Workbench

/// The options of a fit that verbs besides `fit` take.
struct ModelOptions: ParsableArguments {
    @Argument(
        help: ArgumentHelp("CSV, TSV or JSON Lines, one run a row; - is standard input.", valueName: "table"),
        completion: .file(extensions: ["csv", "tsv", "jsonl", "ndjson"]))
    var table: String

    @Option(help: ArgumentHelp("What to fit: 'loss ~ E + A/N^alpha'. This or --law.", valueName: "formula"))
    var formula: String?

    @Option(
        help: ArgumentHelp("A law to fit again: a file, or a name that 'allometry laws' lists.", valueName: "law"),
        completion: LawCompletion.kind)
    var law: String?

    @OptionGroup var columns: ColumnOption

    @Option(name: .customLong("where"), help: ArgumentHelp("Only rows where this holds.", valueName: "condition"))
    var condition: String?

    @Option(
        help: ArgumentHelp("squared, huber:1e-3, absolute or quantile:0.9.", valueName: "loss"),
        completion: .list(["squared", "huber:1e-3", "absolute", "quantile:0.5"]))
    var loss: String?

    @Option(
        help: ArgumentHelp("The scale of the residuals: raw, log or logit.", valueName: "scale"),
        completion: .list(["raw", "log", "logit"]))
    var residual: String?

    @Option(help: ArgumentHelp("One weight a row, an expression of columns: '1/se^2'.", valueName: "expression"))
    var weights: String?

    @Option(
        help: ArgumentHelp("What a weight is: precision (the default) or frequency.", valueName: "meaning"),
        completion: .list(["precision", "frequency"]))
    var weightsAre: String?

    @Option(
        name: .long, parsing: .singleValue,
        help: ArgumentHelp("The range of a parameter: 'A=0..', 'alpha=0..1'; may be repeated.", valueName: "bound"))
    var bound: [String] = []

    @Option(
        name: .long, parsing: .singleValue,
        help: ArgumentHelp("Hold a parameter: 'alpha=0.34'; may be repeated.", valueName: "value"))
    var fix: [String] = []

    @Option(
        name: .long, parsing: .singleValue,
        help: ArgumentHelp("Tie a parameter to others: 'alpha=beta'; may be repeated.", valueName: "tie"))
    var tie: [String] = []

    @Option(
        name: .long, parsing: .singleValue,
        help: ArgumentHelp("Start here and nowhere else: 'E=1.5, alpha=0.3'.", valueName: "values"))
    var start: [String] = []

    @Option(help: ArgumentHelp("How many starts to polish; by default as many as the formula needs.", valueName: "n"))
    var starts: String?

    @Option(help: ArgumentHelp("The probability of intervals (default: 0.95).", valueName: "level"))
    var level: String?

    @Option(help: ArgumentHelp("Of the random numbers (default: 1).", valueName: "n"))
    var seed: String?

    @OptionGroup var atlas: AtlasOption

    func request() throws -> FitRequest {
        var request = FitRequest(table: .path(table), formula: formula, law: law)
        request.atlas = atlas.folders
        request.columns = try columns.assignments()
        request.condition = condition
        request.loss = loss
        request.residual = residual
        request.weights = weights
        request.weightsAre = weightsAre
        request.bounds = try Assignments(bound, option: "--bound", example: "A=0..").texts
        request.fixed = try Assignments(fix, option: "--fix", example: "alpha=0.34").numbers()
        request.ties = try Assignments(tie, option: "--tie", example: "alpha=beta").texts
        request.start = try Assignments(start, option: "--start", example: "E=1.5, alpha=0.3").numbers()
        request.starts = try starts.map { try whole($0, "--starts", example: "50") }
        request.level = try level.map { try number($0, "--level", example: "0.9") }
        request.seed = try seed.map { try whole($0, "--seed", example: "1") }
        request.arithmetic = Terminal.arithmetic
        return request
    }
}
