// The bootstrap as a whole: the same bytes on any number of threads, the spread that theory gives, honest counts.

import Formulas
import Foundation
import Tables
import Testing

@testable import Fitting

@Suite struct BootstrapTests {
    private static let law = "loss ~ E + A/N^alpha + B/D^beta"

    private static func law(_ loss: Loss = .huber(1e-3), rows: Int = 40) throws -> Fit {
        try Laboratory.fit(law, Laboratory.chinchilla(rows: rows)) {
            $0.loss = loss
            $0.residual = .log
        }
    }

    private static func clusters(_ fit: Fit, _ count: Int = 12) throws -> Clusters {
        try Clusters(labels: fit.problem.rows.map { "\($0 % count)" }, column: "run")
    }

    /// A mean of skewed numbers, for which every spread is known.
    private static func mean(_ loss: Loss = .squared, rows: Int = 50, _ weights: [Double]? = nil) throws -> Fit {
        var random = RandomSource(seed: 11)
        let values = (0..<rows).map { _ in loss == .squared ? random.exponential() : random.normal() }
        let columns = [("y", values)] + (weights.map { [("w", $0)] } ?? [])
        return try Laboratory.fit("y ~ m", Laboratory.table(columns)) {
            $0.loss = loss
            if weights != nil {
                $0.weights = try Formula("w")
                $0.weightMeaning = .frequency
            }
        }
    }

    private static func kinds(_ fit: Fit) throws -> [BootstrapKind] {
        let clusters = try clusters(fit)
        return [
            .pairs, .cluster(clusters), .wild(nil), .wild(clusters), .residual, .parametric, .bayesian(nil),
            .bayesian(clusters),
        ]
    }

    @Test("one, two and five threads give the same bytes, whatever is drawn")
    func threads() throws {
        let fit = try Self.law()
        for kind in try Self.kinds(fit) {
            let draws = try [1, 2, 5].map { try Bootstrap(kind, replicates: 60, seed: 3, threads: $0).draws(of: fit) }
            #expect(draws[0] == draws[1] && draws[1] == draws[2], "\(kind)")
            #expect(draws[0].count + draws[0].failureCount == 60)
        }
        let global = try [1, 3].map {
            try Bootstrap(.pairs, replicates: 20, global: true, threads: $0).draws(of: fit)
        }
        #expect(global[0] == global[1])
    }

    @Test("fewer replicates are the first of more, and another seed draws others")
    func prefix() throws {
        let fit = try Self.law()
        let few = try Bootstrap(.pairs, replicates: 30).draws(of: fit)
        let many = try Bootstrap(.pairs, replicates: 90).draws(of: fit)
        #expect(few.parameters.elementsEqual(many.parameters.prefix(few.parameters.count)))
        #expect(try Bootstrap(.pairs, replicates: 30, seed: 2).draws(of: fit).parameters != few.parameters)
    }

    @Test("a pairs replicate is the fit of the table with the rows that were drawn")
    func replicateIsAFit() throws {
        let fit = try Self.law(.squared)
        let draws = try Bootstrap(.pairs, replicates: 3, seed: 5).draws(of: fit)
        for replicate in 0..<3 {
            var random = RandomSource(seed: 5, replicate: replicate)
            let rows = (0..<40).map { _ in random.index(below: 40) }
            let dumb = try Laboratory.fit(Self.law, Laboratory.chinchilla(rows: 40).rows(at: rows)) {
                $0.residual = .log
            }
            #expect(SecondOpinion.close(draws.objectives[replicate], dumb.objective, 1e-9))
        }
    }

    @Test("for a mean every kind has the spread that theory gives it")
    func spreadOfAMean() throws {
        let fit = try Self.mean()
        let (n, residuals) = (50.0, fit.residuals())
        let squares = residuals.reduce(0) { $0 + $1 * $1 }
        let clusters = try Self.clusters(fit, 25)
        var sums = [Double](repeating: 0, count: 25)
        for (row, r) in residuals.enumerated() { sums[Int(clusters.codes[row])] += r }
        let between = sums.reduce(0) { $0 + $1 * $1 }
        // By cluster (I − H)⁻¹ with two rows each of h = 1/50: the mean direction is divided by 1 − 2/50.
        let theory: [(BootstrapKind, Double)] = [
            (.pairs, sqrt(squares) / n), (.bayesian(nil), sqrt(squares / (n * (n + 1)))),
            (.wild(nil), sqrt(squares) / (1 - 1 / n) / n), (.residual, sqrt(squares / (1 - 1 / n)) / n),
            (.parametric, sqrt(squares / (n - 1) / n)), (.cluster(clusters), sqrt(between) / n),
            (.wild(clusters), sqrt(between) / (1 - 2 / n) / n),
        ]
        for (kind, expected) in theory {
            let draws = try Bootstrap(kind, replicates: 4_000).draws(of: fit)
            let found = draws.distribution { $0[0] }.standardError
            #expect(abs(found / expected - 1) < 0.05, "\(kind): \(found), \(expected)")
        }
    }

