import FoundationEssentials
import LadderKernels

/// What a finished run leaves: one row of the table.
public struct RunResult: Codable, Sendable, Equatable {
    public var run: Run
    /// Mean of −ln p over the held-out part, in nats a byte.
    public var loss: Double
    /// Bytes predicted for it.
    public var heldOutTokens: Int
    public var steps: Int
    public var tokens: Int
    /// Processor seconds of training and evaluation, over all sessions.
    public var seconds: Double
    /// Which routine multiplied the matrices.
    public var matrices: String
    /// The corpus by its fingerprint.
    public var corpus: UInt64
}

/// The folder of one run: `log.jsonl`, `checkpoint`, and in the end `result.json` or `failed.txt`.
public struct RunFolder: Sendable {
    public let path: String

    public init(_ runs: String, name: String) { path = "\(runs)/\(name)" }

    public var log: String { "\(path)/log.jsonl" }
    var checkpoint: String { "\(path)/checkpoint" }
    var result: String { "\(path)/result.json" }
    var failure: String { "\(path)/failed.txt" }
    var lock: String { "\(path)/lock" }

    public var isFinished: Bool { Files.exists(result) }
    public var hasFailed: Bool { Files.exists(failure) }

    /// Makes the folder and takes it for this process; false when another process works in it.
    public func claim() throws(LadderError) -> Bool {
        try Files.makeFolder(path)
        let taken = ladder_lock(lock)
        guard taken >= 0 else { throw .unwritable(path: lock, reason: Files.reason()) }
        return taken == 1
    }

    public func readResult() throws(LadderError) -> RunResult? {
        guard let bytes = try Files.read(result) else { return nil }
        do { return try JSONDecoder().decode(RunResult.self, from: Data(bytes)) } catch {
            throw .unreadable(path: result, reason: "it is not a result of byte-ladder")
        }
    }

    func write(_ value: RunResult) throws(LadderError) {
        let text: String
        do {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
            text = String(decoding: try encoder.encode(value), as: UTF8.self) + "\n"
        } catch { throw .unwritable(path: result, reason: "\(error)") }
        try Files.write(text, to: result)
    }
}
