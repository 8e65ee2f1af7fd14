// Rows that move an answer together. Each of them alone may move it little, because the others hold the law in place:
// they mask each other.

import Formulas

/// A set of rows, or of groups of rows, whose absence moves an answer far: found by leaving out, again and again, the
/// one that moves it farthest.
///
/// Forward deletion with an exact refit at every step. It is no proof that no other set of that size moves the answer
/// farther; that would take n choose k refits (Broderick, Giordano & Meager 2020 choose by the linear estimate alone).
public struct InfluentialSet: Hashable, Sendable {
    /// The groups in the order in which they were left out, by their places in what was asked.
    public let groups: [Int]
    /// The answer after each of them.
    public let values: [Double]

    /// At each step so many are tried: those that moved the answer farthest that way alone.
    static let mostCandidates = 300

    /// The sets of up to `size` groups that lower and that raise an answer most.
    ///
    /// - Parameters:
    ///   - influence: the fits without each group alone.
    ///   - groups: the same groups that it was made of.
    ///   - value: the answer at some parameters.
    /// - Returns: for each direction the set, empty where no group moves the answer that way.
    public static func found(
        _ influence: Influence, groups: [[Int]], size: Int, value: (_ parameters: [Double]) -> Double
    ) -> (lowering: InfluentialSet, raising: InfluentialSet) {
        (
            lowering: forward(influence, groups, size, -1, value),
            raising: forward(influence, groups, size, 1, value)
        )
    }

    private static func forward(
        _ influence: Influence, _ groups: [[Int]], _ size: Int, _ sign: Double, _ value: ([Double]) -> Double
    ) -> InfluentialSet {
        let estimate = value(influence.fit.coefficients)
        let moved = influence.deletions.compactMap { deletion -> (group: Int, value: Double)? in
            guard let parameters = deletion.parameters else { return nil }
            let moved = value(parameters)
            return moved.isFinite ? (deletion.group, moved) : nil
        }.sorted { sign * ($0.value - $1.value) > 0 || ($0.value == $1.value && $0.group < $1.group) }
        guard let first = moved.first, sign * (first.value - estimate) > 0 else {
            return InfluentialSet(groups: [], values: [])
        }
        var (chosen, values) = ([first.group], [first.value])
        let candidates = moved.prefix(mostCandidates).map(\.group)
        while chosen.count < size {
            let rest = candidates.filter { !chosen.contains($0) }
            let known = chosen.flatMap { groups[$0] }
            let refits = Influence.deletions(of: influence.fit, without: rest.map { known + groups[$0] })
            var best: (group: Int, value: Double)?
            for (group, refit) in zip(rest, refits) {
                guard let parameters = refit.parameters else { continue }
                let moved = value(parameters)
                guard moved.isFinite, sign * (moved - (best?.value ?? values[values.count - 1])) > 0 else { continue }
                best = (group, moved)
            }
            guard let best else { break }
            chosen.append(best.group)
            values.append(best.value)
        }
        return InfluentialSet(groups: chosen, values: values)
    }
}
