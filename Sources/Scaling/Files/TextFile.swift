// Files and folders by the C library alone.

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

package enum TextFile {
    /// A longer file is no law.
    static let longest = 16_000_000

    /// The content of a file; bytes that are no UTF-8 are replaced.
    package static func read(_ path: String) throws(ScalingError) -> String {
        let descriptor = open(path, O_RDONLY)
        guard descriptor >= 0 else { throw .unreadable(file: path, code: errno) }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var block = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = block.withUnsafeMutableBytes { Self.readSome(descriptor, $0) }
            if count < 0 { throw .unreadable(file: path, code: errno) }
            if count == 0 { return String(decoding: bytes, as: UTF8.self) }
            bytes += block[..<count]
            if bytes.count > longest { throw .unreadable(file: path, code: EFBIG) }
        }
    }

    private static func readSome(_ descriptor: Int32, _ block: UnsafeMutableRawBufferPointer) -> Int {
        #if canImport(Glibc)
            Glibc.read(descriptor, block.baseAddress, block.count)
        #elseif canImport(Musl)
            Musl.read(descriptor, block.baseAddress, block.count)
        #else
            Darwin.read(descriptor, block.baseAddress, block.count)
        #endif
    }

    /// The paths of all files below a folder whose names end in `suffix`, sorted. Links to folders are not followed.
    package static func paths(below folder: String, suffix: String) throws(ScalingError) -> [String] {
        guard let stream = opendir(folder) else { throw .unreadable(file: folder, code: errno) }
        defer { closedir(stream) }
        var found: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name.hasPrefix(".") { continue }
            let path = folder.hasSuffix("/") ? folder + name : folder + "/" + name
            var status = stat()
            guard lstat(path, &status) == 0 else { continue }
            if status.st_mode & S_IFMT == S_IFDIR {
                found += try paths(below: path, suffix: suffix)
            } else if name.hasSuffix(suffix) {
                found.append(path)
            }
        }
        return found.sorted()
    }
}
