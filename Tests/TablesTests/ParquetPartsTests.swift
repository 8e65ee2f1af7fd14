// The parts of the Parquet reader, each against a slower way to the same.

import Testing

@testable import Tables

private func bits(_ numbers: [UInt64], width: Int) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: (numbers.count * width + 7) / 8)
    for (index, number) in numbers.enumerated() {
        for bit in 0..<width where number >> UInt64(bit) & 1 == 1 {
            bytes[(index * width + bit) / 8] |= 1 << UInt8((index * width + bit) % 8)
        }
    }
    return bytes
}

private func runs(_ bytes: [UInt8], width: Int, count: Int) -> [UInt32]? {
    var target = [UInt32](repeating: 7, count: count)
    let isWhole = bytes.withUnsafeBytes { raw in
        target.withUnsafeMutableBufferPointer {
            $0.baseAddress.map { BitRuns.decode(raw, width: width, count: count, into: $0) } ?? false
        }
    }
    return isWhole ? target : nil
}

@Test(arguments: 1...32)
func packedNumbersAndRunsComeInTurn(width: Int) {
    var random = Seeded(state: UInt64(width))
    let limit = UInt64.max >> (64 - UInt64(width))
    let packed = (0..<24).map { _ in UInt64.random(in: 0...limit, using: &random) }
    let repeated = UInt64.random(in: 0...limit, using: &random)
    let value = (0..<((width + 7) / 8)).map { UInt8(truncatingIfNeeded: repeated >> UInt64(8 * $0)) }
    // Three groups of eight, then 300 times the same, then a group of which four count.
    let bytes =
        [3 << 1 | 1] + bits(packed, width: width) + [0xD8, 0x04] + value + [1 << 1 | 1]
        + bits(Array(packed.prefix(8)), width: width)
    let expected = (packed + Array(repeating: repeated, count: 300) + packed.prefix(4)).map { UInt32($0) }
    #expect(runs(bytes, width: width, count: 328) == expected)
    #expect(runs(Array(bytes.dropLast(bytes.count / 2)), width: width, count: 328) == nil)
}

private func varint(_ number: UInt64) -> [UInt8] {
    number < 0x80 ? [UInt8(number)] : [UInt8(number & 0x7F | 0x80)] + varint(number >> 7)
}

private func zigzag(_ number: Int64) -> [UInt8] { varint(UInt64(bitPattern: number << 1 ^ number >> 63)) }

/// The encoding in its plainest form: blocks of 128, four miniblocks.
private func deltas(_ numbers: [Int64]) -> [UInt8] {
    var bytes = varint(128) + varint(4) + varint(UInt64(numbers.count)) + zigzag(numbers.first ?? 0)
    let all = zip(numbers.dropFirst(), numbers).map { $0 &- $1 }
    for start in stride(from: 0, to: all.count, by: 128) {
        let block = Array(all[start..<min(all.count, start + 128)])
        let least = block.min() ?? 0
        bytes += zigzag(least)
        let rests = block.map { UInt64(bitPattern: $0 &- least) } + [UInt64](repeating: 0, count: 128 - block.count)
        let miniblocks = (0..<4).map { Array(rests[($0 * 32)..<($0 * 32 + 32)]) }
        let widths = miniblocks.map { 64 - ($0.max() ?? 0).leadingZeroBitCount }
        bytes += widths.map { UInt8($0) }
        for (numbers, width) in zip(miniblocks, widths) { bytes += bits(numbers, width: width) }
    }
    return bytes
}

@Test(arguments: [0, 1, 2, 31, 32, 33, 128, 129, 1000])
func differencesAreAddedUp(count: Int) {
    var random = Seeded(state: UInt64(count))
    for width in [0, 1, 7, 31, 57, 58, 63, 64] as [UInt64] {
        let limit = width == 0 ? 0 : UInt64.max >> (64 - width)
        let numbers = (0..<count).map { _ in Int64(bitPattern: UInt64.random(in: 0...limit, using: &random)) }
        let bytes = deltas(numbers)
        var target = [UInt64](repeating: 7, count: max(1, count))
        let end = bytes.withUnsafeBytes { raw in
            target.withUnsafeMutableBufferPointer {
                $0.baseAddress.flatMap { DeltaNumbers.decode(raw, count: count, into: $0) }
            }
        }
        #expect(end == bytes.count)
        #expect(target.prefix(count).elementsEqual(numbers.map { UInt64(bitPattern: $0) }))
    }
}

private func snappy(_ bytes: [UInt8], _ size: Int) -> [UInt8]? {
    var target = [UInt8](repeating: 0, count: size)
    let isWhole = bytes.withUnsafeBytes { raw in target.withUnsafeMutableBytes { Snappy.decompress(raw, into: $0) } }
    return isWhole ? target : nil
}

@Test func snappyCopiesWhatItHasWritten() {
    #expect(snappy([0], 0) == [])
    #expect(snappy([3, 2 << 2, 1, 2, 3], 3) == [1, 2, 3])
    // A literal of 2, then 6 bytes from 2 back, which are written while they are copied.
    #expect(snappy([8, 1 << 2, 1, 2, 2 << 2 | 1, 2], 8) == [1, 2, 1, 2, 1, 2, 1, 2])
    #expect(snappy([8, 1 << 2, 1, 2, 5 << 2 | 2, 2, 0], 8) == [1, 2, 1, 2, 1, 2, 1, 2])
    #expect(snappy([8, 1 << 2, 1, 2, 5 << 2 | 3, 2, 0, 0, 0], 8) == [1, 2, 1, 2, 1, 2, 1, 2])
    let long = [UInt8](repeating: 9, count: 300)
    #expect(snappy([0xAC, 0x02, 61 << 2, 0x2B, 0x01] + long, 300) == long)
}

@Test func snappyRefusesWhatGoesOutside() {
    #expect(snappy([], 0) == nil)
    #expect(snappy([4, 2 << 2, 1, 2, 3], 3) == nil)
    #expect(snappy([3, 2 << 2, 1, 2], 3) == nil)
    #expect(snappy([8, 1 << 2, 1, 2, 5 << 2 | 2, 3, 0], 8) == nil)
    #expect(snappy([8, 1 << 2, 1, 2, 5 << 2 | 2, 0, 0], 8) == nil)
    #expect(snappy([7, 1 << 2, 1, 2, 5 << 2 | 2, 2, 0], 7) == nil)
    #expect(snappy([0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1], 3) == nil)
}

@Test func decimalsAreRoundedOnce() {
    func value(_ bytes: [UInt8], _ scale: Int) -> Double? {
        bytes.withUnsafeBufferPointer { ParquetDecimal.value($0, scale: scale) }
    }
    #expect(value([0x7B], 1) == 12.3)
    #expect(value([0xFF, 0x85], 1) == -12.3)
    #expect(value([], 1) == nil)
    #expect(value([UInt8](repeating: 0xFF, count: 16), 3) == -0.001)
    // 2^127 − 1 and −2^127.
    #expect(value([0x7F] + [UInt8](repeating: 0xFF, count: 15), 38) == 1.7014118346046923)
    #expect(value([0x80] + [UInt8](repeating: 0, count: 15), 0) == -0x1p127)
    #expect(value([0] + [UInt8](repeating: 0xFF, count: 8), 0) == 0x1p64)
    #expect(ParquetDecimal.value(9_007_199_254_740_993, scale: 1) == 900_719_925_474_099.3)
    #expect(ParquetDecimal.value(1, scale: .min) == .infinity)
    #expect(ParquetDecimal.value(1, scale: .max) == 0)
    #expect(ParquetDecimal.value(1, scale: 400) == 0)
}
