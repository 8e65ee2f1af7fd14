// The best schedule of a family, against every schedule of it.

import Fitting
import Formulas
import Scaling
import Testing

@Suite struct ScheduleSearchTests {
    @Test func theBestDecayIsThatOfAnExhaustiveSearch() throws {
        let law = try Law.load("luo-2025")
        let best = try BestSchedule(
            of: ScheduleFamily("wsd peak=3e-4 warmup=200 decay=100..1800 steps=2000"), under: law)
        let runs = try stride(from: 100, through: 1800, by: 1).map { decay in
            ScheduledRun(
                label: "\(decay)", rates: try Schedule("wsd peak=3e-4 warmup=200 decay=\(decay) steps=2000").rates)
        }
        let all = try law.predict(try Points(for: law, along: runs)).values
        let lowest = try #require(all.min())
        #expect(best.prediction.value <= lowest * (1 + 1e-7))
        let choice = try #require(best.choices.first)
        #expect((choice.value - Double(100 + (all.firstIndex(of: lowest) ?? 0))).magnitude <= 5)
        // Near the best means near the best.
        for decay in [choice.near.lowerBound, choice.near.upperBound] {
            #expect(all[Int(decay) - 100] <= lowest * (1 + BestSchedule.tolerance) * (1 + 1e-12))
        }
        #expect(!choice.isAtEnd && best.warnings.isEmpty)
        #expect(best.schedule == (try Schedule("wsd peak=3e-4 warmup=200 decay=\(Int(choice.value)) steps=2000")))
    }

    @Test func twoNumbersAreChosenTogether() throws {
        let law = try Law.load("luo-2025")
        let best = try BestSchedule(
            of: ScheduleFamily("two-stage peak=3e-4 second=1%..90% at=10%..95% steps=1000"), under: law)
        var lowest = Double.infinity
        for second in stride(from: 1.0, through: 90, by: 8.9) {
            for at in stride(from: 100, through: 950, by: 50) {
                let text = "two-stage peak=3e-4 second=\(second)% at=\(at) steps=1000"
                lowest = min(lowest, try law.predict(at: ["schedule": .label(text), "step": 999]).value)
            }
        }
        #expect(best.prediction.value <= lowest)
        #expect(best.choices.map(\.key) == ["at", "second"])
    }

    @Test func anOptimumAtTheEndOfItsRangeIsAWarning() throws {
        let best = try BestSchedule(
            of: ScheduleFamily("constant peak=1e-4..1e-3 warmup=10 steps=1000"), under: Law.load("tissue-2024"))
        #expect(best.choices[0].value == 1e-3 && best.choices[0].isAtEnd)
        #expect(best.warnings.map(\.code).contains("at-range-end"))
    }

    @Test func aLawThatRewardsIdleStepsIsNamed() throws {
        let family = try ScheduleFamily("wsd peak=3e-4 warmup=216 decay=10%..50% steps=24000")
        #expect(
            try BestSchedule(of: family, under: Law.load("tissue-2024")).warnings.map(\.code)
                .contains("rewards-idle-steps"))
        #expect(
            try !BestSchedule(of: family, under: Law.load("luo-2025")).warnings.map(\.code)
                .contains("rewards-idle-steps"))
    }

    @Test func familiesThatLeaveNothingToChooseAreRefused() {
        func refusal(_ text: String) -> String { message { try ScheduleFamily(text) } }
        #expect(
            refusal("cosine peak=1 steps=9")
                == """
                every number of the cosine schedule is given: nothing is left to choose
                  cosine peak=1 steps=9
                  ^^^^^^^^^^^^^^^^^^^^^
                  help: give a range: peak=1e-4..1e-3
                """)
        #expect(refusal("cosine peak=2..1 steps=9").hasPrefix("'2..1' is no range for peak\n"))
        #expect(refusal("wsd peak=1 decay=5%..9 steps=9").hasPrefix("'5%..9' is no range for decay\n"))
        #expect(refusal("cosine peak=1 steps=5..9").hasPrefix("steps cannot have a range\n"))
        #expect(refusal("cosine end=0%..10% steps=9").hasPrefix("a cosine schedule needs peak\n"))
        #expect(
            refusal("wsd peak=1..2 warmup=1..2 decay=1..2 end=0%..5% steps=9").hasPrefix(
                "4 numbers have a range; at most 3 are searched\n"))
        #expect(refusal("cosin peak=1..2 steps=9").hasPrefix("no family of schedules is called 'cosin'"))
    }
}
