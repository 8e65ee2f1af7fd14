/// A list of runs as a text file: one command a line, `#` comments. The plan is both the record of the commands and
/// what is carried out.
public struct Plan: Sendable {
    public var runs: [Run]

    public init(_ runs: [Run]) { self.runs = runs }

    public init(path: String) throws(LadderError) {
        guard let bytes = try Files.read(path) else { throw .unreadable(path: path, reason: "there is no such file") }
        try self.init(text: String(decoding: bytes, as: UTF8.self), path: path)
    }

    public init(text: String, path: String) throws(LadderError) {
        runs = []
        var names: [String: Int] = [:]
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let words = line.prefix { $0 != "#" }.split(separator: " ").map(String.init)
            if words.isEmpty { continue }
            guard words.starts(with: ["byte-ladder", "train"]) else {
                throw .plan(path: path, line: index + 1, what: "'\(line)' is not a command of a plan")
            }
            let run: Run
            do throws(LadderError) {
                run = try Run(options: Array(words.dropFirst(2)))
                try run.validate()
            } catch {
                throw .plan(path: path, line: index + 1, what: "\(error)".replacing("error: ", with: ""))
            }
            if let first = names.updateValue(index + 1, forKey: run.name) {
                throw .plan(path: path, line: index + 1, what: "run '\(run.name)' is already on line \(first)")
            }
            runs.append(run)
        }
    }
}

/// What became of one run of a plan.
public enum Outcome: Sendable {
    case finished(RunResult)
    case alreadyFinished(RunResult)
    case elsewhere
    case failed(LadderError)
    /// It diverged in an earlier session and is not tried again unasked.
    case failedBefore
}

extension Plan {
    /// Trains the runs in order, with one worker; runs that are finished, or that another process has claimed, are
    /// passed by. A run that diverges is told and the next is begun; an unwritable folder ends it.
    public func carryOut(
        corpus: Corpus, runs folder: String, retryFailed: Bool = false, report: (Trainer.Progress) -> Void,
        ended: (Run, Outcome) -> Void
    ) throws(LadderError) {
        for run in runs {
            let place = RunFolder(folder, name: run.name)
            if let done = try place.readResult() {
                ended(run, .alreadyFinished(done))
                continue
            }
            if place.hasFailed && !retryFailed {
                ended(run, .failedBefore)
                continue
            }
            guard try place.claim() else {
                ended(run, .elsewhere)
                continue
            }
            let trainer = try Trainer(run, corpus: corpus, folder: place)
            do throws(LadderError) {
                if let result = try trainer.train(report: report) { ended(run, .finished(result)) }
            } catch {
                guard case .diverged = error else { throw error }
                ended(run, .failed(error))
            }
        }
    }
}
