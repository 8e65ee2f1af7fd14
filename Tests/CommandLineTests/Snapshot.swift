// Text that is compared with a file beside the tests; ALLOMETRY_RECORD=1 writes the file anew.

import Foundation
import Testing

enum Snapshot {
    static let isRecording = ProcessInfo.processInfo.environment["ALLOMETRY_RECORD"] == "1"

    /// Compares `text` with `Snapshots/name.txt`.
    static func check(_ text: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Snapshots/\(name).txt")
        if isRecording { return try text.write(to: file, atomically: true, encoding: .utf8) }
        let expected = try? String(contentsOf: file, encoding: .utf8)
        #expect(
            text == expected, "ALLOMETRY_RECORD=1 records \(name).txt anew, if this is as it should be",
            sourceLocation: sourceLocation)
    }
}
