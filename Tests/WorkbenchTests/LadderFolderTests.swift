// The folder of a ladder: its script is run, results come in, are damaged, and are read back.

import Foundation
import Scaling
import Testing

@testable import Workbench

@Suite struct LadderFolderTests {
    private func request(_ folder: URL, command: String?) -> LadderRequest {
        var request = LadderRequest(law: "hoffmann-2022")
        (request.spend, request.runs, request.command) = (1e20, 4, command)
        request.target = "loss at N=7B, D=140B"
        request.folder = folder.path
        return request
    }

    private func within(_ body: (URL) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "ladder of 'one' \(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        try body(folder)
    }

    private func start(_ folder: URL) throws -> Int32 {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = [folder.appending(path: "run.sh").path]
        try process.run()
        process.waitUntilExit()
        return process.terminationStatus
    }

    private func measured(_ folder: URL) throws -> [Double?] {
        let reply = try LadderStatusVerb.answer(LadderStatusRequest(folder: folder.path)).reply
        return (1...4).map { run in reply.finished.first { $0.run == run }?.measured }
    }

    @Test func `every run is made once, and read back`() throws {
        try within { folder in
            _ = try LadderVerb.answer(
                request(folder, command: "printf 'loss\\n9.9\\n3.{run}\\n' > {folder}/results/{run}.csv"))
            #expect(try start(folder) == 0)
            #expect(try measured(folder) == [3.01, 3.02, 3.03, 3.04])
            let file = folder.appending(path: "results/02.csv")
            try Data("loss\n2.5\n".utf8).write(to: file)
            #expect(try start(folder) == 0)
            #expect(try String(contentsOf: file, encoding: .utf8) == "loss\n2.5\n")
        }
    }

    @Test func `a run that failed is not over, whatever it wrote`() throws {
        try within { folder in
            _ = try LadderVerb.answer(
                request(folder, command: "printf 'loss\\n9.9\\n' > {folder}/results/{run}.csv; [ {run} = 01 ]"))
            #expect(try start(folder) == 1)
            #expect(try measured(folder) == [9.9, nil, nil, nil])
            // Another command for the same runs goes on where the first one stopped.
            _ = try LadderVerb.answer(request(folder, command: "printf 'loss\\n3\\n' > {folder}/results/{run}.csv"))
            #expect(try start(folder) == 0)
            #expect(try measured(folder) == [9.9, 3, 3, 3])
        }
    }

    @Test func `results that are rows of one table are read, and odd ones refused`() throws {
        try within { folder in
            _ = try LadderVerb.answer(request(folder, command: nil))
            #expect(!FileManager.default.fileExists(atPath: folder.appending(path: "run.sh").path))
            let together = folder.appending(path: "results.csv")
            try Data("run,loss\n2,3.5\n".utf8).write(to: together)
            #expect(try measured(folder) == [nil, 3.5, nil, nil])
            for odd in [",3.0", "2.5,3.0", "99,3.0", "1e30,3.0"] {
                try Data("run,loss\n1,3.5\n\(odd)\n".utf8).write(to: together)
                #expect(throws: WorkbenchError.self) { try measured(folder) }
            }
        }
    }

    @Test func `a ladder whose runs are others by now is refused`() throws {
        try within { folder in
            _ = try LadderVerb.answer(request(folder, command: nil))
            let runs = folder.appending(path: "runs.csv")
            let text = try String(contentsOf: runs, encoding: .utf8).replacing("01,", with: "01,1")
            try Data(text.utf8).write(to: runs)
            #expect(throws: WorkbenchError.self) { try measured(folder) }
        }
    }

    @Test(arguments: ["", "  ", "train {M}", "train --n {N"])
    func `commands that cannot be filled are refused`(_ command: String) throws {
        try within { folder in
            #expect(throws: WorkbenchError.self) { try LadderVerb.answer(request(folder, command: command)) }
        }
    }

    @Test func `braces of the shell stay`() throws {
        try within { folder in
            let reply = try LadderVerb.answer(
                request(folder, command: "CUDA=${GPU} train '{{\"n\": {N}}}' }")
            ).reply
            let first = try #require(reply.runs.first?.command)
            #expect(first.hasPrefix("CUDA=${GPU} train '{\"n\": "))
            #expect(first.hasSuffix("}' }"))
        }
    }
}
