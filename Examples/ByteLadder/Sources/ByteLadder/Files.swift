import LadderKernels

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The few things done with files, each of which names the file when it fails.
enum Files {
    /// The bytes of a file, or nil when there is none.
    static func read(_ path: String) throws(LadderError) -> [UInt8]? {
        guard let file = fopen(path, "rb") else {
            if errno == ENOENT || errno == ENOTDIR { return nil }
            throw .unreadable(path: path, reason: reason())
        }
        defer { fclose(file) }
        var status = stat()
        guard fstat(fileno(file), &status) == 0, status.st_mode & S_IFMT != S_IFDIR else {
            throw .unreadable(path: path, reason: "it is a folder")
        }
        let size = Int(status.st_size)
        let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            count = size == 0 ? 0 : fread(buffer.baseAddress, 1, size, file)
        }
        guard bytes.count == size else { throw .unreadable(path: path, reason: reason()) }
        return bytes
    }

    /// Writes beside and renames, so that a reader sees the old file or the new one.
    static func write(_ bytes: UnsafeRawBufferPointer, to path: String) throws(LadderError) {
        let code = ladder_write_atomically(path, bytes.baseAddress, bytes.count)
        if code != 0 { throw .unwritable(path: path, reason: String(cString: strerror(code))) }
    }

    static func write(_ text: String, to path: String) throws(LadderError) {
        let bytes = Array(text.utf8)
        var failure: LadderError?
        bytes.withUnsafeBytes { raw in
            do throws(LadderError) { try write(raw, to: path) } catch { failure = error }
        }
        if let failure { throw failure }
    }

    static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    static func remove(_ path: String) { unlink(path) }

    /// Makes a folder and those above it.
    static func makeFolder(_ path: String) throws(LadderError) {
        var made = path.hasPrefix("/") ? "/" : ""
        for part in path.split(separator: "/") {
            made += (made.isEmpty || made == "/" ? "" : "/") + part
            if mkdir(made, 0o755) != 0 && errno != EEXIST {
                throw .unwritable(path: made, reason: reason())
            }
        }
        guard access(path, W_OK) == 0 else { throw .unwritable(path: path, reason: reason()) }
    }

    static func reason() -> String { String(cString: strerror(errno)) }
}

/// A log that is appended to a line at a time, and cut back when a run resumes from before its end.
final class LineLog {
    private let file: UnsafeMutablePointer<FILE>
    private let path: String

    /// Opens and keeps the first `length` bytes, which must be there.
    init(_ path: String, keeping length: Int) throws(LadderError) {
        let there = length == 0 ? 0 : try Files.read(path)?.count ?? 0
        guard there >= length else {
            throw .unreadable(path: path, reason: "it is shorter than the checkpoint beside it says")
        }
        guard let file = fopen(path, length > 0 ? "r+b" : "wb") else {
            throw .unwritable(path: path, reason: Files.reason())
        }
        self.file = file
        self.path = path
        guard ftruncate(fileno(file), length) == 0, fseek(file, length, SEEK_SET) == 0 else {
            throw .unwritable(path: path, reason: Files.reason())
        }
    }

    deinit { fclose(file) }

    func append(_ line: String) throws(LadderError) {
        guard fputs(line, file) >= 0, fputc(10, file) >= 0 else {
            throw .unwritable(path: path, reason: Files.reason())
        }
    }

    /// Brings the lines to the disk and says how long the file is.
    func flush() throws(LadderError) -> Int {
        guard fflush(file) == 0, fsync(fileno(file)) == 0 else {
            throw .unwritable(path: path, reason: Files.reason())
        }
        return ftell(file)
    }
}
