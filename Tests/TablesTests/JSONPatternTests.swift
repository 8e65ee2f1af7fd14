// Lines read by what stands between their values give the table, or the error, that the general reading gives.

import Formulas
import Testing

@testable import Tables

/// Everything that a reading says: names, values to the bit, lines; or the error.
private func outcome(_ text: [UInt8], usesPatterns: Bool, chunk: Int) -> [String] {
    var source = ByteSource(bytes: text, name: "a.jsonl", chunk: chunk)
    var rows = JSONRows(file: "a.jsonl", size: text.count, usesPatterns: usesPatterns)
    do {
        try source.refill(keeping: 0)
        try rows.read(from: &source)
        if rows.prepareSecondPass() {
            try source.rewind()
            try source.refill(keeping: 0)
            try rows.read(from: &source)
        }
        let table = try rows.finished()
        let columns = table.columns.map { column in
            switch column.values {
            case .numbers(let numbers): "\(column.name) \(numbers.map(\.bitPattern))"
            case .labels(let labels): "\(column.name) \(labels.codes) \(labels.names)"
            }
        }
        return columns + ["\((0..<table.rowCount).map(table.lineNumber(ofRow:)))"]
    } catch { return ["\(error)"] }
}

private func expectSame(_ text: [UInt8], chunk: Int = 1 << 20) {
    let general = outcome(text, usesPatterns: false, chunk: 1 << 20)
    let patterns = outcome(text, usesPatterns: true, chunk: chunk)
    #expect(general == patterns, "\(String(decoding: text.prefix(4000), as: UTF8.self))")
}

private struct Lines {
    var random: Seeded
    /// The keys of a few kinds of lines, each with what its values are.
    private var shapes: [[(key: String, kind: Int)]] = []
    private let isSpaced: Bool

    init(seed: UInt64) {
        random = Seeded(state: seed)
        isSpaced = Bool.random(using: &random)
        let keys = ["loss", "step", "run", "lr", "a long name of a measurement", "é", "note", "x.y", "ok"]
        for _ in 0..<Int.random(in: 1...6, using: &random) {
            let count = Int.random(in: 0...6, using: &random)
            let chosen = Array(keys.shuffled(using: &random).prefix(count))
            let kinds = chosen.map { _ in Int.random(in: 0..<7, using: &random) }
            shapes.append(zip(chosen, kinds).map { ($0, $1) })
        }
    }

    mutating func next() -> String {
        let shape = shapes[Int.random(in: 0..<shapes.count, using: &random)]
        var parts: [String] = []
        for (key, kind) in shape {
            if chance(200) { continue }
            parts.append(
                "\"\(key)\"\(isSpaced ? ": " : ":")\(value(chance(40) ? Int.random(in: 0..<12, using: &random) : kind))"
            )
        }
        if chance(100) { parts.append("\"new\":\(value(0))") }
        if chance(300), let first = parts.first { parts.append(first) }
        let line = "{" + parts.joined(separator: isSpaced ? ", " : ",") + "}"
        return (chance(60) ? " " : "") + line + (chance(400) ? " rest" : "") + (chance(60) ? "\r" : "")
    }

    mutating func chance(_ one: Int) -> Bool { Int.random(in: 0..<one, using: &random) == 0 }

