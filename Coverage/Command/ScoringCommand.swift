// swift run -c release coverage: how often do intervals hold the truth?

import ArgumentParser
import Coverage
import FoundationEssentials

@main
struct ScoringCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "coverage",
        abstract: "Draw worlds whose law is known, fit them, and count how often intervals hold the truth.",
        discussion: """
            EXAMPLES:
              coverage                                  every cell, recipe and method: hours
              coverage --worlds 200 --cell isoflop/12   four cells, a rough answer
              coverage --cell '12/*/0.02' --method delta --recipe huber
              coverage --first 17 --worlds 1 --cell random/35/normal/0.02
              coverage --recipe squared --method profile --record
                                                        and write the table into docs/coverage.md

            Which worlds are drawn is said by Coverage/settings.txt; world w of a cell depends on the master seed, the
            cell and w alone.
            """)

    @Option(
        help: ArgumentHelp(
            "Only cells whose name has these parts; may be repeated.", valueName: "design/runs/noise/sd"))
    var cell: [String] = []

    @Option(help: "Only this method of intervals; may be repeated.")
    var method: [String] = []

    @Option(help: "Only this way of fitting; may be repeated.")
    var recipe: [String] = []

    @Option(help: "How many worlds a cell; the settings' own number by default.")
    var worlds: Int?

    @Option(help: "The number of the first world of each cell.")
    var first = 0

    @Option(help: "How many threads; the scores do not depend on it.")
    var threads = 1

    @Option(help: ArgumentHelp("The settings file.", valueName: "file"))
    var settings = "Coverage/settings.txt"

    @Option(help: ArgumentHelp("Write every score to this file.", valueName: "file"))
    var csv: String?

    @Flag(help: "Write the tables into docs/coverage.md, between the marks of a place.")
    var record = false

    @Option(help: ArgumentHelp("The place in docs/coverage.md: default or others.", valueName: "name"))
    var place = "default"

    func run() async throws {
        do {
            try await score()
        } catch let error as CoverageError {
            Progress.note("error: \(error)")
            throw ExitCode(2)
        }
    }

    private func score() async throws {
        let settings = try Settings(String(contentsOfFile: settings, encoding: .utf8))
        let methods =
            try method.isEmpty
            ? settings.methods : method.map { try IntervalMethods.named($0, replicates: settings.replicates) }
        let recipes = try recipe.isEmpty ? settings.recipes : recipe.map { try Recipe.named($0) }
        let cells = settings.cells.filter { candidate in cell.isEmpty || cell.contains { candidate.matches($0) } }
        if let pattern = cell.first(where: { pattern in !settings.cells.contains { $0.matches(pattern) } }) {
            throw CoverageError.unknownName(pattern, kind: "cell", known: settings.cells.map(\.name))
        }
        let count = worlds ?? settings.worlds
        guard count > 0, first >= 0, threads > 0 else {
            throw ValidationError("--worlds and --threads are above zero, --first is not below")
        }
        let scoring = Scoring(
            settings, recipes: recipes, methods: methods, worlds: first..<(first + count), threads: threads)
        let progress = Progress(cells: cells.count, worlds: count)
        var scores: [Score] = []
        for (index, cell) in cells.enumerated() {
            scores += await scoring.scores(cell) { progress.show(cell: index, cell.name, done: $0) }
        }
        progress.end()
        var (tables, summaries, times) = ("", "", "")
        for recipe in recipes {
            for method in methods {
                let some = scores.filter { $0.recipe == recipe.name && $0.method == method.name }
                tables += ScoreTable.text(some) + "\n"
                summaries += ScoreTable.summary(some) + "\n"
                times += "\(recipe.name), \(method.name): \(ScoreTable.time(some)) ms a world\n"
            }
        }
        print(tables + summaries)
        print(times, terminator: "")
        if let csv { try ScoreTable.csv(scores).write(toFile: csv, atomically: true, encoding: .utf8) }
        if record {
            let heading =
                "\(count) worlds a cell from \(first), seed \(settings.seed), nominal \(settings.level).\n\n"
            try Recording.write(heading + summaries + "\n" + tables, into: "docs/coverage.md", place: place)
        }
    }
}
