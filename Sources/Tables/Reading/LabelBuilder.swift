// Gives each different text of a column its number, as the cells come by.

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Labels that grow by a row at a time.
struct LabelBuilder {
    private(set) var codes: [Int32] = []
    private var names: [String] = []
    private var known: [String: Int32] = [:]
    // The last text seen for each of 256 cheap hashes: a column of labels mostly repeats a few, and comparing bytes
    // costs less than making and hashing a String. A miss falls back on the dictionary, whose seed is random, so
    // that no input makes it slow.
    private var recent = [Recent](repeating: Recent(ends: (0, 0), count: -1, code: -1), count: 256)

    private struct Recent {
        var ends: (UInt64, UInt64)
        var count: Int
        var code: Int32
    }

    init() {}

    /// Sets the label of a row, which is the next one or a later one; the rows between are missing. A row that was
    /// set already, by a reading that broke off inside of it, is set again.
    ///
    /// - Returns: false where the bytes are not UTF-8.
    mutating func set(row: Int, to text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let code = code(of: text) else { return false }
        set(row: row, code: code)
        return true
    }

    mutating func reserve(_ needed: Int, expected: Int) {
        if needed > codes.capacity { codes.reserveCapacity(max(needed + needed / 2, expected)) }
    }

    /// Sets a row to missing; see ``set(row:to:)``.
    mutating func setMissing(row: Int) { set(row: row, code: -1) }

    /// Makes rows up to `count` missing where they are not set.
    mutating func pad(to count: Int) {
        if codes.count < count { codes.append(contentsOf: repeatElement(-1, count: count - codes.count)) }
    }

    /// Appends rows whose codes are known, −1 where missing.
    mutating func append(codes more: [Int32]) { codes.append(contentsOf: more) }

    func finished() -> Column.Labels { Column.Labels(codes: codes, names: names) }

    private mutating func set(row: Int, code: Int32) {
        if row < codes.count {
            codes[row] = code
            return
        }
        pad(to: row)
        if codes.count == codes.capacity { codes.reserveCapacity(codes.count + codes.count / 2 + 16) }
        codes.append(code)
    }

    /// The code of a text, new or known; nil where it is not UTF-8.
    mutating func code(of text: UnsafeBufferPointer<UInt8>) -> Int32? {
        let ends = Self.ends(of: text)
        let hash = (ends.0 ^ ends.1 &* 31 ^ UInt64(text.count)) &* 0x9E37_79B9_7F4A_7C15
        let slot = Int(hash >> 56)
        let last = recent[slot]
        if last.count == text.count, last.ends == ends,
            text.count <= 16 || names[Int(last.code)].isMade(of: text)
        {
            return last.code
        }
        guard let name = String(validating: text, as: UTF8.self) else { return nil }
        let code: Int32
        if let old = known[name] {
            code = old
        } else {
            code = Int32(names.count)
            known[name] = code
            names.append(name)
        }
        recent[slot] = Recent(ends: ends, count: text.count, code: code)
        return code
    }

    // The first eight and the last eight bytes, which may overlap: together with their count they are a text of up
    // to sixteen bytes.
    private static func ends(of text: UnsafeBufferPointer<UInt8>) -> (UInt64, UInt64) {
        let bytes = UnsafeRawBufferPointer(text)
        if bytes.count >= 8 {
            return (
                bytes.loadUnaligned(as: UInt64.self),
                bytes.loadUnaligned(fromByteOffset: bytes.count - 8, as: UInt64.self)
            )
        }
        return (bytes.reduce(0) { $0 << 8 | UInt64($1) }, 0)
    }
}

extension String {
    /// Whether these are the bytes of the string's UTF-8; compared a word at a time.
    func isMade(of bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        utf8.withContiguousStorageIfAvailable {
            guard let left = $0.baseAddress, let right = bytes.baseAddress else { return $0.count == bytes.count }
            return $0.count == bytes.count && memcmp(left, right, bytes.count) == 0
        } ?? utf8.elementsEqual(bytes)
    }
}
