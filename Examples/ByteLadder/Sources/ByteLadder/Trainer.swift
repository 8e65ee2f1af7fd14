import LadderKernels

/// Trains one run from its start or its checkpoint to its end.
public final class Trainer {
    /// What a trainer tells while it works.
    public struct Progress: Sendable {
        public var run: String
        public var step: Int
        public var steps: Int
        /// Mean training loss since the last report, nats a byte.
        public var loss: Double
        /// Over the time since the last report.
        public var tokensPerSecond: Double
        public var secondsLeft: Double
    }

    let run: Run
    let corpus: Corpus
    let folder: RunFolder
    /// Seconds between checkpoints.
    var checkpointInterval = 30.0
    /// Seconds between reports of progress.
    var reportInterval = 5.0
    /// Stops before this many steps are done, as a kill would, but cleanly: for tests.
    var stopAfter = Int.max

    public init(_ run: Run, corpus: Corpus, folder: RunFolder) throws(LadderError) {
        try run.validate()
        self.run = run
        self.corpus = corpus
        self.folder = folder
    }

    /// Trains to the end and returns the result, which is also in the folder. A finished run is not trained again.
    ///
    /// - Throws: `LadderError.diverged` when the loss is not a number; the folder then says so.
    /// - Returns: nil when `stopAfter` ended it early.
    public func train(report: (Progress) -> Void) throws(LadderError) -> RunResult? {
        if let done = try folder.readResult() {
            guard done.run == run else {
                throw .foreignCheckpoint(path: folder.result, what: "its options differ from these")
            }
            return done
        }
        try Files.makeFolder(folder.path)
        Files.remove(folder.failure)
        let model = try Transformer(run.shape, sequences: run.sequences, seed: run.seed)
        let moments = Moments(model.parameters.count)
        var state = Checkpoint(
            run: run, step: 0, logLength: 0, seconds: 0, corpus: corpus.fingerprint, corpusBytes: corpus.bytes.count)
        if let found = try Checkpoint.read(folder.checkpoint, for: run, corpus, into: model, moments) {
            state = found
        }
        let log = try LineLog(folder.log, keeping: state.logLength)
        var sampler = try Sampler(corpus, context: run.shape.context, sequences: run.sequences, seed: run.seed)
        var inputs = [UInt8](repeating: 0, count: run.batchTokens)
        var targets = inputs

        let origin = ladder_processor_seconds() - state.seconds
        var (lastCheckpoint, lastReport) = (ladder_seconds(), ladder_seconds())
        var (reported, sum) = (state.step, 0.0)
        while state.step < run.steps {
            guard state.step < stopAfter else { return nil }
            let rate = run.rate * run.schedule.factor(step: state.step, of: run.steps)
            sampler.batch(step: state.step, &inputs, &targets)
            let loss = model.lossAndGradient(inputs: inputs, targets: targets) / Double(run.batchTokens)
            let norm = loss.isFinite ? moments.update(model, by: run.optimizer, rate: rate, step: state.step) : .nan
            guard norm.isFinite else { throw try failed(at: state.step, loss: loss.isFinite ? norm : loss, log) }
            state.step += 1
            sum += loss
            var line =
                "{\"step\":\(state.step),\"tokens\":\(state.step * run.batchTokens),\"lr\":\(Float(rate)),\"loss\":\(Float(loss)),\"gradient_norm\":\(Float(norm))"
            if run.evaluates(after: state.step) {
                let held = evaluate(model, limit: run.evaluationTokens / run.shape.context)
                line += ",\"held_out\":\(held.loss),\"held_out_tokens\":\(held.tokens)"
            }
            if state.step == run.steps {
                let held = evaluate(model, limit: .max)
                guard held.loss.isFinite else { throw try failed(at: state.step, loss: held.loss, log) }
                line += ",\"held_out\":\(held.loss),\"held_out_tokens\":\(held.tokens)}"
                try log.append(line)
                _ = try log.flush()
                let result = RunResult(
                    run: run, loss: held.loss, heldOutTokens: held.tokens, steps: run.steps, tokens: run.tokens,
                    seconds: ladder_processor_seconds() - origin, matrices: String(cString: ladder_matrix_path()),
                    corpus: corpus.fingerprint)
                try folder.write(result)
                Files.remove(folder.checkpoint)
                return result
            }
            try log.append(line + "}")
            let now = ladder_seconds()
            if now - lastCheckpoint >= checkpointInterval || state.step == stopAfter {
                state.logLength = try log.flush()
                state.seconds = ladder_processor_seconds() - origin
                try state.write(model, moments, to: folder.checkpoint)
                lastCheckpoint = now
            }
            if now - lastReport >= reportInterval {
                let steps = state.step - reported
                let speed = Double(steps) / (now - lastReport)
                report(
                    Progress(
                        run: run.name, step: state.step, steps: run.steps, loss: sum / Double(steps),
                        tokensPerSecond: speed * Double(run.batchTokens),
                        secondsLeft: Double(run.steps - state.step) / speed))
                (lastReport, reported, sum) = (now, state.step, 0)
            }
        }
        return nil
    }

    /// Held-out loss over disjoint windows, spread evenly when `limit` is fewer than there are.
    private func evaluate(_ model: Transformer, limit: Int) -> (loss: Double, tokens: Int) {
        let context = run.shape.context
        let windows = corpus.heldOutWindows(context: context, limit: limit)
        var total = 0.0
        for first in stride(from: 0, to: windows.count, by: run.sequences) {
            let batch = windows[first..<min(first + run.sequences, windows.count)]
            var inputs = [UInt8](repeating: 0, count: batch.count * context)
            var targets = inputs
            corpus.fill(&inputs, &targets, windows: batch, context: context)
            total += model.loss(inputs: inputs, targets: targets)
        }
        return (total / Double(windows.count * context), windows.count * context)
    }

    private func failed(at step: Int, loss: Double, _ log: LineLog) throws(LadderError) -> LadderError {
        let error = LadderError.diverged(run: run.name, step: step, loss: loss.isNaN ? "NaN" : "\(loss)")
        _ = try log.flush()
        try Files.write("\(error)\n", to: folder.failure)
        Files.remove(folder.checkpoint)
        return error
    }
}
