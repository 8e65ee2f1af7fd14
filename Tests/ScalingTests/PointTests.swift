// Points as they are typed.

import Formulas
import Scaling
import Tables
import Testing

@Test func aPointIsAListOfAssignments() throws {
    let points = try Points(" N = 70B,D=1.4T ", for: try sample())
    #expect(Array(points) == [["N": 70e9, "D": 1.4e12]])
}

@Test func aRangeIsEquallySpacedInTheLogarithm() throws {
    let points = try Points("N=1B..100B@5, D=1T", for: try sample())
    #expect(points.map { $0.number("N") ?? 0 }.first == 1e9)
    #expect(points.map { $0.number("N") ?? 0 }.last == 100e9)
    for (found, wanted) in zip(points, [1e9, 3.1622776601683795e9, 1e10, 3.1622776601683795e10, 1e11]) {
        #expect(((found.number("N") ?? 0) / wanted - 1).magnitude < 1e-14)
    }
}

@Test func aRangeMayHaveEqualSteps() throws {
    let points = try Points("N=0..1@5lin, D=1", for: try sample())
    #expect(points.map { $0.number("N") } == [0, 0.25, 0.5, 0.75, 1])
    #expect(
        try Points("N=100..1@3, D=1", for: try sample()).map { $0.number("N") ?? 0 }.map { $0.rounded() } == [
            100, 10, 1,
        ])
}

@Test func severalRangesGiveEveryCombination() throws {
    let points = try Points("D=1..2@2lin, N=3..5@3lin", for: try sample())
    #expect(points.map { $0.number("D") } == [1, 1, 1, 2, 2, 2])
    #expect(points.map { $0.number("N") } == [3, 4, 5, 3, 4, 5])
}

private func labelled() throws -> Law {
    try LawFile.parse(
        """
        allometry-law: 1
        title: Labels
        formula: loss ~ E[data set] / N
        [input N]
        [input set]
        unit: label
        [set a]
        values: E[C4] = 2, E[The Pile, v1] = 3
        """.replacing("[data set]", with: "[set]").replacing("The Pile, v1", with: "Pile"), name: "labels.law")
}

@Test func aLabelIsBareOrQuoted() throws {
    let law = try labelled()
    #expect(try Points("N=2, set=C4", for: law)[0] == ["N": 2, "set": "C4"])
    #expect(try Points("set=\"The Pile, v1\", N=2", for: law)[0] == ["N": 2, "set": "The Pile, v1"])
    #expect(try Points("set='7B', N=2", for: law)[0] == ["N": 2, "set": "7B"])
    #expect(try Points("set=7B, N=2", for: law)[0] == ["N": 2, "set": "7B"])
    #expect(try law.predict(try Points("N=2..4@2lin, set=Pile", for: law)).values == [1.5, 0.75])
}

private let refusedPoints: [(String, String)] = [
    (
        "N=70B D=1T",
        "'70B D=1T' is no number for N\n  N=70B D=1T\n    ^^^^^^^^\n  help: write 70B, 1.4e12 or 1B..100B@20"
    ),
    ("N=70B, D", "expected '=' after D\n  N=70B, D\n          ^\n  help: write D=70B"),
    ("N=70B,", "expected the name of an input\n  N=70B,\n        ^\n  help: write 'N=70B, D=1.4T'"),
    ("N=, D=1", "N has no value\n  N=, D=1\n    ^\n  help: write N=70B"),
    ("", "no point is given\n  help: write one such as 'N=70B, D=1.4T'"),
    (
        "N=1..2, D=1",
        "a range needs a number of points\n  N=1..2, D=1\n    ^^^^\n  help: write it after the range: 1B..100B@20"
    ),
    (
        "N=1..2@1, D=1",
        "'@1' is no number of points\n  N=1..2@1, D=1\n    ^^^^^^\n  help: write 2 or more: @20, or @20lin"
    ),
    (
        "N=1..2@5sq, D=1",
        """
        'sq' is no spacing
          N=1..2@5sq, D=1
            ^^^^^^^^
          help: write @20 (equal factors) or @20lin (equal steps)
        """
    ),
    (
        "N=0..2@5, D=1",
        "equal factors need both ends above zero\n  N=0..2@5, D=1\n    ^^^^^^\n  help: write @20lin for equal steps"
    ),
    ("N=1, D=1, N=2", "N is given twice\n  N=1, D=1, N=2\n            ^"),
    ("N=\"a\", D=1", "'a' is no number for N\n  N=\"a\", D=1\n    ^^^\n  help: write 70B, 1.4e12 or 1B..100B@20"),
    ("N=\"a, D=1", "this quote is not closed\n  N=\"a, D=1\n    ^^^^^^^"),
    (
        "N=1..2@1000, D=1..2@1001",
        "these are more than 1000000 points\n  N=1..2@1000, D=1..2@1001\n               ^^^^^^^^^^^"
    ),
    ("N=1", "D is missing\n  inputs of sample: N [parameters], D [tokens]\n  help: --at 'D=…'"),
    ("N=1, M=1", "'M' is no input\n  N=1, M=1\n       ^\n  inputs of sample: N [parameters], D [tokens]"),
    (
        "n=1, D=1",
        "'n' is no input\n  n=1, D=1\n  ^\n  inputs of sample: N [parameters], D [tokens]\n  help: did you mean 'N'?"
    ),
]

