// The program itself, run as a process.

import Foundation
import Testing

/// What a run left behind.
struct Run {
    let status: Int32
    let output: String
    let errors: String
}

/// The `allometry` that was built with these tests.
enum Binary {
    struct Missing: Error, CustomStringConvertible {
        let folders: [String]
        var description: String {
            "no 'allometry' beside the tests; looked in \(folders.joined(separator: ", ")). Build it: swift build"
        }
    }

    /// Beside the bundle of the tests, which is where the package manager puts both.
    static func path() throws -> String {
        let programs = [CommandLine.arguments[0], "/proc/self/exe", Bundle.main.executablePath].compactMap(\.self)
        let folders = programs.map {
            URL(filePath: $0).resolvingSymlinksInPath().deletingLastPathComponent().path
        }
        for folder in folders {
            let candidate = folder + "/allometry"
            if FileManager.default.isExecutableFile(atPath: candidate) { return candidate }
        }
        throw Missing(folders: folders)
    }

    /// Runs it with these arguments in `folder`.
    static func run(_ arguments: [String], input: String = "", in folder: URL? = nil) throws -> Run {
        let process = Process()
        process.executableURL = URL(filePath: try path())
        process.arguments = arguments
        return try run(process, input: input, in: folder)
    }

    /// Runs a line of shell, in which `allometry` is the program.
    static func shell(_ line: String, in folder: URL) throws -> Run {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", line]
        return try run(process, input: "", in: folder)
    }

    private static func run(_ process: Process, input: String, in folder: URL?) throws -> Run {
        let bin = URL(filePath: try path()).deletingLastPathComponent().path
        process.environment = ["PATH": "\(bin):/usr/bin:/bin", "LANG": "C.UTF-8", "ALLOMETRY_ARITHMETIC": "portable"]
        process.currentDirectoryURL = folder ?? fixtures
        // Files rather than pipes: no answer is too long for them.
        let scratch = FileManager.default.temporaryDirectory.appending(path: "allometry-run-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: scratch) }
        let files = ["in", "out", "err"].map { scratch.appending(path: $0) }
        try Data(input.utf8).write(to: files[0])
        for file in files.dropFirst() { try Data().write(to: file) }
        process.standardInput = try FileHandle(forReadingFrom: files[0])
        process.standardOutput = try FileHandle(forWritingTo: files[1])
        process.standardError = try FileHandle(forWritingTo: files[2])
        try process.run()
        process.waitUntilExit()
        return Run(
            status: process.terminationStatus,
            output: String(decoding: try Data(contentsOf: files[1]), as: UTF8.self),
            errors: String(decoding: try Data(contentsOf: files[2]), as: UTF8.self))
    }
}

/// `Tests/Fixtures`.
let fixtures = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Fixtures")

/// A folder of its own with two tables in it, `runs.csv` and `isoflop.csv`, removed at the end.
func withFolder(_ body: (URL) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "allometry-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.copyItem(
        at: fixtures.appending(path: "invented-runs.csv"), to: folder.appending(path: "runs.csv"))
    try FileManager.default.copyItem(
        at: fixtures.appending(path: "invented-isoflop.csv"), to: folder.appending(path: "isoflop.csv"))
    try body(folder)
}
