// Correction for many looks.

/// Holm's (1979) step-down procedure: p-values such that rejecting all below α errs at all with probability at most α,
/// whatever depends on what.
public enum Holm {
    /// The adjusted p-values, in the order given: max over those not larger of (m − rank + 1) p, at most 1. NaN stays, and
    /// does not count.
    public static func adjusted(_ values: [Double]) -> [Double] {
        let order = values.indices.filter { !values[$0].isNaN }.sorted { values[$0] < values[$1] }
        var result = values
        var least = 0.0
        for (rank, place) in order.enumerated() {
            least = max(least, min(1, Double(order.count - rank) * values[place]))
            result[place] = least
        }
        return result
    }
}