    @Test("for a median the spread is that of the density at zero, by signs and by Webb's factors")
    func spreadOfAMedian() throws {
        let fit = try Self.mean(.absolute, rows: 101)
        let expected = sqrt(.pi / 2) / sqrt(101)
        let clusters = try Clusters(labels: (0..<101).map(String.init), column: "run")
        let spreads = try [BootstrapKind.pairs, .wild(nil), .wild(clusters), .parametric].map {
            try Bootstrap($0, replicates: 300).draws(of: fit).distribution(ofParameter: "m")?.standardError ?? .nan
        }
        for spread in spreads { #expect(abs(spread / expected - 1) < 0.25, "\(spreads), \(expected)") }
    }

    @Test("frequencies stand for runs: pairs and signs spread as on the table with copies")
    func frequencies() throws {
        let counts = (0..<50).map { Double(1 + $0 % 3) }
        let fit = try Self.mean(rows: 50, counts)
        #expect(fit.observations == 99)
        let residuals = fit.residuals()
        let squares = zip(residuals, counts).reduce(0) { $0 + $1.1 * $1.0 * $1.0 }
        for kind in [BootstrapKind.pairs, .bayesian(nil), .wild(nil), .residual, .parametric] {
            let found = try Bootstrap(kind, replicates: 3_000).draws(of: fit).distribution { $0[0] }.standardError
            #expect(abs(found / (sqrt(squares) / 99) - 1) < 0.06, "\(kind): \(found)")
        }
    }

    @Test("refits that fail are counted with their reason, and the draws say so")
    func failures() throws {
        let fit = try Self.law(.squared, rows: 7)
        let draws = try Bootstrap(.pairs, replicates: 200).draws(of: fit)
        #expect(draws.count + draws.failureCount == 200)
        #expect(draws.failures.contains { $0.reason == "fewer different runs than parameters" && $0.count > 20 })
        #expect(draws.parameters.count == draws.count * 5)
        #expect(draws.warnings.contains { $0.code == "bootstrap-failures" })
    }

    @Test("an interrupted bootstrap keeps its first replicates whole, and says so")
    func interruption() throws {
        let fit = try Self.law()
        let whole = try Bootstrap(.pairs, replicates: 400).draws(of: fit)
        for threads in [1, 2] {
            var calls = 0
            let part = try Bootstrap(.pairs, replicates: 400, threads: threads).draws(of: fit) { _ in
                calls += 1
                return calls == 40
            }
            #expect(part.isInterrupted && part.attempted >= 40 && part.attempted < 400)
            #expect(part.parameters.elementsEqual(whole.parameters.prefix(part.parameters.count)))
            #expect(part.warnings.contains { $0.code == "bootstrap-interrupted" })
            #expect(part.distribution(ofParameter: "alpha")?.percentileInterval(level: 0.8).isSetByData == true)
        }
        #expect(!whole.isInterrupted && whole.warnings.isEmpty)
    }

    @Test("few clusters are told")
    func fewClusters() throws {
        let fit = try Self.law()
        let draws = try Bootstrap(.wild(Self.clusters(fit, 9)), replicates: 20).draws(of: fit)
        #expect(draws.warnings.map(\.code) == ["few-clusters"])
        #expect(draws.kind == "wild:run")
    }

    @Test("without degrees of freedom only reweighting is left")
    func noFreedom() throws {
        let fit = try Laboratory.fit("y ~ a + b*x", Laboratory.table([("x", [1, 2]), ("y", [1, 3])]))
        for kind in [BootstrapKind.wild(nil), .residual, .parametric] {
            #expect(throws: FitError.self) { try Bootstrap(kind, replicates: 10).draws(of: fit) }
        }
        let draws = try Bootstrap(.pairs, replicates: 40).draws(of: fit)
        #expect(draws.failureCount > 5)
    }

    @Test("thinned draws are evenly taken and remember what they were")
    func thinned() throws {
        let fit = try Self.law()
        let draws = try Bootstrap(.bayesian(nil), replicates: 100).draws(of: fit)
        let few = draws.thinned(to: 25)
        #expect(few.count == 25 && few.requested == 100)
        #expect(Array(few.draw(3)) == Array(draws.draw(12)))
        #expect(draws.thinned(to: 1_000) == draws)
    }

    @Test("an estimand is pushed through every draw")
    func estimands() throws {
        let fit = try Self.law()
        let draws = try Bootstrap(.pairs, replicates: 50).draws(of: fit)
        let estimand = try Estimand(Formula("beta/(alpha+beta)"), of: fit.problem)
        let values = draws.values(of: estimand)
        let names = draws.names
        guard let alpha = names.firstIndex(of: "alpha"), let beta = names.firstIndex(of: "beta") else { return }
        for place in 0..<draws.count {
            let draw = Array(draws.draw(place))
            #expect(SecondOpinion.close(values[place], draw[beta] / (draw[alpha] + draw[beta]), 1e-14))
        }
        #expect(draws.distribution(of: estimand).values == values.sorted())
    }
}
