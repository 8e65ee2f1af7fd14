// A saved fit is a law: it goes to a file and comes back to the last bit.

import Fitting
import Formulas
import Scaling
import Tables
import Testing

private func fitted() throws -> (Fit, Specification) {
    var random = SplitMix(state: 3)
    var (n, d, loss, text): ([Double], [Double], [Double], [String?]) = ([], [], [], [])
    for row in 0..<60 {
        let (size, tokens) = (1e8 * Double(1 + row % 7), 1e9 * Double(1 + row % 11))
        let noise = Double.random(in: -0.01...0.01, using: &random)
        n.append(size)
        d.append(row == 5 ? .nan : tokens)
        text.append(row % 2 == 0 ? "C4" : "The \"Pile\", v1")
        let floor = row % 2 == 0 ? 1.7 : 1.5
        loss.append(
            (floor + 400 * Elementary.power(size, -0.34) + 410 * Elementary.power(tokens, -0.28)) * (1 + noise))
    }
    let table = Table(
        name: "runs of mine.csv",
        columns: [
            Column(name: "N", numbers: n), Column(name: "tokens", numbers: d), Column(name: "loss", numbers: loss),
            Column(name: "data", labels: text),
        ])
    var specification = Specification(formula: try Formula("loss ~ E[data] + A / N^alpha + B / D^beta"))
    specification.columns = ["D": try Formula("tokens")]
    specification.residual = .log
    specification.bounds = ["A": Bound(lower: 0), "B": Bound(lower: 0)]
    specification.fixed = ["alpha": 0.34]
    specification.condition = try Formula("loss > 0")
    return (try Fit(try Problem(specification, table: table)), specification)
}

@Test func aFitThatIsSavedComesBackToTheLastBit() throws {
    let (fit, specification) = try fitted()
    let law = Law(fit, specification: specification, id: "mine", title: "My runs", version: "allometry 0.1")
    let text = LawFile.print(law)
    let read = try LawFile.parse(text, name: "mine.law")
    #expect(read == law)
    #expect(read.fit?.estimates == fit.estimates)
    #expect(read.fit?.omissions == [Omission(reason: "no value of tokens", count: 1)])
    #expect(read.input("D")?.range == Bound(lower: 1e9, upper: 1.1e10))
    #expect(read.columns["D"] == specification.columns["D"])
    #expect(read.input("data")?.isLabel == true)
    #expect(
        try LawFile.lint(text, name: "mine-2026.law").map(\.code).allSatisfy {
            ["no-meaning", "no-unit", "no-direction"].contains($0)
        })
    let point: Point = ["N": 1e9, "D": 1e10, "data": "The \"Pile\", v1"]
    #expect(try read.predict(at: point) == law.predict(at: point))
    #expect(try read.predict(at: point).interval != nil)
    #expect(try read.specification(columns: read.columns).bounds == specification.bounds)
}

@Test func whatALawSaysOfItsSymbolsStaysWithItsFit() throws {
    let (fit, specification) = try fitted()
    var published = try sample()
    published.inputs[0].meaning = "size"
    let law = Law(fit, specification: specification, of: published, id: "mine", title: "Mine", version: "0")
    #expect(law.input("N")?.meaning == "size")
    #expect(law.input("N")?.range == Bound(lower: 1e8, upper: 7e8))
    #expect(law.sets.isEmpty && law.goldens.isEmpty)
    #expect(law.response?.unit == "nats/token")
}

@Test func everyPartOfASavedFitIsWritten() throws {
    var law = try sample()
    law.fitting.weights = try Formula("1 / sigma^2")
    law.fitting.weightMeaning = .frequency
    law.fitting.condition = try Formula("steps > 1000 and recipe == \"a\"")
    law.notes = "Two\nlines, a back\\slash, and \\n as it is."
    law.parameters.append(LawParameter("beta", start: 0.3, tie: try Formula("alpha")))
    law.inputs[0].column = try Formula("params * 1e6")
    law.fit = SavedFit(
        estimates: Estimates(
            names: ["E", "A", "B", "alpha"], values: [0.1 + 0.2, 1e300, -0.0, .leastNonzeroMagnitude],
            covariance: (0..<16).map { $0 % 5 == 0 ? 1 / 3 : 0 }, degreesOfFreedom: .infinity),
        objective: 1 / 3, observations: 240.5,
        omissions: [Omission(reason: "no value of loss", count: 3), Omission(reason: "--where", count: 2)],
        table: "a b.csv", noise: 1e-3, termination: "decrease 1e-20 ≤ 1e-15",
        warnings: [
            Warning(code: "weakly-identified", message: "m", hint: ""),
            Warning(code: "at-bound", message: "A", hint: "h"),
            Warning(code: "at-bound", message: "B", hint: "h"),
        ], seed: .max, version: "allometry 0.1")
    let text = LawFile.print(law)
    #expect(try LawFile.parse(text, name: "sample.law") == law)
    #expect(text.contains("\nnotes: Two\\nlines, a back\\\\slash, and \\\\n as it is.\n"))
    #expect(text.contains("\nvalue: E = 0.30000000000000004\n"))
    #expect(text.contains("\nomitted: 3 no value of loss\nomitted: 2 --where\n"))
}

@Test func longTextsAndFormulasBreakOnlyAtSpaces() throws {
    var law = try sample()
    law.notes = String(repeating: "a  b c ", count: 60) + String(repeating: "x", count: 300) + " end"
    law.title = String(repeating: "é", count: 400)
    let read = try LawFile.parse(LawFile.print(law), name: "sample")
    #expect(read.notes == law.notes && read == law)
}
