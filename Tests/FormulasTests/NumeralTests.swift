// Numbers as short text.

import Formulas
import Testing

@Test(arguments: [
    (1234.5678, 3, "1230"), (1234.5678, 6, "1234.57"), (0.00012345, 3, "0.000123"), (9.9996, 4, "10.00"),
    (0.99996, 4, "1.000"),
    (99_999.0, 2, "100000"), (-2.5, 1, "-3"), (0, 3, "0"), (-0.0, 3, "0"), (5, 3, "5.00"), (1e15, 3, "1.00e15"),
    (9.996e14, 3, "1.00e15"),
    (999.6e12, 4, "999600000000000"), (1e-4, 2, "0.00010"), (9.94e-5, 2, "9.9e-5"), (9.96e-5, 2, "0.00010"),
    (-3.1e-24, 3, "-3.10e-24"), (.leastNonzeroMagnitude, 2, "5.0e-324"),
    (1.7976931348623157e308, 4, "1.798e308"), (.infinity, 3, "inf"), (-.infinity, 3, "-inf"), (.nan, 3, "nan"),
    (0.1, 17, "0.10000000000000000"), (0.5, 1, "0.5"),
])
func significantDigits(value: Double, digits: Int, text: String) {
    #expect(Numeral.significant(value, digits: digits) == text)
}

@Test(arguments: [
    (3.1e-24, 3, "3.10e-24"), (1, 1, "1e0"), (9.9996, 4, "1.000e1"), (-12345, 2, "-1.2e4"), (0, 3, "0"),
    (.nan, 3, "nan"), (0.00099999, 3, "1.00e-3"), (1.25, 2, "1.3e0"),
])
func scientificDigits(value: Double, digits: Int, text: String) {
    #expect(Numeral.scientific(value, digits: digits) == text)
}

@Test(arguments: [
    (1.005, 2, "1.01"), (9.9996, 3, "10.000"), (0.9996, 3, "1.000"), (0.0004, 3, "0.000"), (0.0005, 3, "0.001"),
    (0.00049, 3, "0.000"),
    (-0.0004, 3, "0.000"), (-0.0006, 3, "-0.001"), (0, 2, "0.00"), (-1.5, 0, "-2"), (0.5, 0, "1"), (0.49, 0, "0"),
    (123.456, 1, "123.5"),
    (1e20, 2, "100000000000000000000.00"), (12345678901234568, 0, "12345678901234568"), (99.95, 1, "100.0"),
    (.leastNonzeroMagnitude, 4, "0.0000"), (.infinity, 2, "inf"), (.nan, 2, "nan"), (0.05, 1, "0.1"),
    (0.001, 1, "0.0"),
])
func fixedDecimals(value: Double, decimals: Int, text: String) {
    #expect(Numeral.fixed(value, decimals: decimals) == text)
}

@Test func roundedTextIsNearTheNumber() {
    var random = SplitMix(seed: 4)
    for _ in 0..<20_000 {
        let value = random.number(-10...10) * Double(sign: .plus, exponent: random.below(80) - 40, significand: 1)
        let digits = 1 + random.below(9)
        for text in [Numeral.significant(value, digits: digits), Numeral.scientific(value, digits: digits)] {
            let error = (Double(text) ?? .nan) - value
            #expect(error.magnitude <= value.magnitude * 0.5000001 * (Double("1e\(1 - digits)") ?? .nan))
        }
        let fixed = Double(Numeral.fixed(value, decimals: digits)) ?? .nan
        #expect((fixed - value).magnitude <= 0.5000001 * (Double("1e-\(digits)") ?? .nan) + value.magnitude * 1e-15)
    }
}
