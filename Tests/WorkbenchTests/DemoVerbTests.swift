// demo, as a function from a folder to a plan.

import Foundation
import Testing
import Workbench

@Suite struct DemoVerbTests {
    @Test func `a newcomer gets from nothing to a plan, and finds the files`() throws {
        try withFolder { folder in
            var request = DemoRequest()
            request.folder = folder.appending(path: "tour").path
            let answer = try DemoVerb.answer(request)
            #expect(answer.reply.fit.parameters.count == 4)
            #expect(answer.reply.prediction.predictions.count == 1)
            #expect((answer.reply.plan.inputs["N"]?.value ?? 0) > 1e5)
            for file in answer.reply.files { #expect(FileManager.default.fileExists(atPath: file), "\(file)") }
            // Again, over its own files, with the same answer.
            #expect(try DemoVerb.answer(request).json == answer.json)
        }
    }

    @Test func `a file of somebody else stays as it is`() throws {
        try withFolder { folder in
            let runs = folder.appending(path: "runs.csv")
            try "mine\n1\n".write(to: runs, atomically: true, encoding: .utf8)
            var request = DemoRequest()
            request.folder = folder.path
            #expect(message { try DemoVerb.answer(request) }?.contains("is not ours") == true)
            #expect(try String(contentsOf: runs, encoding: .utf8) == "mine\n1\n")
            request.folder = folder.appending(path: "no/such/place").path
            #expect(message { try DemoVerb.answer(request) }?.contains("no/such/place") == true)
        }
    }

    @Test func `the runs that the program carries are those of the example`() throws {
        try withFolder { folder in
            var request = DemoRequest()
            request.folder = folder.appending(path: "tour").path
            let reply = try DemoVerb.answer(request).reply
            let shipped = fixtures.deletingLastPathComponent().deletingLastPathComponent()
                .appending(path: "Examples/byte-ladder/runs.csv")
            let written = try String(contentsOfFile: reply.files[0], encoding: .utf8)
            #expect(try String(contentsOf: shipped, encoding: .utf8) == written)
        }
    }
}
