// A column of text that is asked for numbers: the message, and its hint for what was probably meant.

import Tables
import Testing

private func message(ofCell cell: String) -> String {
    let rows = ["1", cell.contains(",") ? "\"\(cell)\"" : cell].map { "a,\($0)" }
    do {
        _ = try read("run,loss\n" + rows.joined(separator: "\n")).numbers("loss")
        return ""
    } catch { return "\(error)" }
}

@Test func theFirstCellThatIsNoNumberIsQuotedWithItsPlace() {
    #expect(
        message(ofCell: "diverged") == """
            column 'loss' has text where numbers are needed
              runs.csv:3:2: 'diverged'
              help: correct the cell, or leave it empty where the value is missing
            """)
}

@Test(arguments: [
    ("1,000", "write it without separators: 1000"),
    ("1,234,567.5", "write it without separators: 1234567.5"),
    ("1_000", "write it without separators: 1000"),
    ("1 000", "write it without separators: 1000"),
    ("1.4 T", "write it without separators: 1.4T"),
    ("2,5", "write the decimal point: 2.5"),
    ("1.234,5", "write the decimal point, and no separators: 1234.5"),
    ("70b", "write the suffix as a capital: 70B"),
    ("70 b", "write the suffix as a capital: 70B"),
    ("true", "correct the cell, or leave it empty where the value is missing"),
    ("1,2,x", "correct the cell, or leave it empty where the value is missing"),
])
func theHelpIsWhatWasProbablyMeant(cell: String, help: String) {
    #expect(
        message(ofCell: cell) == """
            column 'loss' has text where numbers are needed
              runs.csv:3:2: '\(cell)'
              help: \(help)
            """)
}

@Test func aLongCellIsShortenedAndItsControlCharactersAreEscaped() {
    let cell = "\u{1B}[31m" + String(repeating: "x", count: 100)
    let shown = #"\u{1B}[31m"# + String(repeating: "x", count: 35) + "…"
    #expect(
        message(ofCell: cell) == """
            column 'loss' has text where numbers are needed
              runs.csv:3:2: '\(shown)'
              help: correct the cell, or leave it empty where the value is missing
            """)
}

@Test func textInAnExpressionIsAnError() {
    #expect(
        TableError.textInExpression("loss + \"x\"").description == """
            quoted text can only be compared with a column
              loss + "x"
              help: write column == "text"
            """)
}

@Test func aColumnOfTextIsNumbersOnceItsOddRowIsLeftOut() throws {
    let table = try read("tokens\n1e9\n1e9\nunknown\nNA\n")
    #expect(throws: TableError.self) { try table.numbers("tokens") }
    let numbers = try table.rows(at: [0, 1, 3]).numbers("tokens")
    #expect(numbers.prefix(2) == [1e9, 1e9])
    #expect(numbers[2].isNaN)
}

@Test func theLineInTheMessageIsThatOfTheSelectedRow() throws {
    let table = try read("loss\n1\n# a comment\nx\ny\n").rows(at: [2])
    let error = #expect(throws: TableError.self) { try table.numbers("loss") }
    #expect(error == .notANumber("y", column: "loss", at: .init(file: "runs.csv", line: 5, column: 1)))
}

@Test func theFirstTextOfAColumnIsKnown() throws {
    let table = try read("a,b\n1,1\nNA,x\n2,y\n")
    #expect(table["a"]?.firstText == nil)
    #expect(table["b"]?.firstText?.row == 1)
    #expect(table["b"]?.firstText?.text == "x")
}
