// The search of one source: its folders one after another, each file offered to the formats.

import Formulas

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The search of one source.
struct LogSearch {
    let source: String
    /// The format of a user's pattern, which then is the only one.
    let pattern: RunLogFormat?
    /// The columns that tell the runs of a table apart, where they were named.
    let runColumns: [String]
    /// The columns of the tables that were met, where they were named, and whether one has all of them.
    private(set) var columns: [String] = []
    private(set) var hasRunColumns = false
    var seen: Set<LogFolder.Identity>
    /// What was read before of files that are as they were; nil where nothing is kept.
    var cache: LogCache?
    /// A file that is passed over: what will be written from this search.
    var written: LogFolder.Identity?
    var logs = RunLogs()
    private var entries = 0
    private var unmatched: String?

    init(source: String, pattern: RunLogFormat?, runColumns: [String] = [], seen: Set<LogFolder.Identity> = []) {
        self.source = source
        self.pattern = pattern
        self.runColumns = runColumns
        self.seen = seen
    }

    mutating func run(isPattern text: String?) throws(LogError) {
        if source != "-", LogFolder.kind(source) == S_IFDIR {
            // A folder inside of another source has been read with it.
            if let identity = LogFolder.identity(source), seen.contains(identity) { return }
            try folder(source, depth: 0)
            if logs.runs.isEmpty {
                if let text { throw .patternWithoutMatch(text, files: logs.files, line: unmatched) }
                throw .noRuns(folder: source, files: logs.files)
            }
        } else {
            try file(source, text)
        }
        logs.joinHyperparameters()
        nameApart()
    }

    // MARK: - A file that was named

    private mutating func file(_ path: String, _ text: String?) throws(LogError) {
        do {
            let file = try LogFile(reading: path)
            logs.files += 1
            if let pattern {
                let runs = try pattern.readFile(file)
                if runs.isEmpty, let text {
                    throw LogError.patternWithoutMatch(text, files: 1, line: TextLines.sample(file.bytes))
                }
                add(runs, pattern)
            } else if let runs = toldApart(file) {
                add(runs, .table)
            } else if let format = RunLogFormat.of(file) {
                add(try format.readFile(file), format)
            } else {
                throw LogError.unknownFormat(file: file.path, lines: TextLines.first(3, of: file.bytes))
            }
        } catch let error as LogError {
            throw error
        } catch let error as TableError {
            throw .source(error)
        } catch {
            preconditionFailure("an error of another type")
        }
    }

    // MARK: - Folders

    private mutating func folder(_ path: String, depth: Int) throws(LogError) {
        if depth > RunLogs.deepest { throw .tooDeep(folder: path, limit: RunLogs.deepest) }
        if let identity = LogFolder.identity(path), !seen.insert(identity).inserted { return }
        let folder: LogFolder
        do { folder = try LogFolder(listing: path) } catch {
            if depth == 0 { throw .source(error) }
            logs.notices.append(.unreadable(path, error))
            return
        }
        logs.folders += 1
        entries += folder.files.count + folder.folders.count
        if entries > RunLogs.most { throw .tooMany(folder: source, limit: RunLogs.most) }
        var claimed: Set<String> = []
        let before = logs.runs.count
        if pattern == nil { claimed = claim(folder) }
        var unknown: [String] = []
        for name in folder.files where !claimed.contains(name) && Self.isPromising(name) && !name.hasPrefix(".") {
            if !look(at: folder.path(of: name)) { unknown.append(name) }
        }
        if logs.runs.count == before + 1, pattern == nil { addSettings(unknown, folder, to: before) }
        for name in folder.folders where !claimed.contains(name) && !name.hasPrefix(".") {
            try self.folder(folder.path(of: name), depth: depth + 1)
        }
    }

    // What the formats that know folders take of it.
    private mutating func claim(_ folder: LogFolder) -> Set<String> {
        var claimed: Set<String> = []
        for format in RunLogFormat.all {
            let claims = format.claims(folder).subtracting(claimed)
            if claims.isEmpty { continue }
            claimed.formUnion(claims)
            logs.files += claims.count
            // A folder of which nothing is claimed may lend its own name to the run, so that the format is part of the key.
            let key = "\(format.name) \(folder.path)"
            let stamps = cache == nil ? nil : LogCache.stamps(claims.sorted().map(folder.path(of:)))
            keeping(key, stamps) { search in
                do throws(TableError) { search.add(try format.readFolder(folder), format) } catch {
                    search.logs.notices.append(.unreadable(folder.path, error))
                }
                return true
            }
        }
        return claimed
    }

    // Reads a file where a format knows it; false where none does.
    private mutating func look(at path: String) -> Bool {
        if let written, LogFolder.identity(path) == written { return true }
        logs.files += 1
        return keeping("file \(path)", cache == nil ? nil : LogCache.stamps([path])) { $0.read(path) }
    }

