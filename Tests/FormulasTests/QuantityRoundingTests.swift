// Quantities are rounded once: the second opinion is the standard library's conversion of the same text.

import Formulas
import Testing

@Test func everyDecimalIsRoundedToTheNearestDouble() {
    var random = SplitMix(seed: 1)
    func digits(_ count: ClosedRange<Int>) -> String {
        String(
            (0..<Int.random(in: count, using: &random)).map { _ in "0123456789".randomElement(using: &random) ?? "0" }
        )
    }
    for _ in 0..<20_000 {
        // A tie between two doubles, and its neighbours.
        let tie = (1 << 53 + UInt64.random(in: 0..<1 << 53, using: &random)) << 1 | 1
        let exponent = Int.random(in: -30...30, using: &random)
        let quarter = UInt64.random(in: 1 << 51..<1 << 52, using: &random)
        let any = Double(bitPattern: UInt64.random(in: 0..<0x7FF0_0000_0000_0000, using: &random))
        let texts = [
            "\(tie)", "\(tie)e\(exponent)", "\(tie)0.000001", "\(quarter).25", "\(quarter).750", "\(quarter).2501",
            "0." + digits(1...27), digits(1...22) + "e\(exponent)", digits(1...12) + "." + digits(1...14),
            "\(any)", "-\(any)", "+0\(Double.random(in: 0..<1e13, using: &random))",
        ]
        for text in texts { #expect(Quantity.parse(text)?.bitPattern == Double(text)?.bitPattern, "\(text)") }
    }
}

@Test(arguments: [
    ("9007199254740993", 9_007_199_254_740_992), ("9007199254740995", 9_007_199_254_740_996),
    ("18446744073709551615", 18_446_744_073_709_551_616), ("18446744073709551616", 18_446_744_073_709_551_616),
    ("0000000000000000000000012345678901234567890", 12_345_678_901_234_567_168), ("1e400", .infinity), ("1e-400", 0),
    ("4.9e-324", .leastNonzeroMagnitude), ("0.00000000000000000000000000000000025", 2.5e-34),
    ("12345678K", 12_345_678_000), ("1.4T", 1.4e12), ("123456789012345678%", 1_234_567_890_123_456.78),
])
func theEdgesOfTheFastPathsAreExact(text: String, value: Double) {
    #expect(Quantity.parse(text) == value)
}

@Test(arguments: [
    "", "+", "-", ".", "e5", "--1", "1e", "1e+", "1.2.3", "12345678x", "1234567/", "1234567:", "1_000", "1 ",
])
func whatIsNoQuantityIsRefused(text: String) {
    #expect(Quantity.parse(text) == nil)
}
