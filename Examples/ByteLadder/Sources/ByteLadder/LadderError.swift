/// What can be wrong with what the trainer was given, or with a run. The wording lives here.
public enum LadderError: Error, Sendable, Equatable {
    case shape(String, help: String)
    case option(String, help: String)
    case noCorpus(path: String)
    case smallCorpus(path: String, bytes: Int, needed: Int)
    case unreadable(path: String, reason: String)
    case unwritable(path: String, reason: String)
    case diverged(run: String, step: Int, loss: String)
    case foreignCheckpoint(path: String, what: String)
    case noMatrixLibrary(String)
    case plan(path: String, line: Int, what: String)
}

extension LadderError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .shape(let what, let help): "error: \(what)\n  help: \(help)"
        case .option(let what, let help): "error: \(what)\n  help: \(help)"
        case .noCorpus(let path):
            "error: no corpus at '\(path)'\n  help: make it once with Examples/ByteLadder/corpus.sh, or name a text: --corpus FILE"
        case .smallCorpus(let path, let bytes, let needed):
            "error: '\(path)' has \(bytes) bytes, too few to train on and hold some out\n  help: at least \(needed) bytes"
        case .unreadable(let path, let reason): "error: cannot read '\(path)': \(reason)"
        case .unwritable(let path, let reason):
            "error: cannot write '\(path)': \(reason)\n  help: --runs FOLDER names a folder that you may write to"
        case .diverged(let run, let step, let loss):
            "error: run '\(run)' has loss \(loss) at step \(step)\n  the run is marked as failed and the finished runs are kept\n  help: a smaller --lr, a longer --warmup, or --clip 1"
        case .foreignCheckpoint(let path, let what):
            "error: '\(path)' belongs to another run: \(what)\n  help: another --name, or remove the folder to start anew"
        case .noMatrixLibrary(let name):
            "error: no BLAS with 'sgemm_' at '\(name)'\n  help: --matrices auto looks for one; --matrices built-in needs none"
        case .plan(let path, let line, let what):
            "error: \(what)\n  \(path), line \(line)\n  help: each line is `byte-ladder train --name NAME …`"
        }
    }
}

extension LadderError {
    /// Whether the command was wrong, rather than the world.
    public var isUsage: Bool {
        switch self {
        case .shape, .option, .plan: true
        default: false
        }
    }
}
