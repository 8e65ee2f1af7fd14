import Foundation
import LadderKernels
import Testing

@testable import ByteLadder

/// A folder of its own for a test, removed with it.
final class Scratch {
    let path = NSTemporaryDirectory() + "byte-ladder-tests-\(UUID().uuidString)"

    init() throws { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) }
    deinit { try? FileManager.default.removeItem(atPath: path) }

    func bytes(_ file: String) throws -> Data { try Data(contentsOf: URL(fileURLWithPath: "\(path)/\(file)")) }
}

/// Text with structure to learn: words of a few letters in a fixed order with chance between.
func someText(_ count: Int) -> [UInt8] {
    let words = ["law ", "of ", "size ", "holds ", "while ", "grows.\n", "loss ", "falls "]
    var chance = Chance(seed: 3)
    var bytes: [UInt8] = []
    while bytes.count < count { bytes += Array(words[chance.index(below: words.count)].utf8) }
    return Array(bytes[..<count])
}

func smallRun(_ name: String, _ change: (inout Run) -> Void = { _ in }) -> Run {
    var run = Recipe.gated.defaults
    run.name = name
    run.shape = Shape(width: 16, layers: 1, heads: 1, hidden: 24, context: 16)
    run.batchTokens = 64
    run.requestedTokens = 64 * 30
    run.evaluationTokens = 256
    run.evaluations = 3
    change(&run)
    return run
}

@Suite struct TrainerTests {
    let corpus: Corpus
    init() throws { corpus = try Corpus(bytes: someText(300_000), path: "text") }

    func train(_ run: Run, in scratch: Scratch, stopAfter: Int = .max) throws -> RunResult? {
        ladder_use_builtin()
        let trainer = try Trainer(run, corpus: corpus, folder: RunFolder(scratch.path, name: run.name))
        trainer.stopAfter = stopAfter
        return try trainer.train { _ in }
    }

    @Test("A run stopped and resumed twice ends bit-equal to one that never stopped")
    func resume() throws {
        let scratch = try Scratch()
        for recipe in Recipe.allCases {
            let whole = smallRun("whole-\(recipe)") { run in
                let shape = run.shape
                run.schedule = recipe.defaults.schedule
                run.shape = recipe.defaults.shape
                (run.shape.width, run.shape.layers, run.shape.heads) = (shape.width, shape.layers, shape.heads)
                (run.shape.hidden, run.shape.context) = (shape.hidden, shape.context)
            }
            var parts = whole
            parts.name = "parts-\(recipe)"
            let one = try #require(try train(whole, in: scratch))
            #expect(try train(parts, in: scratch, stopAfter: 7) == nil)
            // A kill may leave lines in the log that no checkpoint knows.
            let log = try FileHandle(forWritingTo: URL(fileURLWithPath: "\(scratch.path)/\(parts.name)/log.jsonl"))
            try log.seekToEnd()
            try log.write(contentsOf: Data("{\"step\":8,\"tok".utf8))
            try log.close()
            #expect(try train(parts, in: scratch, stopAfter: 19) == nil)
            let other = try #require(try train(parts, in: scratch))
            #expect(one.loss.bitPattern == other.loss.bitPattern)
            #expect(try scratch.bytes("\(whole.name)/log.jsonl") == scratch.bytes("\(parts.name)/log.jsonl"))
        }
    }

    @Test("A log that lost lines which the checkpoint counts is refused, not padded")
    func lostLog() throws {
        let scratch = try Scratch()
        #expect(try train(smallRun("lost"), in: scratch, stopAfter: 9) == nil)
        try Data().write(to: URL(fileURLWithPath: scratch.path + "/lost/log.jsonl"))
        let error = #expect(throws: LadderError.self) { try train(smallRun("lost"), in: scratch) }
        #expect("\(try #require(error))".contains("shorter than the checkpoint beside it says"))
    }

