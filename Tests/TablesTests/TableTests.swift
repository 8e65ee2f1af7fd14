import Tables
import Testing

private let table = Table(
    name: "runs.csv",
    columns: [
        Column(name: "params", numbers: [1e6, 1e7, .nan]),
        Column(name: "optimizer", labels: ["adam", nil, "sgd"]),
    ])

@Test func aTableKnowsItsColumnsInOrder() throws {
    #expect(table.columns.map(\.name) == ["params", "optimizer"])
    #expect(table.rowCount == 3)
    #expect(table["params"]?.count == 3)
    #expect(table["Params"] == nil)
    #expect(try table.column("optimizer").name == "optimizer")
}

@Test func aTableWithoutColumnsHasNoRows() {
    #expect(Table(name: "none", columns: []).rowCount == 0)
}

@Test func aTableMadeInMemoryCountsItsLinesFromOne() {
    #expect((0..<3).map(table.lineNumber(ofRow:)) == [1, 2, 3])
}

@Test func anAddedColumnComesLast() {
    let added = table.adding(column: Column(name: "loss", numbers: [3, 2, 1]))
    #expect(added.columns.map(\.name) == ["params", "optimizer", "loss"])
    #expect(table.columns.count == 2)
}

@Test func anAddedColumnReplacesOneOfTheSameNameInItsPlace() throws {
    let added = table.adding(column: Column(name: "params", numbers: [1, 2, 3]))
    #expect(added.columns.map(\.name) == ["params", "optimizer"])
    #expect(try added.numbers("params") == [1, 2, 3])
}

@Test func aColumnAddedToAnEmptyTableGivesItRows() {
    let added = Table(name: "none", columns: []).adding(column: Column(name: "loss", numbers: [3, 2]))
    #expect(added.rowCount == 2)
    #expect(added.lineNumber(ofRow: 1) == 2)
}

@Test func selectedRowsComeInTheOrderAskedForAndKeepTheirLines() throws {
    let selected = table.rows(at: [2, 0, 0])
    #expect(selected.rowCount == 3)
    #expect(try texts(selected, "optimizer") == ["sgd", "adam", "adam"])
    #expect(try texts(selected, "params") == ["?", "1000000", "1000000"])
    #expect((0..<3).map(selected.lineNumber(ofRow:)) == [3, 1, 1])
}

@Test func noRowsMayBeSelected() {
    #expect(table.rows(at: []).rowCount == 0)
    #expect(table.rows(at: []).columns.count == 2)
}

@Test func anUnknownColumnIsAnErrorWithTheNearName() {
    let table = Table(
        name: "runs.csv", columns: ["params", "tokens", "loss"].map { Column(name: $0, numbers: [1]) })
    let error = #expect(throws: TableError.self) { try table.column("tokns") }
    #expect(error == .unknownColumn("tokns", file: "runs.csv", header: ["params", "tokens", "loss"]))
    #expect(
        error?.description == """
            unknown column 'tokns'
              runs.csv, header: params, tokens, loss
              help: did you mean 'tokens'?
            """)
}

@Test func anUnknownColumnWithoutANearNameListsTheHeader() {
    let error = #expect(throws: TableError.self) { try table.numbers("throughput") }
    #expect(
        error?.description == """
            unknown column 'throughput'
              runs.csv, header: params, optimizer
            """)
}

@Test func aLongHeaderIsCutShortInMessages() {
    let wide = Table(name: "wide", columns: (0..<1000).map { Column(name: "c\($0)", numbers: [1]) })
    let error = #expect(throws: TableError.self) { try wide.column("throughput") }
    let names = (0..<20).map { "c\($0)" }.joined(separator: ", ")
    #expect(error?.description == "unknown column 'throughput'\n  wide, header: \(names), … (1000 in all)")
}
