// Laws that call laws.

import Fitting
import Formulas
import Scaling
import Tables
import Testing

private func law(_ formula: String, _ rest: String = "") throws -> Law {
    try LawFile.parse("allometry-law: 1\ntitle: T\nformula: \(formula)\n\(rest)", name: "mine.law")
}

private func refusal(_ formula: String) -> String {
    do {
        _ = try law(formula)
        return "no fault"
    } catch { return "\(error)" }
}

private let inputs = "[input N]\nunit: parameters\n[input D]\nunit: tokens\n"

@Test func aCalledLawGivesItsOwnValue() throws {
    let twice = try law("loss ~ 2 * law(\"hoffmann-2022\", N = N, D = D / 2)", inputs)
    let one = try Law.load("hoffmann-2022").predict(at: ["N": 1e9, "D": 1e10]).value
    #expect(try twice.predict(at: ["N": 1e9, "D": 2e10]).value == 2 * one)
    #expect(twice.parameterSymbols.isEmpty)
    #expect(try LawFile.parse(LawFile.print(twice), name: "mine.law") == twice)
}

@Test func aParameterOfTheCalledLawCanBeGiven() throws {
    let shifted = try law(
        "loss ~ law(\"hoffmann-2022\", N = N, D = D, E = floor)", inputs + "[set s]\nvalues: floor = 0\n")
    let one = try Law.load("hoffmann-2022").predict(at: ["N": 1e9, "D": 1e10]).value
    let value = try shifted.predict(at: ["N": 1e9, "D": 1e10]).value
    #expect((value + 1.69337368 - one).magnitude < 1e-12)
    #expect(shifted.parameterSymbols.map(\.name) == ["floor"])
}

@Test func callsAreRefusedWithTheNextThingToType() {
    #expect(
        refusal("loss ~ law(\"hofmann-2022\", N = N)") == """
            mine.law:3: no law 'hofmann-2022'; did you mean 'hoffmann-2022', 'hoffmann-2022-allocation', \
            'hoffmann-2022-compute'?
              formula: loss ~ law("hofmann-2022", N = N)
                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
              help: allometry laws
            """)
    #expect(
        refusal("loss ~ law(\"hoffmann-2022\", N = N)") == """
            mine.law:3: law("hoffmann-2022", …) needs D
              formula: loss ~ law("hoffmann-2022", N = N)
                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
              inputs of hoffmann-2022: N [parameters], D [tokens]
              help: law("hoffmann-2022", D = …)
            """)
    #expect(
        refusal("loss ~ law(\"hoffmann-2022\", N = N, D = D, alpa = 1)") == """
            mine.law:3: 'alpa' is no input or parameter of 'hoffmann-2022'
              formula: loss ~ law("hoffmann-2022", N = N, D = D, alpa = 1)
                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
              names: N, D, E, A, alpha, B, beta
              help: did you mean 'alpha'?
            """)
    #expect(refusal("loss ~ law(\"wei-2022\")").hasPrefix("mine.law:3: 'wei-2022' is a claim and cannot be called"))
    #expect(
        refusal("loss ~ law(\"hoffmann-2022\", N = \"x\", D = D)").hasPrefix(
            "mine.law:3: 'hoffmann-2022' takes a number for N"))
    #expect(
        refusal("loss ~ law(\"sun-2025-format\", N = N, D = D, B = 1, format = f)").hasPrefix(
            "mine.law:3: 'sun-2025-format' takes text for format"))
}

@Test func aLawThatCallsItselfIsRefused() {
    #expect(throws: ScalingError.self) { try law("loss ~ law(\"mine\", N = N)") }
    #expect(
        refusal("loss ~ law(\"mine\", N = N)").hasPrefix("mine.law:3: laws call one another: mine → mine\n"))
}

@Test func aLawIsFittedThroughTheLawThatItCalls() throws {
    let formula = try Atlas.embedded.resolving(Formula("loss ~ law(\"hoffmann-2022\", N = k * N, D = D) + c"))
    let sizes: [Double] = (0..<40).map { Double(1 + $0 % 7) * 1e8 }
    let tokens: [Double] = (0..<40).map { Double(1 + $0 % 11) * 2e9 }
    let hoffmann = try Law.load("hoffmann-2022")
    let losses: [Double] = try zip(sizes, tokens).map { size, count in
        let point = Point(["N": .number(0.8 * size), "D": .number(count)])
        return try hoffmann.predict(at: point).value + 0.1
    }
    let table = Table(
        name: "t",
        columns: [
            Column(name: "N", numbers: sizes), Column(name: "D", numbers: tokens),
            Column(name: "loss", numbers: losses),
        ])
    var specification = Specification(formula: formula)
    specification.starts = ["k": 1, "c": 0]
    specification.bounds = ["k": Bound(lower: 0)]
    let fit = try Fit(try Problem(specification, table: table))
    #expect(
        ((fit.estimates["k"] ?? .nan) - 0.8).magnitude < 1e-9
            && ((fit.estimates["c"] ?? .nan) - 0.1).magnitude < 1e-10)
}

@Test func criticalBatchStepsAndTokensAgree() throws {
    let point: Point = ["N": 1e9, "B": 1e6, "S": 1e5]
    let loss = try Law.load("su-2024").predict(at: point).value
    let wanted: Point = ["N": 1e9, "B": 1e6, "L": .number(loss)]
    let steps = try Law.load("su-2024-steps-to-loss").predict(at: wanted).value
    let tokens = try Law.load("su-2024-tokens-to-loss").predict(at: wanted).value
    let critical = try Law.load("su-2024-batch").predict(at: ["L": .number(loss)]).value
    #expect((steps - 1e5).magnitude < 1e-5 && (tokens - 1e11).magnitude < 10)
    let (leastSteps, leastTokens) = (steps / (1 + critical / 1e6), tokens / (1 + 1e6 / critical))
    #expect(((steps / leastSteps - 1) * (tokens / leastTokens - 1) - 1).magnitude < 1e-9)
}

@Test func aLossThatCannotBeReachedIsAWarning() throws {
    let law = try law("y ~ solve(x, 0, 1, x == N)", "[input N]\nunit: any\n")
    let prediction = try law.predict(at: ["N": 2])
    #expect(prediction.value.isNaN)
    #expect(prediction.warnings.map(\.code) == ["no-root", "not-finite"])
    let several = try several().predict(at: ["N": 0])
    #expect(several.warnings.map(\.code).contains("several-roots"))
}

private func several() throws -> Law {
    try law("y ~ solve(x, 0, 1, (x - 0.2) * (x - 0.5) * (x - 0.7) == N)", "[input N]\nunit: any\n")
}
