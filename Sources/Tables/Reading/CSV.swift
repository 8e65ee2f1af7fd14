// Comma-separated values after RFC 4180, with its cousins separated by tabs and semicolons.
//
// Not read: other separators, a comma as the decimal point, quotes with backslashes.

extension TableReader {
    /// Comma-separated values; also tabs and semicolons.
    ///
    /// The first line names the columns. The separator is the tab where the file's name ends in `.tsv` or `.tab`, else
    /// the comma where the header has one outside of quotes, else whichever of tab and semicolon it has more of.
    ///
    /// Lines end in LF, CRLF or CR. Blank lines and lines whose first byte is `#` are skipped. Spaces around a cell
    /// are not part of it, unless in quotes. A cell in quotes may hold separators, ends of lines and quotes written
    /// twice; its value is missing, a number or a text by the same rules as without quotes. A quote elsewhere
    /// than at the start of a cell is a letter like any other.
    ///
    /// A header that ends in a separator is accepted where every row does too: the column without a name is left out.
    ///
    /// A column is numbers where every cell is a number (`2.5`, `70B`, `5%`, `inf`) or missing (empty, `NA`, `N/A`,
    /// `n/a`, `NaN`, `nan`, `NAN`, `null`, `NULL`, `None`, `-`, `.`, `?`), else labels.
    public static let csv = TableReader(
        name: "CSV", extensions: ["csv", "tab", "tsv"], recognizes: { _ in false },
        read: { (source: inout ByteSource, name: String) throws(TableError) -> Table in
            let header = try CSVHeader(readingFrom: &source, file: name)
            var rows = CSVRows(header: header, file: name)
            try rows.read(from: &source, at: header.end)
            if rows.prepareSecondPass() {
                try source.rewind()
                let again = try CSVHeader(readingFrom: &source, file: name)
                try rows.read(from: &source, at: again.end)
            }
            return try rows.finished()
        })
}
