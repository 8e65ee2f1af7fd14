// The bytes of a file or of memory, a window at a time; can begin again.
//
// A regular file is read in chunks with read(2), never whole and never mapped. Whatever cannot begin again (standard
// input, a pipe) is read whole first and then served from memory in the same chunks.

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A window that slides over the bytes of a file or of memory.
package struct ByteSource: ~Copyable {
    private let file: String
    private let descriptor: Int32  // −1 where the bytes are in memory
    private let pieces: [[UInt8]]  // of one length but the last
    private var buffer: UnsafeMutablePointer<UInt8>
    private var capacity: Int
    private var filled = 0
    private var taken = 0  // bytes taken from the origin

    /// The number of bytes in all. What is appended to a file after it was opened is not read.
    let size: Int
    /// True once the window reaches to the last byte.
    var isAtEnd: Bool { taken == size }
    /// The number of bytes before the window.
    var offset: Int { taken - filled }
    /// The bytes at hand, until the next call of a mutating method.
    var window: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: buffer, count: filled) }

    package static let defaultChunk = 1 << 20

    package init(bytes: [UInt8], name: String, chunk: Int = defaultChunk) {
        file = name
        descriptor = -1
        pieces = [bytes]
        size = bytes.count
        capacity = max(1, min(chunk, bytes.count))
        buffer = .allocate(capacity: capacity)
    }

    /// Opens a file; `-` is standard input.
    init(path: String, name: String) throws(TableError) {
        let descriptor = path == "-" ? dup(0) : open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .unreadable(file: name, code: errno) }
        var status = stat()
        let regular = path != "-" && fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
        // Files of the kernel call themselves regular and of size 0.
        if regular, status.st_size > 0 {
            self.descriptor = descriptor
            pieces = []
            size = Int(status.st_size)
        } else {
            defer { close(descriptor) }
            pieces = try Self.readAll(descriptor, name: name)
            self.descriptor = -1
            size = pieces.reduce(0) { $0 + $1.count }
        }
        file = name
        capacity = max(1, min(Self.defaultChunk, size))
        buffer = .allocate(capacity: capacity)
    }

    deinit {
        buffer.deallocate()
        if descriptor >= 0 { close(descriptor) }
    }

    /// Slides the window so that it starts at its present position `kept`, and fills it with further bytes.
    ///
    /// The window grows when more than half of it is kept, so that reading a line again from its beginning after each
    /// refill costs no more than a constant times its length.
    mutating func refill(keeping kept: Int) throws(TableError) {
        let left = filled - kept
        if left * 2 > capacity {
            let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity * 2)
            larger.update(from: buffer + kept, count: left)
            buffer.deallocate()
            buffer = larger
            capacity *= 2
        } else if kept > 0 {
            buffer.update(from: buffer + kept, count: left)
        }
        filled = left
        var wanted = min(capacity - filled, size - taken)
        while wanted > 0 {
            let count =
                descriptor < 0 ? copy(wanted) : Self.readSome(descriptor, into: buffer + filled, count: wanted)
            guard count >= 0 else { throw .unreadable(file: file, code: errno) }
            guard count > 0 else { throw .changed(file: file) }
            filled += count
            taken += count
            wanted -= count
        }
    }

    // Copies up to `wanted` bytes of one piece behind the window; returns how many.
    private func copy(_ wanted: Int) -> Int {
        let piece = pieces[taken / pieces[0].count]
        let start = taken % pieces[0].count
        let count = min(wanted, piece.count - start)
        piece.withUnsafeBufferPointer {
            if let base = $0.baseAddress { (buffer + filled).update(from: base + start, count: count) }
        }
        return count
    }

    /// Begins again at the first byte, with an empty window.
    mutating func rewind() throws(TableError) { try begin(at: 0) }

    /// Goes on at a byte of the file, with an empty window.
    ///
    /// - Precondition: the file has so many bytes.
    mutating func begin(at offset: Int) throws(TableError) {
        precondition(offset >= 0 && offset <= size, "a byte that the file has not")
        filled = 0
        taken = offset
        if descriptor >= 0, lseek(descriptor, off_t(offset), SEEK_SET) < 0 {
            throw .unreadable(file: file, code: errno)
        }
    }

    // All that a pipe has, in pieces of one length but the last.
    private static func readAll(_ descriptor: Int32, name: String) throws(TableError) -> [[UInt8]] {
        var pieces: [[UInt8]] = []
        while true {
            var last = 1
            let piece = [UInt8](unsafeUninitializedCapacity: defaultChunk) { buffer, count in
                guard let base = buffer.baseAddress else { return }
                while count < defaultChunk, last > 0 {
                    last = readSome(descriptor, into: base + count, count: defaultChunk - count)
                    count += max(0, last)
                }
            }
            guard last >= 0 else { throw .unreadable(file: name, code: errno) }
            pieces.append(piece)
            if last == 0 { return pieces }
        }
    }

    // read(2), again where a signal came between.
    private static func readSome(
        _ descriptor: Int32, into start: UnsafeMutablePointer<UInt8>, count: Int
    ) -> Int {
        while true {
            let result = read(descriptor, start, count)
            if result >= 0 || errno != EINTR { return result }
        }
    }
}
