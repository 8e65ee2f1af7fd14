// A format of logs as a value, and the list of all formats.

/// A format in which software leaves what its runs did.
///
/// Formats are values, one a file in `Formats`. A format may know folders, of which it claims some entries, and single
/// files, of which it says how sure it is; what is claimed is not looked at by others.
public struct RunLogFormat: Sendable {
    /// What the format is called: `Hugging Face Trainer`.
    public let name: String
    /// What is read, in one line.
    public let summary: String
    /// The entries of a folder that belong to a run of this format; none where it is no such folder.
    let claims: @Sendable (LogFolder) -> Set<String>
    let readFolder: @Sendable (LogFolder) throws(TableError) -> [RunLog]
    /// How sure it is that a file is of this format: 0 not at all, 1 it could be, 2 nothing else looks like this.
    let confidence: @Sendable (LogFile) -> Int
    let readFile: @Sendable (LogFile) throws(TableError) -> [RunLog]

    init(
        name: String, summary: String, claims: @escaping @Sendable (LogFolder) -> Set<String> = { _ in [] },
        readFolder: @escaping @Sendable (LogFolder) throws(TableError) -> [RunLog] = { _ in [] },
        confidence: @escaping @Sendable (LogFile) -> Int = { _ in 0 },
        readFile: @escaping @Sendable (LogFile) throws(TableError) -> [RunLog] = { _ in [] }
    ) {
        self.name = name
        self.summary = summary
        self.claims = claims
        self.readFolder = readFolder
        self.confidence = confidence
        self.readFile = readFile
    }

    /// All formats, in alphabetical order.
    public static let all: [RunLogFormat] = [
        .byteLadder, .huggingFaceTrainer, .languageModelEvaluation, .lightning, .megatron, .mlflow, .nanoGPT, .table,
        .tensorBoard, .torchtitan, .wandb,
    ]

    /// The format that is surest of a file; the first of the list where two are equally sure.
    static func of(_ file: LogFile) -> RunLogFormat? {
        let sure = all.map { (format: $0, confidence: $0.confidence(file)) }
        guard let best = sure.map(\.confidence).max(), best > 0 else { return nil }
        return sure.first { $0.confidence == best }?.format
    }
}
