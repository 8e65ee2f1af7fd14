// Pages that are read again and again, as a small file could ask for without end.

import Foundation
import Testing

@testable import Tables

@Test func pagesThatChunksShareAreNotReadWithoutEnd() throws {
    let bytes = Array(try Data(contentsOf: URL(filePath: "\(logFixtures)/parquet/wide-arrow-delta.parquet")))
    let length = Int(bytes[bytes.count - 8]) | Int(bytes[bytes.count - 7]) << 8
    let footer = Array(bytes[(bytes.count - 8 - length)..<(bytes.count - 8)])
    let metadata = try #require(footer.withUnsafeBytes { ParquetMetadata($0) })
    let leaf = try ParquetLeaf.leaves(of: metadata)[0]
    let chunk = metadata.groups[0].chunks[0]
    var source = ByteSource(bytes: bytes, name: "a")
    var chunks = ParquetChunks(file: "a", size: bytes.count)
    var reads = 0
    var error: TableError?
    while error == nil, reads < 100_000 {
        var column = ParquetColumn(leaf)
        do throws(TableError) {
            try chunks.read(chunk, rows: 300, into: &column, from: &source)
            reads += 1
        } catch let fault { error = fault }
    }
    #expect(error == .parquet(.inflated(rows: 300, columns: 1), file: "a"))
    #expect(reads > 4)
}
