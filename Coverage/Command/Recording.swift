// The tables of a scoring, written into the document that discusses them.

import ArgumentParser
import FoundationEssentials

enum Recording {
    /// Replaces what stands between the marks of a place in a document.
    static func write(_ tables: String, into path: String, place: String) throws {
        let (begin, end) = ("<!-- coverage \(place) begins -->", "<!-- coverage \(place) ends -->")
        let document = try String(contentsOfFile: path, encoding: .utf8)
        let parts = document.split(separator: begin, omittingEmptySubsequences: false)
        guard parts.count == 2, let last = parts[1].firstRange(of: end) else {
            throw ValidationError("\(path) lacks the marks between which tables are recorded: \(begin), \(end)")
        }
        let text = parts[0] + begin + "\n\n```text\n" + tables + "```\n\n" + parts[1][last.lowerBound...]
        try String(text).write(toFile: path, atomically: true, encoding: .utf8)
    }
}
