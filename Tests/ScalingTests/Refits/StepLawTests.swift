// Learning rate and batch of Li et al. 2025 from their grid of runs.

import Fitting
import Formulas
import Scaling
import Tables
import Testing

@Suite(.enabled(if: PublicTables.isAtHand, "the public tables are not at hand"))
struct StepLawTests {
    /// The runs within 0.25 % of the best smoothed loss of their cell.
    private static func nearOptimal() throws -> Table {
        let table = try PublicTables.table("hparam_steplaw_dense")
        let (params, tokens) = (try table.numbers("params"), try table.numbers("tokens"))
        let loss = try table.numbers("smooth_loss")
        var best: [[Double]: Double] = [:]
        for row in loss.indices {
            best[[params[row], tokens[row]]] = min(best[[params[row], tokens[row]]] ?? .infinity, loss[row])
        }
        return table.rows(at: loss.indices.filter { loss[$0] <= 1.0025 * (best[[params[$0], tokens[$0]]] ?? 0) })
    }

    @Test func theReleasedRunsGiveTheLawsThatOurNotesHave() throws {
        let runs = try Self.nearOptimal()
        let rate = try Refit(
            "li-2025-steplaw-lr", runs, columns: ["N": "params", "D": "tokens", "eta": "lr"])
        let batch = try Refit(
            "li-2025-steplaw-batch", runs, columns: ["D": "tokens", "B": "2048 * batch_size_sequences"])
        #expect(runs.rowCount == 129)
        for refit in [rate, batch] {
            let published = try #require(refit.law.sets.first { $0.name == "near-optimal-refit" })
            for value in published.values {
                #expect(deviation(refit[value.name], value.value) < 3e-3, "\(value.name)")
            }
        }
        // The published law and this one agree within 5 % in the middle of the runs.
        let middle: Point = ["N": 1e9, "D": 2e10]
        #expect(try deviation(rate.value(middle), rate.law.predict(at: middle, set: "full-precision").value) < 0.05)
    }
}
