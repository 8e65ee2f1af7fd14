// All words for what can be wrong with a table: what, then where, then "help:" and the next thing to type.

import Formulas

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

extension TableError: CustomStringConvertible {
    /// The message, of one to three lines, without a leading `error:`.
    public var description: String {
        switch self {
        case .unreadable(let file, let code): Self.unreadable(file, code)
        case .binary(let file, let kind): Self.binary(file, kind)
        case .nulByte(let place):
            """
            a NUL byte, which no text has
              \(place)
              help: give a CSV, TSV or JSON Lines file in UTF-8; from UTF-16: iconv -f UTF-16 -t UTF-8
            """
        case .notUTF8(let place):
            """
            text that is not UTF-8
              \(place)
              help: convert the file, such as from Latin-1: iconv -f LATIN1 -t UTF-8
            """
        case .changed(let file):
            """
            '\(word(file))' became shorter while it was read
              help: read it again once nothing writes to it, or a copy: cp\(argument(file)) copy.csv
            """
        case .parquet(let fault, let file): Self.words(for: fault, file)
        case .eventFolders(let fault, let folder): Self.words(for: fault, folder)
        case .empty(let file):
            """
            '\(word(file))' is empty
              help: the first line names the columns (params,tokens,loss), then one run a line
            """
        case .noRows(let file, header: []):
            """
            no line has a key
              \(file)
              help: one line is one run: {"params": 7e10, "loss": 2.1}
            """
        case .noRows(let file, let header):
            """
            a header without rows
              \(file), \(list(header))
              help: add one line a run below the header
            """
        case .numericHeader(let cells, let place):
            """
            the header is all numbers
              \(place.file):\(place.line), \(list(cells))
              help: add a first line that names the columns: params,tokens,loss
            """
        case .unnamedColumn(let place) where place.column == 1:
            """
            column 1 has no name
              \(place)
              help: name it in the header; pandas leaves its index out with to_csv(…, index=False)
            """
        case .unnamedColumn(let place):
            """
            column \(place.column) has no name
              \(place)
              help: name it in the header
            """
        case .unnamedCell(let text, let place):
            """
            column \(place.column) has cells but no name
              \(place): \(quote(text))
              help: name it in the header
            """
        case .repeatedColumn(let name, let first, let place):
            """
            two columns are named \(quote(name))
              \(place), and before in column \(first)
              help: rename one of them in the header
            """
        case .tooFewCells(let found, let header, let last, let place):
            """
            a row of \(found == 1 ? "1 cell" : "\(found) cells") under a header of \(header.count)
              \(place): \(quote(last)) is its last
              help: give \(header.count) cells, an empty one where a value is missing; \(list(header))
            """
        case .tooManyCells(let found, let header, let delimiter, let extra, let place):
            """
            a row of \(found) cells under a header of \(header.count)
              \(place): \(quote(extra)) is one too many
              help: put a cell that has \(Self.name(ofDelimiter: delimiter)) in it in quotes; \(list(header))
            """
        case .unclosedQuote(let text, let place):
            """
            a quote is not closed before the end of the file
              \(place): \(quote(text))
              help: close it with ", and write a " inside of quotes twice: \"\"
            """
        case .textAfterQuote(let text, let place):
            """
            text after the closing quote of a cell
              \(place): \(quote(text))
              help: write a " inside of quotes twice: "a ""b"" c"
            """
        case .json(let fault, let place): Self.json(fault, place)
        case .sparse(let file, let columns, let rows):
            """
            \(columns) different keys in \(rows) lines, almost all of them missing in each line
              \(file)
              help: give the runs the same keys; what varies, such as a run's name, belongs into a value
            """
        case .unknownColumn(let name, let file, let header):
            """
            unknown column \(quote(name))
              \(file), \(list(header))\(Self.suggestion(for: name, among: header))
            """
        case .notANumber(let text, let column, let place):
            """
            column \(quote(column)) has text where numbers are needed
              \(place): \(quote(text))
              help: \(Self.numberHelp(for: text))
            """
        case .textInExpression(let expression):
            """
            quoted text can only be compared with a column
              \(shown(expression))
              help: write column == "text"
            """
        case .lawInExpression(let name):
            """
            law "\(shown(name))" cannot be called where only columns are known
              help: call laws in the formula that is fitted
            """
        case .scheduleInExpression(let expression):
            """
            functions of schedules have no value here
              \(shown(expression))
              help: use them in the formula that is fitted
            """
        }
    }

