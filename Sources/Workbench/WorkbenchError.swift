// What can be wrong with a request that no target below would notice, and its wording.

import Formulas

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A fault in a request itself, or in a file that a verb was to write.
public enum WorkbenchError: Error, Equatable, Sendable {
    case neitherFormulaNorLaw
    case formulaAndLaw
    case unknownChoice(String, option: String, choices: [String])
    case notABound(String, name: String)
    case badCutoff(Double)
    case noLaws(columns: [String])
    case groupsAndSave
    case badCount(Int, option: String, example: Int)
    case badDoubt(Double)
    case badOverhead(String)
    case noLadder(String)
    case otherLadder(String)
    case otherRuns(String)
    case unknownPlace(String, known: [String])
    case unknownRun(Double, file: String, count: Int)
    case emptyCommand
    case badNoise(Double)
    case badSize(Double, option: String)
    case noResponse(law: String)
    case otherFile(String)
    case noRuns(law: String)
    case noSource
    case nothingToDraw(table: String)
    case plot(PlotFault)
    case planOfSteps(String, step: String)
    case badUtilisation(Double)
    case intervalsNeedBootstrap
    case optionNeedsBootstrap(String)
    case fixedAndTied(String)
    case noPoints(inputs: [String])
    case notAQuantity(String, option: String, name: String)
    case oneOf([String])
    case pointsAndTable
    case severalSchedules([String])
    case scheduleOfNoRun(String, column: String, labels: [String])
    case scheduleWithoutLaw(formula: String)
    case curveWithoutSchedule
    case noFamily
    case columnsWithoutTable
    case columnOfNoInput(String, law: String, inputs: [String])
    case unknownField(String, fields: [String])
    case unreadableAtlas(folder: String, code: Int32)
    case missingFolder(String, file: String)
    case cannotWrite(file: String, code: Int32)
}

extension WorkbenchError: CustomStringConvertible {
    /// The message, of one or more lines, without a leading `error:`.
    public var description: String { diagnostic.text }

