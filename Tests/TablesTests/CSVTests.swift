// How CSV is cut into rows and cells.

import Tables
import Testing

@Test(arguments: ["\n", "\r\n", "\r"])
func linesEndInAnyOfThreeWays(end: String) throws {
    let lines = ["a,b", "1,x", "", "2,\"y\(end)z\"", "# comment", "3,w"]
    for text in [lines.joined(separator: end), lines.joined(separator: end) + end] {
        let table = try read(text)
        #expect(try table.numbers("a") == [1, 2, 3])
        #expect(try texts(table, "b") == ["x", "y\(end)z", "w"])
        #expect((0..<3).map(table.lineNumber(ofRow:)) == [2, 4, 7])
    }
}

@Test func aByteOrderMarkIsSkipped() throws {
    #expect(try read("\u{FEFF}a,b\n1,2\n").columns.map(\.name) == ["a", "b"])
}

@Test func commentsAndBlankLinesAreSkipped() throws {
    let table = try read("# made by hand\n\n  \na,b\n# more, with \" a quote\n1,2\n \t \n3,4\n#\n")
    #expect(try table.numbers("b") == [2, 4])
    #expect((0..<2).map(table.lineNumber(ofRow:)) == [6, 8])
}

@Test func aNumberSignElsewhereIsALetter() throws {
    #expect(try texts(read("a,b\n1,#2\n 3,x\n"), "b") == ["#2", "x"])
    #expect(try texts(read("a\n\"#\"\n #1\n"), "a") == ["#", "#1"])
}

@Test func spacesAroundCellsAreNotPartOfThem() throws {
    let table = try read(" a , b\t,\tc\n 1 ,\t2 , x y \n 3,4, \"  z \" \n")
    #expect(table.columns.map(\.name) == ["a", "b", "c"])
    #expect(try table.numbers("b") == [2, 4])
    #expect(try texts(table, "c") == ["x y", "  z "])
}

@Test func quotesKeepSeparatorsLineEndsAndDoubledQuotes() throws {
    let table = try read("name,\"loss, \"\"eval\"\"\"\n\"a,b\",1\n\"c\nd\",2\n\"\"\"\",3\n\"\"\"\"\"\",4\n")
    #expect(table.columns.map(\.name) == ["name", "loss, \"eval\""])
    #expect(try texts(table, "name") == ["a,b", "c\nd", "\"", "\"\""])
    #expect((0..<4).map(table.lineNumber(ofRow:)) == [2, 3, 5, 6])
}

@Test func aQuoteInsideOfACellIsALetter() throws {
    #expect(try texts(read("a\n5\"\nx\"y\"\n"), "a") == ["5\"", "x\"y\""])
}

@Test(arguments: [("runs.csv", ","), ("runs.csv", "\t"), ("runs.csv", ";"), ("runs.tsv", "\t"), ("-", ";")])
func theSeparatorIsSeenFromTheHeader(name: String, separator: String) throws {
    let table = try read(["a", "\"b,\"", "c"].joined(separator: separator) + "\n1\(separator)2\(separator)3\n", name)
    #expect(table.columns.map(\.name) == ["a", "b,", "c"])
    #expect(try table.numbers("c") == [3])
}

@Test func theCommaWinsOverOtherSeparatorsAndTheNameOverAll() throws {
    #expect(try read("a;b;c,d\n1,2\n").columns.map(\.name) == ["a;b;c", "d"])
    #expect(try read("a,b,c\td\n1\t2\n", "runs.TSV").columns.map(\.name) == ["a,b,c", "d"])
    #expect(try read("a\tb;c\n1\t2\n").columns.map(\.name) == ["a", "b;c"])
    #expect(try read("a;b;c\td\n1;2;3\n").columns.map(\.name) == ["a", "b", "c\td"])
}

@Test func cellsBetweenTabsMayBeEmpty() throws {
    let table = try read("a\tb\tc\n\t1\t\n2\t\t x \n\t\t\n", "runs.tsv")
    #expect(table.rowCount == 3)
    #expect(try texts(table, "a") == ["?", "2", "?"])
    #expect(try texts(table, "c") == ["?", "x", "?"])
}

@Test func aHeaderThatEndsInASeparatorIsAcceptedWhereEveryRowDoes() throws {
    let table = try read("a,b,\n1,2,\n3,4, \n")
    #expect(table.columns.map(\.name) == ["a", "b"])
    #expect(try table.numbers("b") == [2, 4])
}

@Test func theLastLineNeedsNoEnd() throws {
    #expect(try read("a,b\n1,2\n3,").numbers("a") == [1, 3])
    #expect(try read("a,b\n1,2\n3,\"4\"").numbers("b") == [2, 4])
}

@Test func aRowOfEmptyCellsIsARow() throws {
    #expect(try read("a,b\n,\n1,2\n").rowCount == 2)
}

@Test func namesAndLabelsMayBeInAnyScript() throws {
    let table = try read("größe,損失\nklein,2\n大,1\n")
    #expect(table.columns.map(\.name) == ["größe", "損失"])
    #expect(try texts(table, "größe") == ["klein", "大"])
}
