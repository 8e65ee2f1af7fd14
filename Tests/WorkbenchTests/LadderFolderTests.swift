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

    private func start(_ folder: URL, _ runs: String...) throws -> Int32 {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = [folder.appending(path: "run.sh").path] + runs
        try process.run()
        process.waitUntilExit()
        return process.terminationStatus
    }

    private func status(_ folder: URL) throws -> LadderStatusReply {
        try LadderStatusVerb.answer(LadderStatusRequest(folder: folder.path)).reply
    }

    private func measured(_ folder: URL) throws -> [Double?] {
        let reply = try status(folder)
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
            #expect(try status(folder).failed == [2])
            #expect(try status(folder).left == [2, 3, 4])
            // Another command for the same runs goes on where the first one stopped.
            _ = try LadderVerb.answer(request(folder, command: "printf 'loss\\n3\\n' > {folder}/results/{run}.csv"))
            #expect(try start(folder) == 0)
            #expect(try measured(folder) == [9.9, 3, 3, 3])
            #expect(try status(folder).failed == [])
        }
    }

    @Test func `runs are made by their numbers, whatever their order`() throws {
        try within { folder in
            _ = try LadderVerb.answer(
                request(folder, command: "printf 'loss\\n3.{run}\\n' > {folder}/results/{run}.csv"))
            #expect(try start(folder, "3") == 0)
            #expect(try measured(folder) == [nil, nil, 3.03, nil])
            #expect(try start(folder, "04", "1") == 0)
            #expect(try measured(folder) == [3.01, nil, 3.03, 3.04])
            #expect(try start(folder) == 0)
            #expect(try measured(folder) == [3.01, 3.02, 3.03, 3.04])
        }
    }

    @Test func `a run that was cut off is not over, and is begun again`() throws {
        try within { folder in
            // Ends the script itself in the middle of the second run, as a machine that goes away does.
            let command =
                "printf 'loss\\n3\\n' > {folder}/results/{run}.csv; [ {run} != 02 ] || [ -e {folder}/go ] || kill -9 $$"
            _ = try LadderVerb.answer(request(folder, command: command))
            #expect(try start(folder) != 0)
            #expect(try measured(folder) == [3, nil, nil, nil])
            #expect(try status(folder).begun == [2])
            #expect(try status(folder).failed == [])
            try Data().write(to: folder.appending(path: "go"))
            #expect(try start(folder) == 0)
            #expect(try measured(folder) == [3, 3, 3, 3])
        }
    }

    @Test(arguments: [
        ("01.csv", "step,loss\n100,3.5\n200", 3.5 as Double?, "unreadable-result" as String?),
        ("01.csv", "step,loss\n100,3.5\n200,3.", 3, nil), ("01.csv", "step,loss\n", nil, "unreadable-result"),
        ("01.csv", "step,los", nil, "unreadable-result"), ("01.csv", "", nil, "unreadable-result"),
        ("01.csv", "step,loss\n100,3.5\n200,nan\n", nil, "diverged-run"),
        ("01.csv", "step,loss,lr\n100,3.5,0\n200,,0\n", 3.5, nil),
        ("01.jsonl", "{\"loss\": 3.5}\n{\"lo", 3.5, "unreadable-result"),
        ("01.jsonl", "{\"loss\": 3.5}\n{\"loss\": 3.25}", 3.25, nil),
    ])
    func `results that are half written are read as far as they are whole`(
        _ file: String, _ text: String, _ value: Double?, _ code: String?
    ) throws {
        try within { folder in
            _ = try LadderVerb.answer(request(folder, command: nil))
            try Data(text.utf8).write(to: folder.appending(path: "results/\(file)"))
            let reply = try status(folder)
            #expect(reply.finished.first?.measured == value)
            #expect(reply.warnings.first?.code == code)
        }
    }

    @Test func `a ladder of a law of one's own needs neither the file nor the folder it was made in`() throws {
        try within { folder in
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            let law = folder.appending(path: "mine.law")
            var fit = chinchillaRequest()
            fit.save = law.path
            _ = try FitVerb.answer(fit)
            let ladder = folder.appending(path: "ladder")
            var request = request(ladder, command: nil)
            request.law = law.path
            request.learningRate = "li-2025-steplaw-lr"
            let made = try LadderVerb.answer(request).reply
            #expect(made.files.contains("\(ladder.path)/mine.law"))
            // The same again leaves it alone; with a law that says otherwise it is another ladder.
            _ = try LadderVerb.answer(request)
            var other = fit
            other.condition = "loss < 3"
            _ = try FitVerb.answer(other)
            #expect(message { try LadderVerb.answer(request) }?.contains("holds another ladder") == true)
            try FileManager.default.removeItem(at: law)
            #expect(try status(ladder).left == [1, 2, 3, 4])
            let kept = try String(contentsOf: ladder.appending(path: "ladder.json"), encoding: .utf8)
            #expect(kept.contains("\"mine.law\"") && kept.contains("\"li-2025-steplaw-lr\""))
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
