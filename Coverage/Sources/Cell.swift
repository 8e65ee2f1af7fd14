// One combination of design, number of runs and noise.

import Formulas

/// A cell of the scoring: worlds of one kind.
public struct Cell: Hashable, Sendable {
    public let runs: Int
    public let design: Design
    public let noise: Noise
    /// The noise's standard deviation relative to the expected loss.
    public let deviation: Double

    public init(runs: Int, design: Design, noise: Noise, deviation: Double) {
        self.runs = runs
        self.design = design
        self.noise = noise
        self.deviation = deviation
    }

    /// `isoflop/12/normal/0.004`. Worlds are seeded by it, so that a cell's worlds do not depend on the other cells.
    public var name: String { "\(design.rawValue)/\(runs)/\(noise.rawValue)/\(Expression.decimal(deviation))" }

    /// Whether the name has these parts in their order: `isoflop`, `isoflop/12`, `12`, `isoflop/*/t3`.
    public func matches(_ pattern: String) -> Bool {
        let parts = name.split(separator: "/")
        let wanted = pattern.split(separator: "/")
        guard wanted.count <= parts.count else { return false }
        return (0...(parts.count - wanted.count)).contains { start in
            zip(parts[start...], wanted).allSatisfy { $1 == "*" || $0 == $1 }
        }
    }
}
