// What can be wrong with a Parquet file: the facts, and their words.

/// What is wrong with a Parquet file, with the facts that its message needs.
public enum ParquetFault: Error, Equatable, Sendable {
    /// The file does not end as Parquet files do.
    case cutOff
    /// Something that no writer makes, at this byte.
    case damaged(String, column: String?, byte: Int)
    case checksum(column: String, byte: Int)
    case encrypted
    /// The values of a column are in another file.
    case elsewhere(column: String)
    case noColumns
    case noRows(columns: [String])
    case unnamed(position: Int)
    case repeated(column: String)
    /// A list, a structure or a map.
    case nested(column: String)
    /// A type that no version of the format names.
    case type(column: String)
    case compression(String, column: String)
    case encoding(String, column: String)
    /// Zstandard is needed and the library is not installed.
    case noZstandard(column: String)
    case notUTF8(column: String, row: Int)
    /// More rows, cells or bytes than a file of this size can mean.
    case inflated(rows: Int, columns: Int)
}

extension TableError {
    static func words(for fault: ParquetFault, _ file: String) -> String {
        let name = word(file)
        let again = "pandas.read_parquet('\(name)')"
        switch fault {
        case .cutOff:
            return """
                '\(name)' does not end as a Parquet file does
                  help: copy it again, or wait until it is written: its table of contents comes last
                """
        case .damaged(let what, let column, let byte):
            return """
                \(what)
                  \(name), byte \(byte)\(column.map { ", column \(quote($0))" } ?? "")
                  help: copy the file again, or write it again from its source
                """
        case .checksum(let column, let byte):
            return """
                a page whose checksum is false: its bytes are not those that were written
                  \(name), byte \(byte), column \(quote(column))
                  help: copy the file again, or write it again from its source
                """
        case .encrypted:
            return """
                '\(name)' is encrypted
                  help: decrypt it with the program that wrote it, and write it without encryption
                """
        case .elsewhere(let column):
            return """
                the values of column \(quote(column)) are in another file
                  \(name)
                  help: give a file that has the rows; this is the index of a folder (_metadata)
                """
        case .noColumns:
            return """
                '\(name)' has no columns
                  help: write a table with columns: params, tokens, loss
                """
        case .noRows(let columns):
            return """
                a table without rows
                  \(name), columns: \(columns.prefix(20).map(shown).joined(separator: ", "))\(columns.count > 20 ? ", …" : "")
                  help: write one row a run
                """
        case .unnamed(let position):
            return """
                column \(position) has no name
                  \(name)
                  help: name it: \(again).rename(columns={'': 'name'}).to_parquet('named.parquet')
                """
        case .repeated(let column):
            return """
                two columns are named \(quote(column))
                  \(name)
                  help: rename one of them before the table is written
                """
        case .nested(let column):
            return """
                column \(quote(column)) is nested: a list, a structure or a map
                  \(name)
                  help: leave it out: \(again).drop(columns=['\(shown(column))']).to_parquet('flat.parquet')
                  help: or flatten it: polars.read_parquet('\(name)').unnest('\(shown(column))').write_parquet('flat.parquet')
                """
        case .type(let column):
            return """
                column \(quote(column)) has a type that Parquet does not have
                  \(name)
                  help: write it as numbers or text
                """
        case .compression(let codec, let column):
            return """
                column \(quote(column)) is compressed by \(codec), which is not read
                  \(name); read are Snappy, Zstandard and no compression
                  help: \(again).to_parquet('snappy.parquet', compression='snappy')
                """
        case .encoding(let encoding, let column):
            return """
                column \(quote(column)) is in the encoding \(encoding), which is not read
                  \(name)
                  help: write it with the defaults: \(again).to_parquet('again.parquet')
                """
        case .noZstandard(let column):
            return """
                column \(quote(column)) is compressed by Zstandard, and libzstd.so.1 is not installed
                  \(name)
                  help: apt-get install libzstd1
                  help: or \(again).to_parquet('snappy.parquet', compression='snappy')
                """
        case .notUTF8(let column, let row):
            return """
                column \(quote(column)) has bytes that are no text
                  \(name), row \(row)
                  help: leave it out: \(again).drop(columns=['\(shown(column))']).to_parquet('text.parquet')
                """
        case .inflated(let rows, let columns):
            return """
                \(rows) rows of \(columns) columns in a file too small for them
                  \(name)
                  help: write it again from its source; a file that is whole, as CSV
                """
        }
    }
}
