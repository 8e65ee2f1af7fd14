// What is written as CSV reads back as the same table.

import Testing

@testable import Tables

@Test(arguments: [
    ("plain", "plain"), ("", ""), ("two words", "two words"), ("a,b", "\"a,b\""), ("a\"b", "\"a\"\"b\""),
    ("a\nb", "\"a\nb\""), ("a\r\nb", "\"a\r\nb\""), ("#1", "\"#1\""), ("a#1", "a#1"), (" a", "\" a\""),
    ("a ", "\"a \""), ("a;b", "\"a;b\""), ("a\tb", "\"a\tb\""), ("a\u{2028}b", "\"a\u{2028}b\""), ("é中", "é中"),
    ("#\u{301}", "\"#\u{301}\""),
])
func aCellIsInQuotesWhereItNeedsThem(_ text: String, _ cell: String) { #expect(CSVText.cell(text) == cell) }

@Test func textsReadBackAsTheyWere() throws {
    var random = Seeded(state: 3)
    let letters = [
        "a", "b", ",", "\"", "\n", "\r", "\r\n", "#", " ", ";", "\t", "é", "\u{85}", "\u{2028}", "x y", "'",
    ]
    func text(_ random: inout Seeded) -> String {
        "w"
            + (0..<Int.random(in: 0...6, using: &random)).map { _ in letters.randomElement(using: &random) ?? "" }
            .joined()
            + (Bool.random(using: &random) ? "z" : "")
    }
    for _ in 0..<2_000 {
        let columns = (0..<Int.random(in: 1...3, using: &random)).map { place in
            let rows = 4
            return Int.random(in: 0..<3, using: &random) == 0
                ? Column(
                    name: "\(place) \(text(&random))", numbers: (0..<rows).map { $0 == 1 ? .nan : Double($0) / 3 })
                : Column(
                    name: "\(place) \(text(&random))", labels: (0..<rows).map { $0 == 2 ? nil : text(&random) })
        }
        let table = Table(name: "t.csv", columns: columns)
        let back = try Table.read(bytes: Array(table.csv.utf8), name: "t.csv")
        #expect(back.columns.map(\.name) == table.columns.map(\.name))
        for (column, read) in zip(table.columns, back.columns) {
            #expect((0..<4).map { column.labels()[$0] } == (0..<4).map { read.labels()[$0] }, "\(table.csv)")
        }
    }
}
