// Writes a file whole or not at all: beside its place first, then renamed over it.

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A file that is replaced in one step, so that nobody ever reads half of it.
public enum OutputFile {
    /// Writes `text` to `path`; what stood there stays as it was unless all of the text is on disk.
    ///
    /// - Throws: ``WorkbenchError/missingFolder(_:file:)``, ``WorkbenchError/cannotWrite(file:code:)``.
    public static func write(_ text: String, to path: String) throws(WorkbenchError) {
        try check(path)
        // A device or a pipe has no place beside it.
        var status = stat()
        let exists = stat(path, &status) == 0
        let isPlain = !exists || status.st_mode & S_IFMT == S_IFREG
        let target = isPlain ? "\(resolved(path)).\(getpid()).part" : path
        let descriptor = open(target, isPlain ? O_WRONLY | O_CREAT | O_TRUNC : O_WRONLY, 0o666)
        guard descriptor >= 0 else { throw .cannotWrite(file: path, code: errno) }
        var failure = write(text, descriptor: descriptor)
        if isPlain, failure == 0, exists { _ = fchmod(descriptor, status.st_mode & 0o7777) }
        if isPlain, failure == 0, fsync(descriptor) != 0, errno != EINVAL { failure = errno }
        if close(descriptor) != 0, failure == 0 { failure = errno }
        if isPlain, failure == 0, rename(target, resolved(path)) != 0 { failure = errno }
        if failure != 0 {
            if isPlain { unlink(target) }
            throw .cannotWrite(file: path, code: failure)
        }
    }

    /// Refuses a path that could not be written, before any work is done for it.
    public static func check(_ path: String) throws(WorkbenchError) {
        var status = stat()
        if stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
            throw .cannotWrite(file: path, code: EISDIR)
        }
        if path.isEmpty || path.hasSuffix("/") {
            throw .cannotWrite(file: path, code: path.isEmpty ? ENOENT : EISDIR)
        }
        guard let slash = path.lastIndex(of: "/"), slash != path.startIndex else { return }
        let folder = String(path[..<slash])
        if stat(folder, &status) != 0 || status.st_mode & S_IFMT != S_IFDIR {
            throw .missingFolder(folder, file: path)
        }
    }

    // A link stays a link: what it points to is replaced.
    private static func resolved(_ path: String) -> String {
        guard let real = realpath(path, nil) else { return path }
        defer { free(real) }
        return String(cString: real)
    }

    /// Writes all of `text` to an open file; returns 0, or the system's `errno`.
    public static func write(_ text: String, descriptor: Int32) -> Int32 {
        let bytes = Array(text.utf8)
        var position = 0
        while position < bytes.count {
            let count = bytes.withUnsafeBytes { buffer in
                writeSome(descriptor, buffer.baseAddress?.advanced(by: position), bytes.count - position)
            }
            if count < 0, errno == EINTR { continue }
            if count < 0 { return errno }
            position += count
        }
        return 0
    }

    private static func writeSome(_ descriptor: Int32, _ start: UnsafeRawPointer?, _ count: Int) -> Int {
        #if canImport(Glibc)
            Glibc.write(descriptor, start, count)
        #elseif canImport(Musl)
            Musl.write(descriptor, start, count)
        #else
            Darwin.write(descriptor, start, count)
        #endif
    }
}
