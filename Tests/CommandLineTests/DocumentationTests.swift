// docs/command.md is true: its commands run, and what they print below them is what they print.
//
// A line that begins with "$ " in a console block is a command; the lines below it, if any, are its output. With
// ALLOMETRY_RECORD=1 outputs that are there are written anew.

import Foundation
import Testing

@Suite struct DocumentationTests {
    @Test func `every example of docs/command.md runs and prints what the page says`() throws {
        let page = fixtures.deletingLastPathComponent().deletingLastPathComponent().appending(path: "docs/command.md")
        let text = try String(contentsOf: page, encoding: .utf8)
        var commands = 0
        var result: [String] = []
        try withFolder { folder in
            try FileManager.default.copyItem(
                at: fixtures.appending(path: "invented-curve.csv"), to: folder.appending(path: "curve.csv"))
            try FileManager.default.copyItem(
                at: fixtures.appending(path: "logs"), to: folder.appending(path: "logs"))
            var lines = text.components(separatedBy: "\n")[...]
            while let line = lines.popFirst() {
                result.append(line)
                guard line == "```console" else { continue }
                while lines.first?.hasPrefix("$ ") == true, let command = lines.popFirst() {
                    commands += 1
                    let run = try Binary.shell(String(command.dropFirst(2)), in: folder)
                    #expect(run.status == 0, "\(command)\n\(run.errors)")
                    result.append(command)
                    var shown: [String] = []
                    while let next = lines.first, !next.hasPrefix("$ "), next != "```" {
                        shown.append(next)
                        lines.removeFirst()
                    }
                    if shown.isEmpty { continue }
                    let printed = run.output.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(
                        String.init)
                    if !Snapshot.isRecording { #expect(shown == printed, "\(command)") }
                    result += printed
                }
            }
        }
        #expect(commands > 10)
        let anew = result.joined(separator: "\n")
        if Snapshot.isRecording, anew != text { try anew.write(to: page, atomically: true, encoding: .utf8) }
    }
}
