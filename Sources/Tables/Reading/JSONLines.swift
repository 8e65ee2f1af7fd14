// JSON Lines: one object a line.
//
// Not read: objects over several lines, and arrays of objects; those are JSON, see JSON.swift.

extension TableReader {
    /// JSON Lines: one object a line, as training runs log them.
    ///
    /// A nested object is flattened: `{"config": {"lr": 0.1}}` is the column `config.lr`. An array is flattened by
    /// index (`betas.0`), up to 16 elements. Columns come in order of first appearance; a key that a line lacks is
    /// missing there. Blank lines are skipped.
    ///
    /// A number, a string, `true` and `false` stand for their text, and the text counts as a cell of CSV does: the
    /// string `"70B"` is a number in a column of numbers, `null` and the string `"NA"` are missing, `true` is a label.
    /// `NaN`, `Infinity` and `-Infinity` are accepted, as Python writes them.
    ///
    /// Limits: 64 levels, 1,024 bytes for the keys down to a value, and keys that are not so many that more than
    /// 16 million cells, and more than eight for each byte of the file, would be there, almost all of them missing.
    public static let jsonLines = TableReader(
        name: "JSON Lines", extensions: ["jsonl", "ndjson"], recognizes: looksLikeJSON,
        read: { (source: inout ByteSource, name: String) throws(TableError) -> Table in
            var rows = JSONRows(file: name, size: source.size)
            try rows.read(from: &source)
            if rows.prepareSecondPass() {
                try source.rewind()
                while !source.isAtEnd, source.window.count < 3 { try source.refill(keeping: 0) }
                try rows.read(from: &source)
            }
            return try rows.finished()
        })

    // A brace, or a bracket and a brace, be there white space or not.
    private static func looksLikeJSON(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        let start = bytes.dropFirst(bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0)
        let visible = start.lazy.filter { $0 > UInt8(ascii: " ") }.prefix(2)
        return visible.first == UInt8(ascii: "{") || visible.elementsEqual("[{".utf8)
    }
}
