// What is fitted to what: the table, the law, and the options of a fit that every command has which makes one.

import ArgumentParser
import Workbench

/// The table of runs.
struct TableArgument: ParsableArguments {
    @Argument(
        help: ArgumentHelp("CSV, TSV or JSON Lines, one run a row; - is standard input.", valueName: "table"),
        completion: .file(extensions: ["csv", "tsv", "jsonl", "ndjson"]))
    var table: String
}

/// A formula, or a law to be fitted again.
struct LawChoice: ParsableArguments {
    @Option(help: ArgumentHelp("What to fit: 'loss ~ E + A/N^alpha'. This or --law.", valueName: "formula"))
    var formula: String?

    @Option(
        help: ArgumentHelp("A law to fit again: a file, or a name that 'allometry laws' lists.", valueName: "law"),
        completion: LawCompletion.kind)
    var law: String?
}

/// Which rows are fitted, by which loss, and what is said of the parameters.
struct SpecificationOptions: ParsableArguments {
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

    /// The request of a fit of this law to this table.
    func request(_ table: TableArgument, _ choice: LawChoice, _ columns: ColumnOption, _ atlas: AtlasOption) throws
        -> FitRequest
    {
        var request = FitRequest(table: .path(table.table), formula: choice.formula, law: choice.law)
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
        request.arithmetic = Terminal.arithmetic
        return request
    }
}
