// The form of an answer: --format and --to.

import ArgumentParser
import Workbench

/// A form of an answer.
enum OutputForm: String, CaseIterable {
    case csv, json, text
}

/// `--format`, for verbs that have no table to give.
struct FormatOption: ParsableArguments {
    @Option(
        name: .long, help: ArgumentHelp("The form of the answer: text or json.", valueName: "form"),
        completion: .list(["text", "json"]))
    var format: String?

    func show(_ answer: Answer<some Codable & Sendable>) throws {
        switch try OutputForm.read(format, among: [.text, .json]) ?? .text {
        case .json: Terminal.print(answer.json)
        case .text, .csv: Terminal.print(Terminal.format.render(answer.report))
        }
    }
}

/// `--format` and `--to`, for verbs whose answer is a table too.
struct OutputOption: ParsableArguments {
    @Option(
        help: ArgumentHelp("text, json or csv; else by the ending of --to, else text.", valueName: "form"),
        completion: .list(["text", "json", "csv"]))
    var format: String?

    @Option(help: ArgumentHelp("Write there instead of to standard output.", valueName: "file"), completion: .file())
    var to: String?

    /// Shows or writes the answer; what is wrong with the options themselves is found before it is made.
    func show(_ answer: () throws -> Answer<some Codable & Sendable>) throws {
        let form =
            try OutputForm.read(format, among: [.text, .json, .csv]) ?? to.flatMap { OutputForm(ofPath: $0) } ?? .text
        if let to { try OutputFile.check(to) }
        let made = try answer()
        let text =
            switch form {
            case .csv: made.csv ?? ""
            case .json: made.json
            case .text: (to == nil ? Terminal.format : .text()).render(made.report)
            }
        if let to { try OutputFile.write(text, to: to) } else { Terminal.print(text) }
    }
}

extension OutputForm {
    static func read(_ text: String?, among forms: [OutputForm]) throws(OptionError) -> OutputForm? {
        guard let text else { return nil }
        guard let form = OutputForm(rawValue: text), forms.contains(form) else {
            throw .unknownFormat(text, formats: forms.map(\.rawValue))
        }
        return form
    }

    /// What the ending of a file name asks for.
    init?(ofPath path: String) {
        guard let point = path.lastIndex(of: ".") else { return nil }
        self.init(rawValue: path[path.index(after: point)...].lowercased())
    }
}

/// `--atlas`, wherever a law is named.
struct AtlasOption: ParsableArguments {
    @Option(
        name: .long, parsing: .singleValue,
        help: ArgumentHelp("A folder with law files of your own; may be repeated.", valueName: "dir"),
        completion: .directory)
    var atlas: [String] = []

    var folders: [String]? { atlas.isEmpty ? nil : atlas }
}
