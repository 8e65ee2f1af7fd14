// Large tables: the screen sees a part of the rows, the fit all of them.

import Fitting
import Formulas
import Foundation
import Tables
import Testing

struct ScreenTests {
    private let formula = "loss ~ E + A/N^alpha + B/D^beta"

    @Test(arguments: [2_047, 2_048, 2_049, 5_000]) func moreRowsThanTheScreenSeesAreFittedAllTheSame(rows: Int) throws
    {
        let fit = try Laboratory.fit(formula, Laboratory.chinchilla(rows: rows)) {
            $0.loss = .huber(1e-3)
            $0.residual = .log
        }
        #expect(fit.observations == Double(rows))
        #expect(fit.termination.isConverged)
        for (name, truth) in [("E", 1.7), ("alpha", 0.34), ("beta", 0.28)] {
            #expect(abs((fit.estimates[name] ?? 0) - truth) < 0.02)
        }
    }

    /// Every run has as many checkpoints as a stretch of the screen has rows; one row a stretch would see one D only.
    @Test func periodicTablesAreSeenAtAllTheirPhases() throws {
        let (runs, checkpoints) = (2_048, 8)
        var random = RandomSource(seed: 12)
        var (n, d, y): ([Double], [Double], [Double]) = ([], [], [])
        for _ in 0..<runs {
            let size = exp(16 + 6 * random.uniform())
            for checkpoint in 0..<checkpoints {
                n.append(size)
                d.append(1e9 * pow(3, Double(checkpoint)))
                y.append(
                    (1.7 + 400 * pow(size, -0.34) + 400 * pow(d[d.count - 1], -0.28)) * (1 + 0.01 * random.uniform()))
            }
        }
        let table = Laboratory.table([("N", n), ("D", d), ("loss", y)])
        let fit = try Laboratory.fit(formula, table) { $0.residual = .log }
        #expect(abs((fit.estimates["beta"] ?? 0) - 0.28) < 0.01)
        #expect(fit.starts.first?.count ?? 0 >= 3, "\(fit.starts)")
    }

    @Test func labelsThatTheScreenDoesNotSeeAreFitted() throws {
        let plain = Laboratory.chinchilla(rows: 6_000)
        let labels = (0..<6_000).map { $0 < 5_998 ? "common" : "rare" }
        let fit = try Laboratory.fit(
            "loss ~ E[kind] + A/N^alpha", plain.adding(column: Column(name: "kind", labels: labels)))
        #expect(fit.termination.isConverged)
        #expect((fit.estimates["E[rare]"] ?? .nan).isFinite)
    }

    @Test func twoHundredThousandRowsRun() throws {
        let table = Laboratory.chinchilla(rows: 200_000)
        for loss in [Loss.huber(1e-3), .squared] {
            var fit: Fit?
            let took = try ContinuousClock().measure {
                fit = try Laboratory.fit(formula, table) {
                    $0.loss = loss
                    $0.residual = .log
                }
            }
            #expect(fit?.termination.isConverged == true)
            #expect(SecondOpinion.close(fit?.estimates["alpha"] ?? 0, 0.34, 0.01))
            #expect(took < .seconds(20))
        }
    }
}
