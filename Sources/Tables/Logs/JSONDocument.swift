// A whole document of JSON as a tree, with what can be kept of one that breaks off.

/// A document of JSON, and what is wrong with it.
package struct JSONDocument {
    /// What was read: all of it, or what was whole before the fault.
    ///
    /// Of a document that breaks off, objects and lists above the fault keep what they have so far, but an object inside
    /// of a list is kept only where it is whole: half a row is none.
    package let value: ConfigValue
    package let fault: TableError?

    package init(_ bytes: [UInt8], file: String) {
        var value: ConfigValue?
        var fault: TableError?
        bytes.withUnsafeBufferPointer { buffer in
            let mark = buffer.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
            var scanner = JSONScanner(file: file, line: 1, bytes: buffer, isLast: true)
            scanner.spansLines = true
            scanner.position = mark
            var parser = Parser(scanner: scanner)
            value = parser.value(depth: 0).value
            if parser.fault == nil, parser.scanner.next() != 0 || parser.scanner.position < buffer.count {
                parser.fault = parser.scanner.unexpected("the end of the file")
            }
            fault = parser.fault
        }
        self.value = value ?? .null
        self.fault = fault
    }

    private struct Parser {
        var scanner: JSONScanner
        var fault: TableError?

        // The value that is next, as far as it could be read, and whether that is all of it.
        mutating func value(depth: Int) -> (value: ConfigValue?, isWhole: Bool) {
            if depth > JSONRows.depthLimit {
                fault = scanner.fault(.deepNesting(limit: JSONRows.depthLimit), at: scanner.position)
                return (nil, false)
            }
            do throws(TableError) {
                switch scanner.next() {
                case UInt8(ascii: "{"): return object(depth: depth)
                case UInt8(ascii: "["): return list(depth: depth)
                case UInt8(ascii: "\""): return (.text(try text()), true)
                default: return (Self.scalar(try scanner.scalar()), true)
                }
            } catch {
                fault = error
                return (nil, false)
            }
        }

        private mutating func object(depth: Int) -> (value: ConfigValue?, isWhole: Bool) {
            var entries: [ConfigValue.Entry] = []
            var places: [String: Int] = [:]
            scanner.position += 1
            do throws(TableError) {
                if scanner.next() == UInt8(ascii: "}") {
                    scanner.position += 1
                    return (.object([]), true)
                }
                while true {
                    guard scanner.next() == UInt8(ascii: "\"") else { throw scanner.unexpected("a key in quotes") }
                    let key = try text()
                    try scanner.take(UInt8(ascii: ":"), "a colon after the key")
                    let (value, isWhole) = value(depth: depth + 1)
                    if let value {
                        // The last of two equal keys counts, as in Python.
                        if let place = places[key] {
                            entries[place].value = value
                        } else {
                            places[key] = entries.count
                            entries.append(ConfigValue.Entry(key, value))
                        }
                    }
                    if !isWhole { return (.object(entries), false) }
                    if scanner.next() == UInt8(ascii: "}") { break }
                    try scanner.take(UInt8(ascii: ","), "a comma or a closing brace")
                }
            } catch {
                fault = error
                return (.object(entries), false)
            }
            scanner.position += 1
            return (.object(entries), true)
        }

        private mutating func list(depth: Int) -> (value: ConfigValue?, isWhole: Bool) {
            var elements: [ConfigValue] = []
            scanner.position += 1
            do throws(TableError) {
                if scanner.next() == UInt8(ascii: "]") {
                    scanner.position += 1
                    return (.list([]), true)
                }
                while true {
                    let (value, isWhole) = value(depth: depth + 1)
                    if !isWhole { return (.list(elements), false) }
                    if let value { elements.append(value) }
                    if scanner.next() == UInt8(ascii: "]") { break }
                    try scanner.take(UInt8(ascii: ","), "a comma or a closing bracket")
                }
            } catch {
                fault = error
                return (.list(elements), false)
            }
            scanner.position += 1
            return (.list(elements), true)
        }

        private mutating func text() throws(TableError) -> String {
            let start = scanner.position
            let text = try scanner.text()
            let string: String?
            if text.hasEscapes {
                string = String(validating: try scanner.unescaped(text), as: UTF8.self)
            } else {
                string = String(validating: text.bytes, as: UTF8.self)
            }
            guard let string else { throw .notUTF8(at: scanner.place(start)) }
            return string
        }

        private static func scalar(_ token: UnsafeBufferPointer<UInt8>) -> ConfigValue {
            if token.elementsEqual("null".utf8) { return .null }
            if token.elementsEqual("true".utf8) { return .truth(true) }
            if token.elementsEqual("false".utf8) { return .truth(false) }
            return .number(Cell(token).number ?? .nan)
        }
    }
}
