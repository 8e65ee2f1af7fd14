// One column while its pages are read: numbers, or labels.

/// A column that grows by a page at a time.
struct ParquetColumn {
    let leaf: ParquetLeaf
    private(set) var count = 0
    private var numbers: [Double] = []
    private var labels = LabelBuilder()
    // What the places in the dictionary of the present chunk stand for.
    private var dictionary: (numbers: [Double], codes: [Int32]) = ([], [])
    private var hasDictionary = false

    init(_ leaf: ParquetLeaf) { self.leaf = leaf }

    /// Room for so many rows, which the file claims to have.
    mutating func reserve(_ rows: Int) {
        if isNumeric { numbers.reserveCapacity(rows) } else { labels.reserve(rows, expected: rows) }
    }

    private var isNumeric: Bool { if case .number = leaf.content { true } else { false } }

    func finished() -> Column {
        isNumeric
            ? Column(name: leaf.name, numbers: numbers) : Column(name: leaf.name, values: .labels(labels.finished()))
    }

    /// The first row whose text is not UTF-8, from 1.
    private(set) var badTextRow: Int?

    mutating func forgetDictionary() {
        hasDictionary = false
        dictionary = ([], [])
    }

    mutating func setDictionary(
        _ bytes: UnsafeRawBufferPointer, count: Int, _ budget: inout Int
    ) throws(ParquetEncoding.Fault) {
        // Each value takes a byte or more, truth values aside, for which no writer makes a dictionary.
        guard leaf.type != .boolean, count >= 0, count <= bytes.count else { throw .damaged }
        dictionary = try values(bytes, .plain, count, &budget)
        hasDictionary = true
    }

    /// Appends a page: `present` says of each row whether it has a value, and is nil where all have.
    mutating func append(
        _ bytes: UnsafeRawBufferPointer, encoding: ParquetEncoding, rows: Int, present: [UInt32]?, _ budget: inout Int
    ) throws(ParquetEncoding.Fault) {
        let count = present.map { $0.reduce(0) { $0 + Int($1) } } ?? rows
        var values: (numbers: [Double], codes: [Int32])
        switch encoding {
        case .dictionary, .plainDictionary:
            guard hasDictionary else { throw .damaged }
            values = try looked(up: bytes, count)
        default: values = try self.values(bytes, encoding, count, &budget)
        }
        if isNumeric {
            append(values.numbers, present)
        } else {
            append(values.codes, present)
        }
        self.count += rows
    }

    private mutating func append(_ values: [Double], _ present: [UInt32]?) {
        guard let present else { return numbers.append(contentsOf: values) }
        var next = 0
        for flag in present {
            if flag == 1 {
                numbers.append(values[next])
                next += 1
            } else {
                numbers.append(.nan)
            }
        }
    }

    private mutating func append(_ codes: [Int32], _ present: [UInt32]?) {
        guard let present else { return labels.append(codes: codes) }
        var next = 0
        labels.append(
            codes: present.map { flag in
                guard flag == 1 else { return -1 }
                next += 1
                return codes[next - 1]
            })
    }

    // Places in the dictionary: a byte that says of how many bits they are, then the places.
    private func looked(
        up bytes: UnsafeRawBufferPointer, _ count: Int
    ) throws(ParquetEncoding.Fault) -> (numbers: [Double], codes: [Int32]) {
        if count == 0 { return ([], []) }
        guard let width = bytes.first, width <= 32 else { throw .damaged }
        let places = UnsafeMutablePointer<UInt32>.allocate(capacity: count)
        defer { places.deallocate() }
        let runs = UnsafeRawBufferPointer(rebasing: bytes[1...])
        guard BitRuns.decode(runs, width: Int(width), count: count, into: places) else { throw .damaged }
        let size = UInt32(isNumeric ? dictionary.numbers.count : dictionary.codes.count)
        var largest: UInt32 = 0
        for index in 0..<count { largest = max(largest, places[index]) }
        guard largest < size else { throw .damaged }
        if isNumeric {
            return (Self.array(count) { dictionary.numbers[Int(places[$0])] }, [])
        }
        return ([], Self.array(count) { dictionary.codes[Int(places[$0])] })
    }

