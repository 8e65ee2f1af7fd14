// The bar itself, on a handful of cells with 200 worlds each: intervals hold the truth as often as they say.

import Testing

@testable import Coverage

@Suite struct CoverageTests {
    private func scores(_ cell: String, _ recipe: Recipe, _ method: String, worlds: Int = 200) async throws -> [Score]
    {
        let settings = try Laboratory.settings()
        let cells = settings.cells.filter { $0.matches(cell) }
        let methods = [try IntervalMethods.named(method, replicates: settings.replicates)]
        let scoring = Scoring(settings, recipes: [recipe], methods: methods, worlds: 0..<worlds, threads: 2)
        var scores: [Score] = []
        for cell in cells { scores += await scoring.scores(cell) }
        #expect(!scores.isEmpty)
        return scores
    }

    @Test(
        "Profiles hold the truth as often as they say",
        arguments: ["isoflop/12/normal/0.004", "random/35/t3/0.004", "isoflop/35/normal/0.02"])
    func profiles(cell: String) async throws {
        #expect(Bars.short.broken(by: try await scores(cell, .squared, "profile")) == [])
    }

    @Test(
        "The delta method on logarithms of what is positive holds the truth as often as it says",
        arguments: ["isoflop/12", "isoflop/200", "random/35"])
    func delta(cells: String) async throws {
        #expect(Bars.short.broken(by: try await scores(cells, .squared, "delta-log")) == [])
    }

    @Test("So it does for the field's loss", arguments: ["isoflop/12", "random/35", "random/200"])
    func huber(cells: String) async throws {
        #expect(Bars.short.broken(by: try await scores(cells, .huber, "delta-log")) == [])
    }

    @Test("Percentiles of resampled runs do not, for a dozen of them: the scoring can tell")
    func percentiles() async throws {
        let scores = try await scores("isoflop/12/normal/0.004", .squared, "bayesian", worlds: 100)
        #expect(try #require(Bars.mean(of: scores)) < 0.8)
    }

    @Test("A ray of runs leaves exponents, coefficients and the optimum open")
    func collinear() async throws {
        let faults = Bars.short.broken(by: try await scores("collinear/12/normal/0.004", .squared, "profile"))
        #expect(faults == [])
    }

    @Test("Scores are the same on any number of threads")
    func threads() async throws {
        let settings = try Laboratory.settings()
        let cell = Cell(runs: 12, design: .random, noise: .heavyTailed, deviation: 0.02)
        let methods = [try IntervalMethods.named("delta", replicates: 9)]
        var texts: [String] = []
        for threads in [1, 2, 5] {
            let scoring = Scoring(
                settings, recipes: [.squared], methods: methods, worlds: 3..<40, threads: threads)
            texts.append(ScoreTable.csv(await scoring.scores(cell)))
        }
        #expect(texts[0] == texts[1] && texts[1] == texts[2])
    }
}
