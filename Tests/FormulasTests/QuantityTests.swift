// Quantities as people write them, a fact a line. Rounding has a file of its own.

import Formulas
import Testing

@Test(arguments: [
    ("70B", 70e9), ("1.4T", 1.4e12), ("3e-4", 3e-4), ("5%", 0.05), ("0.1%", 0.001), ("2k", 2000), ("2K", 2000),
    ("1M", 1e6), ("1G", 1e9),
    ("3P", 3e15), ("-7.5", -7.5), ("+4", 4), (".5", 0.5), ("5.", 5), ("1e3k", 1e6), ("1E3", 1000), ("1e+3", 1000),
    ("007", 7), ("1e400", .infinity),
    ("-1e400", -.infinity), ("1e-400", 0), ("4.9e-324", .leastNonzeroMagnitude), ("0.1k", 100),
    ("123456789012345678901234567890", 1.2345678901234568e29),
    ("9007199254740993", 9007199254740992), ("0e99999999999999999999", 0), ("1e99999999999999999999", .infinity),
    ("5.5B", 5.5e9),
])
func aQuantityIsRead(text: String, value: Double) { #expect(Quantity.parse(text) == value) }

@Test(arguments: [
    "", "-", ".", "e5", "1e", "1e+", "1Ki", "1E", "B", "1 B", " 1", "1 ", "inf", "nan", "1,000", "0x10", "1BB",
    "1_000", "--1", "1.2.3", "1k%", "٣",
])
func aQuantityIsRefused(text: String) { #expect(Quantity.parse(text) == nil) }

@Test func zeroKeepsItsSign() { #expect(Quantity.parse("-0")?.sign == .minus) }
