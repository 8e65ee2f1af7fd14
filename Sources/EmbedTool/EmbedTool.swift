// Writes one Swift source with the text of every law file below a folder, of the hardware catalogue and of the runs of
// the demonstration. Runs at build time only.
//
//     EmbedTool ATLAS HARDWARE.csv RUNS.csv OUTPUT.swift TOUCHED
//
// TOUCHED is rewritten by every run; Plugins/Embed says why.

import Foundation

@main
struct EmbedTool {
    static func main() throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 6 else { throw Fault("EmbedTool ATLAS HARDWARE.csv RUNS.csv OUTPUT.swift TOUCHED") }
        let clock = ContinuousClock()
        try "\(clock.now)".write(to: URL(filePath: arguments[5]), atomically: true, encoding: .utf8)
        let laws = try laws(below: URL(filePath: arguments[1], directoryHint: .isDirectory))
        let hardware = try String(contentsOf: URL(filePath: arguments[2]), encoding: .utf8)
        let runs = try String(contentsOf: URL(filePath: arguments[3]), encoding: .utf8)
        let source =
            try source(of: laws)
            + self.source(of: hardware, as: "EmbeddedHardware", from: "Hardware/accelerators.csv")
            + self.source(of: runs, as: "EmbeddedRuns", from: "Examples/byte-ladder/runs.csv")
        let output = URL(filePath: arguments[4])
        if let old = try? String(contentsOf: output, encoding: .utf8), old == source { return }
        try source.write(to: output, atomically: true, encoding: .utf8)
    }

    /// Every law file, in alphabetical order of ids.
    static func laws(below atlas: URL) throws -> [(id: String, file: URL)] {
        let found = FileManager.default.enumerator(at: atlas, includingPropertiesForKeys: nil)
        var laws: [(id: String, file: URL)] = []
        while let url = found?.nextObject() as? URL {
            if url.pathExtension == "law" { laws.append((url.deletingPathExtension().lastPathComponent, url)) }
        }
        laws.sort { ($0.id, $0.file.path) < ($1.id, $1.file.path) }
        for (first, second) in zip(laws, laws.dropFirst()) where first.id == second.id {
            throw Fault("two law files are called \(first.id):\n  \(first.file.path)\n  \(second.file.path)")
        }
        return laws
    }

    /// Arrays of static strings alone need no code at start.
    static func source(of laws: [(id: String, file: URL)]) throws -> String {
        var source = """
            // Written by EmbedTool from Atlas/. Not to be edited.

            enum EmbeddedLaws {
                /// Ids in alphabetical order.
                static let ids: [StaticString] = [

            """
        for law in laws { source += "        \(literal(law.id)),\n" }
        source += "    ]\n\n    /// The text of each law file, in the order of `ids`.\n"
        source += "    static let texts: [StaticString] = [\n"
        for law in laws { source += "        \(literal(try String(contentsOf: law.file, encoding: .utf8))),\n" }
        return source + "    ]\n}\n"
    }

    static func source(of table: String, as name: String, from path: String) -> String {
        """

        enum \(name) {
            /// The text of \(path).
            static let table: StaticString = \(literal(table))
        }

        """
    }

    static func literal(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": result += "\\\\"
            case "\"": result += "\\\""
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case _ where scalar.value < 0x20 || scalar.value == 0x7F:
                result += "\\u{\(String(scalar.value, radix: 16))}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}

struct Fault: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
