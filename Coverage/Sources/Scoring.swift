// Worlds are drawn, fitted and asked; the answers are tallied.

import Fitting

/// Scores methods on the worlds of cells.
public struct Scoring: Sendable {
    public let settings: Settings
    public let recipes: [Recipe]
    public let methods: [any IntervalMethod]
    /// The numbers of the worlds of each cell.
    public let worlds: Range<Int>
    public let threads: Int

    /// - Parameters:
    ///   - recipes: nil for those of the settings.
    ///   - worlds: nil for as many as the settings say, from 0.
    ///   - threads: how many worlds are worked on at once; the scores do not depend on it.
    public init(
        _ settings: Settings, recipes: [Recipe]? = nil, methods: [any IntervalMethod], worlds: Range<Int>? = nil,
        threads: Int = 1
    ) {
        self.settings = settings
        self.recipes = recipes ?? settings.recipes
        self.methods = methods
        self.worlds = worlds ?? 0..<settings.worlds
        self.threads = max(1, threads)
    }

    /// The scores of a cell, by recipe and then by method.
    ///
    /// - Parameter progress: called with the number of worlds done so far.
    public func scores(_ cell: Cell, progress: (Int) -> Void = { _ in }) async -> [Score] {
        var scores = recipes.flatMap { recipe in
            methods.map { Score(cell: cell, recipe: recipe.name, method: $0.name) }
        }
        // Strides of a few worlds, tallied in the order of the worlds whichever thread ends first.
        let stride = max(1, min(20, worlds.count / (2 * threads)))
        let starts = Array(Swift.stride(from: worlds.lowerBound, to: worlds.upperBound, by: stride))
        var results = [[(targets: [Target], outcomes: [Outcome])]?](repeating: nil, count: starts.count)
        var done = 0
        await withTaskGroup(of: (Int, [(targets: [Target], outcomes: [Outcome])]).self) { group in
            func begin(_ part: Int) {
                let range = starts[part]..<min(starts[part] + stride, worlds.upperBound)
                group.addTask { (part, range.map { outcomes(World(cell, $0, settings)) }) }
            }
            var next = 0
            while next < min(threads, starts.count) {
                begin(next)
                next += 1
            }
            for await (part, result) in group {
                results[part] = result
                done += result.count
                progress(done)
                if next < starts.count {
                    begin(next)
                    next += 1
                }
            }
        }
        for world in results.compactMap({ $0 }).joined() {
            for index in scores.indices { scores[index].add(world.outcomes[index], world.targets) }
        }
        return scores
    }

    private func outcomes(_ world: World) -> (targets: [Target], outcomes: [Outcome]) {
        var outcomes: [Outcome] = []
        for recipe in recipes {
            let fit = try? Fit(recipe.problem(world))
            for method in methods {
                guard let fit else {
                    outcomes.append(Outcome())
                    continue
                }
                precondition(fit.problem.parameterNames == Law.names, "parameters come in the order of the formula")
                var answers: [Answer]?
                let time = ContinuousClock().measure {
                    answers = try? method.answers(fit, world.targets, level: settings.level)
                }
                outcomes.append(
                    Outcome(
                        answers: answers ?? world.targets.map { _ in .failed },
                        isConverged: fit.termination.isConverged,
                        seconds: Double(time.components.attoseconds) * 1e-18 + Double(time.components.seconds)))
            }
        }
        return (world.targets, outcomes)
    }
}