    private static func name(ofDelimiter delimiter: UInt8) -> String {
        switch delimiter {
        case UInt8(ascii: "\t"): "a tab"
        case UInt8(ascii: ";"): "a semicolon"
        default: "a comma"
        }
    }

    private static func json(_ fault: JSONFault, _ place: Place) -> String {
        switch fault {
        case .array:
            """
            an array where one object a line is needed
              \(place)
              help: write each object on a line of its own: jq -c '.[]'\(argument(place.file))
            """
        case .controlCharacter:
            """
            a control character inside of a string
              \(place)
              help: write it as an escape, such as \\n or \\t
            """
        case .deepNesting(let limit):
            """
            objects and arrays nested deeper than \(limit) levels
              \(place)
              help: write what the table needs nearer to the top
            """
        case .emptyKey:
            """
            a key without a name
              \(place)
              help: give it a name; each key becomes a column
            """
        case .escape(let text):
            """
            \(quote(text)) is no escape of JSON
              \(place)
              help: write a backslash twice; escapes are \\" \\\\ \\/ \\b \\f \\n \\r \\t and \\u with four hexadecimal digits
            """
        case .expected(let expected, let found):
            """
            expected \(expected), found \(quote(found))
              \(place)
              help: one line is one object of JSON: {"params": 7e10, "loss": 2.1}
            """
        case .longArray(let key, let limit):
            """
            \(quote(key)) is an array of more than \(limit) elements
              \(place)
              help: leave it out, or log its elements as lines of their own
            """
        case .longKey(let key, let limit):
            """
            a key of more than \(limit) bytes, with the keys above it
              \(place): \(quote(key))
              help: shorten it; each key becomes the name of a column
            """
        case .loneSurrogate(let text):
            """
            \(quote(text)) is half of a character
              \(place)
              help: write both halves of the surrogate pair, or the character itself
            """
        case .notAnObject(let text):
            """
            a line that is no object of JSON
              \(place): \(quote(text))
              help: one line is one object: {"params": 7e10, "loss": 2.1}
            """
        case .number(let text):
            """
            \(quote(text)) is no number of JSON
              \(place)
              help: put a quantity in quotes ("70B"), and a digit before and after the point
            """
        case .repeatedKey(let key):
            """
            the key \(quote(key)) occurs twice in one line
              \(place)
              help: rename one of the two; keys of a nested object are joined by points
            """
        case .textAfterObject(let text):
            """
            text after the object of the line
              \(place): \(quote(text))
              help: write one object a line
            """
        case .unfinished(let text, isLast: true):
            """
            the last line ends inside its object
              \(place): \(quote(text))
              help: leave it out until it is written whole: sed '$d'\(argument(place.file))
            """
        case .unfinished(let text, isLast: false):
            """
            the line ends inside its object
              \(place): \(quote(text))
              help: write each object on one line: jq -c .\(argument(place.file))
            """
        case .unfinishedDocument:
            """
            the file ends inside of its JSON
              \(place)
              help: read it again once it is written whole
            """
        case .unequalColumns(let key, let count, let other, let otherCount):
            """
            column \(quote(key)) has \(count) values, and \(quote(other)) has \(otherCount)
              \(place.file)
              help: give every column a value for each row, null where it is missing
            """
        }
    }

    private static func suggestion(for name: String, among header: [String]) -> String {
        guard let near = Suggestion.nearest(to: name, among: header) else { return "" }
        return "\n  help: did you mean \(quote(near))?"
    }

