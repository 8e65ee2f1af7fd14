// Schedules that a table holds, and what is wrong with some of them.

import Scaling
import Tables
import Testing

private func table(_ steps: [Double], _ rates: [Double]) -> Table {
    Table(name: "rates.csv", columns: [Column(name: "step", numbers: steps), Column(name: "lr", numbers: rates)])
}

private func rates(_ text: String, _ table: Table) throws -> [Double] {
    guard case .column(let column) = try ScheduleSource(text) else { return [] }
    return try column.rates(table)
}

private func fault(_ text: String, _ steps: [Double], _ rates: [Double]) -> ScheduleFault? {
    do {
        guard case .column(let column) = try ScheduleSource(text) else { return nil }
        _ = try column.rates(table(steps, rates))
    } catch let fault as ScheduleFault { return fault } catch {}
    return nil
}

@Test func aColumnOfEveryStepIsTakenAsItIs() throws {
    #expect(try rates("column", table([0, 1, 2], [3, 2, 1])) == [3, 2, 1])
    // In any order, without rows that say nothing, and what is said twice once.
    #expect(try rates("column", table([2, 0, .nan, 1, 1], [1, 3, 9, 2, 2])) == [3, 2, 1])
}

@Test func stepsBetweenRowsAreFilledAsAsked() throws {
    let sparse = table([0, 2, 4], [4, 2, 2])
    #expect(try rates("column fill=linear", sparse) == [4, 3, 2, 2, 2])
    #expect(try rates("column fill=hold", sparse) == [4, 4, 2, 2, 2])
}

@Test func aLateBeginningIsAWarmupOrAConstant() throws {
    let late = table([3, 4], [2, 1])
    #expect(try rates("column warmup=3", late) == [0, 1, 2, 2, 1])
    #expect(try rates("column warmup=0", late) == [2, 2, 2, 2, 1])
    #expect(try rates("column warmup=9", late) == [0, 0.25, 0.5, 2, 1])
}

@Test func gapsRepeatedStepsAndStepsThatAreNoneAreNamed() {
    #expect(fault("column", [0, 1, 5], [1, 1, 1]) == .gap(after: 1, next: 5))
    #expect(
        fault("column", [0, 1, 1], [1, 2, 3])
            == .twoRates(step: 1, first: 2, second: 3, place: "rates.csv:3"))
    #expect(fault("column", [2, 3], [1, 1]) == .beginsLate(step: 2, hasGaps: false))
    #expect(fault("column", [2, 4], [1, 1]) == .beginsLate(step: 2, hasGaps: true))
    #expect(fault("column fill=hold", [2, 4], [1, 1]) == .beginsLate(step: 2, hasGaps: false))
    #expect(fault("column", [-1, 0], [1, 1]) == .notAStep(-1, place: "rates.csv:1"))
    #expect(fault("column", [0, 0.5], [1, 1]) == .notAStep(0.5, place: "rates.csv:2"))
    #expect(fault("column", [0, 1], [1, -1]) == .badRate(-1, place: "rates.csv:2"))
    #expect(fault("column", [0, 1e9], [1, 1]) == .tooLong(1_000_000_001))
    #expect(fault("column", [.nan], [1]) == .noRates(column: "lr", table: "rates.csv"))
}

@Test func everyFaultOfAColumnSaysTheNextThingToType() {
    let faults: [ScheduleFault] = [
        .gap(after: 1, next: 5), .twoRates(step: 1, first: 2, second: 3, place: "t:3"),
        .beginsLate(step: 2, hasGaps: false), .beginsLate(step: 2, hasGaps: true), .notAStep(-1, place: "t:1"),
        .badRate(-1, place: "t:2"), .tooLong(1_000_000_001), .noTable,
        .noRates(column: "lr", table: "t"),
    ]
    #expect(
        faults.map { "\(ScalingError.schedule($0, text: "column"))" } == [
            """
            no rate is given between the steps 1 and 5
              column
              ^^^^^^
              help: add fill=linear, a line between the rows, or fill=hold, each rate until the next
            """,
            """
            t:3: step 1 has the rate 3 and, before, 2
              column
              ^^^^^^
              help: one run has one rate a step: name the column that tells runs apart, or choose rows by --where
            """,
            """
            the rates begin at step 2: nothing says those before it
              column
              ^^^^^^
              help: add warmup=2, a line from 0 over so many steps, or warmup=0 for the first rate from step 0 on
            """,
            """
            the rates begin at step 2: nothing says those before it
              column
              ^^^^^^
              help: add warmup=2, a line from 0 over so many steps, or warmup=0 for the first rate from step 0 on; \
            and, for the steps between rows, fill=linear, a line between the rows, or fill=hold, each rate until the next
            """,
            """
            t:1: -1 is no step: steps are whole numbers and count from 0
              column
              ^^^^^^
              help: leave such rows out, or name another column: step=…
            """,
            """
            t:2: -1 is no learning rate
              column
              ^^^^^^
              help: rates are 0 or more
            """,
            """
            a schedule of 1000000001 steps is too long
              column
              ^^^^^^
              help: at most 10000000 are taken
            """,
            """
            no table is at hand to read the rates from
              column
              ^^^^^^
              help: name one: column file=rates.csv
            """,
            """
            no row of t has a step and a rate in 'lr'
              column
              ^^^^^^
              help: name the column: column rate=lr step=step
            """,
        ])
}

@Test func aLabelMayStandBeforeASchedule() {
    #expect(ScheduleSource.labelled("run 7=cosine peak=1 steps=9").label == "run 7")
    #expect(ScheduleSource.labelled("run 7=cosine peak=1 steps=9").rest == "cosine peak=1 steps=9")
    #expect(ScheduleSource.labelled("cosine peak=1 steps=9").label == nil)
    #expect(ScheduleSource.labelled("a=column rate=lr").rest == "column rate=lr")
    #expect(ScheduleSource.labelled("cosin peak=1 steps=9").label == nil)
}

@Test func aColumnReadsBack() throws {
    for text in ["column rate=lr step=step", "column file=a.csv rate=eta step=t fill=hold warmup=3"] {
        #expect("\(try ScheduleSource(text))" == text)
    }
    #expect(
        message { try ScheduleSource("column fill=guess") }.hasPrefix("fill needs hold or linear"))
    #expect(message { try ScheduleSource("colum rate=lr") }.hasSuffix("help: did you mean 'column'?"))
}
