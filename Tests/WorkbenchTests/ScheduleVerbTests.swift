// Laws of whole curves through the verbs: schedules are labels.

import Testing
import Workbench

@Test func aTableWithSchedulesIsFitted() throws {
    // 2 + 3 · (the sum of the rates): 1, 2, … for the constant schedule; 1, 1.5, 1.5 for the line.
    let table = TableSource.text(
        """
        plan,step,loss
        constant peak=1 steps=4,0,5
        constant peak=1 steps=4,2,11
        linear peak=1 steps=2,0,5
        linear peak=1 steps=2,1,6.5
        """, name: "curves.csv")
    var request = FitRequest(table: table, formula: "loss ~ a + b * ratesum(schedule, step)")
    request.columns = ["schedule": "plan"]
    let reply = try FitVerb.answer(request).reply
    let values = reply.parameters.mapValues(\.value)
    #expect(isClose(values["a"] ?? nil, 2) && isClose(values["b"] ?? nil, 3))
}

@Test func labelsThatAreNoSchedulesAreRefused() {
    let table = TableSource.text("schedule,step,loss\nwarm,1,2\nwarm,2,3\n", name: "curves.csv")
    let request = FitRequest(table: table, formula: "loss ~ a + b * ratesum(schedule, step)")
    #expect(
        message { try FitVerb.answer(request) } == """
            schedule: 'warm' cannot be used
              help: it is no schedule; write one out in the table: cosine peak=3e-4 warmup=2k steps=24k
            """)
}

@Test func aScheduleIsPredictedAtItsSteps() throws {
    var request = PredictRequest(law: "tissue-2024")
    request.at = ["schedule=\"cosine peak=3e-4 warmup=2160 end=3e-5 steps=24000\", step=23999"]
    request.set = "100M"
    let reply = try PredictVerb.answer(request).reply
    #expect(isClose(reply.predictions.first?.value, 2.97856194))
}
