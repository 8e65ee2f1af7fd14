#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// SplitMix64: the only source of chance, so that a seed says everything.
struct Chance {
    private var state: UInt64

    /// Streams of one seed do not meet: weights are stream 0, the order of an epoch is a stream of its own.
    init(seed: UInt64, stream: UInt64 = 0) {
        state = seed &* 0xD1B5_4A32_D192_ED03 ^ stream &* 0x9E37_79B9_7F4A_7C15
        _ = next()
        state ^= stream
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// Uniform in (0, 1).
    mutating func uniform() -> Double { (Double(next() >> 11) + 0.5) * 0x1p-53 }

    /// Uniform in 0..<bound, by the high half of a product: the bias is below 2^-32 for the bounds met here.
    mutating func index(below bound: Int) -> Int { Int(next().multipliedFullWidth(by: UInt64(bound)).high) }

    /// Two standard normal numbers, by Box and Muller.
    mutating func normals() -> (Double, Double) {
        let radius = (-2 * log(uniform())).squareRoot()
        let angle = 2 * Double.pi * uniform()
        return (radius * cos(angle), radius * sin(angle))
    }
}
