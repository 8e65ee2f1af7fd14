import FoundationEssentials

/// All of a run's state between two steps. Written beside and renamed, so a kill leaves the one before.
///
/// The file is a line of JSON, a newline, then parameters and both moments as raw single-precision numbers.
struct Checkpoint: Codable, Equatable {
    static let version = 1

    var version = Checkpoint.version
    var run: Run
    /// Steps done.
    var step: Int
    /// Bytes of the log that belong to those steps.
    var logLength: Int
    /// Processor seconds of training so far.
    var seconds: Double
    var corpus: UInt64
    var corpusBytes: Int

    func write(_ model: Transformer, _ moments: Moments, to path: String) throws(LadderError) {
        var data: Data
        do {
            let encoder = JSONEncoder()
            encoder.outputFormatting = .sortedKeys
            data = try encoder.encode(self)
        } catch { throw .unwritable(path: path, reason: "\(error)") }
        data.append(10)
        for buffer in [model.parameters, moments.first, moments.second] { data.append(contentsOf: buffer.bytes) }
        var failure: LadderError?
        data.withUnsafeBytes { raw in
            do throws(LadderError) { try Files.write(raw, to: path) } catch { failure = error }
        }
        if let failure { throw failure }
    }

    /// Fills the model and the moments and returns the rest, or nil when there is no file. A checkpoint of another
    /// run, corpus or version is refused.
    static func read(
        _ path: String, for run: Run, _ corpus: Corpus, into model: Transformer, _ moments: Moments
    ) throws(LadderError) -> Checkpoint? {
        guard let bytes = try Files.read(path) else { return nil }
        guard let newline = bytes.firstIndex(of: 10),
            let head = try? JSONDecoder().decode(Checkpoint.self, from: Data(bytes[..<newline]))
        else { throw .unreadable(path: path, reason: "it is not a checkpoint of byte-ladder") }
        guard head.version == version else {
            throw .foreignCheckpoint(path: path, what: "it has version \(head.version), this is version \(version)")
        }
        guard head.run == run else { throw .foreignCheckpoint(path: path, what: "its options differ from these") }
        guard head.corpus == corpus.fingerprint, head.corpusBytes == corpus.bytes.count else {
            throw .foreignCheckpoint(path: path, what: "it was trained on another corpus")
        }
        let buffers = [model.parameters, moments.first, moments.second]
        guard bytes.count - newline - 1 == buffers.reduce(0, { $0 + $1.count * 4 }) else {
            throw .unreadable(path: path, reason: "it is cut short")
        }
        var at = newline + 1
        for buffer in buffers {
            bytes.withUnsafeBytes {
                UnsafeMutableRawPointer(buffer.start).copyMemory(
                    from: $0.baseAddress.unsafelyUnwrapped + at, byteCount: buffer.count * 4)
            }
            at += buffer.count * 4
        }
        return head
    }
}
