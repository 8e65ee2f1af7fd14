// Bootstraps of published tables, when these are at hand, beside the intervals that others found.

import Formulas
import Tables
import Testing

@testable import Fitting

@Suite(.enabled(if: Laboratory.publicData != nil, "the public tables are not at hand"))
struct BootstrapReferenceTests {
    private static func table(_ name: String) throws -> Table {
        try Table.read(path: "\(Laboratory.publicData ?? "")/\(name).csv")
    }

    @Test("4,000 draws give the known intervals of the digitised Chinchilla runs")
    func chinchilla() throws {
        let fit = try Laboratory.fit("loss ~ E + A/N^alpha + B/D^beta", Self.table("chinchilla_digitized")) {
            $0.columns = ["N": try Formula("params"), "D": try Formula("flops/(6*params)")]
            $0.condition = try Formula("dropped_by_source == 0")
            $0.loss = .huber(1e-3)
            $0.residual = .log
        }
        let draws = try Bootstrap(.pairs, replicates: 4_000).draws(of: fit)
        #expect(draws.count == 4_000)
        let known: [(String, Double, Double)] = [
            ("E", 1.771, 1.871), ("alpha", 0.318, 0.372), ("beta", 0.333, 0.414), ("A", 294, 726), ("B", 1065, 5572),
        ]
        for (name, low, high) in known {
            let interval = try #require(draws.distribution(ofParameter: name)).percentileInterval(level: 0.95)
            for (found, expected) in [(interval.lower.value, low), (interval.upper.value, high)] {
                let difference = abs((found ?? .nan) - expected)
                #expect(difference <= (expected > 100 ? 0.06 * expected : 0.004), "\(name): \(found ?? .nan)")
            }
        }
    }

    @Test("the decay of repeated data has no upper end, and its draws lie in several basins")
    func repeatedData() throws {
        let formula =
            "let UD = min(unique_tokens, tokens); let RD = max(tokens/UD - 1, 0); let UN = min(params, 0.05099*UD); "
            + "let RN = max(params/UN - 1, 0); let Dp = UD - UD*Rd*expm1(-RD/Rd); let Np = UN - UN*Rn*expm1(-RN/Rn); "
            + "loss ~ exp(0.6254804) + exp(6.255414)/Np^0.3526596 + exp(7.3049974)/Dp^0.3526596"
        let fit = try Laboratory.fit(formula, Self.table("data_constrained")) {
            $0.condition = try Formula("in_source_fit == 1")
            $0.loss = .huber(1e-3)
            $0.residual = .log
        }
        let draws = try Bootstrap(.pairs, replicates: 1_000, global: true).draws(of: fit)
        let interval = try #require(draws.distribution(ofParameter: "Rd")).percentileInterval(level: 0.8)
        #expect(abs((interval.lower.value ?? .nan) - 7.6) < 1.5, "\(interval.lower)")
        #expect(interval.upper == .unbounded)
        #expect(draws.leftBasin > 60)
    }
}