    private mutating func values(
        _ bytes: UnsafeRawBufferPointer, _ encoding: ParquetEncoding, _ count: Int, _ budget: inout Int
    ) throws(ParquetEncoding.Fault) -> (numbers: [Double], codes: [Int32]) {
        switch leaf.type {
        case .byteArray, .fixedByteArray, .int96: return try fromBytes(bytes, encoding, count, &budget)
        default: break
        }
        let words = UnsafeMutablePointer<UInt64>.allocate(capacity: max(1, count))
        defer { words.deallocate() }
        try encoding.words(bytes, of: leaf.type, count: count, into: words)
        guard case .number(let number, let divisor, let factor) = leaf.content else {
            return ([], truths(words, count))
        }
        var numbers: [Double]
        switch number {
        case .double: numbers = Self.array(count) { Double(bitPattern: words[$0]) }
        case .signed64: numbers = Self.array(count) { Double(Int64(bitPattern: words[$0])) }
        case .float: numbers = Self.array(count) { Double(Float(bitPattern: UInt32(truncatingIfNeeded: words[$0]))) }
        case .decimal(let scale):
            let isShort = leaf.type == .int32
            numbers = Self.array(count) {
                let whole = isShort ? Int64(Int32(truncatingIfNeeded: words[$0])) : Int64(bitPattern: words[$0])
                return ParquetDecimal.value(whole, scale: scale)
            }
        default: numbers = Self.array(count) { number.value(words[$0]) }
        }
        if divisor != 1 { for index in numbers.indices { numbers[index] /= divisor } }
        if factor != 1 { for index in numbers.indices { numbers[index] *= factor } }
        return (numbers, [])
    }

    private mutating func truths(_ words: UnsafePointer<UInt64>, _ count: Int) -> [Int32] {
        var codes: (no: Int32, yes: Int32) = (-1, -1)
        var result: [Int32] = []
        result.reserveCapacity(count)
        for index in 0..<count {
            if words[index] == 0 {
                if codes.no < 0 { codes.no = code("false") }
                result.append(codes.no)
            } else {
                if codes.yes < 0 { codes.yes = code("true") }
                result.append(codes.yes)
            }
        }
        return result
    }

    private mutating func fromBytes(
        _ bytes: UnsafeRawBufferPointer, _ encoding: ParquetEncoding, _ count: Int, _ budget: inout Int
    ) throws(ParquetEncoding.Fault) -> (numbers: [Double], codes: [Int32]) {
        var numbers: [Double] = []
        var codes: [Int32] = []
        var isDamaged = false
        let content = leaf.content
        try encoding.bytes(bytes, of: leaf, count: count, budget: &budget) { value in
            switch content {
            case .number(let number, _, _):
                if number == .null {
                    numbers.append(.nan)
                } else if let value = number.value(value) {
                    numbers.append(value)
                } else {
                    isDamaged = true
                }
            case .digits: codes.append(code(ParquetDigits.text(value)))
            default:
                if Cell.isMissing(value) {
                    codes.append(-1)
                } else if let code = labels.code(of: value) {
                    codes.append(code)
                } else {
                    // A dictionary has no rows; its first is that of the page.
                    badTextRow = self.count + codes.count + 1
                    isDamaged = true
                }
            }
            return !isDamaged
        }
        if isDamaged { throw .damaged }
        return (numbers, codes)
    }

    private mutating func code(_ text: String) -> Int32 {
        var text = text
        return text.withUTF8 { labels.code(of: $0) } ?? -1
    }

    private static func array<Element>(_ count: Int, _ element: (Int) -> Element) -> [Element] {
        [Element](unsafeUninitializedCapacity: count) { buffer, initialized in
            for index in 0..<count { buffer.initializeElement(at: index, to: element(index)) }
            initialized = count
        }
    }
}

/// Bytes as text.
enum ParquetDigits {
    /// Hexadecimal digits, two a byte; sixteen bytes in the groups of a UUID.
    static func text(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
        var text = ""
        for (index, byte) in bytes.enumerated() {
            if bytes.count == 16, [4, 6, 8, 10].contains(index) { text += "-" }
            text += byte < 16 ? "0" + String(byte, radix: 16) : String(byte, radix: 16)
        }
        return text
    }
}
