// Which of several fitted laws can stand beside each other in a ranking.

import Fitting
import Formulas

/// A law that is not ranked, and why.
public struct Unranked: Hashable, Sendable {
    public let law: String
    public let reason: String

    public init(law: String, reason: String) {
        self.law = law
        self.reason = reason
    }
}

extension [Candidate] {
    /// Leaves out laws that fitted other rows than most, because they read other columns, or another response.
    public mutating func keepComparable() -> [Unranked] {
        let rows = map { $0.fit.problem.rows.count }.max() ?? 0
        guard let first = first(where: { $0.fit.problem.rows.count == rows })?.fit.problem else { return [] }
        func isAlike(_ problem: Problem) -> Bool {
            problem.rows == first.rows && problem.response == first.response
        }
        let others = filter { !isAlike($0.fit.problem) }
        removeAll { !isAlike($0.fit.problem) }
        return others.map { candidate in
            Unranked(
                law: candidate.name,
                reason: candidate.fit.problem.rows == first.rows
                    ? "it predicts another response" : "a column that it reads has no value on every row")
        }
    }

    /// Leaves out laws that fit as another does: a form that several papers published is one law, and one voice in the
    /// average. So is a form whose additional parameters change nothing; the one with the fewest is kept.
    public mutating func dropTwins() -> [Unranked] {
        var kept: [Candidate] = []
        var dropped: [Unranked] = []
        let bySize = indices.sorted { a, b in
            (self[a].fit.problem.parameters.count, a) < (self[b].fit.problem.parameters.count, b)
        }
        for candidate in bySize.map({ self[$0] }) {
            let twin = kept.first { other in
                (other.fit.objective - candidate.fit.objective).magnitude <= 1e-7 * other.fit.objective
            }
            if let twin {
                dropped.append(Unranked(law: candidate.name, reason: "fits these runs just as \(twin.name) does"))
            } else {
                kept.append(candidate)
            }
        }
        self = kept
        return dropped
    }
}
