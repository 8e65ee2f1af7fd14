// Files made by other people's software: committed with the script that made them, and made again where it is installed.

import Foundation
import Testing

/// `Tests/Fixtures/logs`.
let logFixtures = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Fixtures/logs").path

enum RealWriters {
    /// The Python with the packages of the scripts: `ALLOMETRY_PYTHON`, else `python3`.
    private static let python = ProcessInfo.processInfo.environment["ALLOMETRY_PYTHON"] ?? "python3"

    /// Whether the modules can be imported.
    static func have(_ modules: String) -> Bool { run(["-c", "import \(modules)"]) }

    /// Runs a script of the fixtures so that it writes into a folder.
    static func make(_ script: String, in folder: String) -> Bool { run(["\(logFixtures)/\(script)", folder]) }

    private static func run(_ arguments: [String]) -> Bool {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [python] + arguments
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        do { try process.run() } catch { return false }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }
}
