// What can be wrong with the text of an option, with its wording.

import Formulas

/// A fault in an option that only the command line has.
enum OptionError: Error, Equatable {
    case notAnAssignment(String, option: String, example: String)
    case repeated(String, option: String)
    case needs(String, other: String)
    case notANumber(String, name: String, option: String)
    case notAValue(String, option: String, example: String)
    case secondTable(String, first: String)
    case unknownEnding(String, endings: [String])
    case unknownFormat(String, formats: [String])
}

extension OptionError: CustomStringConvertible {
    var description: String { diagnostic.text }

    private var diagnostic: Diagnostic {
        switch self {
        case .notAnAssignment(let text, let option, let example):
            Diagnostic(
                summary: "\(option): '\(Diagnostic.plain(text))' cannot be used", help: "\(option) '\(example)'")
        case .repeated(let name, let option):
            Diagnostic(summary: "\(option): \(Diagnostic.plain(name)) is given twice", help: "keep one")
        case .needs(let option, let other):
            Diagnostic(summary: "\(option) means nothing without \(other)", help: "add \(other)")
        case .notANumber(let text, let name, let option):
            Diagnostic(
                summary: "\(option): '\(Diagnostic.plain(text))' is no number for \(Diagnostic.plain(name))",
                help: "write \(name)=0.34, \(name)=70B or \(name)=1e20")
        case .notAValue(let text, let option, let example):
            Diagnostic(summary: "\(option): '\(Diagnostic.plain(text))' cannot be used", help: "\(option) \(example)")
        case .secondTable(let table, let first):
            Diagnostic(
                summary: "report: '\(Diagnostic.plain(first))' and '\(Diagnostic.plain(table))' are both tables",
                help: "name a law before a table, or one table with --formula")
        case .unknownEnding(let path, let endings):
            Diagnostic(
                summary: "--to: the ending of '\(Diagnostic.plain(path))' says no form",
                help:
                    "end it in \(endings.dropLast().joined(separator: ", ")) or \(endings.last ?? ""), or add --format"
            )
        case .unknownFormat(let text, let formats):
            Diagnostic(
                summary: "--format: '\(Diagnostic.plain(text))' cannot be used",
                help: Suggestion.nearest(to: text, among: formats).map { "did you mean '\($0)'?" }
                    ?? "write \(formats.dropLast().joined(separator: ", ")) or \(formats.last ?? "")")
        }
    }
}
