// A place in a text, shown.

@testable import Formulas
import Testing

@Test func theLineOfThePlaceIsShownWithCarets() {
    #expect(Diagnostic.excerpt(of: "one\ntwo three\nfour", at: 8..<13) == ["two three", "    ^^^^^"])
    #expect(Diagnostic.excerpt(of: "é + x", at: 5..<6) == ["é + x", "    ^"])
    #expect(Diagnostic.excerpt(of: "a\tb", at: 2..<3) == ["a b", "  ^"])
    #expect(Diagnostic.excerpt(of: "ab", at: 2..<2) == ["ab", "  ^"])
    #expect(Diagnostic.excerpt(of: "", at: 0..<0) == [])
    #expect(Diagnostic.excerpt(of: "a\nb", at: 0..<3) == ["a", "^"])
}

@Test func longLinesAreCutAroundThePlaceAndNeverInsideACharacter() {
    let text = String(repeating: "é", count: 100) + "x" + String(repeating: "é", count: 100)
    let lines = Diagnostic.excerpt(of: text, at: 200..<201)
    #expect(lines[0].first == "…" && lines[0].last == "…")
    #expect(!lines[0].contains("\u{FFFD}"))
    #expect(Array(lines[0])[lines[1].count - 1] == "x")
}

@Test func textHasSummaryDetailsAndHelp() {
    #expect(
        Diagnostic(summary: "wrong", details: ["here", ""], help: "right").text == "wrong\n  here\n\n  help: right")
    #expect(Diagnostic(summary: "wrong").text == "wrong")
}

@Test func wordsBecomePlain() {
    #expect(Diagnostic.plain("a\u{1B}[0m\nb\tc\u{202E}é") == "a\u{FFFD}[0m\u{FFFD}b c\u{FFFD}é")
    #expect(Diagnostic.plain(String(repeating: "x", count: 61)) == String(repeating: "x", count: 60) + "…")
}
