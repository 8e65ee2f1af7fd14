// How the program ends when it does not run to its end: with a message, on one of the two streams.

import ArgumentParser
import Fitting
import Formulas
import Scaling
import Tables
import Workbench

struct Outcome {
    /// 0 for help and the like, 1 where a file is wrong, 2 where an option is.
    let status: Int32
    let message: String

    init(_ error: any Error, _ arguments: [String]) {
        if let status = Self.status(of: error) {
            self.status = status
            message = "error: \(error)"
        } else if Program.exitCode(for: error) == .success {
            status = 0
            message = Program.fullMessage(for: error)
        } else if let code = error as? ExitCode {
            status = code.rawValue
            message = ""
        } else {
            status = 2
            message = Self.parserMessage(Program.message(for: error), arguments)
        }
    }

    // The parser's sentences begin with a capital and end in a full stop; ours do neither.
    private static func parserMessage(_ text: String, _ arguments: [String]) -> String {
        let words = arguments.prefix { !$0.hasPrefix("-") }
        let path = Program.path(of: Array(words))
        let command = (["allometry"] + path).joined(separator: " ")
        if path.count < words.count, let verbs = Program.verbs(after: path), !verbs.isEmpty {
            let word = words[path.count]
            let near = Suggestion.nearest(to: word, among: verbs).map { "did you mean '\(command) \($0)'?" }
            return "error: "
                + Diagnostic(
                    summary: "\(command): '\(Diagnostic.plain(word))' is no command",
                    help: near ?? "commands are " + verbs.joined(separator: ", ")
                ).text
        }
        let parts = text.replacing(". Did you mean", with: "; did you mean").split(separator: "\n").map(String.init)
        var summary = parts.first ?? "the command line cannot be read"
        if summary.hasSuffix(".") { summary.removeLast() }
        summary = summary.prefix(1).lowercased() + summary.dropFirst()
        return "error: "
            + Diagnostic(summary: summary, details: Array(parts.dropFirst()), help: "\(command) --help").text
    }

    // Nil for errors of the parser.
    private static func status(of error: any Error) -> Int32? {
        switch error {
        case is OptionError: 2
        case let error as WorkbenchError: error.isOfTheCommandLine ? 2 : 1
        case let error as FitError: error.isOfTheCommandLine ? 2 : 1
        case let error as ScalingError: error.isOfTheCommandLine ? 2 : 1
        case let error as ComparisonError: error.isOfTheCommandLine ? 2 : 1
        case let error as LogError: error.isOfTheCommandLine ? 2 : 1
        case is TableError: 1
        default: nil
        }
    }
}

extension Program {
    /// The verbs at the beginning of a command line: `laws search`.
    static func path(of words: [String]) -> [String] {
        var path: [String] = []
        var commands = configuration.subcommands
        for word in words {
            guard let next = commands.first(where: { $0.configuration.commandName == word }) else { break }
            path.append(word)
            commands = next.configuration.subcommands
        }
        return path
    }

    /// The commands that may stand after a path, in alphabetical order.
    static func verbs(after path: [String]) -> [String]? {
        var commands = configuration.subcommands
        for word in path {
            guard let next = commands.first(where: { $0.configuration.commandName == word }) else { return nil }
            commands = next.configuration.subcommands
        }
        return commands.compactMap { $0.configuration.commandName }.sorted()
    }
}

extension WorkbenchError {
    /// Whether an option is wrong, rather than a file.
    fileprivate var isOfTheCommandLine: Bool {
        switch self {
        case .missingFolder, .cannotWrite, .noLadder, .unreadableAtlas, .plot(.noResiduals), .plot(.noBacktest),
            .plot(.noConverter), .plot(.converterFailed):
            false
        default: true
        }
    }
}

extension ComparisonError {
    fileprivate var isOfTheCommandLine: Bool {
        switch self {
        case .oneRecipe, .tooManyRecipes, .tooFewRuns, .noOverlap: false
        default: true
        }
    }
}

extension LogError {
    fileprivate var isOfTheCommandLine: Bool {
        switch self {
        case .pattern, .patternWithoutGroup: true
        default: false
        }
    }
}

extension FitError {
    fileprivate var isOfTheCommandLine: Bool {
        switch self {
        case .formula, .noResponse, .columnIndexed, .unknownParameter, .unknownColumnOption, .unusableOption,
            .startOutsideBound, .tieCycle, .nothingToFit:
            true
        default: false
        }
    }
}

extension ScalingError {
    fileprivate var isOfTheCommandLine: Bool {
        switch self {
        case .plan(.hardwareFile), .plan(.undefined), .plan(.schedule), .shape(.unreadable): false
        case .badLevel, .shape, .isoFLOP(.badNoise), .isoFLOP(.badDraws), .isoFLOP(.badTolerance), .next, .plan,
            .points,
            .missingInputs, .unknownPointInput, .unknownSet, .schedule, .stepOutsideSchedule, .readsNoSchedule,
            .scheduleGivenTwice, .forecast, .reading(.unknownSeries), .reading(.noLoss), .reading(.unknownQuantity),
            .reading(.unknownSetting):
            true
        default: false
        }
    }
}
