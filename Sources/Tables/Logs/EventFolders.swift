// Where event files lie below a folder. Each folder is visited once, links and loops or not.

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The folders that hold event files, and what could not be read.
struct EventFolders {
    /// One run: a folder and its event files in the order of their names, which begin with the time they were made.
    struct Run: Equatable {
        var folder: String
        var files: [String]
        /// The folders from the top down to it.
        var path: [String]
    }

    static let depthLimit = 64
    static let entryLimit = 1_000_000

    private(set) var runs: [Run] = []
    private(set) var notices: [RunLog.Notice] = []
    private var visited: Set<Identity> = []
    private var entries = 0
    private let top: String
    private let limit: Int

    private struct Identity: Hashable {
        var device: UInt64
        var file: UInt64
    }

    /// Looks through a folder and all below it, in the order of names.
    init(below folder: String, entryLimit limit: Int = entryLimit) throws(TableError) {
        top = folder
        self.limit = limit
        guard let status = Self.status(folder) else { throw .unreadable(file: folder, code: errno) }
        try visit(folder, status, path: [])
    }

    static func isFolder(_ path: String) -> Bool { status(path).map { $0.st_mode & S_IFMT == S_IFDIR } ?? false }

    /// Whether TensorBoard takes a file of this name for one of its own.
    static func isEventFile(_ name: String) -> Bool { name.contains("tfevents") }

    private static func status(_ path: String) -> stat? {
        var status = stat()
        return stat(path, &status) == 0 ? status : nil
    }

    private mutating func visit(_ folder: String, _ status: stat, path: [String]) throws(TableError) {
        let identity = Identity(
            device: UInt64(truncatingIfNeeded: status.st_dev), file: UInt64(truncatingIfNeeded: status.st_ino))
        guard visited.insert(identity).inserted else { return }
        if path.count > Self.depthLimit { throw .eventFolders(.deep(limit: Self.depthLimit), folder: top) }
        let names: [String]
        switch try self.names(in: folder) {
        case .some(let list): names = list.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        case .none:
            let error = TableError.unreadable(file: folder, code: errno)
            if path.isEmpty { throw error }
            notices.append(EventNotices.unreadable(error, folder))
            return
        }
        var files: [String] = []
        var folders: [(name: String, path: String, status: stat)] = []
        for name in names {
            let below = folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
            // A link that leads nowhere is nothing.
            guard let status = Self.status(below) else { continue }
            switch status.st_mode & S_IFMT {
            case S_IFDIR: folders.append((name, below, status))
            case S_IFREG where Self.isEventFile(name): files.append(below)
            default: break
            }
        }
        if !files.isEmpty { runs.append(Run(folder: folder, files: files, path: path)) }
        for below in folders { try visit(below.path, below.status, path: path + [below.name]) }
    }

    // The names in a folder, or nil, with `errno`, where it cannot be read.
    private mutating func names(in folder: String) throws(TableError) -> [String]? {
        guard let directory = opendir(folder) else { return nil }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: $0.pointee)) {
                    String(cString: $0)
                }
            }
            if name == "." || name == ".." { continue }
            entries += 1
            if entries > limit { throw .eventFolders(.huge(limit: limit), folder: top) }
            // What is neither an event file nor perhaps a folder need not be looked at.
            let type = Int32(entry.pointee.d_type)
            if type == Int32(DT_REG), !Self.isEventFile(name) { continue }
            names.append(name)
        }
        return names
    }
}
