// What the tests of logs share: the fixtures, and a folder of its own.

import Foundation

@testable import Tables

/// `Tests/Fixtures/logs`, made by the script in it.
let runLogFixtures = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("Fixtures/logs").path

/// What the script logs: exact in binary, falling by a twentieth of its excess a step.
func logged(_ step: Int, _ size: Double) -> Double {
    (2 * 4096 + 4096 * size * exp(-Double(step) / 20)).rounded() / 4096
}

/// A folder with these files, removed at the end.
func withLogs<Result>(_ files: [String: String], _ body: (String) throws -> Result) throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("logs-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, text) in files {
        let file = folder.appendingPathComponent(name)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
    }
    return try body(folder.path)
}

/// The logs of one source, by their names.
func logs(_ source: String) throws -> [String: RunLog] {
    Dictionary(try RunLogs.read([source]).runs.map { ($0.log.name, $0.log) }) { first, _ in first }
}

extension RunLog {
    subscript(series name: String) -> Series? { series.first { $0.name == name } }
    subscript(setting key: String) -> Value? { settings.first { $0.key == key }?.value }
}