    // What a closure adds to the logs, or what it added when these files were the same.
    @discardableResult private mutating func keeping(
        _ key: String, _ stamps: [LogCache.Stamp]?, _ read: (inout LogSearch) -> Bool
    ) -> Bool {
        if let entry = cache?.entry(key, stamps) {
            logs.runs += entry.runs
            logs.notices += entry.notices
            unmatched = unmatched ?? entry.unmatched
            columns += entry.columns.filter { !columns.contains($0) }
            hasRunColumns = hasRunColumns || entry.hasRunColumns
            return entry.isKnown
        }
        let (runs, notices, line) = (logs.runs.count, logs.notices.count, unmatched)
        let (met, had) = (columns, hasRunColumns)
        (columns, hasRunColumns) = ([], false)
        let isKnown = read(&self)
        let (own, has) = (columns, hasRunColumns)
        columns = met + own.filter { !met.contains($0) }
        hasRunColumns = had || has
        if let stamps {
            cache?.keep(
                LogCache.Entry(
                    stamps: stamps, runs: Array(logs.runs[runs...]), notices: Array(logs.notices[notices...]),
                    unmatched: line == nil ? unmatched : nil, isKnown: isKnown, columns: own, hasRunColumns: has), key
            )
        }
        return isKnown
    }

    private mutating func read(_ path: String) -> Bool {
        do {
            let file = try LogFile(reading: path)
            if let runs = toldApart(file) {
                add(runs, .table)
                return true
            }
            guard let format = pattern ?? RunLogFormat.of(file) else { return false }
            let runs = try format.readFile(file)
            if runs.isEmpty, unmatched == nil { unmatched = TextLines.sample(file.bytes) }
            add(runs, format)
        } catch {
            logs.notices.append(.unreadable(path, error))
        }
        return true
    }

    // The runs of a table that has the columns that were named.
    private mutating func toldApart(_ file: LogFile) -> [RunLog]? {
        guard !runColumns.isEmpty, RunLogFormat.isTable(file), let read = try? TolerantTable(file) else { return nil }
        let names = read.table.columns.map(\.name)
        guard runColumns.allSatisfy(names.contains) else {
            // A file of settings is a table of one row, whose columns nobody means.
            if read.table.rowCount > 1 { for name in names where !columns.contains(name) { columns.append(name) } }
            return nil
        }
        hasRunColumns = true
        return RunLogFormat.runs(of: read, file, toldApartBy: runColumns)
    }

    private static let endings: Set<String> = [
        "csv", "err", "json", "jsonl", "log", "ndjson", "out", "output", "parquet", "pq", "stderr", "stdout", "tab",
        "tsv", "txt", "yaml", "yml",
    ]

    private static func isPromising(_ name: String) -> Bool { endings.contains(name.ending) || name.ending == "" }

    // Configuration that lies beside the only run of its folder is that run's.
    private mutating func addSettings(_ names: [String], _ folder: LogFolder, to place: Int) {
        for name in names where ["json", "yaml", "yml"].contains(name.ending) {
            guard SettingsFile.names.contains(name.stem), let file = try? SettingsFile(folder.path(of: name)) else {
                continue
            }
            logs.runs[place].log.settings += file.settings
            logs.runs[place].log.notices += file.notices
        }
    }

    private mutating func add(_ runs: [RunLog], _ format: RunLogFormat) {
        logs.runs += runs.map { RunLogs.Found(log: $0, formats: [format.name]) }
    }

    // Runs of one name in this source get the folder or file that tells them apart.
    private mutating func nameApart() {
        // What has no series says something of a run, and keeps its name; parts of one run share its identity.
        let series = logs.runs.filter { !$0.log.series.isEmpty }
        let counts = Dictionary(grouping: series, by: \.log.name).mapValues { group in
            let identities = Set(group.compactMap(\.log.identity))
            return identities.count == 1 && group.allSatisfy { $0.log.identity != nil } ? 1 : group.count
        }
        for place in logs.runs.indices {
            let log = logs.runs[place].log
            guard !log.series.isEmpty, counts[log.name, default: 0] > 1, log.source.hasPrefix(source),
                log.source != source
            else { continue }
            var path = log.source.dropFirst(source.count)
            while path.first == "/" { path.removeFirst() }
            let rest = String(path)
            if rest.isEmpty || rest == log.name { continue }
            let isLast = rest.lastPart == log.name || rest.lastPart.stem == log.name || rest.contains(log.name)
            logs.runs[place].log.name = isLast ? rest : "\(rest):\(log.name)"
        }
    }
}

extension RunLog.Notice {
    static func unreadable(_ path: String, _ error: TableError) -> RunLog.Notice {
        let lines = error.description.split(separator: "\n").map { $0.drop { $0 == " " } }
        let help = lines.last.flatMap { $0.hasPrefix("help: ") ? String($0.dropFirst(6)) : nil }
        let words = lines.filter { !$0.hasPrefix("help: ") }.joined(separator: "; ")
        let isNamed = words.contains(path)
        return RunLog.Notice(
            code: "log-unreadable", message: isNamed ? words : "\(path): \(words)",
            hint: help ?? "it was left out; the other files were read")
    }
}
