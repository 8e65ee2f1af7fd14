// The messages for CSV that cannot be read, whole.

import Tables
import Testing

@Test(arguments: ["", "\n\n", "# only a comment\n", "\u{FEFF}"])
func anEmptyFileIsAnError(text: String) {
    #expect(
        message(text) == """
            'runs.csv' is empty
              help: the first line names the columns (params,tokens,loss), then one run a line
            """)
}

@Test(arguments: ["a,b", "a,b\n", "a,b\n# 1,2\n\n"])
func aHeaderWithoutRowsIsAnError(text: String) {
    #expect(
        message(text) == """
            a header without rows
              runs.csv, header: a, b
              help: add one line a run below the header
            """)
}

@Test func aHeaderOfNumbersIsAnError() {
    #expect(
        message("# no names\n1,2.5,NA\n3,4,5\n") == """
            the header is all numbers
              runs.csv:2, header: 1, 2.5, NA
              help: add a first line that names the columns: params,tokens,loss
            """)
}

@Test func aHeaderWithSomeNumbersIsNone() throws {
    #expect(try read("size,70B,1.4T\nx,1,2\n").columns.map(\.name) == ["size", "70B", "1.4T"])
}

@Test func anEmptyNameIsAnError() {
    #expect(
        message("a,,c\n1,2,3\n") == """
            column 2 has no name
              runs.csv:1:2
              help: name it in the header
            """)
    #expect(
        message("a,\"\",c\n1,2,3\n") == """
            column 2 has no name
              runs.csv:1:2
              help: name it in the header
            """)
}

@Test func theIndexThatPandasWritesIsExplained() {
    #expect(
        message(",params,loss\n0,1e6,3.1\n") == """
            column 1 has no name
              runs.csv:1:1
              help: name it in the header; pandas leaves its index out with to_csv(…, index=False)
            """)
}

@Test func textBelowAnEmptyLastNameIsAnError() {
    #expect(
        message("a,b,\n1,2,\n1,2,x\n") == """
            column 3 has cells but no name
              runs.csv:3:3: 'x'
              help: name it in the header
            """)
}

@Test func aRepeatedNameIsAnError() {
    #expect(
        message("loss,params,loss\n1,2,3\n") == """
            two columns are named 'loss'
              runs.csv:1:3, and before in column 1
              help: rename one of them in the header
            """)
}

@Test func tooFewCellsAreAnError() {
    #expect(
        message("a,b,c\n1,2,3\n1,2\n") == """
            a row of 2 cells under a header of 3
              runs.csv:3:2: '2' is its last
              help: give 3 cells, an empty one where a value is missing; header: a, b, c
            """)
    #expect(
        message("a,b\nx\n") == """
            a row of 1 cell under a header of 2
              runs.csv:2:1: 'x' is its last
              help: give 2 cells, an empty one where a value is missing; header: a, b
            """)
}

@Test(arguments: [(",", "a comma"), (";", "a semicolon"), ("\t", "a tab")])
func tooManyCellsAreAnError(separator: String, words: String) {
    let text = ["a,b", "1,2", "1,2,x,4"].joined(separator: "\n").split(separator: ",").joined(separator: separator)
    #expect(
        message(text) == """
            a row of 4 cells under a header of 2
              runs.csv:3:3: 'x' is one too many
              help: put a cell that has \(words) in it in quotes; header: a, b
            """)
}

@Test func aSeparatorAtTheEndOfARowIsOneCellTooMany() {
    #expect(
        message("a,b\n1,2,\n") == """
            a row of 3 cells under a header of 2
              runs.csv:2:3: '' is one too many
              help: put a cell that has a comma in it in quotes; header: a, b
            """)
}

@Test func anUnclosedQuoteIsAnErrorWhereItBegan() {
    #expect(
        message("a,b\n1,x\n2,\"y\n3,z\n") == """
            a quote is not closed before the end of the file
              runs.csv:3:2: '"y\\n3,z\\n'
              help: close it with ", and write a " inside of quotes twice: ""
            """)
}

@Test func anUnclosedQuoteAfterLinesInQuotesIsOnItsOwnLine() {
    #expect(message("a,b\n\"1\n2\n\",\"y").split(separator: "\n")[1] == "  runs.csv:4:2: '\"y'")
}

@Test func textAfterAQuoteIsAnError() {
    #expect(
        message("a,b\n1,\"x\" y\n") == """
            text after the closing quote of a cell
              runs.csv:2:2: '"x" y'
              help: write a " inside of quotes twice: "a ""b"" c"
            """)
}

@Test func aNULByteIsAnError() {
    #expect(
        message("a,b\n1,2\n3,x\0y\n") == """
            a NUL byte, which no text has
              runs.csv:3:2
              help: give a CSV, TSV or JSON Lines file in UTF-8; from UTF-16: iconv -f UTF-16 -t UTF-8
            """)
    #expect(message("a,b\n1,\"\0\"\n").hasPrefix("a NUL byte"))
    #expect(message("a\0,b\n").hasPrefix("a NUL byte"))
}

@Test func textThatIsNotUTF8IsAnError() {
    let text = """
        text that is not UTF-8
          runs.csv:3:2
          help: convert the file, such as from Latin-1: iconv -f LATIN1 -t UTF-8
        """
    #expect(message(bytes: Array("a,b\n1,x\n2,gr".utf8) + [0xF6] + Array("sse\n".utf8)) == text)
    #expect(message(bytes: Array("a,b\n1,2\n2,gr".utf8) + [0xF6] + Array("sse\n".utf8)) == text)
    #expect(message(bytes: [0xF6] + Array(",b\n1,2\n".utf8)).hasPrefix("text that is not UTF-8\n  runs.csv:1:1"))
}
