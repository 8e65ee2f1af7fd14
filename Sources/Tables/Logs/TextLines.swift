// The lines of a text log, without the colours of terminals.

/// Lines of bytes.
enum TextLines {
    /// Calls `body` with each line that ends before the last byte or at it, its number counted from 1, and whether it is
    /// the last one and does not end in a line break, as where a program is writing it.
    static func forEach(
        in bytes: [UInt8], _ body: (_ line: ArraySlice<UInt8>, _ number: Int, _ isCutOff: Bool) -> Void
    ) {
        var start = 0
        var number = 1
        while start < bytes.count {
            // A carriage return alone begins a line too: progress bars write over theirs.
            let end = bytes[start...].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? bytes.count
            if end > start { body(bytes[start..<end], number, end == bytes.count) }
            if end < bytes.count, bytes[end] == 0x0A { number += 1 }
            start = end + 1
        }
    }

    /// The text of a line: sequences that colour a terminal are left out, bytes that are no UTF-8 replaced.
    static func text(_ line: ArraySlice<UInt8>) -> String {
        guard line.contains(0x1B) else { return String(decoding: line, as: UTF8.self) }
        var plain: [UInt8] = []
        var rest = line
        while let byte = rest.popFirst() {
            guard byte == 0x1B else {
                plain.append(byte)
                continue
            }
            // ESC [ … up to a letter; any other escape is one byte.
            guard rest.first == UInt8(ascii: "[") else { continue }
            while let next = rest.popFirst() {
                if next >= 0x40, next <= 0x7E, next != UInt8(ascii: "[") { break }
            }
        }
        return String(decoding: plain, as: UTF8.self)
    }

    /// The first lines that are not blank.
    static func first(_ count: Int, of bytes: [UInt8]) -> [String] {
        var lines: [String] = []
        forEach(in: Array(bytes.prefix(1 << 14))) { line, _, _ in
            if lines.count < count { lines.append(text(line)) }
        }
        return lines
    }

    /// A line that looks as if it had a measurement in it, to be shown beside a pattern that matched none.
    static func sample(_ bytes: [UInt8]) -> String? {
        var found: String?
        var any: String?
        forEach(in: Array(bytes.prefix(1 << 18))) { line, _, _ in
            if found != nil { return }
            let text = text(line)
            if text.lowercased().contains("loss") { found = text }
            if any == nil { any = text }
        }
        return found ?? any
    }
}

/// What stands behind labels in a line.
struct LineFields {
    let line: String
    private let bytes: [UInt8]

    init(_ line: String) {
        self.line = line
        bytes = Array(line.utf8)
    }

    /// The number behind the first place of a label that does not continue a word: behind `loss:`, not in `val_loss:`.
    ///
    /// Spaces before the number, and commas between its digits, are passed over.
    func number(after label: String) -> Double? {
        guard let end = end(of: label) else { return nil }
        return number(at: end)?.value
    }

    /// The two numbers of `iteration 100/ 5000`.
    func fraction(after label: String) -> (Double, Double)? {
        guard let end = end(of: label), let (first, next) = number(at: end) else { return nil }
        var place = next
        while place < bytes.count, bytes[place] == 0x20 { place += 1 }
        guard place < bytes.count, bytes[place] == UInt8(ascii: "/"), let (second, _) = number(at: place + 1) else {
            return nil
        }
        return (first, second)
    }

    /// Whether a text stands anywhere in the line.
    func contains(_ text: String) -> Bool { place(of: text, from: 0) != nil }

    /// The parts of the line between bars.
    var parts: [Substring] { line.utf8.split(separator: UInt8(ascii: "|")).map { Substring($0) } }

    private func end(of label: String) -> Int? {
        guard let first = label.utf8.first else { return nil }
        var start = 0
        while let place = place(of: label, from: start) {
            let isWord = place > 0 && Self.isLetter(bytes[place - 1]) && Self.isLetter(first)
            if !isWord { return place + label.utf8.count }
            start = place + 1
        }
        return nil
    }

    private func place(of text: String, from start: Int) -> Int? {
        var copy = text
        return copy.withUTF8 { wanted in
            bytes.withUnsafeBufferPointer { bytes in
                guard let first = wanted.first, bytes.count >= wanted.count else { return nil }
                var place = start
                while place + wanted.count <= bytes.count {
                    if bytes[place] == first {
                        var same = 1
                        while same < wanted.count, bytes[place + same] == wanted[same] { same += 1 }
                        if same == wanted.count { return place }
                    }
                    place += 1
                }
                return nil
            }
        }
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        let small = byte | 0x20
        return small >= UInt8(ascii: "a") && small <= UInt8(ascii: "z") || byte == UInt8(ascii: "_")
            || byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
    }

    private func number(at start: Int) -> (value: Double, end: Int)? {
        var place = start
        while place < bytes.count, bytes[place] == 0x20 || bytes[place] == 0x09 { place += 1 }
        var digits: [UInt8] = []
        while place < bytes.count {
            let byte = bytes[place]
            let isPart =
                byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") || byte == UInt8(ascii: ".")
                || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+")
                || (byte | 0x20 == UInt8(ascii: "e") && !digits.isEmpty)
            if byte == UInt8(ascii: ","), let next = place + 1 < bytes.count ? bytes[place + 1] : nil,
                next >= UInt8(ascii: "0"), next <= UInt8(ascii: "9"), !digits.isEmpty
            {
                place += 1
                continue
            }
            if !isPart { break }
            digits.append(byte)
            place += 1
        }
        // "7.5." and "12e" end in what belongs to the sentence.
        while let last = digits.last, last == UInt8(ascii: ".") || last | 0x20 == UInt8(ascii: "e") {
            digits.removeLast()
        }
        if digits.isEmpty || digits == [UInt8(ascii: "-")] || digits == [UInt8(ascii: "+")] {
            let word = String(decoding: bytes[place...].prefix(3), as: UTF8.self).lowercased()
            if word == "nan" { return (Cell.writtenNaN, place + 3) }
            if word == "inf" { return (digits == [UInt8(ascii: "-")] ? -.infinity : .infinity, place + 3) }
            return nil
        }
        guard let value = digits.withUnsafeBufferPointer({ Cell($0) }).number, !value.isNaN else { return nil }
        return (value, place)
    }
}
