// What can be wrong with a table: the facts. The words are in TableErrorWording.swift.

/// What is wrong with a table, with the facts that its message needs.
public enum TableError: Error, Equatable, Sendable {
    /// Where something stands: `runs.csv:17:3`.
    public struct Place: Equatable, Sendable {
        /// The name of the table, which is the path of its file as it was given.
        public var file: String
        /// The line of the file, counted from 1.
        public var line: Int
        /// The field of the line, counted from 1; for the syntax of JSON Lines, the byte of the line.
        public var column: Int

        /// A place in a file.
        public init(file: String, line: Int, column: Int) {
            self.file = file
            self.line = line
            self.column = column
        }
    }

    /// A kind of file that is no table of text.
    public enum BinaryKind: Equatable, Sendable { case gzip, parquet, utf16, zip, zstandard }

    /// What can be wrong with a line of JSON.
    public enum JSONFault: Equatable, Sendable {
        /// The line is an array.
        case array
        /// A string has a control character that is not escaped.
        case controlCharacter
        /// More levels than the limit.
        case deepNesting(limit: Int)
        /// A key without a letter.
        case emptyKey
        /// A backslash before what it cannot stand before.
        case escape(String)
        /// Something else than the syntax allows.
        case expected(String, found: String)
        /// An array of more elements than the limit.
        case longArray(key: String, limit: Int)
        /// A key of more bytes than the limit, with those above it.
        case longKey(String, limit: Int)
        /// Half of a surrogate pair.
        case loneSurrogate(String)
        /// The line does not begin as an object.
        case notAnObject(String)
        /// What begins like a number and is none.
        case number(String)
        /// A key that its line has already.
        case repeatedKey(String)
        /// Anything after the object.
        case textAfterObject(String)
        /// The line ends before its object does.
        case unfinished(String, isLast: Bool)
        /// The file ends before its document does.
        case unfinishedDocument
        /// Columns of an object that have different lengths.
        case unequalColumns(String, count: Int, other: String, otherCount: Int)
    }

    // Files.

    /// The file cannot be opened or read; `code` is the system's `errno`.
    case unreadable(file: String, code: Int32)
    /// The file is no text.
    case binary(file: String, BinaryKind)
    /// A byte that text does not have, as UTF-16 does.
    case nulByte(at: Place)
    /// A name or a label in another encoding.
    case notUTF8(at: Place)
    /// The file became shorter while it was read.
    case changed(file: String)
    /// A Parquet file that is no table, or not whole.
    case parquet(ParquetFault, file: String)
    /// A folder in which event files of TensorBoard were looked for.
    case eventFolders(EventFolderFault, folder: String)

    // Headers.

    /// The file has no line.
    case empty(file: String)
    /// The file has a header (none in JSON Lines) and no row.
    case noRows(file: String, header: [String])
    /// The first line looks like a row.
    case numericHeader([String], at: Place)
    /// A column has an empty name.
    case unnamedColumn(at: Place)
    /// A cell with text below the empty name of a header that ends in a separator.
    case unnamedCell(String, at: Place)
    /// A name that the column `first`, counted from 1, has already.
    case repeatedColumn(String, first: Int, at: Place)

    // Rows of CSV.

    /// The row ends before the header does; the place is that of its last cell.
    case tooFewCells(found: Int, header: [String], last: String, at: Place)
    /// The row goes on after the header ends; the place is that of its first cell too many.
    case tooManyCells(found: Int, header: [String], delimiter: UInt8, extra: String, at: Place)
    /// A quote, at this place, that nothing closes.
    case unclosedQuote(String, at: Place)
    /// A cell that goes on after its closing quote.
    case textAfterQuote(String, at: Place)

    // Lines of JSON.

    /// A line that is no object of JSON, or none that can become a row.
    case json(JSONFault, at: Place)
    /// So many different keys that a table of them would be almost empty.
    case sparse(file: String, columns: Int, rows: Int)

    // Columns asked for.

    /// No column has this name.
    case unknownColumn(String, file: String, header: [String])
    /// A cell, at this place, that is no number, in a column of which numbers were asked.
    case notANumber(String, column: String, at: Place)
    /// An expression over columns in which quoted text is not compared with a column.
    case textInExpression(String)
    case lawInExpression(String)
    case scheduleInExpression(String)
}
