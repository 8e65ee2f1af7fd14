// plot, as a function from a request to a figure.

import Foundation
import Testing
import Workbench

@Suite struct PlotVerbTests {
    private func withLaw(_ body: (String) throws -> Void) throws {
        try withFolder { folder in
            var fit = chinchillaRequest()
            fit.save = folder.appending(path: "mine.law").path
            _ = try FitVerb.answer(fit)
            try body(fit.save ?? "")
        }
    }

    @Test func `a fit is drawn from its law file alone`() throws {
        try withLaw { law in
            var request = PlotRequest(kind: "fit", law: law)
            request.at = ["N=20B, D=500B"]
            let reply = try PlotVerb.answer(request).reply
            #expect(
                reply.description == "28 runs and the law fitted to them, loss over D, a line for each N; "
                    + "loss from 2.296 to 4.241; 1 prediction with its interval.")
            // Each run, and the point that was asked for, tells what it is.
            #expect(reply.svg.components(separatedBy: "<circle").count - 1 == 28 + 1)
            #expect(reply.svg.contains("N = 20B"))
            #expect(try PlotVerb.answer(request).reply == reply)
        }
    }

    @Test func `rows that were not fitted are shown where that is asked for`() throws {
        try withLaw { law in
            var request = PlotRequest(kind: "fit", law: law)
            request.x = "N"
            let without = try PlotVerb.answer(request).reply.svg
            request.show = "loss >= 9"
            let shown = try PlotVerb.answer(request).reply.svg
            #expect(!without.contains("measured, not fitted"))
            #expect(shown.contains("measured, not fitted"))
        }
    }

    @Test func `a request that cannot be used is refused`() throws {
        func refusal(_ law: String, _ change: (inout PlotRequest) -> Void) -> String? {
            var request = PlotRequest(kind: "fit", law: law)
            change(&request)
            return message { try PlotVerb.answer(request) }?.split(separator: "\n").first.map(String.init)
        }
        #expect(refusal("hoffmann-2022") { _ in } == "'hoffmann-2022' was not fitted here and has no runs of its own")
        #expect(refusal("hoffmann-2022") { $0.kind = "pie" } == "plot: 'pie' cannot be used")
        #expect(refusal("hoffmann-2022") { $0.table = tinyTable }?.hasPrefix("no column 'N'") == true)
        try withLaw { law in
            #expect(refusal(law) { $0.x = "M" } == "--x: 'M' cannot be used")
            #expect(refusal(law) { ($0.x, $0.by) = ("N", "N") } == "--by: 'N' cannot be used")
            #expect(refusal(law) { $0.width = 20 } == "--width: '20' cannot be used")
            #expect(refusal(law) { $0.interval = "newrun" } == "--interval: 'newrun' cannot be used")
            #expect(refusal(law) { $0.at = ["N=1B"] }?.contains("D") == true)
        }
    }
}
