// Event files made by hand, a byte at a time, and the smallest places to put them.

import Foundation
import Tables
import VectorMath

/// The bytes of event files.
enum EventBytes {
    static func record(_ event: [UInt8]) -> [UInt8] {
        let length = little(UInt64(event.count))
        return length + checksum(length) + event + checksum(event)
    }

    /// An event with one value in the old form.
    static func scalar(_ tag: String, _ step: Int, _ value: Float, time: Double = 1000) -> [UInt8] {
        event(step, time: time, value: field(0x0A, Array(tag.utf8)) + [0x15] + little(value.bitPattern))
    }

    /// An event with one value, given by its fields.
    static func event(_ step: Int, time: Double = 1000, value: [UInt8]) -> [UInt8] {
        [0x09] + little(time.bitPattern) + [0x10] + varint(UInt64(bitPattern: Int64(step)))
            + field(0x2A, field(0x0A, value))
    }

    static func field(_ key: UInt8, _ content: [UInt8]) -> [UInt8] { [key] + varint(UInt64(content.count)) + content }

    static func varint(_ number: UInt64) -> [UInt8] {
        number < 0x80 ? [UInt8(number)] : [UInt8(number & 0x7F | 0x80)] + varint(number >> 7)
    }

    static func little(_ number: some FixedWidthInteger) -> [UInt8] {
        withUnsafeBytes(of: number.littleEndian) { Array($0) }
    }

    private static func checksum(_ bytes: [UInt8]) -> [UInt8] {
        let sum = vm_crc32c(0, bytes, bytes.count)
        return little((sum >> 15 | sum << 17) &+ 0xA282_EAD8)
    }
}

/// A folder that is there as long as the body runs.
func withFolder<Result>(_ body: (String) throws -> Result) rethrows -> Result {
    var template = Array(("/tmp/allometry-tests-" + String(repeating: "X", count: 6)).utf8CString)
    guard mkdtemp(&template) != nil else { fatalError("no temporary folder: \(errno)") }
    let folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    return try body(folder)
}

func write(_ bytes: [UInt8], to path: String) {
    guard let file = fopen(path, "w") else { fatalError("cannot write \(path)") }
    fwrite(bytes, 1, bytes.count, file)
    fclose(file)
}

/// The run in the bytes of one event file.
func run(_ bytes: [UInt8]) throws -> RunLog {
    try withFolder { folder in
        write(bytes, to: "\(folder)/events.tfevents")
        var run = try TensorBoard.runs(in: "\(folder)/events.tfevents")[0]
        for index in run.notices.indices {
            run.notices[index].message = run.notices[index].message.replacing("\(folder)/", with: "")
        }
        return run
    }
}