@Test(arguments: refusedPoints)
func anythingElseIsRefusedWithItsPlace(text: String, expected: String) throws {
    let law = try sample()
    #expect(message { try Points(text, for: law) } == expected)
}

@Test func aLabelHasNoRange() throws {
    let law = try labelled()
    #expect(
        message { try Points("N=1, set=a..b@3", for: law) }
            == "set is text and has no range\n  N=1, set=a..b@3\n           ^^^^^^\n  help: quote it: set=\"…\"")
}

@Test(arguments: [
    "C4", "two words", "a, b", "it's", "\"quoted\"", "'single'", "a..b@3", " edge ", "it's, \"mixed\"x", "",
])
func aPointThatIsTypedReadsBack(label: String) throws {
    var law = Law(id: "typed", title: "Typed")
    law.inputs = [LawInput("train tokens"), LawInput("data set", unit: "label"), LawInput("N")]
    let point: Point = ["train tokens": 3, "data set": .label(label), "N": 5]
    let text = law.typed(point) { "\(Int($0))" }
    #expect(text.hasPrefix("`train tokens`=3, `data set`=") && text.hasSuffix(", N=5"))
    // No quotes are left for a label that holds both kinds and a comma.
    if label == "it's, \"mixed\"x" { return }
    #expect(try Points(text, for: law).first == point)
}

@Test func everyRowOfATableIsAPoint() throws {
    let table = Table(
        name: "runs.csv",
        columns: [Column(name: "N", numbers: [1e9, 2e9]), Column(name: "flops", numbers: [6e19, 12e19])])
    let law = try sample()
    let points = try Points(table, for: law, columns: ["D": try Formula("flops / (6 * N)")])
    #expect(points.map { $0.number("D") } == [1e10, 1e10])
    #expect(
        message { try Points(table, for: law) } == """
            no column 'D'
              runs.csv, header: N, flops
              the law needs D [tokens]
              help: --column D=COLUMN
            """)
}

@Test func pointsOfAGridHaveFifteenDigits() throws {
    let points = try Points("N=2B..20T@5, D=1e9..1.0000000000000002e9@3lin", for: try sample())
    #expect(Set(points.compactMap { $0.number("N") }) == [2e9, 2e10, 2e11, 2e12, 2e13])
    #expect(points.prefix(3).map { $0.number("D") } == [1e9, 1e9, 1.0000000000000002e9])
}

@Test func mutatedPointsEndInPointsOrAMessage() throws {
    var random = SplitMix(state: 5)
    let law = try sample()
    let alphabet = Array("N=D,..@\"'`lin10B- e".utf8) + [0xC3, 0x00]
    for _ in 0..<5_000 {
        var bytes = Array("N=1B..2B@3, D=1e9".utf8)
        for _ in 0..<Int.random(in: 1...5, using: &random) {
            bytes[Int.random(in: 0..<bytes.count, using: &random)] = alphabet.randomElement(using: &random) ?? 0
        }
        _ = try? Points(String(decoding: bytes, as: UTF8.self), for: law)
    }
}
