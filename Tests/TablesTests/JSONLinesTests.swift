// How objects become rows.

import Tables
import Testing

private func lines(_ lines: String...) throws -> Table { try read(lines.joined(separator: "\n"), "runs.jsonl") }

@Test func oneObjectIsOneRow() throws {
    let table = try lines(
        #"{"params": 1000000, "loss": 2.5, "run": "a"}"#, #"{"params":1e7,"loss":-2.0E-1,"run":"b"}"#)
    #expect(table.columns.map(\.name) == ["params", "loss", "run"])
    #expect(try table.numbers("params") == [1e6, 1e7])
    #expect(try table.numbers("loss") == [2.5, -0.2])
    #expect(try texts(table, "run") == ["a", "b"])
}

@Test func columnsComeInOrderOfFirstAppearanceAndLackingKeysAreMissing() throws {
    let table = try lines(#"{"b": 1, "a": 1}"#, #"{"c": "x", "a": 2}"#, #"{}"#, #"{"b": 4}"#)
    #expect(table.columns.map(\.name) == ["b", "a", "c"])
    #expect(try texts(table, "b") == ["1", "?", "?", "4"])
    #expect(try texts(table, "a") == ["1", "2", "?", "?"])
    #expect(try texts(table, "c") == ["?", "x", "?", "?"])
}

@Test func nestedObjectsAndArraysAreFlattened() throws {
    let table = try lines(#"{"config": {"lr": 0.1, "adam": {"betas": [0.9, 0.95]}}, "sizes": [[1], []], "e": {}}"#)
    #expect(table.columns.map(\.name) == ["config.lr", "config.adam.betas.0", "config.adam.betas.1", "sizes.0.0"])
    #expect(try table.numbers("config.adam.betas.1") == [0.95])
}

@Test func aKeyMayBeAValueInOneLineAndAnObjectInTheNext() throws {
    let table = try lines(#"{"data": "c4"}"#, #"{"data": {"name": "pile"}}"#)
    #expect(table.columns.map(\.name) == ["data", "data.name"])
}

@Test func sixteenElementsAreFlattened() throws {
    #expect(try lines(#"{"a": [1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16]}"#).columns.count == 16)
}

@Test func sixtyFourLevelsAreRead() throws {
    let text = String(repeating: #"{"a":"#, count: 64) + "1" + String(repeating: "}", count: 64)
    #expect(try lines(text).columns[0].name.utf8.count == 127)
}

@Test func wordsArePythonsToo() throws {
    let table = try lines(#"{"x": NaN, "ok": true}"#, #"{"x": Infinity, "ok": null}"#, #"{"x":-Infinity,"ok":false}"#)
    #expect(try texts(table, "x") == ["?", "inf", "-inf"])
    #expect(try texts(table, "ok") == ["true", "?", "false"])
}

@Test func aStringThatIsAQuantityCountsAsANumber() throws {
    #expect(try lines(#"{"n": 1000}"#, #"{"n": "70B"}"#, #"{"n": "NA"}"#, #"{"n": ""}"#).numbers("n")[1] == 7e10)
    #expect(try texts(lines(#"{"n": 1e3}"#, #"{"n": "x"}"#, #"{"n": null}"#), "n") == ["1e3", "x", "?"])
}

@Test func aColumnOfNullIsMissingNumbers() throws {
    #expect(try lines(#"{"n": null}"#, #"{"n": null}"#).numbers("n").allSatisfy { $0.isNaN })
}

@Test func textAfterLinesThatLackTheKeyNeedsNoNumbers() throws {
    let table = try lines(#"{"a": 1}"#, #"{"a": "x", "b": "y"}"#, #"{"a": 2, "c": 1}"#, #"{"c": "z"}"#)
    #expect(try texts(table, "a") == ["1", "x", "2", "?"])
    #expect(try texts(table, "b") == ["?", "y", "?", "?"])
    #expect(try texts(table, "c") == ["?", "?", "1", "z"])
}

@Test func blankLinesAreSkippedAndCounted() throws {
    let table = try read("\u{FEFF}\n{\"a\":1}\r\n \t\r\n\n {\"a\":2} \n", "runs.jsonl")
    #expect(try table.numbers("a") == [1, 2])
    #expect((0..<2).map(table.lineNumber(ofRow:)) == [2, 5])
}

@Test func escapesAreResolved() throws {
    let table = try lines(#"{"t": "a\"\\\/\b\f\n\r\t\u00e9\u4E2D\uD83D\uDE00z", "k\u0065y\n": 1}"#)
    #expect(try texts(table, "t") == ["a\"\\/\u{8}\u{C}\n\r\té中😀z"])
    #expect(table.columns[1].name == "key\n")
}

@Test func aKeyIsTheSameHoweverItIsEscaped() throws {
    #expect(try lines(#"{"key": 1}"#, #"{"\u006bey": 2}"#).numbers("key") == [1, 2])
}
