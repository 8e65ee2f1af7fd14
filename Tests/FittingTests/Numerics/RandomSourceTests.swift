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

    @Test("normal, exponential and gamma numbers have their mean and variance")
    func moments() {
        func check(_ mean: Double, _ variance: Double, _ draw: (inout RandomSource) -> Double) {
            var random = RandomSource(seed: 9)
            let values = (0..<40_000).map { _ in draw(&random) }
            let found = values.reduce(0, +) / 40_000
            let spread = values.reduce(0) { $0 + ($1 - found) * ($1 - found) } / 40_000
            #expect(abs(found - mean) < 4 * (variance / 40_000).squareRoot())
            #expect(abs(spread / variance - 1) < 0.08)
        }
        check(0, 1) { $0.normal() }
        check(1, 1) { $0.exponential() }
        for shape in [0.3, 1, 2.5, 40] { check(shape, shape) { $0.gamma(shape: shape) } }
        check(4.5, 99.0 / 12) { Double($0.index(below: 10)) }
    }

    @Test("a replicate's numbers depend on the seed and its number, and on nothing else")
    func replicates() {
        var (a, b) = (RandomSource(seed: 1, replicate: 2), RandomSource(seed: 1, replicate: 2))
        #expect((0..<5).map { _ in a.next() } == (0..<5).map { _ in b.next() })
        let firsts = (0..<3).flatMap { seed in
            (0..<1_000).map { replicate in
                var random = RandomSource(seed: UInt64(seed), replicate: replicate)
                return random.next()
            }
        }
        #expect(Set(firsts).count == 3_000)
    }
}
