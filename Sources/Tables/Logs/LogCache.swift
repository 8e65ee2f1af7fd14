// What was read of files that have not changed since: a folder of runs in progress is read again and again, and most of it
// is as it was.

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The runs of files and folders by what the files were when they were read.
///
/// A file is as it was where its place on the disk, its size and the time of its last change are: whatever is appended or
/// written anew changes one of them.
public struct LogCache: Sendable {
    struct Stamp: Hashable, Sendable {
        let path: String
        let device: UInt64
        let inode: UInt64
        let size: Int
        let seconds: Int
        let nanoseconds: Int
        /// Of the last change of anything, of who may read it too.
        let changed: [Int]

        /// Nil where there is no such file.
        init?(_ path: String) {
            var status = stat()
            guard stat(path, &status) == 0 else { return nil }
            self.path = path
            device = UInt64(truncatingIfNeeded: status.st_dev)
            inode = UInt64(status.st_ino)
            size = Int(status.st_size)
            #if canImport(Darwin)
                let (time, change) = (status.st_mtimespec, status.st_ctimespec)
            #else
                let (time, change) = (status.st_mtim, status.st_ctim)
            #endif
            (seconds, nanoseconds) = (Int(time.tv_sec), Int(time.tv_nsec))
            changed = [Int(change.tv_sec), Int(change.tv_nsec)]
        }
    }

    struct Entry: Sendable {
        let stamps: [Stamp]
        let runs: [RunLogs.Found]
        let notices: [RunLog.Notice]
        /// A line that no pattern matched.
        let unmatched: String?
        let isKnown: Bool
        /// What was met of columns that tell runs apart, and whether all of those asked for were there.
        let columns: [String]
        let hasRunColumns: Bool
    }

    private var entries: [String: Entry] = [:]
    /// How often a file or a folder was found as it had been.
    public private(set) var hits = 0

    public init() {}

    mutating func entry(_ key: String, _ stamps: [Stamp]?) -> Entry? {
        guard let stamps, let entry = entries[key], entry.stamps == stamps else { return nil }
        hits += 1
        return entry
    }

    mutating func keep(_ entry: Entry, _ key: String) { entries[key] = entry }

    /// The stamps of files and of all that lies in folders; nil where there is more than is worth looking at.
    static func stamps(_ paths: [String], depth: Int = 0) -> [Stamp]? {
        var all: [Stamp] = []
        for path in paths {
            guard let stamp = Stamp(path) else { return nil }
            all.append(stamp)
            guard LogFolder.kind(path) == S_IFDIR else { continue }
            guard depth < 8, let folder = try? LogFolder(listing: path),
                let inside = stamps((folder.files + folder.folders).map(folder.path(of:)), depth: depth + 1)
            else { return nil }
            all += inside
            if all.count > 10_000 { return nil }
        }
        return all
    }
}
