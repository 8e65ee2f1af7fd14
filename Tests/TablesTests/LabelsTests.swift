import Tables
import Testing

@Test func labelsAreNumberedInOrderOfFirstAppearance() {
    let labels = Column.Labels(["b", "a", nil, "b"])
    #expect(labels.codes == [0, 1, -1, 0])
    #expect(labels.names == ["b", "a"])
    #expect((0..<4).map { labels[$0] } == ["b", "a", nil, "b"])
}

@Test func labelsOfAFileAreThoseOfItsTexts() throws {
    let table = try read("run\nb\na\nNA\nb\n")
    #expect(table["run"]?.labels() == Column.Labels(["b", "a", nil, "b"]))
}

@Test(arguments: [
    (1, "1"), (-3, "-3"), (0, "0"), (-0.0, "0"), (7e10, "70000000000"), (1e15, "1000000000000000"), (1e22, "1e+22"),
    (0.5, "0.5"), (0.1, "0.1"), (3e-4, "0.0003"), (1e-7, "1e-07"), (1.0 / 3, "0.3333333333333333"),
    (.infinity, "inf"), (-.infinity, "-inf"),
])
func aNumberAsALabelIsItsShortestText(number: Double, text: String) {
    #expect(Column(name: "x", numbers: [number]).labels().names == [text])
}

@Test func aMissingNumberIsAMissingLabelAndEqualNumbersAreOneLabel() {
    let labels = Column(name: "x", numbers: [2, .nan, 0, -0.0, 2]).labels()
    #expect(labels.codes == [0, -1, 1, 1, 0])
    #expect(labels.names == ["2", "0"])
}

@Test func labelsOfAllLengthsAreToldApart() throws {
    // The reader compares up to sixteen bytes as two words, longer texts byte by byte.
    var names: [String] = []
    for length in [1, 2, 7, 8, 9, 15, 16, 17, 18, 40] {
        for change in [0, length / 2, length - 1] {
            var bytes = Array(repeating: UInt8(ascii: "a"), count: length)
            bytes[change] = UInt8(ascii: "b")
            names.append(String(decoding: bytes, as: UTF8.self))
        }
    }
    let rows = names + names.reversed() + names
    let table = try read("run\n" + rows.joined(separator: "\n"))
    #expect(table["run"]?.labels() == Column.Labels(rows))
}

@Test func manyDifferentLabelsAreRead() throws {
    let rows = (0..<5000).map { "run-\($0 % 3000)" }
    #expect(try read("run\n" + rows.joined(separator: "\n"))["run"]?.labels() == Column.Labels(rows))
}
