// What can be wrong with sources of logs as a whole, and its wording. A single file that cannot be read in a folder of
// many is a notice, not an error.

import Formulas

/// Why there are no runs.
public enum LogError: Error, Equatable, Sendable {
    /// A source that was named cannot be read.
    case source(TableError)
    /// A file that was named is of no known format; `lines` are its first ones.
    case unknownFormat(file: String, lines: [String])
    /// A source that the table would be written over.
    case isTarget(String)
    /// A folder below which no format found a run.
    case noRuns(folder: String, files: Int)
    /// Folders in folders beyond the limit.
    case tooDeep(folder: String, limit: Int)
    /// More files than the limit.
    case tooMany(folder: String, limit: Int)
    /// A column that was to tell runs apart and that no table has; `known` are those that tables have.
    case noRunColumn(String, _ known: [String])
    /// A pattern that cannot be read.
    case pattern(String, problem: String)
    /// A pattern without the groups that are needed.
    case patternWithoutGroup(String, group: String)
    /// A pattern that no line of any file matches.
    case patternWithoutMatch(String, files: Int, line: String?)
}

extension LogError: CustomStringConvertible {
    /// The message, without a leading `error:`.
    public var description: String {
        if case .source(let error) = self { return error.description }
        return diagnostic.text
    }

    private static func isTable(_ file: String) -> Bool {
        [".csv", ".jsonl", ".ndjson", ".parquet", ".tsv"].contains { file.lowercased().hasSuffix($0) }
    }

    private var diagnostic: Diagnostic {
        switch self {
        case .source(let error): return Diagnostic(summary: error.description)
        case .unknownFormat(let file, let lines):
            return Diagnostic(
                summary: "'\(Diagnostic.plain(file))' is no log of a known format",
                details: lines.map { "| " + Diagnostic.plain($0) },
                help: Self.isTable(file)
                    ? "it is a table already: allometry fit \(Diagnostic.plain(file)) --formula '…'; to join it, give it a column "
                        + "'run', or one of steps"
                    : file == LogFile.standardInput
                        ? "a table needs a column of steps or of runs; of text, say what a line looks like: --pattern"
                        : "say what a line looks like: --pattern 'step (?<step>\\d+).*loss (?<loss>\\S+)'")
        case .isTarget(let file):
            return Diagnostic(
                summary: "'\(Diagnostic.plain(file))' is read, and --to would write over it",
                help: "give --to another name")
        case .noRuns(let folder, let files):
            return Diagnostic(
                summary: "no run was found in '\(Diagnostic.plain(folder))'",
                details: [files == 1 ? "1 file was looked at" : "\(files) files were looked at"],
                help: "docs/logs.md says what is read; name a text log itself, or give --pattern")
        case .tooDeep(let folder, let limit):
            return Diagnostic(
                summary: "folders are nested deeper than \(limit) levels",
                details: [Diagnostic.plain(folder, longest: 200)], help: "name the folder that has the runs")
        case .tooMany(let folder, let limit):
            return Diagnostic(
                summary: "more than \(limit) files are in '\(Diagnostic.plain(folder))'",
                help: "name the folders that have the runs")
        case .noRunColumn(let name, let known):
            let shown = known.prefix(12).map { Diagnostic.plain($0) }.joined(separator: ", ")
            let near = Suggestion.nearest(to: name, among: known)
            return Diagnostic(
                summary: "--run: no table has a column '\(Diagnostic.plain(name))'",
                details: known.isEmpty
                    ? [] : ["columns: \(shown)\(known.count > 12 ? ", … (\(known.count) in all)" : "")"],
                help: near.map { "did you mean '\($0)'?" }
                    ?? (known.isEmpty
                        ? "columns tell runs of tables apart; a text log needs --pattern with a group 'run'"
                        : "name the column whose value is another for each run"))
        case .pattern(let pattern, let problem):
            return Diagnostic(
                summary: "--pattern: '\(Diagnostic.plain(pattern))' cannot be read",
                details: [Diagnostic.plain(problem)],
                help: "--pattern 'step (?<step>\\d+).*loss (?<loss>\\S+)'")
        case .patternWithoutGroup(let pattern, let group):
            return Diagnostic(
                summary: "--pattern: '\(Diagnostic.plain(pattern))' has no group named \(group)",
                help: "name what it captures: (?<\(group)>\\d+)")
        case .patternWithoutMatch(let pattern, let files, let line):
            return Diagnostic(
                summary: "--pattern: no line of \(files == 1 ? "the file" : "\(files) files") matches",
                details: ["pattern  " + Diagnostic.plain(pattern)]
                    + (line.map { ["a line   " + Diagnostic.plain($0)] } ?? []),
                help: "points, brackets and | stand for themselves only behind a backslash")
        }
    }
}
