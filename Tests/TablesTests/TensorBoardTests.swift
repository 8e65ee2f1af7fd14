// Event files of TensorBoard: what is read, in which order, and where from.

import Testing

@testable import Tables

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

private let metadata = EventBytes.field(0x4A, EventBytes.field(0x0A, EventBytes.field(0x0A, Array("scalars".utf8))))

private func tensor(_ tag: String, _ fields: [UInt8], metadata: [UInt8] = []) -> [UInt8] {
    EventBytes.event(
        1, value: EventBytes.field(0x0A, Array(tag.utf8)) + EventBytes.field(0x42, fields) + metadata)
}

private func values(_ events: [[UInt8]]) throws -> [Double] {
    let run = try run(events.flatMap(EventBytes.record))
    #expect(run.notices.isEmpty)
    return run.series.flatMap(\.values)
}

@Test func seriesComeInOrderOfFirstAppearanceWithStepsAndTimes() throws {
    let events = [
        EventBytes.scalar("b", 1, 0.5, time: 10), EventBytes.scalar("a", 1, 7),
        EventBytes.scalar("b", -3, .nan, time: 12),
    ]
    let run = try run(events.flatMap(EventBytes.record))
    #expect(run.series.map(\.name) == ["b", "a"])
    #expect(run.series[0].steps == [1, -3])
    #expect(run.series[0].values[0] == 0.5)
    #expect(run.series[0].values[1].isNaN)
    #expect(run.series[0].times == [10, 12])
    #expect(run.notices == [])
}

@Test func theStepMayStandAfterTheSummaryAndASummaryMayComeInParts() throws {
    let value = EventBytes.field(
        0x0A, EventBytes.field(0x0A, [0x61]) + [0x15] + EventBytes.little(Float(2).bitPattern))
    let event = EventBytes.field(0x2A, value) + EventBytes.field(0x2A, value + value) + [0x10, 0x05]
    let run = try run(EventBytes.record(event))
    #expect(run.series[0].steps == [5, 5, 5])
    #expect(run.series[0].times == [0, 0, 0])
}

@Test func tensorsOfOneNumberAreScalarsInEveryType() throws {
    let float = EventBytes.little(Float(1.5).bitPattern)
    let double = EventBytes.little(0.1.bitPattern)
    #expect(try values([tensor("a", [0x08, 1, 0x2D] + float)]) == [1.5])
    #expect(try values([tensor("a", [0x08, 1] + EventBytes.field(0x2A, float), metadata: metadata)]) == [1.5])
    #expect(try values([tensor("a", [0x08, 1] + EventBytes.field(0x22, float))]) == [1.5])
    #expect(try values([tensor("a", [0x08, 2] + EventBytes.field(0x22, double))]) == [0.1])
    #expect(try values([tensor("a", [0x08, 2] + EventBytes.field(0x32, double))]) == [0.1])
    #expect(try values([tensor("a", [0x08, 14] + EventBytes.field(0x6A, EventBytes.varint(0x3FC0)))]) == [1.5])
    #expect(try values([tensor("a", [0x08, 19] + EventBytes.field(0x22, [0x01, 0x80]))]) == [-0x1p-24])
    #expect(try values([tensor("a", [0x08, 19] + EventBytes.field(0x22, [0x00, 0xFC]))]) == [-.infinity])
    #expect(try values([tensor("a", [0x08, 3] + EventBytes.field(0x3A, EventBytes.varint(.max)))]) == [-1])
    #expect(try values([tensor("a", [0x08, 6] + EventBytes.field(0x22, [0xFE]))]) == [-2])
    #expect(try values([tensor("a", [0x08, 4] + EventBytes.field(0x22, [0xFE]))]) == [254])
    #expect(
        try values([tensor("a", [0x08, 23] + EventBytes.field(0x22, [UInt8](repeating: 255, count: 8)))]) == [0x1p64])
    // No element at all is zero, as in TensorFlow.
    #expect(try values([tensor("a", [0x08, 1])]) == [0])
    // A dimension of 1 changes nothing.
    #expect(try values([tensor("a", [0x08, 1, 0x12, 4, 0x12, 2, 0x08, 1, 0x2D] + float)]) == [1.5])
}

