// Functions of one number have the bits of the column machine.

@testable import Formulas
import Testing

@Test func singleNumbersHaveTheBitsOfColumns() throws {
    let laboratory = Laboratory(rowCount: 100, seed: 9)
    let numbers = try laboratory.values("N")
    #expect(try laboratory.values("exp(N)") == numbers.map(Elementary.exp))
    #expect(try laboratory.values("ln(N)") == numbers.map(Elementary.ln))
    #expect(try laboratory.values("log10(N)") == numbers.map(Elementary.log10))
    #expect(try laboratory.values("log1p(N)") == numbers.map(Elementary.log1p))
    #expect(try laboratory.values("cos(N)") == numbers.map(Elementary.cosine))
    #expect(Elementary.power(2, 10) == 1024)
    #expect(Elementary.logGamma(5) > 3.178 && Elementary.logGamma(5) < 3.179)
    #expect(Elementary.complementaryError(0) == 1)
}

@Test func anglesAreThoseOfTheirCosines() {
    for step in 0...100 {
        let angle = Double.pi * Double(step) / 100
        #expect((Elementary.arccosine(Elementary.cosine(angle)) - angle).magnitude < 1e-7)
    }
    #expect(Elementary.arccosine(1) == 0 && Elementary.arccosine(-1) == Double.pi)
    #expect((Elementary.arccosine(0) - Double.pi / 2).magnitude < 1e-15)
}

@Test func levelsHaveNames() {
    #expect(VectorLevel.portable.isSupported)
    #expect(VectorLevel.best.isSupported)
    #expect(VectorLevel.allCases.map(\.rawValue) == ["portable", "avx2", "avx512"])
}