    private mutating func value(_ kind: Int) -> String {
        func pick(_ texts: [String]) -> String { texts.randomElement(using: &random) ?? "" }
        switch kind {
        case 0: return "\(Double.random(in: -10...10, using: &random))"
        case 1: return "\(Int.random(in: -5...1_000_000, using: &random))"
        case 2: return "\"run-\(Int.random(in: 0..<5, using: &random))\""
        case 3: return pick(["1e5", "-2.5E-3", "0", "-0.0", "3.14159265358979323846264338", "null", "NaN", "1e400"])
        case 4: return pick(["true", "false", "null", "\"\"", "\"NA\"", "\"words that go on for a while\""])
        case 5: return "{\"b\":[\(Int.random(in: 0..<9, using: &random)),{\"c\":\"d\"}],\"e\":{}}"
        case 6: return pick([#""a\"b""#, #""\u00e9\n""#, "\"é中\"", #""\\""#, "\"70B\"", "\"plain\""])
        case 7: return pick(["01", "1.", "+1", ".5", "70B", "1e", "-", "nul", "Infinity", "-Infinity", "1e+"])
        case 8: return pick(["[]", "[1,2,3]", "\"\u{1}\"", #""\x""#, #""\ud800""#])
        default: return "\(Double.random(in: 0...1, using: &random))"
        }
    }
}

@Test(arguments: 0..<20) func linesWithAPatternReadAsOthersDo(_ part: Int) {
    for number in 0..<200 {
        var lines = Lines(seed: UInt64(part * 1_000 + number))
        let count = number % 50 == 0 ? 3_000 : Int.random(in: 1...80, using: &lines.random)
        var text = ""
        for row in 0..<count {
            // Errors end the reading, so that long texts have few of them.
            text += (row > 0 ? "\n" : "") + lines.next() + (lines.chance(50) ? "\n" : "")
        }
        if Bool.random(using: &lines.random) { text += "\n" }
        expectSame(Array(text.utf8), chunk: number % 3 == 0 ? 1 << 20 : Int.random(in: 3...300, using: &lines.random))
    }
}

@Test(arguments: 0..<20) func mutatedLinesReadAsOthersDo(_ part: Int) {
    for number in 0..<300 {
        var random = Seeded(state: UInt64(1_000_000 + part * 1_000 + number))
        let rows = (0..<Int.random(in: 2...40, using: &random)).map { row in
            "{\"run\": \"r\(row / 10)\", \"step\": \(row), \"loss\": \(3 - Double(row) / 64), \"c\": {\"on\": true, \"x\": [1, 2]}}\n"
        }
        var bytes = Array(rows.joined().utf8)
        for _ in 0..<Int.random(in: 1...4, using: &random) {
            let place = Int.random(in: 0..<bytes.count, using: &random)
            switch Int.random(in: 0..<5, using: &random) {
            case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
            case 1: bytes.remove(at: place)
            case 2: bytes.insert(Array("{}[],:\"\\ \n0.e-".utf8).randomElement(using: &random) ?? 0, at: place)
            case 3: bytes[place] = Array("{}[],:\"\\ \n0.e-".utf8).randomElement(using: &random) ?? 0
            default: bytes.removeSubrange(place..<min(bytes.count, place + 3))
            }
        }
        expectSame(bytes, chunk: number % 2 == 0 ? 1 << 20 : Int.random(in: 5...100, using: &random))
    }
}

@Test func numbersOfJSONAreThoseOfTheScanner() {
    var random = Seeded(state: 5)
    let letters = Array("0001234567899..eE+-".utf8)
    for _ in 0..<200_000 {
        let token = (0..<Int.random(in: 1...24, using: &random)).map { _ in letters.randomElement(using: &random) ?? 0
        }
        token.withUnsafeBufferPointer { bytes in
            var scanner = JSONScanner(file: "", line: 1, bytes: bytes, isLast: true)
            let isNumber = (try? scanner.scalar()) != nil
            let read = Quantity.json(of: bytes, from: 0).flatMap { $0.end == bytes.count ? $0.value : nil }
            let expected = isNumber ? Quantity.parse(bytes: bytes) : nil
            #expect(read?.bitPattern == expected?.bitPattern, "\(String(decoding: bytes, as: UTF8.self))")
        }
    }
}

@Test func aColumnThatTurnsToTextLateHasNoLimitOfItsOwn() throws {
    let lines = (0..<9_000).map { row in "{\"a\": \(row == 10 ? "\"x\"" : "1e3"), \"b\": \(row)}" }
    let table = try Table.read(bytes: Array(lines.joined(separator: "\n").utf8), name: "a.jsonl")
    #expect(table.rowCount == 9_000)
    #expect(table["a"]?.labels()[9] == "1e3")
}

@Test func endsOfPlainTextsAreFoundEightBytesAtATime() {
    var random = Seeded(state: 9)
    for _ in 0..<50_000 {
        let bytes = (0..<Int.random(in: 0...30, using: &random)).map { _ in
            Int.random(in: 0..<12, using: &random) == 0
                ? [0x22, 0x5C, 0x1F, 0x21, 0x23, 0x00, 0xFF, 0xA2].randomElement(using: &random) ?? 0
                : UInt8.random(in: 0x20...0xFF, using: &random)
        }
        let stop = bytes.firstIndex { $0 == 0x22 || $0 == 0x5C || $0 < 0x20 }
        let expected = stop.flatMap { bytes[$0] == 0x22 ? $0 : nil }
        bytes.withUnsafeBufferPointer { #expect(JSONRows.endOfPlainText($0, from: 0) == expected) }
    }
}
