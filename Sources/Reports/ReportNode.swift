// A report as data: the tree of its blocks, every number as all formats write it.

import Formulas

/// A report, ready to become JSON. Its keys are described in docs/reports.md.
public struct ReportTree: Codable, Hashable, Sendable {
    /// The version of this shape; it rises when a key changes its meaning or goes away, not when one is added.
    public static let schema = 1

    public var schema: Int
    public var title: String?
    public var blocks: [ReportNode]

    public init(_ report: Report) {
        (schema, title, blocks) = (Self.schema, report.title, report.blocks.map(ReportNode.init))
    }
}

/// A block of a report. `kind` says which; keys that a kind does not have are missing.
public struct ReportNode: Codable, Hashable, Sendable {
    public struct Answer: Codable, Hashable, Sendable {
        public var label: String
        public var value: String
        public var interval: String
        public var note: String
    }

    public struct Fact: Codable, Hashable, Sendable {
        public var label: String
        public var text: String
    }

    public struct Column: Codable, Hashable, Sendable {
        public var title: String
        /// `left` or `right`.
        public var alignment: String
    }

    public struct Notice: Codable, Hashable, Sendable {
        public var code: String
        public var message: String
        public var hint: String
    }

    /// `answers`, `facts`, `figure`, `formula`, `list`, `notices`, `passage`, `section`, `sentence`, `table` or
    /// `verbatim`.
    public var kind: String
    public var title: String?
    public var text: String?
    public var latex: String?
    public var items: [String]?
    public var answers: [Answer]?
    public var facts: [Fact]?
    public var columns: [Column]?
    public var rows: [[String]]?
    public var notices: [Notice]?
    public var name: String?
    public var description: String?
    /// The picture as a document of its own.
    public var svg: String?
    public var blocks: [ReportNode]?

    private init(kind: String) { self.kind = kind }

    public init(_ block: Report.Block) {
        switch block {
        case .section(let title, let blocks):
            self.init(kind: "section")
            (self.title, self.blocks) = (title, blocks.map(ReportNode.init))
        case .sentence(let words):
            self.init(kind: "sentence")
            text = words.text
        case .verbatim(let lines):
            self.init(kind: "verbatim")
            text = lines
        case .facts(let facts):
            self.init(kind: "facts")
            self.facts = facts.map { Fact(label: $0.label, text: $0.words.text) }
        case .list(let items):
            self.init(kind: "list")
            self.items = items.map(\.text)
        case .table(let grid):
            self.init(kind: "table")
            columns = grid.columns.map {
                Column(title: $0.title, alignment: $0.alignment == .left ? "left" : "right")
            }
            (rows, title) = (grid.rows, grid.caption.isEmpty ? nil : grid.caption)
        case .notices(let notices):
            self.init(kind: "notices")
            self.notices = notices.map { Notice(code: $0.code, message: $0.message, hint: $0.hint) }
        case .answers(let answers):
            self.init(kind: "answers")
            self.answers = answers.map {
                Answer(label: $0.label, value: $0.value, interval: $0.interval, note: $0.note)
            }
        case .figure(let plate):
            self.init(kind: "figure")
            (name, title, text) = (plate.name, plate.title, plate.caption.text)
            (description, svg) = (plate.description, plate.views[0].wide.svg)
        case .formula(let formula):
            self.init(kind: "formula")
            (text, latex) = ("\(formula)", formula.latex)
        case .passage(let paragraphs):
            self.init(kind: "passage")
            items = paragraphs.map(\.text)
        }
    }
}
