// What leaves the engine before it has a form: headings, sentences, tables, warnings, as a tree.
//
// A report knows nothing of terminals, pages or markup. A `ReportFormat` renders it.

import Formulas
import Tables

/// A result in words, ready to be rendered by a ``ReportFormat``.
public struct Report: Hashable, Sendable {
    /// One line above everything; nil for an answer that is part of something else. With a title, formats that have
    /// documents make one.
    public var title: String?
    public var blocks: [Block]

    public init(_ blocks: [Block] = [], title: String? = nil) {
        self.blocks = blocks
        self.title = title
    }
}

extension Report {
    public indirect enum Block: Hashable, Sendable {
        /// A part with a title.
        case section(String, [Block])
        /// Words in a line, broken where the page ends.
        case sentence(Words)
        /// Lines that are never broken: a formula, a command, a reference.
        case verbatim(String)
        /// Short answers, one a line, each with its label.
        case facts([Fact])
        /// Sentences of equal rank.
        case list([Words])
        case table(Grid)
        case notices([Notice])
        /// What a reader came for: numbers that stand out from everything else.
        case answers([Answer])
        case figure(Plate)
        case formula(Formula)
        /// Paragraphs to be taken over into a text of the reader's own.
        case passage([Words])
    }

    /// A number that was asked for, with how sure it is.
    public struct Answer: Hashable, Sendable {
        /// What it is: `loss at N = 70B, D = 1.4T`.
        public let label: String
        public let value: String
        /// `1.94..2.01`; empty where none is known.
        public let interval: String
        /// What the interval is of, and how far from the data this is.
        public let note: String

        public init(_ label: String, _ value: String, interval: String = "", note: String = "") {
            (self.label, self.value, self.interval, self.note) = (label, value, interval, note)
        }
    }

    /// A label and what there is to say.
    public struct Fact: Hashable, Sendable {
        public let label: String
        public let words: Words

        public init(_ label: String, _ words: Words) {
            self.label = label
            self.words = words
        }
    }

    /// A table of short texts: numbers stand to the right, words to the left.
    public struct Grid: Hashable, Sendable {
        public struct Column: Hashable, Sendable {
            public enum Alignment: Hashable, Sendable { case left, right }

            public let title: String
            public let alignment: Alignment

            public init(_ title: String, _ alignment: Alignment = .right) {
                self.title = title
                self.alignment = alignment
            }
        }

        public let columns: [Column]
        /// As many cells a row as there are columns.
        public var rows: [[String]]
        /// What the table shows, in a line; empty where the words around it say so.
        public var caption = ""

        /// - Precondition: every row is as long as `columns`.
        public init(_ columns: [Column], rows: [[String]]) {
            precondition(rows.allSatisfy { $0.count == columns.count }, "a row of another length")
            self.columns = columns
            self.rows = rows
        }
    }

    /// A warning.
    public typealias Notice = Tables.Notice
}

/// A line of words, parts of which are marked by what they are.
public struct Words: Hashable, Sendable {
    public enum Mark: Hashable, Sendable {
        case plain
        /// What the eye should find first.
        case strong
        /// What may be skipped.
        case faint
        /// Typed text: a name, an option, a command.
        case code
    }

    public struct Part: Hashable, Sendable {
        public let text: String
        public let mark: Mark
    }

    public private(set) var parts: [Part]

    public init(_ text: String, _ mark: Mark = .plain) { parts = [Part(text: text, mark: mark)] }

    public static func strong(_ text: String) -> Words { Words(text, .strong) }
    public static func faint(_ text: String) -> Words { Words(text, .faint) }
    public static func code(_ text: String) -> Words { Words(text, .code) }

    public static func + (left: Words, right: Words) -> Words {
        var sum = left
        sum.parts += right.parts
        return sum
    }

    /// The words without their marks.
    public var text: String { parts.map(\.text).joined() }
}

extension Words: ExpressibleByStringInterpolation {
    public init(stringLiteral text: String) { self.init(text) }
}
