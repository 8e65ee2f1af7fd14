// Intervals from draws of which a few runs decide most.

import Fitting
import Formulas
import Testing

@testable import Scaling

@Suite struct BracketedTests {
    private func sums(_ weights: [Double], seed: UInt64) -> [Double] {
        var random = RandomSource(seed: seed)
        return (0..<20_000).map { _ in
            weights.reduce(0) { $0 + (random.index(below: 2) == 0 ? -$1 : $1) }
        }
    }

    @Test func `signs of one weight have the degrees of freedom of their number`() {
        // q = 1/n, so 3n − 2.
        for count in [3, 6, 12] {
            let found = DrawnFreedom(
                sums(Array(repeating: 1, count: count), seed: 3), fourthMoment: 1, most: 1_000
            ).value
            let expected = Double(3 * count - 2)
            #expect((found / expected - 1).magnitude < 0.2, "\(count): \(found)")
        }
    }

    @Test func `one sign has two at least, and none have more than the fit`() {
        #expect(DrawnFreedom(sums([1], seed: 4), fourthMoment: 1, most: 30).value == 2)
        var random = RandomSource(seed: 5)
        let normal = (0..<20_000).map { _ in random.normal() }
        #expect(DrawnFreedom(normal, fourthMoment: 1, most: 15).value == 15)
        #expect(DrawnFreedom([1, 2, .infinity], fourthMoment: 1, most: 9).value == 9)
    }

    @Test func `short tails are stretched to Student's t`() {
        let draws = sums([1, 0.1, 0.1], seed: 6)
        let freedom = DrawnFreedom(draws, fourthMoment: 1, most: 30)
        let number = Bracketed([0] + draws, 0.95, freedom)
        let t = StudentT(degreesOfFreedom: freedom.value).quantile(0.975)
        let width = (number.interval.upper.value ?? 0) - (number.interval.lower.value ?? 0)
        #expect((width / (2 * t * 1.02.squareRoot()) - 1).magnitude < 0.02)
    }

    @Test func `an end among infinite draws is open`() {
        let number = Bracketed(
            [1] + (0..<200).map { $0 < 20 ? .infinity : Double($0) }, 0.95,
            DrawnFreedom([], fourthMoment: 1, most: 20))
        #expect(number.interval.upper == .unbounded && number.interval.lower.value != nil)
    }
}