    @Test("A checkpoint holds the very bits of weights and moments")
    func checkpoint() throws {
        let scratch = try Scratch()
        let run = smallRun("bits")
        let model = try Transformer(run.shape, sequences: run.sequences, seed: 1)
        let moments = Moments(model.parameters.count)
        for i in 0..<moments.first.count { moments.first.start[i] = Float(i) * 0.37 }
        let state = Checkpoint(
            run: run, step: 4, logLength: 9, seconds: 1.5, corpus: corpus.fingerprint, corpusBytes: corpus.bytes.count
        )
        try state.write(model, moments, to: scratch.path + "/c")
        let other = try Transformer(run.shape, sequences: run.sequences, seed: 2)
        let otherMoments = Moments(model.parameters.count)
        let read = try Checkpoint.read(scratch.path + "/c", for: run, corpus, into: other, otherMoments)
        #expect(read == state)
        #expect(Array(other.parameters.values) == Array(model.parameters.values))
        #expect(Array(otherMoments.first.values) == Array(moments.first.values))
        // Of another run, of another corpus, cut short.
        #expect(throws: LadderError.self) {
            try Checkpoint.read(scratch.path + "/c", for: smallRun("other"), corpus, into: other, otherMoments)
        }
        let foreign = try Corpus(bytes: someText(200_000), path: "text")
        #expect(throws: LadderError.self) {
            try Checkpoint.read(scratch.path + "/c", for: run, foreign, into: other, otherMoments)
        }
        try scratch.bytes("c").dropLast(3).write(to: URL(fileURLWithPath: scratch.path + "/c"))
        #expect(throws: LadderError.unreadable(path: scratch.path + "/c", reason: "it is cut short")) {
            try Checkpoint.read(scratch.path + "/c", for: run, corpus, into: other, otherMoments)
        }
    }

    @Test("The same seed gives the same bits, another seed does not, and the loss falls below that of single bytes")
    func seeds() throws {
        let scratch = try Scratch()
        let one = try #require(try train(smallRun("one"), in: scratch))
        let two = try #require(try train(smallRun("two"), in: scratch))
        let other = try #require(try train(smallRun("three") { $0.seed = 2 }, in: scratch))
        #expect(one.loss == two.loss)
        #expect(one.loss != other.loss)
        let long = try #require(
            try train(smallRun("long") { ($0.requestedTokens, $0.rate) = (64 * 600, 1e-2) }, in: scratch))
        #expect(long.loss < one.loss)
        #expect(long.loss < 1.0)
    }

    @Test("A run that diverges says so, is marked, and the plan goes on to the next with the finished kept")
    func divergence() throws {
        let scratch = try Scratch()
        ladder_use_builtin()
        let wild = smallRun("wild") { ($0.rate, $0.optimizer.clip, $0.schedule.warmup) = (1e30, 0, 0) }
        let plan = Plan([smallRun("before"), wild, smallRun("after")])
        var outcomes: [String] = []
        let note = { (run: Run, outcome: Outcome) in
            switch outcome {
            case .finished: outcomes.append("\(run.name) finished")
            case .alreadyFinished: outcomes.append("\(run.name) was there")
            case .elsewhere: outcomes.append("\(run.name) elsewhere")
            case .failedBefore: outcomes.append("\(run.name) failed before")
            case .failed(let error):
                outcomes.append("\(run.name) failed")
                #expect("\(error)".contains("run 'wild' has loss NaN at step"))
                #expect("\(error)".contains("a smaller --lr"))
            }
        }
        try plan.carryOut(corpus: corpus, runs: scratch.path, report: { _ in }, ended: note)
        #expect(outcomes == ["before finished", "wild failed", "after finished"])
        #expect(RunFolder(scratch.path, name: "wild").hasFailed)
        outcomes = []
        try plan.carryOut(corpus: corpus, runs: scratch.path, report: { _ in }, ended: note)
        #expect(outcomes == ["before was there", "wild failed before", "after was there"])
    }

    @Test("A folder that cannot be made ends the plan with its name; an absent corpus names the script")
    func badPlaces() throws {
        let scratch = try Scratch()
        try Data("a file".utf8).write(to: URL(fileURLWithPath: scratch.path + "/file"))
        let error = #expect(throws: LadderError.self) {
            try Plan([smallRun("run")]).carryOut(
                corpus: corpus, runs: scratch.path + "/file", report: { _ in }, ended: { _, _ in })
        }
        #expect("\(try #require(error))".hasPrefix("error: cannot write '\(scratch.path)/file"))
        let missing = #expect(throws: LadderError.self) { try Corpus(path: scratch.path + "/none.txt") }
        #expect("\(try #require(missing))".contains("corpus.sh"))
        let small = #expect(throws: LadderError.self) { try Corpus(bytes: [1, 2, 3], path: "tiny") }
        #expect("\(try #require(small))".hasPrefix("error: 'tiny' has 3 bytes"))
    }

    @Test("The table has a row a finished run; thinned curves keep the mean")
    func table() throws {
        let scratch = try Scratch()
        let runs = [smallRun("a"), smallRun("b") { $0.recipe = "plain" }]
        for run in runs { _ = try train(run, in: scratch) }
        let table = try RunTable([Plan(runs + [smallRun("never")])], runs: scratch.path)
        try table.writeTable(to: scratch.path + "/runs.csv")
        try table.writeCurves(to: scratch.path + "/curves.jsonl", points: 5, schedulePoints: 9)
        let lines = String(decoding: try scratch.bytes("runs.csv"), as: UTF8.self).split(separator: "\n")
        #expect(lines.count == 3)
        let names = lines[0].split(separator: ",").map(String.init)
        for wanted in [
            "run", "recipe", "seed", "params_non_embedding", "params_total", "width", "layers", "tokens",
            "flops_exact",
            "flops_6nd", "lr", "batch_tokens", "schedule", "steps", "loss",
        ] { #expect(names.contains(wanted)) }
        #expect(lines[1].split(separator: ",").count == names.count)
        let row = Dictionary(uniqueKeysWithValues: zip(names, lines[1].split(separator: ",").map(String.init)))
        // 4·16² + 3·16·24 + 3·16
        #expect(row["params_non_embedding"] == "2224")
        #expect(row["tokens"] == "1920")

        let steps = String(decoding: try scratch.bytes("a/log.jsonl"), as: UTF8.self).split(separator: "\n")
        #expect(steps.count == 30)
        let decoded = try steps.map { try JSONDecoder().decode(RunTable.Step.self, from: Data($0.utf8)) }
        let curve = try String(decoding: try scratch.bytes("curves.jsonl"), as: UTF8.self).split(separator: "\n")
            .filter { $0.contains("\"run\":\"a\"") }
            .map { try JSONDecoder().decode(RunTable.Step.self, from: Data($0.utf8)) }
        #expect(curve.map(\.step) == [6, 10, 12, 18, 20, 24, 30])
        let mean = decoded[0..<6].reduce(0.0) { $0 + $1.loss } / 6
        #expect(abs(curve[0].loss - mean) < 1e-4)
        #expect(curve.filter { $0.held_out != nil }.map(\.step) == [10, 20, 30])
    }
}
