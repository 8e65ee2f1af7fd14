// A form that reports take, as a value, and the list of all of them.

/// A form that a report takes.
///
/// Formats are values: `.text()`. A new one is a file of its own in `Formats/` and its line in ``all``.
public struct ReportFormat: Sendable {
    /// What it is called on the command line: `text`.
    public let name: String
    /// The report in this form, ending in a line feed.
    public let render: @Sendable (Report) -> String

    public init(name: String, render: @escaping @Sendable (Report) -> String) {
        self.name = name
        self.render = render
    }

    /// All formats with their usual settings, in alphabetical order.
    public static let all: [ReportFormat] = [.text()]
}