    private var diagnostic: Diagnostic {
        switch self {
        case .neitherFormulaNorLaw:
            return Diagnostic(
                summary: "nothing says what to fit",
                help: "--formula 'loss ~ E + A/N^alpha', or --law FILE_OR_ID (see: allometry laws)")
        case .formulaAndLaw:
            return Diagnostic(
                summary: "--formula and --law are both given", help: "keep one; a law brings its formula")
        case .unknownChoice(let value, let option, let choices):
            let near = Suggestion.nearest(to: value, among: choices).map { "did you mean '\($0)'?" }
            return Diagnostic(
                summary: "\(option): '\(Diagnostic.plain(value))' cannot be used",
                help: near ?? "write \(choices.count > 1 ? choices.dropLast().joined(separator: ", ") + " or " : "")"
                    + (choices.last ?? ""))
        case .notABound(let value, let name):
            return Diagnostic(
                summary: "--bound: '\(Diagnostic.plain(value))' is no range for \(name)",
                help: "write \(name)=0.. or \(name)=..2 or \(name)=0.1..0.9")
        case .badCutoff(let factor):
            return Diagnostic(
                summary: "--cutoffs: '\(Expression.decimal(factor))' leaves nothing above it",
                help: "give factors above 1, by which the largest run is divided: --cutoffs 3,10,30")
        case .noLaws(let columns):
            return Diagnostic(
                summary: "no law can be fitted to this table",
                details: ["columns: " + columns.joined(separator: ", ")],
                help: "say what its inputs are called here: --column N=params,D=tokens, and --response COLUMN")
        case .groupsAndSave:
            return Diagnostic(
                summary: "--group and --save are both given, and a law is of one group",
                help: "leave out --group, or take one group: --where 'dataset == \"C4\"'")
        case .badCount(let count, let option, let example):
            return Diagnostic(
                summary: "\(option): '\(count)' cannot be used", help: "give 1 or more: \(option) \(example)")
        case .badSize(let size, let option):
            return Diagnostic(
                summary: "\(option): '\(Expression.decimal(size))' cannot be used",
                help: "give points between 200 and 10000: \(option) 760")
        case .noResponse(let law):
            return Diagnostic(
                summary: "the formula of '\(law)' says nothing of what was measured",
                help: "write it with its left side: loss ~ E + A/N^alpha")
        case .otherFile(let path):
            return Diagnostic(
                summary: "'\(Diagnostic.plain(path))' is there and is not ours; it stays as it is",
                help: "name another folder: allometry demo --to tour")
        case .noRuns(let law):
            return Diagnostic(
                summary: "'\(law)' was not fitted here and has no runs of its own",
                help: "name a table after the law: allometry plot fit \(law) runs.csv")
        case .noSource:
            return Diagnostic(summary: "nothing says what to read", help: "allometry read FOLDER --to runs.csv")
        case .nothingToDraw(let table):
            return Diagnostic(
                summary: "'\(Diagnostic.plain(table))' has no row with all of the law's inputs and a measurement",
                help: "say which columns they are: --column N=params --column D=tokens")
        case .plot(let fault): return fault.diagnostic
        case .planOfSteps(let law, let step):
            return Diagnostic(
                summary:
                    "'\(law)' has no compute of its own to plan: it reads what \(Diagnostic.plain(step)) predicts",
                help: "plan that one, whose best split is the best for both: allometry plan \(step) --flops 1e24")
        case .noLadder(let folder):
            return Diagnostic(
                summary: "'\(Diagnostic.plain(folder))' holds no ladder",
                help: "make one: allometry ladder --law hoffmann-2022 --spend 1e20 --target '…' --to \(folder)")
        case .otherLadder(let folder):
            return Diagnostic(
                summary: "'\(Diagnostic.plain(folder))' holds another ladder; it stays as it is",
                help: "look at it: allometry ladder status \(folder), or name another folder")
        case .otherRuns(let folder):
            return Diagnostic(
                summary:
                    "the runs in '\(Diagnostic.plain(folder))/runs.csv' are not those of its ladder.json any more",
                details: ["the law or the rule that chose them has changed since"],
                help: "read its results by: allometry fit, with a table of runs.csv and the responses")
        case .unknownRun(let number, let file, let count):
            return Diagnostic(
                summary: "\(Diagnostic.plain(file)): '\(Expression.decimal(number))' is no run",
                help: "the column run has whole numbers from 1 to \(count)")
        case .emptyCommand:
            return Diagnostic(
                summary: "--command: there is no command", help: "--command 'python train.py --n {N} --d {D}'")
        case .unknownPlace(let name, let known):
            return Diagnostic(
                summary: "--command: no run has a '{\(Diagnostic.plain(name))}'",
                details: ["names: " + known.map { "{\($0)}" }.joined(separator: ", ")],
                help: name == "lr" || name == "batch" || name == "steps"
                    ? "choose a rule: --\(name == "lr" ? "lr" : "batch") li-2025-steplaw-\(name == "lr" ? "lr" : "batch")"
                    : Suggestion.nearest(to: name, among: known).map { "did you mean '{\($0)}'?" }
                        ?? "write {{ and }} for braces that the shell is to see")
        case .badDoubt(let share):
            return Diagnostic(
                summary: "--doubt: '\(Expression.decimal(share))' is no share of a response",
                help: "give a number from 0, the law is right, to below 1: --doubt 0.01")
        case .badOverhead(let text):
            return Diagnostic(
                summary: "--overhead: '\(Diagnostic.plain(text))' is no cost of a run",
                help:
                    "give it in the unit of the cost, or as a share of the most costly run: --overhead 1e18, --overhead 1%"
            )
        case .badNoise(let noise):
            return Diagnostic(
                summary: "--evaluation-noise: '\(Expression.decimal(noise))' is no standard deviation",
                help: "give zero or more, on the scale of the residual: --evaluation-noise 0.001")
        case .badUtilisation(let share):
            return Diagnostic(
                summary: "--mfu: '\(Expression.decimal(share))' is no share of a peak",
                help: "give a number above 0 and at most 1: --mfu 0.4")
        case .notAQuantity(let text, let option, let name):
            return Diagnostic(
                summary: "\(option): '\(Diagnostic.plain(text))' is no number for \(Diagnostic.plain(name))",
                help: "write \(name)=0.34, \(name)=70B or \(name)=1e20")
        case .oneOf(let options):
            return Diagnostic(
                summary: "\(options.joined(separator: " and ")) are both given", help: "keep one of them")
        case .intervalsNeedBootstrap:
            return Diagnostic(
                summary: "--intervals bootstrap has no draws to come from", help: "add --bootstrap 4000")
        case .optionNeedsBootstrap(let option):
            return Diagnostic(summary: "\(option) is about a bootstrap", help: "add --bootstrap 4000")
        case .fixedAndTied(let name):
            return Diagnostic(summary: "'\(name)' is both fixed and tied", help: "keep one of --fix and --tie")
        case .noPoints(let inputs):
            let point = inputs.map { "\(Symbol($0))=…" }.joined(separator: ", ")
            return Diagnostic(summary: "nothing says where to predict", help: "--at '\(point)', or --table FILE")
        case .pointsAndTable:
            return Diagnostic(summary: "--at and --table are both given", help: "keep one")
        case .severalSchedules(let texts):
            return Diagnostic(
                summary: "\(texts.count) schedules are given for the same rows",
                details: texts.map { Diagnostic.plain($0) },
                help: "say whose each is: --schedule 'LABEL=\(Diagnostic.plain(texts.first ?? ""))'")
        case .scheduleOfNoRun(let label, let column, let labels):
            return Diagnostic(
                summary: "--schedule: the column '\(column)' has no '\(Diagnostic.plain(label))'",
                details: [
                    "labels: " + labels.prefix(12).map { Diagnostic.plain($0) }.joined(separator: ", ")
                        + (labels.count > 12 ? ", …" : "")
                ],
                help: Suggestion.nearest(to: label, among: labels).map { "did you mean '\($0)'?" })
        case .scheduleWithoutLaw(let formula):
            return Diagnostic(
                summary: "--schedule: the formula reads no schedule", details: [formula],
                help: "functions of schedules are ratesum, annealing, multipower and rate; see docs/schedules.md")
        case .curveWithoutSchedule:
            return Diagnostic(
                summary: "--curve has no run to follow",
                help: "add --schedule 'cosine peak=3e-4 warmup=2160 steps=24000'")
        case .noFamily:
            return Diagnostic(
                summary: "nothing says which schedules to search",
                help: "--family 'wsd peak=3e-4 warmup=2160 decay=5%..40% steps=24000'")
        case .columnsWithoutTable:
            return Diagnostic(
                summary: "--column has no table to look in", help: "give --table FILE, or the values by --at")
        case .columnOfNoInput(let name, let law, let inputs):
            return Diagnostic(
                summary: "--column: '\(Diagnostic.plain(name))' is no input",
                details: ["inputs of \(law): " + inputs.joined(separator: ", ")],
                help: Suggestion.nearest(to: name, among: inputs).map { "did you mean '\($0)'?" }
                    ?? "the input stands first: \(Suggestion.column(inputs.first ?? "N", name))")
        case .unknownField(let field, let fields):
            return Diagnostic(
                summary: "no law has the field '\(Diagnostic.plain(field))'",
                details: ["fields: " + fields.joined(separator: ", ")],
                help: Suggestion.nearest(to: field, among: fields).map { "did you mean '\($0)'?" })
        case .unreadableAtlas(let folder, let code):
            return Diagnostic(
                summary:
                    "--atlas: cannot read the folder '\(Diagnostic.plain(folder))': \(String(cString: strerror(code)))"
            )
        case .missingFolder(let folder, let file):
            return Diagnostic(
                summary: "cannot write '\(file)': there is no folder '\(folder)'", help: "mkdir -p '\(folder)'")
        case .cannotWrite(let file, let code):
            return Diagnostic(summary: "cannot write '\(file)': \(String(cString: strerror(code)))")
        }
    }
}
