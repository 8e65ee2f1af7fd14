// Schedules: what is typed, the rates that follow, and what is refused.

import Fitting
import Formulas
import Scaling
import Testing

private func rates(_ text: String) throws -> [Double] { try Schedule(text).rates }

private func refusal(_ text: String) -> String {
    do {
        _ = try Schedule(text)
        return "no fault"
    } catch { return "\(error)" }
}

@Test func everyFamilyHasItsRates() throws {
    #expect(try rates("constant peak=2 steps=3") == [2, 2, 2])
    #expect(try rates("constant peak=2 warmup=3 steps=5") == [0, 1, 2, 2, 2])
    #expect(try rates("constant peak=2 warmup=1 steps=2") == [2, 2])
    #expect(try rates("linear peak=4 steps=4") == [4, 3, 2, 1])
    #expect(try rates("linear peak=4 end=2 steps=4") == [4, 3.5, 3, 2.5])
    #expect(try rates("wsd peak=4 warmup=2 decay=2 steps=6") == [0, 4, 4, 4, 4, 2])
    #expect(try rates("two-stage peak=4 second=1 at=2 steps=4") == [4, 4, 1, 1])
    let cosine = try rates("cosine peak=2 end=1 steps=4")
    for (rate, expected) in zip(cosine, [2, 1.8535533905932737, 1.5, 1.1464466094067263]) {
        #expect((rate - expected).magnitude < 1e-15)
    }
    let exponential = try rates("wsd peak=4 decay=2 end=1 shape=exponential steps=3")
    for (rate, expected) in zip(exponential, [4.0, 4, 2]) { #expect((rate - expected).magnitude < 1e-15) }
    let power = try rates("power peak=4 warmup=2 exponent=1 steps=4")
    for (rate, expected) in zip(power, [0, 4, 8.0 / 3, 2]) { #expect((rate - expected).magnitude < 1e-14) }
}

@Test(arguments: [
    "constant peak=0.002 warmup=0 steps=3", "cosine peak=0.0003 warmup=2160 end=3e-05 steps=24000",
    "wsd peak=0.0003 warmup=2160 decay=4000 end=3e-05 shape=exponential steps=24000",
    "two-stage peak=0.0003 warmup=2160 second=9e-05 at=8000 steps=16000",
    "power peak=1 warmup=5 exponent=0.5 steps=9",
    "linear peak=1 warmup=0 end=0 steps=9", "wsd peak=1 warmup=0 decay=3 end=0 steps=9",
])
func schedulesReadBack(text: String) throws {
    #expect("\(try Schedule(text))" == text)
    #expect(try Schedule("\(try Schedule(text))") == Schedule(text))
    #expect(try rates(text).count == Schedule(text).steps)
}

@Test func aDecayHasOneOfFourShapes() throws {
    #expect(try rates("wsd peak=4 decay=4 steps=5 shape=linear") == [4, 4, 3, 2, 1])
    #expect(
        try rates("wsd peak=4 decay=4 steps=5 shape=sqrt") == [
            4, 4, 2, 4 * (1 - 0.5.squareRoot()), 4 * (1 - 0.75.squareRoot()),
        ])
    let cosine = try rates("wsd peak=2 decay=4 end=1 steps=4 shape=cosine")
    for (rate, expected) in zip(cosine, try rates("cosine peak=2 end=1 steps=4")) { #expect(rate == expected) }
}

@Test func sharesAreOfTheStepsAndOfThePeak() throws {
    #expect(
        try Schedule("wsd peak=1 warmup=9% decay=20% end=10% steps=24000")
            == Schedule("wsd peak=1 warmup=2160 decay=4800 end=0.1 steps=24000"))
    #expect(
        try Schedule("two-stage peak=1 second=30% at=50% steps=10")
            == Schedule("two-stage peak=1 second=0.3 at=5 steps=10"))
    #expect(refusal("wsd peak=1 decay=120% steps=9").hasPrefix("decay needs a whole number from 0 to 9\n"))
    #expect(refusal("cosine peak=1 steps=-5").hasPrefix("steps needs a whole number from 1 to 10000000\n"))
}

@Test func suffixesAreNumbers() throws {
    #expect(try Schedule("wsd steps=24k decay=4k warmup=2160 peak=3e-4").steps == 24_000)
}

