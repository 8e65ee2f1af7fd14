// Seeded random numbers: the only chance that the engine knows.

import Formulas

/// xoshiro256** (Blackman & Vigna 2018), seeded by SplitMix64. The same seed gives the same numbers everywhere.
package struct RandomSource: RandomNumberGenerator, Sendable {
    private var state: (UInt64, UInt64, UInt64, UInt64)

    package init(seed: UInt64) {
        var x = seed
        func next() -> UInt64 {
            x &+= 0x9E37_79B9_7F4A_7C15
            var z = x
            z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
            z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
            return z ^ (z >> 31)
        }
        state = (next(), next(), next(), next())
    }

    /// The numbers of one replicate: they depend on the seed and the replicate's number alone.
    package init(seed: UInt64, replicate: Int) {
        var root = RandomSource(seed: seed)
        var one = RandomSource(seed: root.next() ^ UInt64(bitPattern: Int64(replicate)))
        self.init(seed: one.next())
    }

    package mutating func next() -> UInt64 {
        let product = state.1 &* 5
        let result = ((product << 7) | (product >> 57)) &* 9
        let shifted = state.1 << 17
        state.2 ^= state.0
        state.3 ^= state.1
        state.1 ^= state.2
        state.0 ^= state.3
        state.2 ^= shifted
        state.3 = (state.3 << 45) | (state.3 >> 19)
        return result
    }

    /// A number in [0, 1) with 53 random bits.
    package mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }

    /// A whole number in 0 ..< count.
    package mutating func index(below count: Int) -> Int {
        Int(next().multipliedFullWidth(by: UInt64(count)).high)
    }

    /// A standard normal number, by Marsaglia's polar method (1964); of each pair the first.
    package mutating func normal() -> Double {
        while true {
            let (x, y) = (2 * uniform() - 1, 2 * uniform() - 1)
            let square = x * x + y * y
            if square > 0, square < 1 { return x * (-2 * Elementary.ln(square) / square).squareRoot() }
        }
    }

    /// A standard exponential number.
    package mutating func exponential() -> Double { -Elementary.ln(1 - uniform()) }

    /// A gamma number of a shape above zero and scale 1 (Marsaglia & Tsang 2000).
    package mutating func gamma(shape: Double) -> Double {
        if shape == 1 { return exponential() }
        if shape < 1 { return gamma(shape: shape + 1) * Elementary.power(1 - uniform(), 1 / shape) }
        let d = shape - 1.0 / 3
        let c = 1 / (9 * d).squareRoot()
        while true {
            let x = normal()
            let root = 1 + c * x
            guard root > 0 else { continue }
            let v = root * root * root
            if Elementary.ln(1 - uniform()) < 0.5 * x * x + d - d * v + d * Elementary.ln(v) { return d * v }
        }
    }
}
