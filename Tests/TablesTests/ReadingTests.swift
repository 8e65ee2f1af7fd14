// Files, formats and what is no text.

import Foundation
import Tables
import Testing

private func withFile<Result>(_ name: String, _ bytes: [UInt8], _ body: (String) throws -> Result) throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("tables-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appendingPathComponent(name)
    try Data(bytes).write(to: file)
    return try body(file.path)
}

@Test func aFileIsReadByItsPathWhichNamesTheTable() throws {
    try withFile("runs.csv", Array("a,b\n1,x\n2,y\n".utf8)) { path in
        let table = try Table.read(path: path)
        #expect(table.name == path)
        #expect(try table.numbers("a") == [1, 2])
    }
}

@Test func aFileOfManyChunksIsReadAsItsBytesAre() throws {
    var text = "step,run,mixed\n"
    for row in 0..<150_000 { text += "\(row),run-\(row / 1000),\(row == 140_000 ? "x" : "\(row % 7)")\n" }
    let bytes = Array(text.utf8)
    #expect(bytes.count > ByteSource.defaultChunk * 2)
    try withFile("runs.csv", bytes) { path in
        let table = try Table.read(path: path)
        #expect(try table.numbers("step") == (0..<150_000).map(Double.init))
        #expect(dump(table) == dump(try Table.read(bytes: bytes, name: "runs.csv")))
        #expect(try texts(table, "mixed")[140_000] == "x")
    }
}

@Test func theFormatIsThatOfTheEndingElseOfTheFirstBytes() throws {
    let json = "{\"a\": 1}\n"
    for name in ["runs.jsonl", "runs.json", "runs.NDJSON", "runs.log", "runs", "standard input"] {
        #expect(try read(json, name).numbers("a") == [1])
    }
    for name in ["runs.csv", "runs.txt", "runs", ".hidden", "runs.d/file"] {
        #expect(try read("a\n1\n", name).numbers("a") == [1])
    }
    #expect(try read("\u{FEFF} \n {\"a\": 1}", "runs").numbers("a") == [1])
    #expect(try read("[\n {\"a\": 1}]", "runs").numbers("a") == [1])
    #expect(message("[\n {\"a\": 1}]", "runs.jsonl").hasPrefix("an array where one object a line is needed"))
    #expect(try read("[a],b\n1,2\n", "runs").columns[0].name == "[a]")
}

@Test func aFormatThatIsGivenWins() throws {
    let table = try Table.read(bytes: Array("{\"a\": 1}\n".utf8), name: "runs.csv", format: .jsonLines)
    #expect(try table.numbers("a") == [1])
    let error = #expect(throws: TableError.self) {
        try Table.read(bytes: Array("a\n1\n".utf8), name: "runs.csv", format: .jsonLines)
    }
    #expect(error?.description.hasPrefix("a line that is no object of JSON\n  runs.csv:1:1: 'a'\n") == true)
}

@Test func aFileThatIsNotThereIsAnError() {
    let error = #expect(throws: TableError.self) { try Table.read(path: "/nowhere/runs.csv") }
    #expect(
        error?.description == """
            cannot read '/nowhere/runs.csv': there is no such file
              help: give the path of a table, or - for standard input
            """)
}

@Test func aFolderIsAnError() {
    let error = #expect(throws: TableError.self) { try Table.read(path: "/tmp") }
    #expect(
        error?.description == """
            cannot read '/tmp': it is a folder
              help: give a file in it: /tmp/runs.csv
            """)
}

@Test func otherTroubleWithAFileIsAnError() {
    #expect(
        TableError.unreadable(file: "runs.csv", code: EACCES).description == """
            cannot read 'runs.csv': permission denied
              help: allow reading it: chmod u+r runs.csv
            """)
    #expect(
        TableError.unreadable(file: "runs.csv", code: EIO).description == """
            cannot read 'runs.csv': Input/output error
              help: copy it elsewhere and read the copy
            """)
    #expect(
        TableError.changed(file: "runs.csv").description == """
            'runs.csv' became shorter while it was read
              help: read it again once nothing writes to it, or a copy: cp runs.csv copy.csv
            """)
}

@Test func aPipeIsReadAsAFileIs() throws {
    let text = "a,b\n1,1\n2,x\n"
    var ends: [Int32] = [0, 0]
    try #require(pipe(&ends) == 0)
    defer { close(ends[0]) }
    #expect(write(ends[1], text, text.utf8.count) == text.utf8.count)
    close(ends[1])
    let table = try Table.read(path: "/dev/fd/\(ends[0])")
    #expect(try table.numbers("a") == [1, 2])
    #expect(try texts(table, "b") == ["1", "x"])
}

@Test func aPipeOfManyChunksIsReadAsItsBytesAre() throws {
    let text = "step,run\n" + (0..<200_000).map { "\($0),\($0 == 199_000 ? "x" : "1")\n" }.joined()
    var ends: [Int32] = [0, 0]
    try #require(pipe(&ends) == 0)
    defer { close(ends[0]) }
    let writing = FileHandle(fileDescriptor: ends[1], closeOnDealloc: true)
    Thread.detachNewThread {
        writing.write(Data(text.utf8)); try? writing.close()
    }
    let table = try Table.read(path: "/dev/fd/\(ends[0])", format: .csv)
    #expect(dump(table) == dump(try read(text)))
}

@Test func filesAreQuotedForTheShellInHelp() {
    #expect(
        TableError.binary(file: "my 'runs'.gz", .gzip).description == """
            'my 'runs'.gz' is compressed by gzip, not a table of text
              help: unpack it: gunzip -k 'my '\\''runs'\\''.gz'
            """)
    #expect(TableError.binary(file: "standard input", .gzip).description.hasSuffix("unpack it: gunzip -k"))
}

@Test(
    arguments: [
        ([0x1F, 0x8B, 8], "compressed by gzip", "unpack it: gunzip -k runs"),
        ([0x28, 0xB5, 0x2F, 0xFD], "compressed by zstd", "unpack it: zstd -d runs"),
        ([0x50, 0x4B, 3, 4], "a zip archive or a spreadsheet", "unpack it, or save the sheet as CSV"),
        ([0xFF, 0xFE, 0x61, 0], "UTF-16 text", "convert it: iconv -f UTF-16 -t UTF-8 runs"),
        ([0xFE, 0xFF, 0, 0x61], "UTF-16 text", "convert it: iconv -f UTF-16 -t UTF-8 runs"),
    ] as [([UInt8], String, String)])
func filesThatAreNoTextAreNamed(bytes: [UInt8], what: String, help: String) {
    #expect(
        message(bytes: bytes, "runs") == """
            'runs' is \(what), not a table of text
              help: \(help)
            """)
}

@Test func allFormatsAreListedInAlphabeticalOrder() throws {
    // Compares the list with the formats that the files of the folder beside it define.
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../../Sources/Tables/Reading")
    var defined: [String] = []
    for file in try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
    where file.pathExtension == "swift" {
        let text = try String(contentsOf: file, encoding: .utf8)
        if text.contains("= TableReader(") { defined.append(file.deletingPathExtension().lastPathComponent) }
    }
    #expect(TableReader.all.map { $0.name.filter { $0 != " " } } == defined.sorted())
}
