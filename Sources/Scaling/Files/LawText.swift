// The lines of a law file: comments, keys with their continuations, sections. What they mean is not known here.

/// A value of a law file with its key.
struct LawEntry {
    let key: String
    let value: String
    /// The line of the key, counted from 0.
    let line: Int
}

/// A section of a law file; the top is one without a kind.
struct LawSection {
    let kind: String
    let name: String?
    let line: Int
    var entries: [LawEntry] = []

    /// As the file writes it.
    var title: String { kind.isEmpty ? "the top of the file" : "[\(kind)\(name.map { " \($0)" } ?? "")]" }

    subscript(key: String) -> LawEntry? { entries.first { $0.key == key } }

    func all(_ key: String) -> [LawEntry] { entries.filter { $0.key == key } }
}

/// A law file cut into sections and entries, in one pass over its bytes.
struct LawText {
    let file: String
    private let lines: [ArraySlice<UInt8>]
    private(set) var sections: [LawSection] = []
    // The value that is being read, with its continuations, and its key.
    private var open: (key: String, pieces: [ArraySlice<UInt8>], line: Int)?
    private var mayContinue = false

    init(_ text: String, file: String) throws(ScalingError) {
        self.file = file
        var bytes = Array(text.utf8)
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
        lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map(Self.trimmedEnd)
        sections = [LawSection(kind: "", name: nil, line: 0)]
        try checkVersion()
        for line in lines.indices { try read(line) }
        close()
    }

    /// The place of a whole line.
    func place(line: Int) -> ScalingError.Place {
        ScalingError.Place(
            file: file, line: line + 1, text: String(decoding: lines[line], as: UTF8.self),
            range: 0..<lines[line].count)
    }

    /// The place of a key.
    func place(key entry: LawEntry) -> ScalingError.Place { place(entry, 0..<entry.key.utf8.count) }

    /// The place of a value, as far as it stands on the line of its key.
    func place(value entry: LawEntry) -> ScalingError.Place {
        let line = lines[entry.line]
        let start = line.dropFirst(entry.key.utf8.count + 1).firstIndex { !Self.isSpace($0) } ?? line.endIndex
        return place(entry, start - line.startIndex..<line.count)
    }

    private func place(_ entry: LawEntry, _ range: Range<Int>) -> ScalingError.Place {
        ScalingError.Place(
            file: file, line: entry.line + 1, text: String(decoding: lines[entry.line], as: UTF8.self), range: range)
    }

    // The first thing in the file is its version, so that a newer format is refused before anything else is judged.
    private func checkVersion() throws(ScalingError) {
        let key = Array("allometry-law:".utf8)
        let isBlank = { (line: ArraySlice<UInt8>) in line.isEmpty || line.first == UInt8(ascii: "#") }
        guard let first = lines.firstIndex(where: { !isBlank($0) }), lines[first].starts(with: key) else {
            throw .lawFile(.notALawFile, at: place(line: lines.firstIndex { !isBlank($0) } ?? 0))
        }
        let version = String(decoding: Self.trimmed(lines[first].dropFirst(key.count)), as: UTF8.self)
        if version == LawFile.version { return }
        let digits =
            !version.isEmpty && version.utf8.allSatisfy { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
        throw .lawFile(digits && version != "0" ? .newerVersion(version) : .notALawFile, at: place(line: first))
    }

    private mutating func read(_ number: Int) throws(ScalingError) {
        let line = lines[number]
        guard let first = line.first else {
            mayContinue = false
            return
        }
        if first == UInt8(ascii: "#") { return }
        if Self.isSpace(first) {
            guard mayContinue, open != nil else { throw .lawFile(.continuesNothing, at: place(line: number)) }
            open?.pieces.append(Self.trimmed(line))
            return
        }
        close()
        if first == UInt8(ascii: "[") { return try header(number) }
        guard let colon = line.firstIndex(of: UInt8(ascii: ":")), line[..<colon].allSatisfy(Self.isKeyByte) else {
            throw .lawFile(.notALine, at: place(line: number))
        }
        let key = String(decoding: line[..<colon], as: UTF8.self)
        open = (key, [Self.trimmed(line[(colon + 1)...])], number)
        mayContinue = true
    }

    private mutating func header(_ number: Int) throws(ScalingError) {
        let line = lines[number]
        guard line.last == UInt8(ascii: "]"), line.count > 1 else {
            throw .lawFile(.unclosedSection, at: place(line: number))
        }
        let inside = line.dropFirst().dropLast()
        let space = inside.firstIndex(of: UInt8(ascii: " "))
        let name = space.map { LawEscapes.read(String(decoding: inside[($0 + 1)...], as: UTF8.self)) }
        let kind = String(decoding: inside[..<(space ?? inside.endIndex)], as: UTF8.self)
        sections.append(LawSection(kind: kind, name: name == "" ? nil : name, line: number))
        mayContinue = false
    }

    private mutating func close() {
        guard let (key, pieces, line) = open else { return }
        open = nil
        let joined = pieces.joined(separator: [UInt8(ascii: " ")])
        let value = LawEscapes.read(String(decoding: Self.trimmed(Array(joined)[...]), as: UTF8.self))
        sections[sections.count - 1].entries.append(LawEntry(key: key, value: value, line: line))
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }

    private static func isKeyByte(_ byte: UInt8) -> Bool {
        byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z") || byte == UInt8(ascii: "-")
    }

    private static func trimmedEnd(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var line = line
        while let last = line.last, isSpace(last) || last == UInt8(ascii: "\r") { line.removeLast() }
        return line
    }

    private static func trimmed(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        trimmedEnd(line.drop(while: isSpace))
    }
}

/// Line breaks inside of a value: `\n` is one, `\\` a backslash; any other backslash stands for itself.
enum LawEscapes {
    static func read(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "\\")) else { return text }
        var result: [UInt8] = []
        var bytes = Array(text.utf8)[...]
        while let byte = bytes.popFirst() {
            guard byte == UInt8(ascii: "\\") else {
                result.append(byte)
                continue
            }
            switch bytes.first {
            case UInt8(ascii: "n"): result.append(UInt8(ascii: "\n"))
            case UInt8(ascii: "r"): result.append(UInt8(ascii: "\r"))
            case UInt8(ascii: "\\"): result.append(byte)
            default:
                result.append(byte)
                continue
            }
            bytes.removeFirst()
        }
        return String(decoding: result, as: UTF8.self)
    }

    static func written(_ text: String) -> String {
        guard text.utf8.contains(where: { $0 == UInt8(ascii: "\\") || $0 == 0x0A || $0 == 0x0D }) else { return text }
        var result: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\\"): result += [byte, byte]
            case 0x0A: result += [UInt8(ascii: "\\"), UInt8(ascii: "n")]
            case 0x0D: result += [UInt8(ascii: "\\"), UInt8(ascii: "r")]
            default: result.append(byte)
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}
