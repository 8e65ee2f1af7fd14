// Pictures of points, by a program that is made for it: rsvg-convert of librsvg.
//
// An SVG goes to its standard input; the PNG is written beside its place and renamed over it, as every file is.

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// An SVG document as a PNG file.
public enum PNGFile {
    /// Writes a document as a PNG, two points of the picture for one of the document.
    ///
    /// - Throws: ``WorkbenchError/plot(_:)`` where there is no rsvg-convert, or it fails; as ``OutputFile/write(_:to:)``.
    public static func write(svg: String, to path: String) throws(WorkbenchError) {
        try OutputFile.check(path)
        guard let program = converter() else { throw .plot(.noConverter) }
        let target = "\(path).\(getpid()).part"
        let source = "\(target).svg"
        try OutputFile.write(svg, to: source)
        defer { unlink(source) }
        let status = run([program, "--zoom", "2", "--format", "png", "--output", target, source])
        guard status == 0 else {
            unlink(target)
            throw .plot(.converterFailed(status: status))
        }
        if rename(target, path) != 0 {
            let code = errno
            unlink(target)
            throw .cannotWrite(file: path, code: code)
        }
    }

    /// Refuses where nothing could write a PNG, before any work is done for it.
    public static func check(_ path: String) throws(WorkbenchError) {
        try OutputFile.check(path)
        if converter() == nil { throw .plot(.noConverter) }
    }

    private static func converter() -> String? {
        let folders = getenv("PATH").map { String(cString: $0) } ?? ""
        return folders.split(separator: ":").map { "\($0)/rsvg-convert" }.first { access($0, X_OK) == 0 }
    }

    // Waits for a program; its exit status, or 127 where it did not start.
    private static func run(_ words: [String]) -> Int32 {
        var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
        defer { for argument in arguments { free(argument) } }
        var process: pid_t = 0
        guard posix_spawn(&process, words[0], nil, nil, &arguments, environ) == 0 else { return 127 }
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0 {
            if errno != EINTR { return 127 }
        }
        // As WIFEXITED and WEXITSTATUS read it.
        return status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + (status & 0x7F)
    }
}
