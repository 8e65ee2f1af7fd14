// A form that reports take, as a value, and the list of all of them.

import Tables

/// A form that a report takes.
///
/// Formats are values: `.text()`. A new one is a file of its own in `Formats/` and its line in ``all``.
public struct ReportFormat: Sendable {
    /// A file that stands beside a report and is named in it: a picture.
    public struct Attachment: Hashable, Sendable {
        /// A name without a folder: `report-fit.svg`.
        public let name: String
        public let content: String
    }

    /// What it is called on the command line: `text`.
    public let name: String
    /// The report in this form, ending in a line feed.
    public let render: @Sendable (Report) -> String
    /// What the rendered report names; empty for forms that hold everything themselves.
    public let attachments: @Sendable (Report) -> [Attachment]

    public init(
        name: String, attachments: @escaping @Sendable (Report) -> [Attachment] = { _ in [] },
        render: @escaping @Sendable (Report) -> String
    ) {
        self.name = name
        self.attachments = attachments
        self.render = render
    }

    /// All formats with their usual settings, in alphabetical order.
    public static let all: [ReportFormat] = [.html(), .json(), .latex(), .markdown(), .text()]
}

extension Report {
    /// Everything that its figures plot, as CSV: `figure,panel,mark,series,x,y,lower,upper,label`, a row a point.
    public var plotted: String {
        let rows = plates.map { $0.picture.rows(before: CSVText.cell($0.name) + ",") }
        return "figure,\(Picture.header)\n" + rows.joined()
    }

    /// All plates, in the order of the report.
    var plates: [Plate] { Self.plates(blocks) }

    private static func plates(_ blocks: [Block]) -> [Plate] {
        blocks.flatMap { block -> [Plate] in
            switch block {
            case .figure(let plate): [plate]
            case .section(_, let blocks): plates(blocks)
            default: []
            }
        }
    }
}
