// allometry plot, as it is typed, on data that ships.

import Foundation
import Testing

@Suite struct PlotCommandTests {
    private static let runs = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Examples/parscale-2025/runs.csv").path

    @Test func `the picture of a fit is as recorded`() throws {
        try withFolder { folder in
            let fit = try Binary.run(
                ["fit", Self.runs, "--law", "chen-2025", "--where", "corpus == \"pile\"", "--save", "pile.law"],
                in: folder)
            #expect(fit.status == 0)
            let run = try Binary.run(
                [
                    "plot", "fit", "pile.law", "--x", "N", "--at", "N=8B, P=8", "--title", "Streams", "--to",
                    "fit.svg",
                ],
                in: folder)
            #expect(run.status == 0)
            #expect(run.output.isEmpty)
            try Snapshot.check(
                try String(contentsOf: folder.appending(path: "fit.svg"), encoding: .utf8), "plot-fit.svg")
        }
    }

    @Test func `another ending than svg is refused before anything is done`() throws {
        let run = try Binary.run(["plot", "fit", "hoffmann-2022", "--to", "fit.png"])
        #expect(run.status == 2)
        #expect(run.errors.contains("help:"))
    }
}