    private static func unreadable(_ file: String, _ code: Int32) -> String {
        let (reason, help) =
            switch code {
            case ENOENT: ("there is no such file", "give the path of a table, or - for standard input")
            case EISDIR: ("it is a folder", "give a file in it: \(word(file))/runs.csv")
            case EACCES: ("permission denied", "allow reading it: chmod u+r\(argument(file))")
            default: (String(cString: strerror(code)), "copy it elsewhere and read the copy")
            }
        return """
            cannot read '\(word(file))': \(reason)
              help: \(help)
            """
    }

    private static func binary(_ file: String, _ kind: BinaryKind) -> String {
        let (what, help) =
            switch kind {
            case .gzip: ("compressed by gzip", "unpack it: gunzip -k\(argument(file))")
            case .parquet: ("a Parquet file", "leave out the format, or name it: parquet")
            case .utf16: ("UTF-16 text", "convert it: iconv -f UTF-16 -t UTF-8\(argument(file))")
            case .zip: ("a zip archive or a spreadsheet", "unpack it, or save the sheet as CSV")
            case .zstandard: ("compressed by zstd", "unpack it: zstd -d\(argument(file))")
            }
        return """
            '\(word(file))' is \(what), not a table of text
              help: \(help)
            """
    }

    /// How to write a number in the way it was probably meant.
    private static func numberHelp(for text: String) -> String {
        let groups = text.split(separator: ",", omittingEmptySubsequences: false)
        if groups.count == 2, groups[1].count != 3, Quantity.parse(groups.joined(separator: ".")) != nil {
            return "write the decimal point: \(groups.joined(separator: "."))"
        }
        if let comma = text.lastIndex(of: ","), let point = text.lastIndex(of: "."), point < comma {
            let meant = text.filter { $0 != "." }.replacing(",", with: ".")
            if Quantity.parse(meant) != nil { return "write the decimal point, and no separators: \(meant)" }
        }
        let joined = text.filter { !",_ '\u{A0}\u{202F}".contains($0) }
        if joined != text, Quantity.parse(joined) != nil { return "write it without separators: \(joined)" }
        let capital = joined.uppercased()
        if capital != text, Quantity.parse(capital) != nil { return "write the suffix as a capital: \(capital)" }
        return "correct the cell, or leave it empty where the value is missing"
    }
}

extension TableError.Place: CustomStringConvertible {
    /// `file:line:column`.
    public var description: String { "\(file):\(line):\(column)" }
}

/// The text in quotation marks, on one line and at most 40 characters of it.
func quote(_ text: String) -> String { "'\(shown(text))'" }

func shown(_ text: String) -> String {
    let scalars = text.unicodeScalars
    return escaped(scalars.prefix(40)) + (scalars.dropFirst(40).isEmpty ? "" : "…")
}

/// The path of a file, whole.
func word(_ file: String) -> String { escaped(file.unicodeScalars.prefix(.max)) }

/// The path as an argument of a shell command; none for standard input, which commands read of themselves.
func argument(_ file: String) -> String {
    if file == "standard input" { return "" }
    let isPlain = file.allSatisfy { $0.isLetter || $0.isNumber || "/._-+,:@%=".contains($0) }
    return isPlain ? " \(file)" : " '\(word(file).replacing("'", with: "'\\''"))'"
}

/// The text with control characters escaped as in Swift: `\n`, `\u{1B}`.
private func escaped(_ scalars: String.UnicodeScalarView.SubSequence) -> String {
    var escaped = ""
    for scalar in scalars {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: escaped += scalar.escaped(asASCII: true)
        default: escaped.unicodeScalars.append(scalar)
        }
    }
    return escaped
}

/// The names of a header on one line, the first twenty of them.
private func list(_ header: [String]) -> String {
    let names = header.prefix(20).map(shown).joined(separator: ", ")
    return "header: \(names)\(header.count > 20 ? ", … (\(header.count) in all)" : "")"
}
