// Where the search looks once bounds are known.

@testable import Fitting
import Formulas
import Testing

struct SearchRangeTests {
    private static let either = SearchRange(low: 0.01, high: 100, sign: .either, isFactor: false)
    private static let positive = SearchRange(low: 0.01, high: 100, sign: .positive, isFactor: true)

    /// Every value tried lies within the bound, on each allowed side of zero.
    @Test(arguments: [
        Bound(lower: 0), Bound(upper: 0), Bound(upper: -3), Bound(lower: -5, upper: -0.5), Bound(lower: 2, upper: 7),
        Bound(lower: -20, upper: 20), Bound.none,
    ])
    func valuesKeepToTheBound(bound: Bound) {
        for range in [Self.either, Self.positive] {
            let values = (0..<100).map { range.limited(to: bound).value((Double($0) + 0.5) / 100) }
            #expect(values.allSatisfy(bound.contains), "\(bound)")
            #expect(Set(values).count == 100, "\(bound)")
        }
        let signs = Set((0..<100).map { Self.either.limited(to: bound).value((Double($0) + 0.5) / 100) > 0 })
        #expect(signs.count == (bound.lower < 0 && bound.upper > 0 ? 2 : 1), "\(bound)")
    }

    @Test func aBoundBeyondTheRangeKeepsItsSideOfZero() {
        let range = Self.either.limited(to: Bound(upper: -1_000))
        #expect(range.sign == .negative && range.low == 0.01 && range.high == 100)
        #expect(range.middle == -Self.positive.middle)
    }

    @Test func aCoefficientBoundedBelowZeroIsFound() throws {
        let x = (1...40).map { Double($0) / 10 }
        let table = Laboratory.table([("x", x), ("y", x.map { 2 + 3 * Elementary.exp(-0.7 * $0) })])
        let fit = try Laboratory.fit("y ~ a + b*exp(k*x)", table) { $0.bounds["k"] = Bound(upper: 0) }
        #expect(SecondOpinion.close(fit.estimates["k"] ?? 0, -0.7, 1e-9))
    }
}
