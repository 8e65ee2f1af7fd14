// Inner products of short vectors.

extension [Double] {
    /// Σ aₖ bₖ in order, over as many as both have.
    package func dot(_ other: [Double]) -> Double {
        var sum = 0.0
        for k in 0..<Swift.min(count, other.count) { sum += self[k] * other[k] }
        return sum
    }
}
