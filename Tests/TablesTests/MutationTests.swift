// Binary files with bytes changed, added, removed, cut off, and lengths blown up: each ends in a result or a message.
//
// ALLOMETRY_MUTATIONS is how many of each format, 2,000 unless it is set. A crash or a hang fails the run; the seed of each is
// its number, so that it can be found again.

import Foundation
import Testing

@testable import Tables

private let count = ProcessInfo.processInfo.environment["ALLOMETRY_MUTATIONS"].flatMap { Int($0) } ?? 2_000

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

private func load(_ path: String) throws -> [UInt8] { Array(try Data(contentsOf: URL(filePath: path))) }

/// A binary format, its samples, how they are spoiled, and how they are read.
struct Mutated: Sendable, CustomTestStringConvertible {
    var testDescription: String
    /// Below the fixtures of logs.
    var folder: String
    var isSample: @Sendable (String) -> Bool
    /// Whole files are spoiled unless this spoils what is behind a checksum or a length.
    var inner: @Sendable ([UInt8], Int, inout Seeded) throws -> [UInt8]?
    /// True where nothing was found to be wrong.
    var read: @Sendable ([UInt8], Int) throws -> Bool

    static let all: [Mutated] = [
        Mutated(
            testDescription: "Parquet", folder: "parquet", isSample: { $0.hasSuffix(".parquet") },
            inner: { sample, number, random in
                guard number % 3 == 0 else { return nil }
                // The table of contents alone, which says where everything is.
                let length = Int(sample[sample.count - 8]) | Int(sample[sample.count - 7]) << 8
                let start = sample.count - 8 - length
                var footer = Array(sample[start..<(sample.count - 8)])
                mutate(&footer, &random)
                return sample[..<start] + footer + EventBytes.little(UInt32(footer.count)) + Array("PAR1".utf8)
            },
            read: { bytes, _ in
                guard let table = try? Table.read(bytes: bytes, name: "a.parquet") else { return false }
                #expect(table.rowCount > 0)
                return true
            }),
        Mutated(
            testDescription: "event files", folder: "events", isSample: { $0.contains("tfevents") },
            inner: { sample, number, random in
                guard number % 2 == 0 else { return nil }
                // The bytes of the events, under checksums that are true.
                var records = try EventRecords(source: ByteSource(bytes: sample, name: "a"))
                var bytes: [UInt8] = []
                while let event = try records.next() {
                    var event = Array(event)
                    if Int.random(in: 0..<8, using: &random) == 0 { mutate(&event, &random) }
                    bytes += EventBytes.record(event)
                }
                return bytes
            },
            read: { bytes, number in
                let whole = try scalars(bytes, chunk: 1 << 20)
                // Where the windows end makes no difference.
                if number % 16 == 1 { #expect(try scalars(bytes, chunk: 13) == whole) }
                return whole.last?.hasPrefix("Damage(count: 0, first: 0) Damage(count: 0") == true
            }),
        Mutated(
            testDescription: "records of Weights & Biases", folder: "wandb-offline",
            isSample: { $0.hasSuffix(".wandb") },
            inner: { sample, number, random in
                guard number % 2 == 0 else { return nil }
                return WandbBytes.withTrueChecksums(sample) { record in
                    if Int.random(in: 0..<4, using: &random) == 0 { mutate(&record, &random) }
                }
            },
            read: { bytes, _ in
                let log = WandbRecords.log(LogFile(path: "run-a.wandb", bytes: bytes), name: "a")
                #expect(log.series.allSatisfy { $0.steps.count == $0.values.count })
                return log.notices.isEmpty
            }),
    ]
}

/// Files of Weights & Biases, made again record by record.
private enum WandbBytes {
    /// The file with its records changed, under checksums and lengths that are true; what no longer fits its block is left out.
    static func withTrueChecksums(_ file: [UInt8], _ change: (inout [UInt8]) -> Void) -> [UInt8] {
        var result = Array(file.prefix(7))
        var position = 7
        while position + 7 <= file.count {
            let length = Int(file[position + 4]) | Int(file[position + 5]) << 8
            let kind = file[position + 6]
            let end = position + 7 + length
            guard end <= file.count, kind == 1 else { break }
            var record = Array(file[(position + 7)..<end])
            change(&record)
            position = end
            guard 7 + record.count <= 32_768 - result.count % 32_768 else { continue }
            result += EventBytes.little(CRC32.checksum([kind] + record)) + EventBytes.little(UInt16(record.count))
            result += [kind] + record
        }
        return result
    }
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

@Test(arguments: Mutated.all) func mutatedFilesEndInAResultOrAMessage(_ format: Mutated) throws {
    let folder = "\(logFixtures)/\(format.folder)"
    let names = try FileManager.default.subpathsOfDirectory(atPath: folder).filter(format.isSample).sorted()
    let samples = try names.map { try load("\(folder)/\($0)") }
    var slowest = Duration.zero
    var clean = 0
    for number in 0..<count {
        var random = Seeded(state: UInt64(number))
        var bytes = samples[number % samples.count]
        if let spoiled = try format.inner(bytes, number, &random) {
            bytes = spoiled
        } else {
            mutate(&bytes, &random)
        }
        try slowest = max(
            slowest,
            ContinuousClock().measure { if try format.read(bytes, number) { clean += 1 } })
    }
    // What a full run prints: the slowest, how many ended without a word, and the most memory that the process has had.
    guard count > 10_000 else { return }
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let peak = status.split(separator: "\n").first { $0.hasPrefix("VmHWM") } ?? ""
    print(
        "\(format.testDescription): \(count) mutations, slowest \(slowest), \(clean) read without complaint; \(peak)")
}
