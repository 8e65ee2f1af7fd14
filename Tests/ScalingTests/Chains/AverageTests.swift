// Averages of laws as laws: a file of their own, predicted like any other.

import Fitting
import Formulas
import Tables
import Testing

@testable import Scaling

private func selection() throws -> Selection {
    var random = RandomSource(seed: 5, replicate: 0)
    let x = (0..<22).map { 100 * Elementary.power(1.5, Double($0)) }
    let y = x.map { (1.5 + 20 * Elementary.power($0, -0.5)) * (1 + 0.002 * random.normal()) }
    let table = Table(
        name: "runs.csv", columns: [Column(name: "x", numbers: x), Column(name: "y", numbers: y)])
    return Selection(
        try ["y ~ A * x^-a", "y ~ E + A * x^-a", "y ~ E - A * ln(x)"].map { text in
            var specification = Specification(formula: try Formula(text))
            specification.residual = .log
            let problem = try Problem(specification, table: table)
            return try Candidate(
                name: text, specification, of: nil, table: table,
                scale: try BacktestScale(specification, problem: problem, table: table), plan: Averaging.plan())
        })
}

extension Selection {
    /// The average as a command saves it.
    fileprivate func kept(id: String = "average") -> Law {
        var average = average(id: id, title: "Three laws")
        for place in average.members.indices { average.members[place].law.fit?.version = "0" }
        return average
    }
}

@Suite struct AverageTests {
    @Test func `an average that was written is read again, and predicts the same`() throws {
        let selection = try selection()
        let average = selection.kept()
        let text = LawFile.print(average)
        let read = try LawFile.parse(text, name: "average.law")
        #expect(read == average)
        #expect(LawFile.print(read) == text)
        let points = try Points("x=1e4..1e8@5", for: read)
        for kind in IntervalKind.allCases {
            let (one, other) = (
                try average.predict(points, level: 0.9, interval: kind),
                try read.predict(points, level: 0.9, interval: kind)
            )
            #expect(one.values == other.values)
            #expect(one.lower == other.lower)
            #expect(one.averaged?.spreads == other.averaged?.spreads)
            let chosen = try selection.predict(at: "x=1e4..1e8@5", level: 0.9, interval: kind)
            #expect(chosen.map(\.value) == one.values)
            #expect(chosen.map { $0.interval?.upper ?? .nan } == one.upper)
        }
    }

    @Test func `its interval is that of a mixture, and holds the choice of law`() throws {
        let average = try selection().average()
        let found = try average.predict(try Points("x=1e8", for: average), level: 0.9, interval: .observation)
        let averaged = try #require(found.averaged)
        let logs = averaged.predictions.map { Elementary.ln($0.values[0]) }
        let weights = averaged.members.map(\.weight)
        let mean = zip(weights, logs).reduce(0) { $0 + $1.0 * $1.1 }
        #expect((Elementary.ln(found.values[0]) - mean).magnitude < 1e-12)
        let between = zip(weights, logs).reduce(0) { $0 + $1.0 * ($1.1 - mean) * ($1.1 - mean) }
        #expect((averaged.spreads[0] - between.squareRoot()).magnitude < 1e-12)
        let within = zip(weights, averaged.predictions).reduce(0) { sum, pair in
            let half = Elementary.ln(pair.1.upper?[0] ?? .nan) - Elementary.ln(pair.1.values[0])
            return sum + pair.0 * half * half
        }
        let half = (within + 1.6448536269514722 * 1.6448536269514722 * between).squareRoot()
        let upper = try #require(found.upper?[0])
        #expect((Elementary.ln(upper) - mean - half).magnitude < 1e-9)
        #expect(found.doubts == [.parameters, .runNoise, .extrapolation, .choiceOfLaw])
        #expect(found[0].warnings.map(\.code).contains("extrapolation"))
    }

    @Test func `an average has no formula to fit, plan or look a set up in`() throws {
        let average = try selection().average(id: "mine")
        let words = "'mine' is an average of laws and has no formula of its own\n"
        #expect(message { try average.plan(PlanOptions(.budget(1e20))) }.hasPrefix(words))
        #expect(message { try average.specification() }.hasPrefix(words))
        #expect(message { try average.estimates() }.hasPrefix(words))
        #expect(
            message { try average.predict(try Points("x=1", for: average), set: "a") }.hasPrefix(
                "'mine' has no set 'a'"))
    }

    @Test(arguments: [
        ("weight: ", "weight: -", "is no weight"), ("kind: average\n", "", "a law needs a formula"),
        ("[member y ~ E +", "[members y ~ E +", "unknown section"),
        ("[member y ~ E + A * x^-a]\n", "[member y ~ E + A * x^-a]\nmass: 1\n", "unknown key 'mass'"),
        ("title: Three laws\n", "title: Three laws\nformula: y ~ x\n", "an average has no formula of its own"),
    ])
    func `a damaged average is refused with its line`(_ old: String, _ new: String, _ words: String) throws {
        var text = LawFile.print(try selection().kept())
        text.replaceSubrange(try #require(text.firstRange(of: old)), with: new)
        let said = refusal(text, name: "average.law")
        #expect(said.contains(words), "\(said)")
        #expect(said.hasPrefix("average.law:"))
    }

    @Test func `faults of a law below name the line of the whole file`() throws {
        var lines = LawFile.print(try selection().kept())
            .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let second = try #require(lines.indices.last { lines[$0].hasPrefix("allometry-law") })
        let objective = try #require(lines.indices.first { $0 > second && lines[$0].hasPrefix("objective:") })
        lines[objective] = "objective: much"
        let said = refusal(lines.joined(separator: "\n"), name: "average.law")
        #expect(said.hasPrefix("average.law:\(objective + 1): "), "\(said)")
        let cut = lines[..<second].joined(separator: "\n")
        #expect(refusal(cut, name: "average.law").contains("[member …] and"))
        let twice = LawFile.print(try selection().kept().members[0].law)
        #expect(refusal(twice + "\n" + twice).contains("a second law begins further down"))
    }
}
