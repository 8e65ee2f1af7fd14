// Every format is in the list.

import Foundation
import Reports
import Testing

@Suite struct ListTests {
    @Test func `every format has its line in the list`() throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Sources/Reports/Formats")
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            .filter { $0.hasSuffix("Format.swift") }.map {
                $0.replacingOccurrences(of: "Format.swift", with: "").lowercased()
            }.sorted()
        #expect(ReportFormat.all.map(\.name) == files)
    }
}
