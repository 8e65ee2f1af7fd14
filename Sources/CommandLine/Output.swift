// The form of an answer: --format and --to.

import ArgumentParser
import Reports
import Workbench

/// A form of an answer.
enum OutputForm: String, CaseIterable {
    case csv, html, json, latex, markdown, text

    /// The forms of an answer that is no table.
    static let documents: [OutputForm] = [.text, .markdown, .html, .latex, .json]
    static let all: [OutputForm] = documents + [.csv]
}

/// `--format` alone, for a verb that writes files of its own.
struct FormOption: ParsableArguments {
    @Option(
        help: ArgumentHelp("The form of the answer: text, markdown, html, latex or json.", valueName: "form"),
        completion: .list(["text", "markdown", "html", "latex", "json"]))
    var format: String?

    func show(_ answer: @autoclosure () throws -> Answer<some Codable & Sendable>) throws {
        try OutputForm.show(answer, format: format, to: nil, among: OutputForm.documents)
    }
}

/// `--format` and `--to`, for verbs that have no table to give.
struct FormatOption: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "text, markdown, html, latex or json; else by the ending of --to, else text.", valueName: "form"),
        completion: .list(["text", "markdown", "html", "latex", "json"]))
    var format: String?

    @Option(help: ArgumentHelp("Write there instead of to standard output.", valueName: "file"), completion: .file())
    var to: String?

    /// Shows or writes the answer; what is wrong with the options themselves is found before it is made.
    func show(_ answer: @autoclosure () throws -> Answer<some Codable & Sendable>) throws {
        try OutputForm.show(answer, format: format, to: to, among: OutputForm.documents)
    }
}

/// `--format` and `--to`, for verbs whose answer is a table too.
struct OutputOption: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "text, markdown, html, latex, json or csv; else by the ending of --to, else text.", valueName: "form"),
        completion: .list(["text", "markdown", "html", "latex", "json", "csv"]))
    var format: String?

    @Option(help: ArgumentHelp("Write there instead of to standard output.", valueName: "file"), completion: .file())
    var to: String?

    /// Shows or writes the answer; what is wrong with the options themselves is found before it is made.
    func show(_ answer: () throws -> Answer<some Codable & Sendable>) throws {
        try OutputForm.show(answer, format: format, to: to, among: OutputForm.all)
    }
}

extension OutputForm {
    /// Makes an answer, and shows it or writes it to a file, with the pictures that the file names beside it.
    static func show(
        _ answer: () throws -> Answer<some Codable & Sendable>, format: String?, to: String?,
        among forms: [OutputForm]
    ) throws {
        let form = try read(format, among: forms) ?? to.map { try OutputForm(ofPath: $0, among: forms) } ?? .text
        if let to { try OutputFile.check(to) }
        let made = try answer()
        switch form {
        case .csv: try write(made.csv ?? "", to: to)
        case .json: try write(made.json, to: to)
        case .html: try write(.html(), made.report, to: to)
        case .latex: try write(.latex(), made.report, to: to)
        case .markdown: try write(.markdown(pictures: to.flatMap(stem)), made.report, to: to)
        case .text: try write(to == nil ? Terminal.format : .text(), made.report, to: to)
        }
    }

    private static func write(_ format: ReportFormat, _ report: Report, to path: String?) throws {
        if let path {
            let folder = path.lastIndex(of: "/").map { path[...$0] } ?? ""
            for file in format.attachments(report) { try OutputFile.write(file.content, to: folder + file.name) }
        }
        try write(format.render(report), to: path)
    }

    private static func write(_ text: String, to path: String?) throws {
        if let path { try OutputFile.write(text, to: path) } else { Terminal.print(text) }
    }

    static func read(_ text: String?, among forms: [OutputForm]) throws(OptionError) -> OutputForm? {
        guard let text else { return nil }
        guard let form = OutputForm(rawValue: text), forms.contains(form) else {
            throw .unknownFormat(text, formats: forms.map(\.rawValue))
        }
        return form
    }

    /// What the ending of a file name asks for; text for a name without one.
    init(ofPath path: String, among forms: [OutputForm]) throws(OptionError) {
        let name = path[(path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex)...]
        guard let point = name.lastIndex(of: "."), !path.hasPrefix("/dev/") else {
            self = .text
            return
        }
        let ending = name[name.index(after: point)...].lowercased()
        guard let form = forms.first(where: { $0.endings.contains(ending) }) else {
            throw .unknownEnding(path, endings: forms.map { "." + $0.endings[0] })
        }
        self = form
    }

    /// Whether the name itself says that form: text is that of a name without an ending, too.
    func isEnding(of path: String) -> Bool {
        guard let point = path.lastIndex(of: ".") else { return false }
        return endings.contains(path[path.index(after: point)...].lowercased())
    }

    private var endings: [String] {
        switch self {
        case .csv: ["csv"]
        case .html: ["html", "htm"]
        case .json: ["json"]
        case .latex: ["tex"]
        case .markdown: ["md", "markdown"]
        case .text: ["txt"]
        }
    }

    // The name of a file without folder and ending; nil for what is no file, which has no place beside it.
    private static func stem(_ path: String) -> String? {
        if path.hasPrefix("/dev/") { return nil }
        let name = path[(path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex)...]
        return String(name.lastIndex(of: ".").map { name[..<$0] } ?? name)
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
