// From sources to logs: folders are searched for runs of every format, files are recognised by what is in them.

import Formulas

/// The runs that sources hold, as they were written.
public struct RunLogs: Sendable {
    /// A run and the format it was read from.
    public struct Found: Hashable, Sendable {
        public var log: RunLog
        /// The names of the formats; more than one where sources were joined.
        public var formats: [String]
    }

    public internal(set) var runs: [Found] = []
    /// What concerns no single run.
    public internal(set) var notices: [RunLog.Notice] = []
    /// The files that were looked at or belong to a folder that was read.
    public internal(set) var files = 0
    public internal(set) var folders = 0

    /// Folders may lie in folders this deep.
    public static let deepest = 32
    /// A source may have this many files and folders.
    public static let most = 200_000

    /// Reads sources, each a file, a folder that is searched, or `-` for standard input.
    ///
    /// A folder is entered once, however many links lead to it. Runs of one name in different sources are one run, and so
    /// are runs of one identity (`RunLog.identity`); runs of one name in one source keep apart by their paths.
    ///
    /// - Parameters:
    ///   - sources: paths.
    ///   - pattern: how a line of a text log looks; then only text logs are read.
    ///   - runColumns: the columns that tell the runs of a table apart, instead of one called `run`; tables without them are
    ///     read as they are.
    ///   - target: a file that will be written from what is read, and is no source itself.
    /// - Throws: ``LogError`` for a source that cannot be read or has no run, for limits that were passed, and where no table
    ///   has the columns that were named.
    public static func read(
        _ sources: [String], pattern: String? = nil, runColumns: [String] = [], besides target: String? = nil
    ) throws(LogError) -> RunLogs {
        var none: LogCache?
        return try read(sources, pattern: pattern, runColumns: runColumns, besides: target, &none)
    }

    /// As ``read(_:pattern:runColumns:besides:)``, where files of folders that are as they were when they were read with this
    /// cache are not read again.
    public static func read(
        _ sources: [String], pattern: String? = nil, runColumns: [String] = [], besides target: String? = nil,
        _ cache: inout LogCache?
    ) throws(LogError) -> RunLogs {
        let written = target.flatMap { LogFolder.identity($0) }
        let formats = try pattern.map { text throws(LogError) in [try LinePattern(text).format] }
        var all = RunLogs()
        var parts: [[Found]] = []
        var seen: Set<LogFolder.Identity> = []
        var columns: [String] = []
        var hasRunColumns = runColumns.isEmpty
        for source in sources {
            if let written, LogFolder.identity(source) == written { throw .isTarget(source) }
            var search = LogSearch(source: source, pattern: formats?[0], runColumns: runColumns, seen: seen)
            search.written = written
            // Moved and moved back, so that it is never copied.
            swap(&search.cache, &cache)
            defer { swap(&search.cache, &cache) }
            try search.run(isPattern: pattern)
            seen = search.seen
            columns += search.columns.filter { !columns.contains($0) }
            hasRunColumns = hasRunColumns || search.hasRunColumns
            all.files += search.logs.files
            all.folders += search.logs.folders
            all.notices += search.logs.notices
            parts.append(search.logs.runs)
        }
        if !hasRunColumns {
            throw .noRunColumn(
                runColumns.first { !columns.contains($0) } ?? runColumns.joined(separator: ", "), columns)
        }
        all.join(parts)
        return all
    }
}

extension RunLogs {
    /// Settings that stand before all others of every run.
    package mutating func override(_ settings: [RunLog.Setting]) {
        for place in runs.indices { runs[place].log.settings.insert(contentsOf: settings, at: 0) }
    }
}
