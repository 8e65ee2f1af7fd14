// Text for a terminal: line breaks, columns, colour.

import Reports
import Testing

@Suite struct TextFormatTests {
    private func text(_ blocks: [Report.Block], width: Int = 40, isColored: Bool = false) -> String {
        ReportFormat.text(width: width, isColored: isColored).render(Report(blocks))
    }

    @Test func `sentences break at spaces and keep to the width`() {
        let words = Words("one two three four five six seven eight nine ten eleven twelve")
        let lines = text([.sentence(words)], width: 20).split(separator: "\n")
        #expect(lines == ["one two three four", "five six seven eight", "nine ten eleven", "twelve"])
    }

    @Test func `code is never broken`() {
        let command = "allometry predict mine.law --at 'N=70B, D=1.4T'"
        let result = text([.sentence("Type " + .code(command) + ".")], width: 20)
        #expect(result == "Type\n\(command).\n")
    }

    @Test func `blocks stand an empty line apart and sections are indented`() {
        let result = text([.section("next", [.verbatim("a\n\nb"), .sentence("c")]), .list(["d", "e"])])
        #expect(result == "next\n  a\n\n  b\n\n  c\n\n- d\n- e\n")
    }

    @Test func `facts stand below each other`() {
        let result = text(
            [.facts([.init("objective", "1"), .init("noise", "two three four five six seven")])], width: 30)
        #expect(result == "objective  1\nnoise      two three four five\n           six seven\n")
    }

    @Test func `numbers stand to the right, words to the left, and no line ends in spaces`() {
        let table = Report.Grid(
            [.init("name", .left), .init("value"), .init("note", .left)],
            rows: [["alpha", "0.34", ""], ["E", "12.5", "fixed"]])
        #expect(text([.table(table)]) == "name   value  note\nalpha   0.34\nE       12.5  fixed\n")
    }

    @Test func `a long last column goes on below itself`() {
        let table = Report.Grid(
            [.init("name", .left), .init("meaning", .left)], rows: [["E", "entropy of text, which no size removes"]])
        #expect(
            text([.table(table)], width: 28)
                == "name  meaning\nE     entropy of text, which\n      no size removes\n")
    }

    @Test func `a notice has its code and hint`() {
        let notice = Report.Notice(code: "at-bound", message: "A is at its bound", hint: "widen it")
        #expect(text([.notices([notice])]) == "warning: A is at its bound (at-bound)\n  widen it\n")
    }

    @Test func `colour adds escape sequences and nothing else`() {
        let blocks: [Report.Block] = [
            .sentence(.strong("Fitted") + " it"), .verbatim("loss ~ E"), .facts([.init("noise", "1")]),
            .notices([.init(code: "a", message: "b", hint: "c")]),
        ]
        let (plain, colored) = (text(blocks), text(blocks, isColored: true))
        #expect(colored != plain)
        #expect(!plain.contains("\u{1B}"))
        #expect(colored.replacing(#/\x{1B}\[\d+m/#, with: "") == plain)
    }

    @Test func `every format has a name of its own, in alphabetical order`() {
        let names = ReportFormat.all.map(\.name)
        #expect(names == Set(names).sorted())
    }
}
