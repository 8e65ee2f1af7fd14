// Numbers as people read them.

import Reports
import Testing

@Suite struct NumbersTests {
    @Test(arguments: [
        (1.8172180990, 0.01349, "1.817", "0.013"),
        (2143.41736, 339.49, "2143", "339"),
        (0.34731, 0.00874, "0.3473", "0.0087"),
        (477.82587, 71.84, "478", "72"),
        (12.5, 0.0996, "12.50", "0.10"),
        (0.0010234, 5.1, "0.00102", "5.1"),
        (-3.21987, 0.5, "-3.22", "0.50"),
        (1.23456789e9, 1.2e7, "1.235e9", "1.2e7"),
        (2.5e-7, 1.3e-9, "2.500e-7", "1.3e-9"),
        (0, 0.012, "0.000", "0.012"),
    ])
    func `an estimate has the digits that its error justifies`(
        _ value: Double, _ error: Double, _ written: String, _ writtenError: String
    ) {
        let result = Numbers.estimate(value, standardError: error)
        #expect(result.value == written)
        #expect(result.standardError == writtenError)
    }

    @Test func `an estimate without an error has six digits`() {
        #expect(Numbers.estimate(1.23456789, standardError: nil) == ("1.23457", nil))
        #expect(Numbers.estimate(2, standardError: .nan) == ("2", nil))
        #expect(Numbers.estimate(.infinity, standardError: 1) == ("inf", nil))
    }

    @Test func `an interval is written to two digits beyond where its ends differ`() {
        #expect(Numbers.interval(1.97312, 1.96012, 1.98634) == ("1.973", "1.960", "1.986"))
        #expect(Numbers.interval(1234.5, 1000, 1500) == ("1235", "1000", "1500"))
        #expect(Numbers.interval(2, 2, 2) == ("2", "2", "2"))
        #expect(Numbers.interval(3e20, 2.9e20, 3.1e20) == ("3.00e20", "2.90e20", "3.10e20"))
    }

    @Test(arguments: [
        (70e9, "70B"), (1.4e12, "1.4T"), (31_622_776_601.68, "31.62B"), (999_999, "999999"), (1e6, "1M"),
        (3e-4, "3e-4"),
        (0.25, "0.25"), (5.76e23, "5.76e23"), (0, "0"), (-2e9, "-2B"), (999_999_999.9, "1B"), (9.9999e14, "1e15"),
        (32_000, "32000"),
    ])
    func `a quantity is written as it is typed`(_ value: Double, _ written: String) {
        #expect(Numbers.quantity(value) == written)
    }

    @Test func `a distance says inside, a factor, or outside`() {
        #expect(Numbers.distance(1) == "inside")
        #expect(Numbers.distance(4.414) == "×4.41")
        #expect(Numbers.distance(.infinity) == "outside")
    }

    @Test func `counts agree with their nouns`() {
        #expect(Numbers.counted(1, "row") == "1 row")
        #expect(Numbers.counted(3, "row") == "3 rows")
        #expect(Numbers.counted(2, "minimum", "minima") == "2 minima")
        #expect(Numbers.count(1240.5) == "1240.5")
    }

    @Test func `exact digits read back as the same number`() {
        for value: Double in [0.1, 1 / 3, 1e-300, 1e300, 240] { #expect(Double(Numbers.exact(value)) == value) }
    }

    @Test func `lists and places read as one says them`() {
        #expect(Numbers.listed([]) == "")
        #expect(Numbers.listed(["a"]) == "a")
        #expect(Numbers.listed(["a", "b", "c"], "or") == "a, b or c")
        #expect(Numbers.places([2]) == "2")
        #expect(Numbers.places([1, 2]) == "1 and 2")
        #expect(Numbers.places([1, 4, 6, 7, 8, 9]) == "1, 4 and 6 to 9")
        #expect(Numbers.places([2, 3, 4]) == "2 to 4")
    }
}
