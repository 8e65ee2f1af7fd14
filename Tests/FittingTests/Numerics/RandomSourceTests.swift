// The one source of chance gives the published stream.

import Fitting
import Testing

struct RandomSourceTests {
    /// xoshiro256** after SplitMix64 from 1, computed apart from this code from the authors' definition.
    @Test func theStreamIsKnown() {
        var random = RandomSource(seed: 1)
        let expected: [UInt64] = [
            12_966_619_160_104_079_557, 9_600_361_134_598_540_522, 10_590_380_919_521_690_900,
            7_218_738_570_589_545_383, 12_860_671_823_995_680_371,
        ]
        #expect((0..<5).map { _ in random.next() } == expected)
    }

    @Test func uniformNumbersAreItsHighBits() {
        var random = RandomSource(seed: 1)
        #expect(
            (0..<3).map { _ in random.uniform() } == [0.7029218331588505, 0.5204366199388569, 0.5741057000197225])
        for _ in 0..<10_000 {
            let u = random.uniform()
            #expect(u >= 0 && u < 1)
        }
    }

    @Test func uniformNumbersFillTheirRangeEvenly() {
        var random = RandomSource(seed: 0)
        var counts = [Int](repeating: 0, count: 10)
        for _ in 0..<100_000 { counts[Int(random.uniform() * 10)] += 1 }
        #expect(counts.allSatisfy { abs($0 - 10_000) < 400 })
    }

    @Test func seedsGiveDifferentStreams() {
        var (first, second) = (RandomSource(seed: 1), RandomSource(seed: 2))
        #expect(first.next() != second.next())
    }
}
