// The fifteen set-ups of Porian et al. 2024: the exponent of N* beside the source's.

import Fitting
import Formulas
import Scaling
import Tables
import Testing

@Suite struct PorianTests {
    private static let keys = ["dataset", "hparams", "warmup", "decay", "flop_count", "loss_split"]

    /// The noise of the source: 0.005 at a loss of 3 and below, 0.1 at 6 and above, between them by powers.
    static let noise = "exp(clamp(ln(0.005) + ln(20) * ln(loss / 3) / ln(2), ln(0.005), ln(0.1)))"

    private static func result(_ labels: [String], _ change: (inout IsoFLOPOptions) throws -> Void = { _ in }) throws
        -> IsoFLOP
    {
        var columns = IsoFLOPColumns(budget: try Formula("flops"))
        let parts = zip(keys, labels).map { "\($0) == \"\($1)\"" }
        columns.condition = try Formula(parts.joined(separator: " and "))
        var options = IsoFLOPOptions(columns)
        options.noise = try Formula(noise)
        options.draws = 300
        try change(&options)
        return try IsoFLOP(try PublicTables.table("isoflop_porian"), options)
    }

    @Test(
        "each exponent is inside of the source's limits or within 0.025, and intervals overlap",
        .enabled(if: PublicTables.isAtHand))
    func exponents() throws {
        let fits = try PublicTables.table("isoflop_porian_source_fits")
        let labels = try (Self.keys + ["weighting"]).map { try #require(fits[$0]).labels() }
        let columns = try ["params_exponent", "params_exponent_boot_lo", "params_exponent_boot_hi"].map {
            try fits.numbers($0)
        }
        var count = 0
        for row in 0..<fits.rowCount where labels[6][row] == "weighted" {
            let setUp = labels.dropLast().map { $0[row] ?? "" }
            let result = try Self.result(setUp)
            let line = try #require(result.size)
            let (source, low, high) = (columns[0][row], columns[1][row], columns[2][row])
            let isInside = line.exponent >= low && line.exponent <= high
            #expect(isInside || (line.exponent - source).magnitude < 0.025, "\(setUp)")
            #expect(line.lower <= high && line.upper >= low, "\(setUp)")
            count += 1
        }
        #expect(count == 15)
    }

    @Test("the bottoms of the tuned set-up are those of the source", .enabled(if: PublicTables.isAtHand))
    func bottoms() throws {
        let setUp = ["rw", "tuned", "short", "const", "standard", "val"]
        let result = try Self.result(setUp)
        // Budgets 1.25e16·2^k; N* and the least loss as released with the source.
        let published = [
            1.25356e7, 1.61486e7, 2.60506e7, 3.12644e7, 4.36592e7, 6.66211e7, 9.25284e7, 1.28023e8, 1.71278e8,
            2.91948e8,
            3.73543e8, 5.34704e8,
        ]
        #expect(result.valleys.count == 12)
        for (valley, size) in zip(result.valleys, published) {
            #expect(((valley.size?.value ?? 0) / size - 1).magnitude < 0.01)
        }
    }
}
