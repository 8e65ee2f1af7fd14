// A file of a log, read whole, and the listing of a folder: all that the readers of logs know of a disk.
//
// Nothing here writes, and what another process appends while a file is read is either there or not.

import Formulas

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A file that may be a log, with its bytes.
public struct LogFile: Sendable {
    /// The path as it was given, with what was found below it.
    public let path: String
    public let bytes: [UInt8]

    /// More than this is no log that a reader of text should hold in memory.
    static let largest = 2 << 30

    package init(path: String, bytes: [UInt8]) {
        self.path = path
        self.bytes = bytes
    }

    /// The part of the path behind its last slash.
    var name: String { path.lastPart }

    /// What standard input is called.
    static let standardInput = "standard input"

    /// The ending of the name, in small letters; of standard input, which has none, that of what it looks like.
    var ending: String {
        if path != Self.standardInput { return name.ending }
        if bytes.starts(with: "PAR1".utf8) { return "parquet" }
        switch firstVisible {
        case UInt8(ascii: "{"): return "jsonl"
        case UInt8(ascii: "["):
            let start = bytes.prefix(4096).filter { $0 > 0x20 }.prefix(2)
            return start.elementsEqual("[{".utf8) ? "json" : ""
        default:
            // A header of cells that are words, one of which means steps or runs.
            let head = TextLines.first(50, of: bytes).first { !$0.hasPrefix("#") && !$0.isEmpty } ?? ""
            if WandbExport.recognizes(self) { return "csv" }
            let cells = head.split(omittingEmptySubsequences: false) { $0 == "," || $0 == "\t" || $0 == ";" }
                .map { $0.filter { $0 != "\"" && $0 != " " } }
            let known = StepTable.stepNames + StepTable.runNames
            return cells.count > 1 && cells.contains(where: known.contains) ? "csv" : ""
        }
    }

    /// Reads a regular file, or standard input for `-`.
    ///
    /// - Throws: ``TableError/unreadable(file:code:)``; EFBIG for a file above ``largest``.
    package init(reading path: String) throws(TableError) {
        let name = path == "-" ? Self.standardInput : path
        let descriptor = path == "-" ? dup(0) : open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw .unreadable(file: name, code: errno) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw .unreadable(file: name, code: errno) }
        if status.st_mode & S_IFMT == S_IFDIR { throw .unreadable(file: name, code: EISDIR) }
        if Int(status.st_size) > Self.largest { throw .unreadable(file: name, code: EFBIG) }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Int(status.st_size) + 1)
        let size = 1 << 18
        let piece = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 16)
        defer { piece.deallocate() }
        while true {
            let count = read(descriptor, piece, size)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw .unreadable(file: name, code: errno) }
            if count == 0 { break }
            bytes.append(contentsOf: UnsafeRawBufferPointer(start: piece, count: count))
            if bytes.count > Self.largest { throw .unreadable(file: name, code: EFBIG) }
        }
        self.init(path: name, bytes: bytes)
    }

    /// Whether the bytes have a text somewhere, in the first `limit` of them.
    ///
    /// A comparison that fails moves on by as much as the byte under the end of the text allows (Horspool 1980): every format
    /// asks this of every file.
    func contains(_ text: String, within limit: Int = .max) -> Bool {
        let wanted = Array(text.utf8)
        let length = wanted.count
        guard length > 0 else { return true }
        var shifts = [Int](repeating: length, count: 256)
        for (place, byte) in wanted.dropLast().enumerated() { shifts[Int(byte)] = length - 1 - place }
        return bytes.withUnsafeBufferPointer { buffer in
            guard let start = buffer.baseAddress else { return false }
            let last = min(limit, buffer.count) - length
            return shifts.withUnsafeBufferPointer { shifts in
                var place = 0
                while place <= last {
                    let end = start[place + length - 1]
                    if end == wanted[length - 1], memcmp(start + place, wanted, length) == 0 { return true }
                    place += shifts[Int(end)]
                }
                return false
            }
        }
    }

    /// The first byte that is no white space.
    var firstVisible: UInt8? { bytes.prefix(4096).first { $0 > 0x20 && $0 != 0xEF && $0 != 0xBB && $0 != 0xBF } }
}

/// The listing of a folder.
public struct LogFolder: Sendable {
    public let path: String
    /// Names of what is no folder, in the order of their bytes.
    public let files: [String]
    public let folders: [String]

    /// The path of something in it.
    func path(of name: String) -> String { path.hasSuffix("/") ? path + name : "\(path)/\(name)" }

    var name: String { path.lastPart }

    /// - Throws: ``TableError/unreadable(file:code:)``.
    package init(listing path: String) throws(TableError) {
        guard let stream = opendir(path) else { throw .unreadable(file: path, code: errno) }
        defer { closedir(stream) }
        var (files, folders): ([String], [String]) = ([], [])
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name == "." || name == ".." { continue }
            switch Self.kind(path.hasSuffix("/") ? path + name : "\(path)/\(name)") {
            case S_IFDIR: folders.append(name)
            case S_IFREG: files.append(name)
            default: break
            }
        }
        self.init(path: path, files: files, folders: folders)
    }

    init(path: String, files: [String], folders: [String]) {
        self.path = path
        self.files = files.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        self.folders = folders.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// What a path is, links followed; 0 where there is nothing.
    static func kind(_ path: String) -> mode_t {
        var status = stat()
        return stat(path, &status) == 0 ? status.st_mode & S_IFMT : 0
    }

    /// What tells a folder from every other, by whatever path it was reached.
    static func identity(_ path: String) -> Identity? {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        return Identity(device: UInt64(status.st_dev), inode: UInt64(status.st_ino))
    }

    struct Identity: Hashable {
        let device: UInt64
        let inode: UInt64
    }
}

extension String {
    /// Behind the last slash that is not at the end; `.` and `..` become what they stand for.
    var lastPart: String {
        let parts = split(separator: "/")
        guard let last = parts.last else { return self }
        if last == "." || last == "..", let real = realpath(self, nil) {
            defer { free(real) }
            return String(String(cString: real).split(separator: "/").last ?? "/")
        }
        return String(last)
    }

    /// The name of a file without its ending.
    var stem: String {
        guard let point = lastIndex(of: "."), point != startIndex else { return self }
        return String(self[..<point])
    }

    /// The ending behind the last point, in small letters; empty without one.
    var ending: String {
        guard let point = lastIndex(of: "."), point != startIndex else { return "" }
        return self[index(after: point)...].lowercased()
    }
}
