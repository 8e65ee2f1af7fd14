// The first row of a CSV file: the separator and the names of the columns.

/// The header of a CSV file, checked.
struct CSVHeader {
    var names: [String] = []
    /// True where the header ends in a separator, and every row has to.
    var endsInDelimiter = false
    var delimiter: UInt8
    /// The position in the window after the header, and its line.
    var end = 0
    var nextLine = 1

    /// Reads the header from a source at its beginning, or as far as its first window.
    init(readingFrom source: inout ByteSource, file: String) throws(TableError) {
        let ending = file.suffix(4).lowercased()
        let isTabbed = ending == ".tsv" || ending == ".tab"
        delimiter = isTabbed ? UInt8(ascii: "\t") : UInt8(ascii: ",")
        while true {
            var scanner = CSVScanner(
                file: file, delimiter: delimiter, bytes: source.window, isAtEnd: source.isAtEnd)
            scanner.position = source.markLength
            if scanner.skipToRow() {
                if !isTabbed {
                    // Seen anew in each window: only one that holds all of the header is believed.
                    delimiter = Self.delimiter(of: source.window, from: scanner.position)
                    scanner.delimiter = delimiter
                }
                if try read(&scanner) { return }
            } else if source.isAtEnd {
                throw .empty(file: file)
            }
            try source.refill(keeping: 0)
        }
    }

    // False where the header does not end within the window.
    private mutating func read(_ scanner: inout CSVScanner) throws(TableError) -> Bool {
        names = []
        var places: [TableError.Place] = []
        while true {
            let place = scanner.place(names.count + 1)
            guard let cell = try scanner.cell(field: names.count + 1) else { return false }
            let bytes = cell.unescaped
            guard let name = String(validating: bytes, as: UTF8.self) else { throw .notUTF8(at: place) }
            names.append(name)
            places.append(place)
            if cell.endsRow { break }
        }
        if names.count > 1, names.last == "" {
            endsInDelimiter = true
            names.removeLast()
        }
        if let index = names.firstIndex(of: "") { throw .unnamedColumn(at: places[index]) }
        let numbers = names.compactMap { Cell(text: $0).number }
        if numbers.count == names.count, !numbers.allSatisfy(\.isNaN) {
            throw .numericHeader(names, at: places[0])
        }
        var first: [String: Int] = [:]
        for (index, name) in names.enumerated() {
            if let before = first.updateValue(index, forKey: name) {
                throw .repeatedColumn(name, first: before + 1, at: places[index])
            }
        }
        end = scanner.position
        nextLine = scanner.line
        return true
    }

    // The comma where the first line has one outside of quotes, else the more frequent of tab and semicolon.
    private static func delimiter(of bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> UInt8 {
        var inQuotes = false
        var tabs = 0
        var semicolons = 0
        for byte in bytes[start...] {
            switch byte {
            case UInt8(ascii: "\""): inQuotes.toggle()
            case _ where inQuotes: break
            case UInt8(ascii: ","): return byte
            case UInt8(ascii: "\t"): tabs += 1
            case UInt8(ascii: ";"): semicolons += 1
            case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
                return Self.delimiter(tabs: tabs, semicolons: semicolons)
            default: break
            }
        }
        return Self.delimiter(tabs: tabs, semicolons: semicolons)
    }

    private static func delimiter(tabs: Int, semicolons: Int) -> UInt8 {
        if tabs + semicolons == 0 { return UInt8(ascii: ",") }
        return tabs >= semicolons ? UInt8(ascii: "\t") : UInt8(ascii: ";")
    }
}
