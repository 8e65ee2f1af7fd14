// Input that nobody wrote for a reader: it ends in a table or a message, in time proportional to its length.

import Tables
import Testing

private func outcome(_ bytes: [UInt8], _ name: String, chunk: Int) -> String {
    var source = ByteSource(bytes: bytes, name: name, chunk: chunk)
    do { return dump(try Table.read(&source, name: name, format: nil)) } catch { return "\(error)" }
}

private let samples = [
    ("runs.csv", "# c\r\n a ,\"b\"\"c\",d\r\n1,\"x\n,y\",2.5e-3\r\n\r\n-,NA,70B\rinf, q ,1.25\n"),
    ("runs.csv", "a,b,\n1,2,\n3,x,\n0.1234567890123456789,5%,\n"),
    ("runs.tsv", "a\tb\n1\t\n \t2\n\"\"\t\"é\"\n"),
    (
        "runs.jsonl",
        "{\"a\":1,\"b\":{\"c\":[1,2.5e3,\"x\"]}}\n\n{\"a\":\"t\\u00e9\\ud83d\\ude00\",\"d\":null}\r\n{\"a\":NaN}"
    ),
    ("runs", "{\"loss\": -Infinity, \"ok\": true, \"s\": \"a\\\"b\"}\n{\"ok\": false}\n"),
]

@Test func whereTheChunksEndMakesNoDifference() {
    for (name, text) in samples {
        let bytes = Array(text.utf8)
        let whole = outcome(bytes, name, chunk: 1 << 20)
        for chunk in 1...bytes.count { #expect(outcome(bytes, name, chunk: chunk) == whole, "chunks of \(chunk)") }
    }
}

@Test func theSeparatorIsSeenFromAllOfALongHeader() {
    let text = "a;" + String(repeating: "b", count: 500) + ",c\n1,2\n"
    #expect(outcome(Array(text.utf8), "runs.csv", chunk: 16) == outcome(Array(text.utf8), "runs.csv", chunk: 1 << 20))
}

@Test(arguments: samples.indices)
func mutatedFilesEndInATableOrAMessage(sample: Int) {
    var random = Seeded(state: UInt64(sample))
    let (name, text) = samples[sample]
    let alphabet = Array(",\"\n\r\t;#{}[]:\\u0e-+.1aN \0".utf8) + [0xFF, 0xC3]
    for _ in 0..<4000 {
        var bytes = Array(text.utf8)
        for _ in 0..<Int.random(in: 1...4, using: &random) {
            let place = Int.random(in: 0...bytes.count, using: &random)
            switch Int.random(in: 0..<4, using: &random) {
            case 0: bytes.insert(alphabet.randomElement(using: &random) ?? 0, at: place)
            case 1 where place < bytes.count: bytes.remove(at: place)
            case 2 where place < bytes.count: bytes[place] = alphabet.randomElement(using: &random) ?? 0
            default: bytes.removeSubrange(place..<min(bytes.count, place + 5))
            }
        }
        let whole = outcome(bytes, name, chunk: 1 << 20)
        #expect(outcome(bytes, name, chunk: Int.random(in: 1...9, using: &random)) == whole)
    }
}

@Test func randomBytesEndInATableOrAMessage() {
    var random = Seeded(state: 7)
    for _ in 0..<3000 {
        let bytes = (0..<Int.random(in: 0...200, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random)
        }
        for name in ["runs.csv", "runs.jsonl"] { #expect(!outcome(bytes, name, chunk: 64).isEmpty) }
    }
}

@Test func aMillionColumnsAreRead() throws {
    let names = (0..<1_000_000).map { "c\($0)" }.joined(separator: ",")
    let cells = String(repeating: "1,", count: 999_999) + "2\n"
    let table = try read(names + "\n" + cells + cells)
    #expect(table.columns.count == 1_000_000)
    #expect(table.columns[999_999].labels().names == ["2"])
}

@Test func oneHugeCellAndOneHugeCommentAreRead() throws {
    let huge = String(repeating: "x", count: 5_000_000)
    #expect(try texts(read("#\(huge)\na,b\n1,\"\(huge)\"\n"), "b")[0].utf8.count == 5_000_000)
    #expect(message("a\n\"" + huge).hasPrefix("a quote is not closed"))
    #expect(message("a\n" + String(repeating: "9", count: 5_000_000)) == "")
}

@Test func textThatComesLaterInEachColumnTakesTwoPassesOnly() throws {
    // Row i has its text in column i: a pass for each would take a thousand.
    let names = (0..<1000).map { "c\($0)" }.joined(separator: ",")
    let rows = (0..<1000).map { row in (0..<1000).map { $0 == row ? "x" : "1" }.joined(separator: ",") }
    let table = try read(names + "\n" + rows.joined(separator: "\n"))
    #expect(table.columns.allSatisfy { $0.firstText != nil })
    #expect(table.columns[999].labels().names == ["1", "x"])
}

@Test func aFileThatIsAllQuotesOrAllSeparatorsIsRefused() {
    for character in ["\"", ",", ";", "\t", "{", "[", "\\", "#", "\r"] {
        let text = String(repeating: character, count: 300_000)
        #expect(message(text) != "")
        #expect(message(text, "runs.jsonl") != "")
    }
}
