// Annealing sums in blocks against the plain recurrences, over many blocks and at every level of the arithmetic.

@testable import Formulas
import Testing
import VectorMath

private func plain(_ rates: [Double], _ lambda: Double) -> [[Double]] {
    let fall = rates.indices.dropFirst().first { rates[$0] < rates[$0 - 1] } ?? rates.count
    var (momentum, area) = ([0.0, 0, 0], [0.0, 0, 0])
    var result = [[Double]](repeating: [], count: 3)
    for i in rates.indices {
        if i >= fall {
            momentum[2] = lambda * momentum[2] + 2 * momentum[1]
            momentum[1] = lambda * momentum[1] + momentum[0]
            momentum[0] = lambda * momentum[0] + (rates[i - 1] - rates[i])
            for order in 0..<3 { area[order] += momentum[order] }
        }
        for order in 0..<3 { result[order].append(area[order]) }
    }
    return result
}

private func schedule(_ count: Int) -> [Double] {
    (0..<count).map { k in
        let x = Double(k) / Double(count)
        return k < 100 ? 3e-4 * Double(k) / 99 : 3e-5 + 2.7e-4 * (1 - x) * (1 - x) + (k % 701 == 0 ? 1e-6 : 0)
    }
}

@Test(arguments: [1, 2, 99, 101, 108, 612, 613, 5000], [0.9, 0.999, 1.0])
func annealingSumsAreThoseOfThePlainRecurrence(count: Int, lambda: Double) {
    let rates = schedule(count)
    let expected = plain(rates, lambda)
    for order in 0..<3 {
        let areas = AnnealingSums.areas(of: rates, lambda: lambda, order: order)
        #expect(areas.count == count)
        let size = expected[order].map(\.magnitude).max() ?? 0
        for (a, b) in zip(areas, expected[order]) { #expect((a - b).magnitude <= 1e-12 * size) }
    }
}

@Test func annealingSumsHaveTheSameBitsAtEveryLevel() {
    let rates = schedule(3001)
    let reference = AnnealingSums.areas(of: rates, lambda: 0.999, order: 2, level: .portable)
    for level in VectorLevel.allCases {
        #expect(AnnealingSums.areas(of: rates, lambda: 0.999, order: 2, level: level) == reference)
    }
}

@Test func aRecurrenceAndItsSumGoOnFromWhatCameBefore() {
    var samples = SplitMix(seed: 5)
    let source = (0..<100).map { _ in samples.number(-0.5...0.5) }
    for (s, before) in [(0.97, 2.0), (-0.5, 1), (1, 0), (0, 7)] {
        for count in [0, 1, 7, 8, 9, 64, 100] {
            var (result, sums) = (source, source)
            VectorLevel.best.kernels.recurrence(&result, &sums, source, s, before, 3, count)
            var (last, sum) = (before, 3.0)
            for k in 0..<count {
                last = s * last + source[k]
                sum += last
                #expect((result[k] - last).magnitude < 1e-13)
                #expect((sums[k] - sum).magnitude < 1e-12)
            }
            #expect(Array(result[count...]) == Array(source[count...]))
            #expect(Array(sums[count...]) == Array(source[count...]))
        }
    }
}

@Test func annealingSumsFillMemoryThatWasThereBefore() {
    let rates = schedule(1500)
    var memory = [Double](repeating: .nan, count: 1502)
    memory.withUnsafeMutableBufferPointer { AnnealingSums.areas(of: rates, lambda: 0.99, order: 1, into: $0) }
    #expect(Array(memory[..<1500]) == AnnealingSums.areas(of: rates, lambda: 0.99, order: 1))
    #expect(memory[1500...].allSatisfy { $0.isNaN })
}
