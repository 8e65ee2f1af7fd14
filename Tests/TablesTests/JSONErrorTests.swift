// The messages for JSON Lines that cannot be read, whole: the line `{"a":1}` comes before the faulty one.

import Tables
import Testing

private let oneObject = #"one line is one object of JSON: {"params": 7e10, "loss": 2.1}"#
private let anObject = #"one line is one object: {"params": 7e10, "loss": 2.1}"#
private let escapes = #"escapes are \" \\ \/ \b \f \n \r \t and \u with four hexadecimal digits"#
private let numbers = "put a quantity in quotes (\"70B\"), and a digit before and after the point"

@Test(arguments: [
    (
        #"[1, 2]"#, "an array where one object a line is needed", "1",
        "write each object on a line of its own: jq -c '.[]' runs.jsonl"
    ),
    (
        #"{"a": 1"#, "the line ends inside its object", #"8: '{"a": 1'"#,
        "write each object on one line: jq -c . runs.jsonl"
    ),
    (
        #"{"a": "x"#, "the line ends inside its object", #"9: '{"a": "x'"#,
        "write each object on one line: jq -c . runs.jsonl"
    ),
    (
        #"{"a": fal"#, "the line ends inside its object", #"10: '{"a": fal'"#,
        "write each object on one line: jq -c . runs.jsonl"
    ),
    (
        #"{"a": 1."#, "the line ends inside its object", #"9: '{"a": 1.'"#,
        "write each object on one line: jq -c . runs.jsonl"
    ),
    ("loss: 2", "a line that is no object of JSON", "1: 'loss: 2'", anObject),
    (#"  "x""#, "a line that is no object of JSON", #"3: '"x"'"#, anObject),
    (#"{"a": 1} x"#, "text after the object of the line", "10: 'x'", "write one object a line"),
    (#"{"a": 1}{"a": 2}"#, "text after the object of the line", #"9: '{"a": 2}'"#, "write one object a line"),
    (#"{a: 1}"#, "expected a key in quotes, found 'a: 1}'", "2", oneObject),
    (#"{"a": 1,}"#, "expected a key in quotes, found '}'", "9", oneObject),
    (#"{"a" 1}"#, "expected a colon after the key, found '1}'", "6", oneObject),
    (#"{"a": 1 "b": 2}"#, "expected a comma or a closing brace, found '\"b\": 2}'", "9", oneObject),
    (#"{"a": [1 2]}"#, "expected a comma or a closing bracket, found '2]}'", "10", oneObject),
    (#"{"a": ,"b": 2}"#, "expected a value, found ',\"b\": 2}'", "7", oneObject),
    (#"{"a": True}"#, "expected a value, found 'True}'", "7", oneObject),
    (#"{"a": 70B}"#, "'70B' is no number of JSON", "7", numbers),
    (#"{"a": .5}"#, "expected a value, found '.5}'", "7", oneObject),
    (#"{"a": 01}"#, "'01' is no number of JSON", "7", numbers),
    (#"{"a": -}"#, "'-' is no number of JSON", "7", numbers),
    (#"{"a": 1.}"#, "'1.' is no number of JSON", "7", numbers),
    (#"{"a": 1e}"#, "'1e' is no number of JSON", "7", numbers),
    (#"{"a": "\x"}"#, #"'\x' is no escape of JSON"#, "8", "write a backslash twice; " + escapes),
    (#"{"a": "z\u12g4"}"#, #"'\u12g4' is no escape of JSON"#, "9", "write a backslash twice; " + escapes),
    (#"{"a": "\u12"}"#, #"'\u12' is no escape of JSON"#, "8", "write a backslash twice; " + escapes),
    (
        #"{"a": "\ud83d"}"#, #"'\ud83d' is half of a character"#, "8",
        "write both halves of the surrogate pair, or the character itself"
    ),
    (
        #"{"a": "\ude00\ud83d"}"#, #"'\ude00' is half of a character"#, "8",
        "write both halves of the surrogate pair, or the character itself"
    ),
    ("{\"a\": \"x\ty\"}", "a control character inside of a string", "9", #"write it as an escape, such as \n or \t"#),
    (
        #"{"a": 1, "a": 2}"#, "the key 'a' occurs twice in one line", "10",
        "rename one of the two; keys of a nested object are joined by points"
    ),
    (
        #"{"a": {"b": 1}, "a": {"c": 2}}"#, "the key 'a' occurs twice in one line", "17",
        "rename one of the two; keys of a nested object are joined by points"
    ),
    (
        #"{"a": {"b": 1}, "a.b": 2}"#, "the key 'a.b' occurs twice in one line", "17",
        "rename one of the two; keys of a nested object are joined by points"
    ),
    (#"{"": 1}"#, "a key without a name", "2", "give it a name; each key becomes a column"),
    (
        #"{"b": {"w": [1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17]}}"#, "'b.w' is an array of more than 16 elements",
        "13", "leave it out, or log its elements as lines of their own"
    ),
])
func faultsAreNamedWithTheirLineAndByte(line: String, what: String, place: String, help: String) {
    #expect(
        message("{\"a\":1}\n\(line)\n{\"a\":3}\n", "runs.jsonl") == """
            \(what)
              runs.jsonl:2:\(place)
              help: \(help)
            """)
}

@Test func anUnfinishedLastLineIsNamed() {
    #expect(
        message("{\"loss\": 1}\n{\"loss\": 2.3", "runs.jsonl") == """
            the last line ends inside its object
              runs.jsonl:2:13: '{"loss": 2.3'
              help: leave it out until it is written whole: sed '$d' runs.jsonl
            """)
}

@Test(arguments: ["{\"a\":", "[", "{\"a\":["])
func nestingIsLimited(opening: String) {
    let text = "{\"x\":" + String(repeating: opening, count: 100)
    #expect(message(text, "runs.jsonl").hasPrefix("objects and arrays nested deeper than 64 levels\n  runs.jsonl:1:"))
}

@Test func theDepthIsNamedWithItsPlace() {
    #expect(
        message(String(repeating: "{\"a\":", count: 65) + "1", "runs.jsonl") == """
            objects and arrays nested deeper than 64 levels
              runs.jsonl:1:321
              help: write what the table needs nearer to the top
            """)
}

@Test func longKeysAreAnError() {
    let key = String(repeating: "k", count: 1025)
    #expect(
        message("{\"\(key)\": 1}", "runs.jsonl") == """
            a key of more than 1024 bytes, with the keys above it
              runs.jsonl:1:2: '\(key.prefix(40))…'
              help: shorten it; each key becomes the name of a column
            """)
}

@Test func manyKeysOverManyLinesAreAnError() {
    let lines = (0..<6000).map { "{\"k\($0)\":1}" }.joined(separator: "\n")
    #expect(
        message(lines, "runs.jsonl") == """
            5794 different keys in 5794 lines, almost all of them missing in each line
              runs.jsonl
              help: give the runs the same keys; what varies, such as a run's name, belongs into a value
            """)
}

@Test func filesWithoutObjectsOrKeysAreAnError() {
    #expect(message(" \n\n", "runs.jsonl").hasPrefix("'runs.jsonl' is empty\n"))
    #expect(
        message("{}\n{}\n", "runs.jsonl") == """
            no line has a key
              runs.jsonl
              help: one line is one run: {"params": 7e10, "loss": 2.1}
            """)
}

@Test func bytesThatAreNoTextAreAnError() {
    #expect(message("{\"a\":1}\n\0\n", "runs.jsonl").hasPrefix("a NUL byte, which no text has\n  runs.jsonl:2:1\n"))
    #expect(message("{\"a\":\0}\n", "runs.jsonl").hasPrefix("a NUL byte, which no text has\n  runs.jsonl:1:6\n"))
    let key = Array("{\"a".utf8) + [0xFF] + Array("\":1}".utf8)
    #expect(message(bytes: key, "runs.jsonl").hasPrefix("text that is not UTF-8\n  runs.jsonl:1:2\n"))
    let value = Array("{\"a\":1}\n{\"a\":\"".utf8) + [0xFF] + Array("\"}".utf8)
    #expect(message(bytes: value, "runs.jsonl").hasPrefix("text that is not UTF-8\n  runs.jsonl:2:6\n"))
}