@Test func whatIsNoScheduleIsRefusedWithTheNextThingToType() {
    #expect(
        refusal("cosin peak=1 steps=3")
            == "no family of schedules is called 'cosin'\n  cosin peak=1 steps=3\n  ^^^^^^^^^^^^^^^^^^^^\n"
            + "  help: did you mean 'cosine'?")
    #expect(
        refusal("")
            == "a schedule has a family\n  help: families are constant, cosine, linear, power, two-stage, wsd: "
            + "cosine peak=3e-4 warmup=2160 steps=24000")
    #expect(refusal("cosine peek=1 steps=3").hasPrefix("'peek' says nothing of a cosine schedule\n"))
    #expect(refusal("cosine peek=1 steps=3").hasSuffix("help: did you mean 'peak=…'?"))
    #expect(refusal("cosine steps=3").hasPrefix("a cosine schedule needs peak\n"))
    #expect(refusal("cosine peak=1 peak=2 steps=3").hasPrefix("'peak' is given twice\n"))
    #expect(refusal("cosine peak=x steps=3").hasPrefix("'x' is no number for peak\n"))
    #expect(refusal("cosine peak=0 steps=3").hasPrefix("peak needs a rate above 0\n"))
    #expect(refusal("cosine peak=1 steps=2.5").hasPrefix("steps needs a whole number from 1 to 10000000\n"))
    #expect(refusal("cosine peak=1 steps=5 warmup=5").hasPrefix("warmup needs a whole number from 0 to 4\n"))
    #expect(refusal("wsd peak=1 steps=5 decay=6").hasPrefix("decay needs a whole number from 0 to 5\n"))
    #expect(
        refusal("wsd peak=1 steps=5 decay=2 shape=round").hasPrefix(
            "shape needs cosine, exponential, linear or sqrt\n"))
    #expect(refusal("wsd peak=1 steps=5 decay=2 shape=exponential").hasPrefix("end needs a rate above 0\n"))
}

// MARK: - Predictions

@Test func aScheduleThatNeverRanIsPredicted() throws {
    let law = try Law.load("luo-2025")
    let points = try Points(
        "schedule=\"wsd peak=3e-4 warmup=2160 decay=4000 steps=24000\", step=19999..23999@3lin", for: law)
    let values = try law.predict(points).map(\.value)
    // The loss falls while the rate does, and more than it would have.
    #expect(values.count == 3 && values[0] > values[1] && values[1] > values[2])
    let constant = try law.predict(
        at: ["schedule": "constant peak=3e-4 warmup=2160 steps=24000", "step": 23_999]).value
    #expect(values[2] < constant - 0.05)
}

@Test func runsArePredictedAtTheirEndsOrAlongTheirCurves() throws {
    let law = try Law.load("luo-2025")
    let runs = try ["cosine peak=3e-4 warmup=2160 steps=24000", "constant peak=3e-4 steps=100"].map {
        ScheduledRun(label: $0, rates: try Schedule($0).rates)
    }
    let ends = try Points(for: law, along: runs)
    #expect(ends.map { $0.number("step") } == [23_999, 99])
    #expect(try law.predict(ends).values[0] == law.predict(at: ends[0]).value)
    let curve = try Points(for: law, along: [runs[0]], curve: 3)
    #expect(curve.map { $0.number("step") } == [2159, 13_079, 23_999])
    let steps = try Points("step=0..99@3lin", for: law, along: runs)
    #expect(steps.map { $0.number("step") } == [0, 50, 99, 0, 50, 99])
    // A schedule may go by any name: its rates come along.
    let named = ScheduledRun(label: "mine", rates: runs[0].rates)
    #expect(
        try law.predict(Points(for: law, along: [named])).values == law.predict(Points([ends[0]], for: law)).values)
    #expect(
        message { try Points("schedule=x", for: law, along: runs) }
            == "--schedule and --at both say the schedule\n  help: keep one")
    #expect(
        message { try Points(for: Law.load("hoffmann-2022"), along: runs) }
            == "'hoffmann-2022' reads no schedule\n  help: laws of whole curves do: allometry laws search schedule")
    #expect(
        message { try law.predict(Points("step=100", for: law, along: [runs[1]])) }.hasPrefix(
            "step 100 is none of the 100 steps of the schedule"))
}

@Test func stepsOutsideOfAScheduleAreRefused() throws {
    let law = try Law.load("tissue-2024")
    let text = "constant peak=3e-4 steps=100"
    for (step, shown) in [(100, "100"), (-1, "-1"), (2.5, "2.5")] as [(Double, String)] {
        #expect(
            message { try law.predict(at: ["schedule": .label(text), "step": .number(step)]) } == """
                step \(shown) is none of the 100 steps of the schedule
                  constant peak=3e-4 steps=100
                  help: steps are whole numbers and count from 0: the last is 99
                """)
    }
    #expect(
        message { try law.predict(at: ["schedule": "warm", "step": 1]) }.hasPrefix(
            "no family of schedules is called 'warm'"))
}

@Test func aLawOfWholeCurvesCannotBeCalled() {
    #expect(
        message {
            try LawFile.parse(
                "allometry-law: 1\ntitle: T\nformula: y ~ law(\"tissue-2024\", step = N, schedule = \"x\")\n",
                name: "mine.law")
        }.hasPrefix("mine.law:3: 'tissue-2024' is a law of whole curves and cannot be called"))
}

@Test func aTableNeedsTheSchedulesOfItsRuns() throws {
    var specification = try Law.load("tissue-2024").specification()
    let table = curveTable(steps: [10, 20])
    #expect(
        message { try Problem(specification, table: table) }.contains(
            "it is no schedule; write one out in the table: cosine peak=3e-4"))
    specification.schedules = ["a": Array(repeating: 1e-3, count: 15)]
    #expect(
        message { try Problem(specification, table: table) }.contains(
            "step 20 at t:2 is none of its 15 steps, which count from 0"))
}
