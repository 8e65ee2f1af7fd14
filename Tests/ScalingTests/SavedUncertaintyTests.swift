// What a law file keeps of the doubt in a fit, and predictions from it.

import Fitting
import Formulas
import Scaling
import Tables
import Testing

@Suite("Uncertainty in a law file")
struct SavedUncertaintyTests {
    static func table() -> Table {
        var random = SplitMix(state: 8)
        var (n, d, loss): ([Double], [Double], [Double]) = ([], [], [])
        for row in 0..<36 {
            let (size, tokens) = (1e8 * Double(1 + row % 7), 2e9 * Double(1 + row % 7) * (1 + 0.1 * Double(row % 5)))
            n.append(size)
            d.append(tokens)
            loss.append(
                (1.7 + 400 * Elementary.power(size, -0.34) + 410 * Elementary.power(tokens, -0.28))
                    * (1 + Double.random(in: -0.01...0.01, using: &random)))
        }
        return Table(
            name: "runs.csv",
            columns: [
                Column(name: "N", numbers: n), Column(name: "D", numbers: d), Column(name: "loss", numbers: loss),
            ])
    }

    static func law(bootstrap: BootstrapKind? = .pairs, keeping most: Int? = nil) throws -> Law {
        var specification = Specification(formula: try Formula("loss ~ E + A/N^alpha + B/D^beta"))
        specification.residual = .log
        specification.bounds = ["E": Bound(lower: 0), "A": Bound(lower: 0), "B": Bound(lower: 0)]
        specification.priors = [try Prior("alpha ~ normal(0.34, 0.05)"), try Prior("beta ~ uniform(0.05, 2)")]
        let fit = try Fit(try Problem(specification, table: table()))
        let draws = try bootstrap.map { kind throws(FitError) in
            try Bootstrap(kind, replicates: 300).draws(of: fit)
        }
        var law = Law(fit, specification: specification, id: "mine", title: "My runs", version: "allometry 0.1")
        law.take(
            try Uncertainty(
                fit, method: .profile, estimands: [Estimand(Formula("beta/(alpha+beta)"), of: fit.problem)],
                draws: draws),
            keeping: most)
        law.fit?.evaluationNoise = 0.0005
        return law
    }

    @Test("Profiles, draws, priors and the weak direction come back to the last bit")
    func roundTrip() throws {
        let law = try Self.law()
        let read = try LawFile.parse(LawFile.print(law), name: "mine.law")
        #expect(read == law)
        #expect(read.fit?.profiles.map(\.name) == ["E", "A", "alpha", "B", "beta", "beta / (alpha + beta)"])
        #expect(read.fit?.draws?.count == law.fit?.draws?.count)
        #expect(read.fitting.priors.map(\.description) == ["alpha ~ normal(0.34, 0.05)", "beta ~ uniform(0.05, 2)"])
        #expect(read.fit?.weakDirection?.name.contains("/N") == true)
        #expect(read.fit?.evaluationNoise == 0.0005)
        #expect(try read.specification(columns: read.columns).priors.count == 2)
    }

    @Test("Draws are thinned on request")
    func thinned() throws {
        #expect(try Self.law(keeping: 50).fit?.draws?.count == 50)
    }

    @Test("Predictions push the draws through; the delta method gives about the same")
    func predictions() throws {
        let law = try Self.law()
        let points = try Points([["N": 5e8, "D": 1e10], ["N": 5e9, "D": 1e11]], for: law)
        let drawn = try law.predict(points, level: 0.9)
        let delta = try law.predict(points, level: 0.9, source: .delta)
        #expect(drawn.source == .draws && delta.source == .delta)
        for row in 0..<2 {
            let (a, b) = (try #require(drawn[row].interval), try #require(delta[row].interval))
            #expect(a.lower < drawn[row].value && drawn[row].value < a.upper)
            let ratio = (a.upper - a.lower) / (b.upper - b.lower)
            #expect(ratio > 0.5 && ratio < 2)
            #expect(drawn[row].value == delta[row].value)
        }
        let run = try law.predict(points, level: 0.9, interval: .observation)
        for row in 0..<2 {
            let (a, b) = (try #require(drawn[row].interval), try #require(run[row].interval))
            #expect(b.upper - b.lower > a.upper - a.lower)
        }
        #expect(
            try law.predict(points, interval: .observation).lower == law.predict(points, interval: .observation).lower
        )
    }

    @Test("Draws that a law does not keep cannot be asked for")
    func noDraws() throws {
        let law = try Self.law(bootstrap: nil)
        let points = try Points([["N": 5e8, "D": 1e10]], for: law)
        let error = #expect(throws: ScalingError.self) { try law.predict(points, source: .draws) }
        #expect(error.map { "\($0)" }?.contains("--bootstrap 4000") == true)
    }

    @Test("A point inside of every range and outside of the design says so")
    func weakDirection() throws {
        let law = try Self.law(bootstrap: nil)
        let prediction = try law.predict(at: ["N": 1.1e8, "D": 1.6e10])
        #expect(prediction.warnings.contains { $0.code == "outside-design" })
        #expect(prediction.distances.count == 3)
        #expect(!(try law.predict(at: ["N": 4e8, "D": 9e9])).warnings.contains { $0.code == "outside-design" })
    }

    @Test(
        "Damaged sections name their line",
        arguments: [
            ("lower: ", "lower: wide\nlower-was: ", "lower"), ("\ndraw: ", "\ndraw: 1 2\ndraw: ", "draw 1"),
            ("weak-direction: ", "weak-direction: D in 1..2\nx: ", "weak-direction"),
            ("prior: alpha", "prior: alpha2 normal alpha", "prior"), ("\npoint: ", "\npoint: 1\npoint: ", "point"),
        ])
    func damaged(old: String, new: String, says: String) throws {
        let text = LawFile.print(try Self.law())
        guard let place = text.firstRange(of: old) else {
            Issue.record("no \(old)")
            return
        }
        let damaged = text.replacingCharacters(place, new)
        let error = #expect(throws: ScalingError.self) { try LawFile.parse(damaged, name: "mine.law") }
        #expect(error.map { "\($0)" }?.contains(says) == true, "\(error.map { "\($0)" } ?? "")")
        #expect(error.map { "\($0)" }?.contains("mine.law:") == true)
    }
}

extension String {
    fileprivate func replacingCharacters(_ range: Range<Index>, _ new: String) -> String {
        String(self[..<range.lowerBound]) + new + String(self[range.upperBound...])
    }
}