@Test func whatIsNoScalarIsPassedOver() throws {
    let two = EventBytes.field(0x2A, [UInt8](repeating: 0, count: 8))
    let histogram = EventBytes.field(0x4A, EventBytes.field(0x0A, EventBytes.field(0x0A, Array("histograms".utf8))))
    #expect(try values([tensor("a", [0x08, 1] + two)]) == [])
    #expect(try values([tensor("a", [0x08, 7] + EventBytes.field(0x42, [0x61]))]) == [])
    #expect(try values([tensor("a", [0x08, 1], metadata: histogram), tensor("a", [0x08, 1])]) == [])
    #expect(try values([[0x09] + EventBytes.little(1.0.bitPattern) + EventBytes.field(0x1A, [0x62])]) == [])
}

@Test func aFolderIsARunAndItsFilesAreReadInOrder() throws {
    try withFolder { folder in
        for name in ["b", "a", "a/x"] { mkdir("\(folder)/\(name)", 0o755) }
        write(EventBytes.record(EventBytes.scalar("l", 2, 2)), to: "\(folder)/a/events.out.tfevents.20.h")
        write(EventBytes.record(EventBytes.scalar("l", 1, 1)), to: "\(folder)/a/events.out.tfevents.10.h")
        write(EventBytes.record(EventBytes.scalar("l", 3, 3)), to: "\(folder)/a/x/events.out.tfevents.10.h")
        write(EventBytes.record(EventBytes.scalar("l", 4, 4)), to: "\(folder)/b/events.out.tfevents.10.h")
        write(EventBytes.record(EventBytes.scalar("l", 5, 5)), to: "\(folder)/events.out.tfevents.10.h")
        write(Array("words".utf8), to: "\(folder)/a/notes.txt")
        // Links in a circle are walked once.
        symlink("..", "\(folder)/b/up")
        symlink("\(folder)/a", "\(folder)/c")
        let runs = try TensorBoard.runs(in: folder)
        #expect(runs.map(\.name) == [String(folder.dropFirst(5)), "a", "a/x", "b"])
        #expect(runs[1].series[0].steps == [1, 2])
        #expect(runs[1].source == "\(folder)/a")
        #expect(try TensorBoard.runs(in: folder, threads: 1) == runs)
        #expect(try TensorBoard.runs(in: folder, threads: 7) == runs)
        #expect(try TensorBoard.runs(in: "\(folder)/b/events.out.tfevents.10.h")[0].name == "b")
    }
}

@Test func aFolderWithoutEventFilesSaysHowTheyAreNamed() {
    withFolder { folder in
        mkdir("\(folder)/a", 0o755)
        let error = #expect(throws: TableError.self) { try TensorBoard.runs(in: folder) }
        #expect(
            error?.description == """
                '\(folder)' has no event file of TensorBoard
                  help: their names have tfevents in them; look for them: find \(folder) -name '*tfevents*'
                """)
        let missing = #expect(throws: TableError.self) { try TensorBoard.runs(in: "\(folder)/none") }
        #expect(missing?.description.contains("there is no such file") == true)
    }
}

@Test func foldersWithoutEndAreRefused() {
    withFolder { folder in
        var path = folder
        for _ in 0..<66 {
            path += "/d"
            mkdir(path, 0o755)
        }
        #expect(throws: TableError.eventFolders(.deep(limit: 64), folder: folder)) {
            try TensorBoard.runs(in: folder)
        }
        for number in 0..<9 { write([], to: "\(folder)/f\(number)") }
        #expect(throws: TableError.eventFolders(.huge(limit: 5), folder: folder)) {
            try EventFolders(below: folder, entryLimit: 5)
        }
    }
}

@Test func scalarsComeOneByOneAndGoOnWhereTheFileHadEnded() throws {
    try withFolder { folder in
        let path = "\(folder)/tfevents"
        let first = EventBytes.record(EventBytes.scalar("l", 1, 1)) + EventBytes.record(EventBytes.scalar("m", 1, 2))
        let second = EventBytes.record(EventBytes.scalar("l", 2, 3))
        var seen: [String] = []
        func body(_ scalar: TensorBoard.Scalar) { seen.append("\(scalar.tag) \(scalar.step) \(scalar.value)") }
        write(first + second.dropLast(3), to: path)
        var progress = try TensorBoard.forEachScalar(in: path, body)
        #expect(progress.end == first.count)
        #expect(progress.notices.map(\.code) == ["log-truncated"])
        write(first + second, to: path)
        progress = try TensorBoard.forEachScalar(in: path, from: progress.end, body)
        #expect(seen == ["l 1 1.0", "m 1 2.0", "l 2 3.0"])
        #expect(progress == .init(end: first.count + second.count, notices: []))
    }
}
