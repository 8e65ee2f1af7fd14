import Foundation
import Testing

@testable import ByteLadder

@Suite struct PieceTests {
    @Test("Parameters are counted as they are laid out")
    func counts() throws {
        for shape in GradientTests.shapes {
            let layout = Layout(shape)
            #expect(layout.count == shape.parameters)
            let embedding = layout.tensors.filter { ["embedding", "positions", "head"].contains($0.name) }
            #expect(embedding.reduce(0) { $0 + $1.count } == shape.embeddingParameters)
            // Tensors follow each other without a gap.
            #expect(zip(layout.tensors, layout.tensors.dropFirst()).allSatisfy { $0.offset + $0.count == $1.offset })
        }
    }

    @Test("Operations: 6 a weight of a matrix, attention and head besides")
    func operations() {
        let shape = Shape(width: 64, layers: 2, heads: 4, hidden: 168, context: 128)
        let weights = Double(2 * (4 * 64 * 64 + 3 * 64 * 168) + 256 * 64)
        let attention = 2.0 * 12 * 64 * 64.5
        #expect(shape.trainingOperationsPerToken == 6 * weights + attention)
    }

    @Test("Impossible shapes name the option and a way out")
    func shapes() {
        var shape = Shape(width: 64, layers: 2, heads: 5, hidden: 100, context: 128)
        #expect(throws: LadderError.shape("--width 64 does not divide into 5 heads", help: "--heads 4")) {
            try shape.validate()
        }
        shape.width = 65
        #expect(throws: LadderError.shape("--width 65 does not divide into 4 heads", help: "an even --width")) {
            shape.heads = 4
            try shape.validate()
        }
        (shape.width, shape.heads) = (64, 64)
        #expect(throws: LadderError.self) { try shape.validate() }
        shape.positions = .learned
        #expect(throws: Never.self) { try shape.validate() }
        shape.layers = 0
        #expect(throws: LadderError.shape("--layers is 0", help: "every size is at least 1")) { try shape.validate() }
    }

    @Test("Schedules warm up to the peak and end where they should")
    func schedules() {
        for kind in Schedule.Kind.allCases {
            let schedule = Schedule(kind, warmup: 0.1, final: 0.2, decay: 0.25)
            let factors = (0..<100).map { schedule.factor(step: $0, of: 100) }
            #expect(factors[0] == 0.1)
            #expect(factors[9] == 1)
            #expect(factors[10] == 1)
            #expect(factors.allSatisfy { $0 > 0 && $0 <= 1 })
            let end = schedule.factor(step: 100, of: 100)
            #expect(abs(end - (kind == .constant ? 1 : 0.2)) < 1e-12)
            #expect(zip(factors[10...], factors[11...]).allSatisfy { $0 >= $1 })
        }
        #expect(Schedule(.cosine, warmup: 0.1).factor(step: 55, of: 100).rounded(to: 12) == 0.5)
        #expect(Schedule(.linear, warmup: 0).factor(step: 25, of: 100) == 0.75)
        #expect(Schedule(.wsd, warmup: 0.1, decay: 0.2).factor(step: 80, of: 100) == 1)
        #expect(Schedule(.wsd, warmup: 0.1, decay: 0.2).factor(step: 90, of: 100) == 0.5)
    }

    @Test("Nothing held out is trained on, and an epoch meets each window once")
    func windows() throws {
        let corpus = try Corpus(bytes: someText(700_000), path: "text")
        let held = corpus.heldOutWindows(context: 64)
        let heldBytes = Set(held.flatMap { Int($0)...Int($0) + 64 })
        #expect(held.count == 3 * 63)
        for epoch in 0..<3 {
            let windows = corpus.windows(context: 64, seed: 4, epoch: epoch)
            #expect(Set(windows).count == windows.count)
            #expect(
                windows.allSatisfy { start in !(Int(start)...Int(start) + 64).contains { heldBytes.contains($0) } })
            #expect(windows != windows.sorted())
            // Targets of an epoch are met once.
            let sorted = windows.sorted()
            #expect(zip(sorted, sorted.dropFirst()).allSatisfy { $1 - $0 >= 64 })
            #expect(Double(windows.count * 64) > 0.98 * Double(corpus.trainingBytes))
        }
        #expect(corpus.windows(context: 64, seed: 4, epoch: 0) != corpus.windows(context: 64, seed: 5, epoch: 0))
        #expect(corpus.heldOutWindows(context: 64, limit: 10).count == 10)
        let run = smallRun("sampler")
        var sampler = try Sampler(corpus, context: 16, sequences: 4, seed: run.seed)
        var inputs = [UInt8](repeating: 0, count: 64), targets = inputs
        sampler.batch(step: sampler.stepsPerEpoch + 3, &inputs, &targets)
        let (first, following) = (inputs, targets)
        #expect(Array(first[1..<16]) == Array(following[0..<15]))
        sampler.batch(step: 0, &inputs, &targets)
        sampler.batch(step: sampler.stepsPerEpoch + 3, &inputs, &targets)
        #expect(inputs == first)
    }

    @Test("Options make a run; the recipe comes first whatever the order")
    func options() throws {
        let run = try Run(options: [
            "--name", "x", "--tokens", "2.5M", "--schedule", "linear", "--width", "48", "--recipe", "plain", "--lr",
            "3e-3",
        ])
        #expect(run.recipe == "plain")
        #expect(run.shape.feedForward == .plain)
        #expect(run.shape.output == .tied)
        #expect(run.shape.hidden == 192)
        #expect(run.shape.heads == 3)
        #expect(run.schedule.kind == .linear)
        #expect(run.requestedTokens == 2_500_000)
        #expect(run.rate == 3e-3)
        #expect(run.tokens % run.batchTokens == 0)
    }

    @Test(
        "Bad options are quoted with a way out",
        arguments: [
            (["--widht", "3"], "error: unknown option '--widht'\n  help: did you mean --width?"),
            (["--width", "three"], "error: --width 'three' is not a number\n  help: such as 12, 3e-3 or 2.5M"),
            (["--recipe", "best"], "error: unknown recipe 'best'\n  help: --recipe gated|plain"),
            (["--output", "none"], "error: --output 'none' is none of its values\n  help: --output tied|untied"),
            (["--seed"], "error: '--seed' needs a value\n  help: --seed N"),
            (["fast"], "error: 'fast' is not an option\n  help: options are `--name value`"),
        ])
    func badOptions(words: [String], message: String) throws {
        let error = #expect(throws: LadderError.self) { try Run(options: words) }
        #expect("\(try #require(error))" == message)
    }

    @Test(
        "A run that cannot be is refused before it starts",
        arguments: [
            (["--batch", "500"], "error: --batch 500 is not a multiple of the context, 128\n  help: --batch 384"),
            (["--lr", "0"], "error: --lr 0.0 is no learning rate\n  help: a positive number, such as 3e-3"),
            (["--warmup", "5"], "error: --warmup 5.0 is not a share\n  help: a number from 0 to 1"),
            (["--tokens", "0"], "error: --tokens 0 trains on nothing\n  help: --tokens 1M"),
            (
                ["--name", "a/b"],
                "error: --name 'a/b' cannot name a folder and a row\n  help: letters, digits, '-', '_' and '.'"
            ),
        ])
    func badRuns(words: [String], message: String) throws {
        let run = try Run(options: ["--name", "x"] + words)
        let error = #expect(throws: LadderError.self) { try run.validate() }
        #expect("\(try #require(error))" == message)
    }

    @Test("A plan is read line by line; a bad line is named by its number")
    func plans() throws {
        let plan = try Plan(
            text: "# comment\nbyte-ladder train --name a --width 32\n\nbyte-ladder train --name b # why\n", path: "p")
        #expect(plan.runs.map(\.name) == ["a", "b"])
        let twice = #expect(throws: LadderError.self) {
            try Plan(text: "byte-ladder train --name a\nbyte-ladder train --name a\n", path: "p")
        }
        #expect("\(try #require(twice))".hasPrefix("error: run 'a' is already on line 1\n  p, line 2"))
        let bad = #expect(throws: LadderError.self) { try Plan(text: "\nrm -rf\n", path: "p") }
        #expect("\(try #require(bad))".hasPrefix("error: 'rm -rf' is not a command of a plan\n  p, line 2"))
    }

    @Test("Numbers are printed plainly")
    func printing() {
        #expect(fixed(1.23456, 3) == "1.235")
        #expect(fixed(-0.004, 2) == "0.00")
        #expect(fixed(12.5, 0) == "13")
        #expect(short(2_149_000) == "2.1M")
        #expect(short(45_100) == "45k")
        #expect(scientific(1.23456e14) == "1.2346e+14")
    }
}

extension Double {
    fileprivate func rounded(to digits: Int) -> Double {
        let scale = pow(10, Double(digits))
        return (self * scale).rounded() / scale
    }
}
