// Event files that are cut off, half written or damaged: the rows that are whole, and where the others were.

import Testing

@testable import Tables

private let events = (0..<10).map { EventBytes.record(EventBytes.scalar("l", $0, Float($0))) }
private let whole = events.flatMap { $0 }
private let size = events[0].count

private func steps(_ bytes: [UInt8]) throws -> [Int] { try run(bytes).series.first?.steps ?? [] }

@Test func aFileThatIsCutOffAnywhereGivesTheRecordsBeforeThat() throws {
    for count in 0..<whole.count {
        let run = try run(Array(whole.prefix(count)))
        #expect(run.series.first?.steps ?? [] == Array(0..<(count / size)))
        let place = count / size * size
        let expected = RunLog.Notice(
            code: "log-truncated", message: "events.tfevents, byte \(place): the last record is cut off",
            hint: "read it again later where the run still writes; the records before it are whole")
        // A whole header whose record is not there, or a part of a header: both are a file that ends too early.
        #expect(run.notices == (count == place ? [] : [expected]))
    }
}

@Test func aFalseChecksumLeavesOutOneRecord() throws {
    for byte in 12..<size {
        var bytes = whole
        bytes[3 * size + byte] ^= 0x40
        let run = try run(bytes)
        #expect(run.series[0].steps == [0, 1, 2, 4, 5, 6, 7, 8, 9])
        #expect(run.notices.map(\.code) == ["log-checksum"])
        #expect(
            run.notices[0].message == "events.tfevents, byte \(3 * size): a record with a false checksum was left out"
        )
    }
}

@Test func aDamagedHeaderLosesOneRecordAndTheNextIsFound() throws {
    for byte in 0..<12 {
        var bytes = whole
        bytes[3 * size + byte] ^= 0x40
        let run = try run(bytes)
        #expect(run.series[0].steps == [0, 1, 2, 4, 5, 6, 7, 8, 9])
        #expect(
            run.notices.map(\.message) == [
                "events.tfevents, byte \(3 * size): no record begins here; \(size) bytes were passed over"
            ])
    }
}

@Test func bytesThatWereLostOrAddedCostOneRecord() throws {
    for byte in 0..<size {
        var bytes = whole
        bytes.remove(at: 3 * size + byte)
        #expect(try steps(bytes) == [0, 1, 2, 4, 5, 6, 7, 8, 9], "byte \(byte) removed")
        bytes = whole
        bytes.insert(contentsOf: [7, 7, 7], at: 3 * size + byte)
        #expect(try steps(bytes) == (byte == 0 ? Array(0..<10) : [0, 1, 2, 4, 5, 6, 7, 8, 9]), "before byte \(byte)")
    }
}

@Test func aLengthBeyondTheFileEndsItUnlessRecordsFollow() throws {
    var long = EventBytes.record([UInt8](repeating: 0, count: 5000))
    long.removeLast(4990)
    #expect(try steps(whole + long) == Array(0..<10))
    let run = try run(whole + long + whole)
    #expect(run.series[0].steps == Array(0..<10) + Array(0..<10))
    #expect(run.notices.map(\.code) == ["log-checksum"])
}

@Test func aRecordThatIsNoEventIsLeftOut() throws {
    let bytes = events[0] + EventBytes.record([0x0A, 0xFF]) + EventBytes.record([0x2A, 2, 0x0A, 9]) + events[1]
    let run = try run(bytes)
    #expect(run.series[0].steps == [0, 1])
    #expect(
        run.notices.map(\.message) == [
            "events.tfevents, byte \(size): the first of 2 records with a true checksum that are no event of TensorBoard"
        ])
    let latin = EventBytes.record(EventBytes.event(1, value: EventBytes.field(0x0A, [0xE9]) + [0x15, 0, 0, 0, 0]))
    #expect(try steps(events[0] + latin) == [0])
}

@Test func recordsWithinRecordsCostNoMoreThanAFewTimesTheFile() throws {
    // Each header claims the rest of the file, and each of these records is damaged: looking through all would take
    // the square of their number.
    var bytes: [UInt8] = []
    let count = 40_000
    for number in 0..<count {
        let length = EventBytes.little(UInt64((count - number) * 12 - 8))
        bytes += length + header(length)
    }
    bytes += [UInt8](repeating: 1, count: 40)
    let run = try run(bytes)
    #expect(run.series.isEmpty)
    #expect(run.notices.map(\.code).contains("log-given-up"))
}

// The checksum of a length, taken from a record that has it as its bytes.
private func header(_ length: [UInt8]) -> [UInt8] { Array(EventBytes.record(length).suffix(4)) }
