// A world: a law that is known, and runs that it made.

import Fitting
import Formulas
import Tables

/// A law drawn at random with a table of noisy runs. A world depends on the master seed, its cell and its number alone.
public struct World: Sendable {
    public let cell: Cell
    public let index: Int
    public let law: Law
    /// Columns N, D and loss.
    public let table: Table
    /// What is asked of every method, with its true answer.
    public let targets: [Target]

    public init(_ cell: Cell, _ index: Int, _ settings: Settings) {
        self.cell = cell
        self.index = index
        var random = RandomSource(seed: Self.seed(settings.seed, cell.name, index))
        func even(_ name: Settings.RangeName) -> Double {
            let range = settings.range(name)
            return range.lowerBound + (range.upperBound - range.lowerBound) * random.uniform()
        }
        func evenInLogarithm(_ name: Settings.RangeName) -> Double {
            let range = settings.range(name)
            let (low, high) = (Elementary.ln(range.lowerBound), Elementary.ln(range.upperBound))
            return Elementary.exp(low + (high - low) * random.uniform())
        }
        let smallest = evenInLogarithm(.smallestCompute)
        let largest = smallest * Elementary.power(10, even(.decades))
        let (floor, alpha, beta) = (even(.floor), even(.alpha), even(.beta))
        // At the optimum αA/N^α = βB/D^β; so both terms together and the optimal D/N fix A and B.
        let reducible = even(.reducible)
        let ratio = evenInLogarithm(.optimalRatio)
        let centerSize = ((smallest * largest).squareRoot() / (6 * ratio)).squareRoot()
        let law = Law(
            E: floor, A: reducible * beta / (alpha + beta) * Elementary.power(centerSize, alpha), alpha: alpha,
            B: reducible * alpha / (alpha + beta) * Elementary.power(ratio * centerSize, beta), beta: beta)
        let points = cell.design.points(cell.runs, law, compute: smallest...largest, settings, &random)
        let losses = points.map { point in
            let expected = law.loss(N: point.N, D: point.D)
            while true {
                let loss = expected * (1 + cell.deviation * cell.noise.draw(&random))
                // Drawn again where it would be no loss at all, once in a million t₃ draws.
                if loss > 0 { return loss }
            }
        }
        table = Table(
            name: "\(cell.name) #\(index)",
            columns: [
                Column(name: "N", numbers: points.map(\.N)), Column(name: "D", numbers: points.map(\.D)),
                Column(name: "loss", numbers: losses),
            ])
        self.law = law
        let reach = settings.extrapolation * points.reduce(0) { max($0, 6 * $1.N * $1.D) }
        targets = Target.all(law, cell.design, compute: reach, ratio: settings.ratio)
    }

    /// FNV-1a over the master seed, the cell's name and the world's number.
    static func seed(_ master: UInt64, _ cell: String, _ index: Int) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        func add(_ byte: UInt8) { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        func add(_ number: UInt64) {
            for shift in stride(from: 0, to: 64, by: 8) { add(UInt8(truncatingIfNeeded: number >> UInt64(shift))) }
        }
        add(master)
        for byte in cell.utf8 { add(byte) }
        add(UInt64(index))
        return hash
    }
}
