// Binary files with bytes changed, added, removed, cut off, and lengths blown up: each ends in a result or a message.
//
// ALLOMETRY_MUTATIONS is how many of each format, 2,000 unless it is set. A crash or a hang fails the run; the seed of each is
// its number, so that it can be found again.

import Foundation
import Testing

@testable import Tables

private let count = ProcessInfo.processInfo.environment["ALLOMETRY_MUTATIONS"].flatMap { Int($0) } ?? 2_000

private struct Seeded: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
        return z ^ z >> 31
    }
}

private func mutate(_ bytes: inout [UInt8], _ random: inout Seeded) {
    for _ in 0..<Int.random(in: 1...4, using: &random) where !bytes.isEmpty {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<9, using: &random) {
        case 0, 1: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
        case 2: bytes[place] = UInt8.random(in: 0...255, using: &random)
        case 3: bytes.insert(UInt8.random(in: 0...255, using: &random), at: place)
        case 4: bytes.remove(at: place)
        case 5: bytes.removeSubrange(place..<min(bytes.count, place + Int.random(in: 1...20, using: &random)))
        case 6:
            // What a length would be that means everything, or less than nothing.
            let length: [UInt8] =
                [[0xFF, 0xFF, 0xFF, 0x7F], [0xFF, 0xFF, 0xFF, 0xFF, 0x0F], [0, 0, 0, 0x80], [0, 0, 0, 0x10]]
                .randomElement(using: &random) ?? []
            for (offset, byte) in length.enumerated() where place + offset < bytes.count {
                bytes[place + offset] = byte
            }
        case 7:
            let other = Int.random(in: 0..<bytes.count, using: &random)
            let size = min(16, bytes.count - max(place, other))
            for offset in 0..<size { bytes[place + offset] = bytes[other + offset] }
        default: if Int.random(in: 0..<4, using: &random) == 0 { bytes.removeSubrange(place...) }
        }
    }
}

/// What a full run prints: the slowest, how many ended without a word, and the most memory that the process has had.
private func report(_ format: String, slowest: Duration, clean: Int) {
    guard count > 10_000 else { return }
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let peak = status.split(separator: "\n").first { $0.hasPrefix("VmHWM") } ?? ""
    print("\(format): \(count) mutations, slowest \(slowest), \(clean) read without complaint; \(peak)")
}

private func load(_ path: String) throws -> [UInt8] { Array(try Data(contentsOf: URL(filePath: path))) }

@Test func mutatedParquetFilesEndInATableOrAMessage() throws {
    let folder = "\(logFixtures)/parquet"
    let names = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".parquet") }
        .sorted()
    let samples = try names.map { try load("\(folder)/\($0)") }
    var slowest = Duration.zero
    var clean = 0
    for number in 0..<count {
        var random = Seeded(state: UInt64(number))
        let sample = samples[number % samples.count]
        var bytes = sample
        if number % 3 == 0 {
            // The table of contents alone, which says where everything is.
            let length = Int(sample[sample.count - 8]) | Int(sample[sample.count - 7]) << 8
            let start = sample.count - 8 - length
            var footer = Array(sample[start..<(sample.count - 8)])
            mutate(&footer, &random)
            bytes = sample[..<start] + footer + EventBytes.little(UInt32(footer.count)) + Array("PAR1".utf8)
        } else {
            mutate(&bytes, &random)
        }
        slowest = max(
            slowest,
            ContinuousClock().measure {
                if let table = try? Table.read(bytes: bytes, name: "a.parquet") {
                    #expect(table.rowCount > 0)
                    clean += 1
                }
            })
    }
    report("Parquet", slowest: slowest, clean: clean)
}

/// The scalars and the damage in the bytes of an event file.
private func scalars(_ bytes: [UInt8], chunk: Int) throws -> [String] {
    var records = try EventRecords(source: ByteSource(bytes: bytes, name: "a", chunk: chunk))
    var decoder = EventDecoder()
    var found: [String] = []
    while let event = try records.next() {
        let isEvent = decoder.decode(event) { found.append("\($0) \($1) \($2) \($3)") }
        if !isEvent { found.append("no event at \(records.place)") }
    }
    return found
        + ["\(records.badBytes) \(records.badHeaders) \(records.skipped) \(String(describing: records.cutOff))"]
}

@Test func mutatedEventFilesEndInWhatIsWhole() throws {
    let folder = "\(logFixtures)/events"
    let names = try FileManager.default.subpathsOfDirectory(atPath: folder).filter { $0.contains("tfevents") }
        .sorted()
    let samples = try names.map { try load("\(folder)/\($0)") }
    var slowest = Duration.zero
    var clean = 0
    for number in 0..<count {
        var random = Seeded(state: UInt64(number))
        let sample = samples[number % samples.count]
        var bytes = sample
        if number % 2 == 0 {
            // The bytes of the events, under checksums that are true.
            var records = try EventRecords(source: ByteSource(bytes: sample, name: "a"))
            bytes = []
            while let event = try records.next() {
                var event = Array(event)
                if Int.random(in: 0..<8, using: &random) == 0 { mutate(&event, &random) }
                bytes += EventBytes.record(event)
            }
        } else {
            mutate(&bytes, &random)
        }
        try slowest = max(
            slowest,
            ContinuousClock().measure {
                let whole = try scalars(bytes, chunk: 1 << 20)
                // Where the windows end makes no difference.
                if number % 16 == 1 { #expect(try scalars(bytes, chunk: 13) == whole) }
                if number % 2 == 1, whole.last?.hasPrefix("Damage(count: 0, first: 0) Damage(count: 0") == true {
                    clean += 1
                }
            })
    }
    report("event files", slowest: slowest, clean: clean)
}
