// Messages, to where they belong.

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

// `write` of the C library under a name that no member hides.
private let fileDescriptorWrite: @Sendable (Int32, UnsafeRawPointer?, Int) -> Int = { write($0, $1, $2) }

enum StandardError {
    static func write(_ text: String) {
        let bytes = Array(text.utf8)
        _ = bytes.withUnsafeBytes { fileDescriptorWrite(2, $0.baseAddress, $0.count) }
    }
}
