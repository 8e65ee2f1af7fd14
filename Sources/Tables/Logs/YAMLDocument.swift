// The YAML that training software writes its settings in: block mappings and sequences, flow collections, scalars.
//
// Not read, and said with the place: anchors and aliases, tags, several documents in one file, keys that are no scalars.
// A value that has one of these is left out with all below it, the rest is read. Scalars follow YAML 1.1 as PyYAML does
// (yes and no are truths), save that 1e-3 is a number.

/// A document of YAML, and what was left out of it.
package struct YAMLDocument {
    package private(set) var value = ConfigValue.null
    /// The line of each thing that was not read, and what it is.
    package private(set) var faults: [(line: Int, what: String)] = []

    struct Line {
        var indent: Int
        var text: String
        let number: Int
    }

    var lines: [Line] = []
    var next = 0
    private static let depthLimit = 64
    /// Settings are small; a file with more lines holds something else.
    static let longest = 100_000

    package init(_ bytes: [UInt8]) {
        split(bytes)
        if lines.isEmpty { return }
        value = block(indent: lines[0].indent, depth: 0)
        if next < lines.count, faults.isEmpty { fault("a line that belongs to nothing above it") }
    }

    mutating func fault(_ what: String, line: Int? = nil) {
        if faults.count < 20 {
            faults.append((line ?? (next < lines.count ? lines[next].number : lines.last?.number ?? 1), what))
        }
    }

    // MARK: - Lines

    private mutating func split(_ bytes: [UInt8]) {
        let text = String(decoding: bytes, as: UTF8.self)
        var begun = false
        for (index, raw) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            var line = raw.hasSuffix("\r") ? raw.dropLast() : raw
            if index == 0, line.hasPrefix("\u{FEFF}") { line = line.dropFirst() }
            if line.hasPrefix("---") || line.hasPrefix("...") {
                if line.hasPrefix("---"), begun {
                    fault("a second document", line: index + 1)
                    return
                }
                if line.count <= 4 { continue }
            }
            if line.hasPrefix("%") { continue }
            let indent = line.prefix { $0 == " " }.count
            if line.dropFirst(indent).hasPrefix("\t") {
                fault("a tab that indents", line: index + 1)
                continue
            }
            // Blank lines stay, for texts of many lines; comments of a whole line go.
            let content = line.dropFirst(indent)
            if content.hasPrefix("#") { continue }
            begun = begun || !content.isEmpty
            lines.append(Line(indent: indent, text: String(content), number: index + 1))
            if lines.count > Self.longest {
                fault("more than \(Self.longest) lines", line: index + 1)
                return
            }
        }
        while lines.last?.text.isEmpty == true { lines.removeLast() }
        while lines.first?.text.isEmpty == true { lines.removeFirst() }
    }

    mutating func skipBlank() {
        while next < lines.count, lines[next].text.isEmpty { next += 1 }
    }

    // Passes over what lies deeper than a line that was not read.
    private mutating func skip(deeperThan indent: Int) {
        while next < lines.count, lines[next].text.isEmpty || lines[next].indent > indent { next += 1 }
    }

    // MARK: - Blocks

    private mutating func block(indent: Int, depth: Int) -> ConfigValue {
        skipBlank()
        guard next < lines.count else { return .null }
        if depth > Self.depthLimit {
            fault("more than \(Self.depthLimit) levels")
            skip(deeperThan: indent - 1)
            return .null
        }
        let text = lines[next].text
        if text == "-" || text.hasPrefix("- ") { return sequence(indent: indent, depth: depth) }
        if YAMLScalar.keyEnd(text) != nil { return mapping(indent: indent, depth: depth) }
        let line = lines[next]
        next += 1
        return scalar(line.text, of: line, parent: indent - 1)
    }

    private mutating func sequence(indent: Int, depth: Int) -> ConfigValue {
        var elements: [ConfigValue] = []
        while next < lines.count {
            skipBlank()
            guard next < lines.count, lines[next].indent == indent else { break }
            let text = lines[next].text
            guard text == "-" || text.hasPrefix("- ") else { break }
            let rest = text.dropFirst().drop { $0 == " " }
            if rest.isEmpty || rest.hasPrefix("#") {
                next += 1
                elements.append(nested(deeperThan: indent, depth: depth))
                continue
            }
            // What stands behind the dash is a line of its own, indented that far.
            lines[next].indent = indent + (text.count - rest.count)
            lines[next].text = String(rest)
            elements.append(block(indent: lines[next].indent, depth: depth + 1))
        }
        return .list(elements)
    }

    private mutating func mapping(indent: Int, depth: Int) -> ConfigValue {
        var entries: [ConfigValue.Entry] = []
        while next < lines.count {
            skipBlank()
            guard next < lines.count, lines[next].indent == indent else { break }
            let line = lines[next]
            guard let (key, rest) = YAMLScalar.keyEnd(line.text) else {
                fault("neither a key nor an element")
                next += 1
                continue
            }
            next += 1
            if key == "<<" || "&*!?".contains(key.first ?? " ") {
                fault("a key that is no plain text", line: line.number)
                skip(deeperThan: indent)
                continue
            }
            let value =
                rest.isEmpty || rest.hasPrefix("#")
                ? below(indent: indent, depth: depth) : scalar(rest, of: line, parent: indent)
            let name = YAMLScalar.unquoted(key)
            if let place = entries.firstIndex(where: { $0.key == name }) {
                entries[place].value = value
            } else {
                entries.append(ConfigValue.Entry(name, value))
            }
        }
        return .object(entries)
    }

    // The value of a key whose line ends behind the colon: a sequence may stand no deeper than its key.
    private mutating func below(indent: Int, depth: Int) -> ConfigValue {
        skipBlank()
        if next < lines.count, lines[next].indent == indent,
            lines[next].text == "-" || lines[next].text.hasPrefix("- ")
        {
            return sequence(indent: indent, depth: depth + 1)
        }
        return nested(deeperThan: indent, depth: depth)
    }

    private mutating func nested(deeperThan indent: Int, depth: Int) -> ConfigValue {
        skipBlank()
        guard next < lines.count, lines[next].indent > indent else { return .null }
        return block(indent: lines[next].indent, depth: depth + 1)
    }

    // MARK: - Scalars, which may go on in deeper lines

    private mutating func scalar(_ text: String, of line: Line, parent: Int) -> ConfigValue {
        switch text.first {
        case "&", "*":
            fault(text.first == "*" ? "an alias" : "an anchor", line: line.number)
            skip(deeperThan: parent)
            return .null
        case "!":
            fault("a tag, \(text.prefix(40))", line: line.number)
            skip(deeperThan: parent)
            // A sequence below a tagged key may stand as deep as the key.
            while next < lines.count, lines[next].indent == parent, lines[next].text.hasPrefix("- ") {
                next += 1
                skip(deeperThan: parent)
            }
            return .null
        case "|", ">": return folded(isLiteral: text.first == "|", parent: parent)
        case "\"", "'", "[", "{":
            var whole = text
            while !YAMLScalar.isClosed(whole), next < lines.count,
                lines[next].indent > parent || lines[next].text.isEmpty
            {
                whole += lines[next].text.isEmpty ? "\n" : (whole.hasSuffix("\n") ? "" : " ") + lines[next].text
                next += 1
            }
            guard let value = YAMLScalar.value(whole) else {
                fault("a value that is not closed, or not of this YAML", line: line.number)
                return .null
            }
            return value
        default:
            var whole = YAMLScalar.withoutComment(text)
            while next < lines.count, lines[next].indent > parent, !lines[next].text.isEmpty {
                whole += " " + YAMLScalar.withoutComment(lines[next].text)
                next += 1
            }
            return YAMLScalar.plain(whole)
        }
    }

    // The lines of | and >, without their common indentation.
    private mutating func folded(isLiteral: Bool, parent: Int) -> ConfigValue {
        var parts: [String] = []
        var indent: Int?
        while next < lines.count, lines[next].text.isEmpty || lines[next].indent > parent {
            let line = lines[next]
            if indent == nil, !line.text.isEmpty { indent = line.indent }
            parts.append(
                line.text.isEmpty
                    ? "" : String(repeating: " ", count: max(0, line.indent - (indent ?? 0))) + line.text)
            next += 1
        }
        while parts.last?.isEmpty == true { parts.removeLast() }
        return .text(parts.joined(separator: isLiteral ? "\n" : " "))
    }
}
