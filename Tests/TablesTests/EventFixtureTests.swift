// What tensorboardX and TensorBoard wrote is read as TensorBoard's own loader reads it.

import Tables
import Testing

private func compare(in folder: String) throws {
    let table = try Table.read(path: "\(folder)/expected.csv")
    let runs = try TensorBoard.runs(in: folder)
    #expect(runs.allSatisfy { $0.notices.isEmpty })
    var expected: [String: [Double]] = [:]
    let (names, tags) = (try table.column("run").labels(), try table.column("tag").labels())
    let numbers = (try table.numbers("step"), try table.numbers("value"), try table.numbers("time"))
    for row in 0..<table.rowCount {
        let key = "\(names[row] ?? "") \(tags[row] ?? "")"
        expected[key, default: []] += [numbers.0[row], numbers.1[row], numbers.2[row]]
    }
    var found: [String: [Double]] = [:]
    for run in runs {
        for series in run.series {
            for index in series.steps.indices {
                let row = [Double(series.steps[index]), series.values[index], series.times[index]]
                found["\(run.name) \(series.name)", default: []] += row
            }
        }
    }
    #expect(found.keys.sorted() == expected.keys.sorted())
    for (key, numbers) in expected {
        // One NaN is as good as another.
        let bits = [found[key] ?? [], numbers].map { $0.map { ($0.isNaN ? .nan : $0).bitPattern } }
        #expect(bits[0] == bits[1], "\(key)")
    }
    let settings = runs.first { $0.name == "simple/hparams" }?.settings.sorted { $0.key < $1.key } ?? []
    #expect(settings.map(\.key) == ["fused", "layers", "lr", "optimizer"])
    #expect(settings.map(\.value) == [.truth(true), .number(12), .number(3e-4), .text("adamw")])
    #expect(runs.first { $0.name == "resumed" }?.series[0].steps == [0, 1, 2, 3, 4, 5, 4, 5, 6, 7, 8])
}

@Test func committedEventFilesReadAsTensorBoardReadsThem() throws { try compare(in: "\(logFixtures)/events") }

@Test func eventFilesMadeNowReadAsTensorBoardReadsThem() throws {
    guard RealWriters.have("tensorboard, tensorboardX") else {
        print("skipped: event files made now need Python with tensorboard and tensorboardX (ALLOMETRY_PYTHON)")
        return
    }
    try withFolder { folder in
        #expect(RealWriters.make("make_events.py", in: folder))
        try compare(in: "\(folder)/events")
    }
}
