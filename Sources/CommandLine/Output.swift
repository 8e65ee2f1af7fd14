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
