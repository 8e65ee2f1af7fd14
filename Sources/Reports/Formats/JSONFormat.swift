// A report as data, for programs: the same texts as every other format, in a tree.

import FoundationEssentials

extension ReportFormat {
    /// The tree of a report as JSON, keys sorted; see ``ReportTree``.
    public static func json() -> ReportFormat {
        ReportFormat(name: "json") { report in
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
            do {
                return String(decoding: try encoder.encode(ReportTree(report)), as: UTF8.self) + "\n"
            } catch {
                preconditionFailure("a report is always JSON: \(error)")
            }
        }
    }
}
