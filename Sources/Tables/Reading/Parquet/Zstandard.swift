// Zstandard, the compression that Polars writes Parquet with unless told otherwise, by the system's library.
//
// The library is opened when the first such file is read, so that nothing else needs it: libzstd.so.1 comes with every
// Debian, Ubuntu and Fedora, where their package managers use it.

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

struct Zstandard: Sendable {
    private typealias Decompress = @convention(c) (UnsafeMutableRawPointer?, Int, UnsafeRawPointer?, Int) -> Int
    private typealias IsError = @convention(c) (Int) -> UInt32
    private typealias ContentSize = @convention(c) (UnsafeRawPointer?, Int) -> UInt64

    private let decompress: Decompress
    private let isError: IsError
    private let contentSize: ContentSize

    /// The system's library, or nil where it is not installed.
    static let system = Zstandard()

    private init?() {
        let names = ["libzstd.so.1", "libzstd.1.dylib", "/opt/homebrew/lib/libzstd.1.dylib"]
        guard let library = names.lazy.compactMap({ dlopen($0, RTLD_NOW) }).first,
            let decompress = dlsym(library, "ZSTD_decompress"), let isError = dlsym(library, "ZSTD_isError"),
            let contentSize = dlsym(library, "ZSTD_getFrameContentSize")
        else { return nil }
        self.decompress = unsafeBitCast(decompress, to: Decompress.self)
        self.isError = unsafeBitCast(isError, to: IsError.self)
        self.contentSize = unsafeBitCast(contentSize, to: ContentSize.self)
    }

    /// Whether the frame says that so many bytes come out of it, or does not say.
    func canBe(_ size: Int, from source: UnsafeRawBufferPointer) -> Bool {
        let content = contentSize(source.baseAddress, source.count)
        // ZSTD_CONTENTSIZE_UNKNOWN is −1 and ZSTD_CONTENTSIZE_ERROR is −2. Several frames in one page would be more
        // than the first says; none of the writers makes them.
        return content == .max || content == UInt64(size)
    }

    /// Fills `target` with what `source` was made from; false where that is another number of bytes, or damaged.
    func decompress(_ source: UnsafeRawBufferPointer, into target: UnsafeMutableRawBufferPointer) -> Bool {
        let count = decompress(target.baseAddress, target.count, source.baseAddress, source.count)
        return isError(count) == 0 && count == target.count
    }
}
