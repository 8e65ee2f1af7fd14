/// A text as bytes, split once and for all into what is trained on and what is held out.
///
/// The text is cut into blocks of 4096 bytes; of every 64 blocks the 33rd is held out, so that the held-out part is
/// spread over the whole text. A training window never leaves a run of training blocks.
public struct Corpus: Sendable {
    public let bytes: [UInt8]
    /// FNV-1a of the bytes: a checkpoint knows its corpus by it.
    public let fingerprint: UInt64

    static let block = 4096
    static let period = 64
    static let heldOutPhase = 32

    public init(bytes: [UInt8], path: String) throws(LadderError) {
        let needed = Corpus.block * (Corpus.heldOutPhase + 2)
        guard bytes.count >= needed else {
            throw .smallCorpus(path: path, bytes: bytes.count, needed: needed)
        }
        self.bytes = bytes
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        fingerprint = hash
    }

    public init(path: String) throws(LadderError) {
        guard let bytes = try Files.read(path) else { throw .noCorpus(path: path) }
        try self.init(bytes: bytes, path: path)
    }

    /// Bytes that may be trained on.
    public var trainingBytes: Int { trainingRuns.reduce(0) { $0 + $1.count } }

    /// Runs of consecutive training blocks.
    var trainingRuns: [Range<Int>] {
        var runs: [Range<Int>] = []
        var start = 0
        for held in heldOutBlocks {
            runs.append(start..<held.lowerBound)
            start = held.upperBound
        }
        if start < bytes.count { runs.append(start..<bytes.count) }
        return runs
    }

    var heldOutBlocks: [Range<Int>] {
        stride(from: Corpus.heldOutPhase, to: bytes.count / Corpus.block, by: Corpus.period).map {
            $0 * Corpus.block..<($0 + 1) * Corpus.block
        }
    }

    /// Where the windows of one pass over the training part start: disjoint windows of `context` targets, all shifted
    /// by a random phase, in random order. A window at `s` reads bytes `s ..< s + context` and predicts
    /// `s + 1 ... s + context`.
    func windows(context: Int, seed: UInt64, epoch: Int) -> [UInt32] {
        var chance = Chance(seed: seed, stream: UInt64(1 + epoch))
        let phase = chance.index(below: context)
        var starts: [UInt32] = []
        for run in trainingRuns {
            var start = run.lowerBound + phase
            while start + context < run.upperBound {
                starts.append(UInt32(start))
                start += context
            }
        }
        for last in stride(from: starts.count - 1, to: 0, by: -1) {
            starts.swapAt(last, chance.index(below: last + 1))
        }
        return starts
    }

    /// Disjoint windows of the held-out part, in order; `limit` windows spread evenly when there are more.
    func heldOutWindows(context: Int, limit: Int = .max) -> [UInt32] {
        let all = heldOutBlocks.flatMap { block in
            stride(from: block.lowerBound, to: block.upperBound - context, by: context).map { UInt32($0) }
        }
        guard limit < all.count else { return all }
        return (0..<limit).map { all[$0 * all.count / limit] }
    }

    /// Copies windows into inputs and targets.
    func fill(_ inputs: inout [UInt8], _ targets: inout [UInt8], windows: ArraySlice<UInt32>, context: Int) {
        for (row, start) in windows.enumerated() {
            for offset in 0..<context {
                inputs[row * context + offset] = bytes[Int(start) + offset]
                targets[row * context + offset] = bytes[Int(start) + offset + 1]
            }
        }
    }
}

/// The order in which a run meets the training windows; depends on the seed and the step alone.
struct Sampler {
    let corpus: Corpus
    let context: Int
    let sequences: Int
    let seed: UInt64
    /// The same for every epoch, whatever its phase, so that a step belongs to one epoch without counting.
    let stepsPerEpoch: Int
    private var epoch = -1
    private var order: [UInt32] = []

    init(_ corpus: Corpus, context: Int, sequences: Int, seed: UInt64) throws(LadderError) {
        self.corpus = corpus
        self.context = context
        self.sequences = sequences
        self.seed = seed
        let windows = corpus.trainingRuns.reduce(0) { $0 + max(0, ($1.count - context) / context) }
        stepsPerEpoch = windows / sequences
        guard stepsPerEpoch > 0 else {
            throw .option(
                "a batch of \(sequences) × \(context) bytes is larger than the corpus",
                help: "a smaller --batch or a longer text")
        }
    }

    mutating func batch(step: Int, _ inputs: inout [UInt8], _ targets: inout [UInt8]) {
        if step / stepsPerEpoch != epoch {
            epoch = step / stepsPerEpoch
            order = corpus.windows(context: context, seed: seed, epoch: epoch)
        }
        let first = step % stepsPerEpoch * sequences
        corpus.fill(&inputs, &targets, windows: order[first..<first + sequences], context: context)
    }
}
