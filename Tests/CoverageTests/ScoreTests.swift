// Tallies: what counts as holding, open and failed, and what breaks a bar.

import Fitting
import Testing

@testable import Coverage

@Suite struct ScoreTests {
    private static let cell = Cell(runs: 12, design: .isoFLOP, noise: .normal, deviation: 0.02)

    private func score(_ cell: Cell, held: Int, of worlds: Int, otherwise: Answer) -> Score {
        var score = Score(cell: cell, recipe: "squared", method: "delta")
        let targets = Target.names.indices.map { _ in Target(kind: .parameter(0), truth: 1) }
        for world in 0..<worlds {
            let answer: Answer = world < held ? .interval(lower: 0.5, upper: 2, limited: false) : otherwise
            score.add(Outcome(answers: targets.map { _ in answer }, isConverged: true, seconds: 0), targets)
        }
        return score
    }

    @Test("Not identified holds everything, a failure nothing, an unfinished interval what it spans")
    func answers() {
        #expect(Answer.notIdentified.holds(3) && Answer.notIdentified.isOpen)
        #expect(!Answer.failed.holds(3) && !Answer.failed.isOpen)
        #expect(Answer.unfinished(lower: -.infinity, upper: 2).holds(1))
        #expect(Answer.unfinished(lower: -.infinity, upper: 2).isOpen)
        #expect(!Answer.unfinished(lower: 0, upper: 2).isOpen)
        #expect(Answer.interval(lower: 1, upper: .infinity, limited: false).isOpen)
        #expect(Answer.interval(lower: 0, upper: 2, limited: true).isOpen)
        #expect(!Answer.interval(lower: 1, upper: 2, limited: false).holds(2.1))
        #expect(
            Answer(ConfidenceInterval(lower: .at(1), upper: .unbounded, level: 0.9))
                == .interval(lower: 1, upper: .infinity, limited: false))
        #expect(
            Answer(ConfidenceInterval(lower: .bound(0), upper: .at(1), level: 0.9))
                == .interval(lower: 0, upper: 1, limited: true))
        #expect(
            Answer(ConfidenceInterval(lower: .at(1), upper: .at(1), level: 0.9))
                == .interval(lower: 1, upper: 1, limited: true))
    }

    @Test("Coverage is the share held, with a binomial error; widths are relative to the truth")
    func tallies() {
        let score = score(Self.cell, held: 90, of: 100, otherwise: .interval(lower: 2, upper: 3, limited: false))
        #expect(score.tallies[0].coverage == 0.9)
        #expect(abs(score.tallies[0].standardError - 0.03) < 1e-12)
        #expect(score.tallies[0].medianWidth == 1.5)
        #expect(score.pooled == 0.9)
        #expect(Bars.full.broken(by: [score]) == [])
    }

    @Test("A number outside of its limits, a false 'not identified' and a low mean break the bars")
    func bars() {
        let low = score(Self.cell, held: 84, of: 100, otherwise: .failed)
        #expect(Bars.full.broken(by: [low]).contains("isoflop/12/normal/0.02 E: 84.0 %"))
        #expect(Bars.full.broken(by: [low]).last == "mean over identified cells: 84.0 %")
        let wrong = score(Self.cell, held: 95, of: 100, otherwise: .notIdentified)
        #expect(
            Bars.full.broken(by: [wrong]).contains("isoflop/12/normal/0.02 E: wrongly not identified in 5.0 %"))
        let ray = Cell(runs: 12, design: .collinear, noise: .normal, deviation: 0.02)
        let closed = score(ray, held: 90, of: 100, otherwise: .failed)
        let faults = Bars.full.broken(by: [closed])
        // Of the five parameters E may be told, and the loss is held 90 times.
        #expect(faults.map { $0.split(separator: " ")[1] } == ["A:", "alpha:", "B:", "beta:", "N*:"])
    }

    @Test("The CSV has a line for every number, and the table marks what is outside")
    func output() {
        let score = score(Self.cell, held: 84, of: 100, otherwise: .interval(lower: 2, upper: 3, limited: false))
        let lines = ScoreTable.csv([score]).split(separator: "\n")
        #expect(lines.count == 1 + Target.names.count)
        #expect(
            lines[1] == "isoflop,12,normal,0.02,squared,delta,E,100,0.8400,0.0367,0.0000,0.0000,0,1.50,0,0")
        #expect(ScoreTable.text([score]).contains("84.0*"))
        #expect(
            ScoreTable.summary([score])
                == "squared, delta: identified mean 84.0, 84.0 to 84.0, 7 of 7 outside")
    }
}
