// JSON documents as tables: arrays of objects, columns, and what is wrong with them.

import Tables
import Testing

@Suite struct JSONTests {
    @Test func `an array of objects is a row an object, as lines of JSON Lines are`() throws {
        let rows = [
            "{\"a\": 1, \"b\": {\"c\": \"x\"}}", "{\"a\": \"70B\", \"b\": {\"c\": \"1e3\"}}", "{\"d\": [1, null]}",
        ]
        let lines = try read(rows.joined(separator: "\n"), "runs.jsonl")
        let array = try read("[\n" + rows.joined(separator: ",\n") + "\n]\n", "runs.json")
        #expect(dump(array).split(separator: "\n").dropLast() == dump(lines).split(separator: "\n").dropLast())
        #expect(array.lineNumber(ofRow: 0) == 2 && array.lineNumber(ofRow: 2) == 4)
    }

    @Test func `objects over many lines are rows, and know where they begin`() throws {
        let table = try read("[\n  {\n    \"a\": 1\n  },\n  {\n    \"a\": \"x\"\n  }\n]", "runs.json")
        #expect(try texts(table, "a") == ["1", "x"])
        #expect(table.lineNumber(ofRow: 1) == 5)
    }

    @Test(arguments: [
        "{\"a\": [1, 2], \"b\": [\"x\", null]}", "{\"a\": {\"0\": 1, \"1\": 2}, \"b\": {\"0\": \"x\", \"1\": null}}",
        "{\"columns\": [\"a\", \"b\"], \"index\": [0, 1], \"data\": [[1, \"x\"], [2, null]]}",
        "[{\"a\": 1, \"b\": \"x\"}, {\"a\": 2, \"b\": null}]",
    ])
    func `columns are read in every form that pandas writes`(text: String) throws {
        let table = try read(text, "runs.json")
        #expect(table.columns.map(\.name) == ["a", "b"])
        #expect(try table.numbers("a") == [1, 2])
        #expect(try texts(table, "b") == ["x", "?"])
    }

    @Test func `an object of single values is one row`() throws {
        #expect(try read("{\n\"a\": 1,\n\"b\": \"x\"}", "runs.json").rowCount == 1)
        #expect(try read("{\"a\": 1}\n{\"a\": 2}\n", "runs.json").numbers("a") == [1, 2])
    }

    @Test(arguments: [
        ("[{\"a\": 1},\n {\"a\": 2", "the file ends inside of its JSON\n  runs.json:2:9"),
        ("{\"a\": [1, 2], \"b\": [1]}", "column 'b' has 1 values, and 'a' has 2"),
        ("[1, 2]", "a line that is no object of JSON"), ("[{\"a\": 1}] x", "expected the end of the file"),
        ("[{\"a\": 1} {\"a\": 2}]", "expected a comma or a closing bracket"), ("[]", "'runs.json' is empty"),
        ("[{\"a\": 1,\n\"a\": 2}]", "the key 'a' occurs twice in one line\n  runs.json:2:1"),
    ])
    func `what is wrong with a document has its place`(text: String, words: String) {
        #expect(message(text, "runs.json").hasPrefix(words), "\(message(text, "runs.json"))")
    }
}
