import LadderKernels

/// Training speed of a shape, for choosing budgets and for benchmarks.
public struct Speed: Sendable {
    /// Bytes a second of the median step, by the clock on the wall.
    public var tokensPerSecond: Double
    /// Bytes a second of processor time, which other work on the machine hardly changes.
    public var tokensPerProcessorSecond: Double

    /// Trains on arbitrary bytes for about `seconds`, after five steps that are not counted.
    public static func measure(_ run: Run, seconds: Double) throws(LadderError) -> Speed {
        try run.validate()
        let model = try Transformer(run.shape, sequences: run.sequences, seed: run.seed)
        let moments = Moments(model.parameters.count)
        var chance = Chance(seed: run.seed, stream: 7)
        let inputs = (0..<run.batchTokens).map { _ in UInt8(truncatingIfNeeded: chance.next()) }
        let targets = (0..<run.batchTokens).map { _ in UInt8(truncatingIfNeeded: chance.next()) }
        var times: [Double] = []
        var spent = 0.0
        var processorStart = 0.0
        for step in 0... {
            if step == 5 { processorStart = ladder_processor_seconds() }
            let start = ladder_seconds()
            _ = model.lossAndGradient(inputs: inputs, targets: targets)
            _ = moments.update(model, by: run.optimizer, rate: 1e-4, step: step)
            let time = ladder_seconds() - start
            if step >= 5 {
                times.append(time)
                spent += time
                if spent >= seconds && times.count >= 5 { break }
            }
        }
        let processor = ladder_processor_seconds() - processorStart
        times.sort()
        return Speed(
            tokensPerSecond: Double(run.batchTokens) / times[times.count / 2],
            tokensPerProcessorSecond: Double(run.batchTokens * times.count) / processor)
    }
}
