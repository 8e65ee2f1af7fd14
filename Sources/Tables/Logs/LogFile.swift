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

    /// Reads a regular file, or standard input for `-`.
    ///
    /// - Throws: ``TableError/unreadable(file:code:)``; EFBIG for a file above ``largest``.
    package init(reading path: String) throws(TableError) {
        let name = path == "-" ? "standard input" : path
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
    func contains(_ text: String, within limit: Int = .max) -> Bool {
        bytes.withUnsafeBytes { buffer in
            var copy = text
            return copy.withUTF8 { wanted in
                guard let start = buffer.baseAddress, let first = wanted.baseAddress, !wanted.isEmpty else {
                    return false
                }
                var place = 0
                let last = min(limit, buffer.count) - wanted.count
                while place <= last, let found = memchr(start + place, Int32(wanted[0]), last - place + 1) {
                    if memcmp(found, first, wanted.count) == 0 { return true }
                    place = start.distance(to: UnsafeRawPointer(found)) + 1
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
