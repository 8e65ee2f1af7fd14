// Parquet as pandas, pyarrow, Polars, DuckDB and fastparquet write it.

import Foundation
import Tables
import Testing

/// Compares every Parquet file of a folder with the CSV of its table.
private func compare(in folder: String) throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".parquet") }
    #expect(names.count >= 20)
    for name in names where !name.hasPrefix("refused-") {
        let text = try Table.read(path: "\(folder)/\(name.prefix { $0 != "-" }).csv")
        let table = try Table.read(path: "\(folder)/\(name)")
        #expect(table.rowCount == text.rowCount)
        #expect(table.lineNumber(ofRow: 7) == 8)
        for column in table.columns {
            let expected = try text.column(column.name)
            switch column.values {
            case .numbers(let numbers):
                let same = try zip(numbers, text.numbers(column.name)).allSatisfy { $0 == $1 || $0.isNaN && $1.isNaN }
                #expect(same, "\(name), \(column.name)")
            case .labels(let labels):
                let other = expected.labels()
                #expect((0..<table.rowCount).allSatisfy { labels[$0] == other[$0] }, "\(name), \(column.name)")
            }
        }
    }
}

@Test func committedParquetFilesHoldWhatTheirTablesHold() throws { try compare(in: "\(logFixtures)/parquet") }

@Test func parquetFilesMadeNowHoldWhatTheirTablesHold() throws {
    guard RealWriters.have("pandas, pyarrow, polars, duckdb, fastparquet") else {
        print(
            "skipped: Parquet files made now need Python with pandas, pyarrow, polars, duckdb, fastparquet (ALLOMETRY_PYTHON)"
        )
        return
    }
    try withFolder { folder in
        #expect(RealWriters.make("make_parquet.py", in: folder))
        try compare(in: "\(folder)/parquet")
    }
}

private func bytes(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(filePath: "\(logFixtures)/parquet/\(name).parquet")))
}

@Test func theKindOfEachColumnIsThatOfItsType() throws {
    let table = try Table.read(bytes: bytes("runs-pandas"), name: "runs.parquet")
    let labels = table.columns.filter { if case .labels = $0.values { true } else { false } }
    #expect(labels.map(\.name) == ["run", "optimizer", "finished"])
    #expect(table.columns.count == 17)
    #expect(try table.numbers("day")[30] == 1_769_731_200)
    #expect(try table.numbers("start")[0] == 1_769_774_400.125)
    #expect(try table.numbers("price")[1] == -876.54)
    #expect(try table.numbers("loss")[3].isNaN)
    #expect(table["finished"]?.labels().names == ["false", "true"])
}

@Test func parquetIsKnownByItsFirstBytesWhateverItsName() throws {
    #expect(try Table.read(bytes: bytes("wide-arrow-delta"), name: "runs.csv").rowCount == 300)
    #expect(try Table.read(bytes: bytes("wide-arrow-delta"), name: "runs", format: .parquet).rowCount == 300)
    let error = #expect(throws: TableError.self) {
        try Table.read(bytes: bytes("wide-arrow-delta"), name: "runs", format: .csv)
    }
    #expect(error?.description.hasPrefix("'runs' is a Parquet file, not a table of text") == true)
    #expect(message("loss\n1\n", "runs.parquet").hasPrefix("'runs.parquet' does not end as a Parquet file does"))
}

@Test(arguments: [
    (
        "list",
        """
        column 'shape' is nested: a list, a structure or a map
          runs.parquet
          help: leave it out: pandas.read_parquet('runs.parquet').drop(columns=['shape']).to_parquet('flat.parquet')
          help: or flatten it: polars.read_parquet('runs.parquet').unnest('shape').write_parquet('flat.parquet')
        """
    ),
    (
        "structure",
        """
        column 'config' is nested: a list, a structure or a map
          runs.parquet
          help: leave it out: pandas.read_parquet('runs.parquet').drop(columns=['config']).to_parquet('flat.parquet')
          help: or flatten it: polars.read_parquet('runs.parquet').unnest('config').write_parquet('flat.parquet')
        """
    ),
    (
        "gzip",
        """
        column 'loss' is compressed by gzip, which is not read
          runs.parquet; read are Snappy, Zstandard and no compression
          help: pandas.read_parquet('runs.parquet').to_parquet('snappy.parquet', compression='snappy')
        """
    ),
    (
        "brotli",
        """
        column 'loss' is compressed by Brotli, which is not read
          runs.parquet; read are Snappy, Zstandard and no compression
          help: pandas.read_parquet('runs.parquet').to_parquet('snappy.parquet', compression='snappy')
        """
    ),
    (
        "lz4",
        """
        column 'loss' is compressed by LZ4, which is not read
          runs.parquet; read are Snappy, Zstandard and no compression
          help: pandas.read_parquet('runs.parquet').to_parquet('snappy.parquet', compression='snappy')
        """
    ),
    (
        "empty",
        """
        a table without rows
          runs.parquet, columns: loss
          help: write one row a run
        """
    ),
    (
        "bytes",
        """
        column 'raw' has bytes that are no text
          runs.parquet, row 1
          help: leave it out: pandas.read_parquet('runs.parquet').drop(columns=['raw']).to_parquet('text.parquet')
        """
    ),
])
func whatIsNotReadSaysHowToWriteItOtherwise(name: String, expected: String) throws {
    #expect(message(bytes: try bytes("refused-\(name)"), "runs.parquet") == expected)
}

@Test func aFileThatIsCutOffIsRefusedAtAnyLength() throws {
    let whole = try bytes("whole-fastparquet")
    for count in stride(from: 4, to: whole.count, by: 7) {
        let text = message(bytes: Array(whole.prefix(count)), "runs.parquet")
        #expect(text.hasPrefix("'runs.parquet' does not end as a Parquet file does"))
    }
}

@Test func aFalseChecksumNamesThePageAndItsColumn() throws {
    var damaged = try bytes("whole-arrow-zstd")
    damaged[60] ^= 1
    #expect(
        message(bytes: damaged, "runs.parquet") == """
            a page whose checksum is false: its bytes are not those that were written
              runs.parquet, byte 4, column 'run'
              help: copy the file again, or write it again from its source
            """)
}

@Test func everyWordForWhatIsWrongHasHelp() {
    let faults: [ParquetFault] = [
        .cutOff, .damaged("a page", column: "a", byte: 4), .damaged("a page", column: nil, byte: 4),
        .checksum(column: "a", byte: 4), .encrypted, .elsewhere(column: "a"), .noColumns, .noRows(columns: ["a"]),
        .unnamed(position: 2), .repeated(column: "a"), .nested(column: "a"), .type(column: "a"),
        .compression("gzip", column: "a"), .encoding("9", column: "a"), .noZstandard(column: "a"),
        .notUTF8(column: "a", row: 3), .inflated(rows: 1 << 40, columns: 3),
    ]
    for fault in faults {
        let lines = "\(TableError.parquet(fault, file: "a.parquet"))".split(separator: "\n")
        #expect(lines.count >= 2)
        #expect(lines.last?.hasPrefix("  help: ") == true)
        #expect(lines.joined().contains("a.parquet"))
    }
}
