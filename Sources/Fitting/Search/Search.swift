// Starts found from the data: screen many, polish the promising and different ones, look again around the best.

import Formulas

/// Everything that a search found.
struct SearchResult {
    var best: LocalMinimum
    /// Every polished start, in the order tried.
    var minima: [LocalMinimum]
    /// Starts at which the formula was undefined.
    var undefined: Int
}

struct Search {
    private let problem: Problem
    private let model: Model
    private let linear: [Int]  // families
    private let searched: [Int]  // families that do not enter linearly
    private let ranges: [SearchRange?]
    private let screen: Screen
    private let local: LocalSearch
    private let polishes: Int
    private var random: RandomSource

    private struct Candidate {
        let unit: [Double]
        let parameters: [Double]
        let score: Double
    }

    init(_ problem: Problem, starts: Int?, seed: UInt64) {
        self.problem = problem
        model = problem.model
        linear = model.linearFamilies
        let linearSet = Set(linear)
        searched = model.families.indices.filter { !linearSet.contains($0) }
        let finder = SearchRanges(model)
        let model = model
        ranges = model.families.indices.map { k in
            guard !linearSet.contains(k) else { return nil }
            return finder.range(of: k).limited(to: problem.parameters[model.families[k].offset].bound)
        }
        screen = Screen(problem, linear: linear)
        local = LocalSearch(problem, programs: Programs(model), linear: linear, ranges: ranges)
        polishes = starts ?? min(24, 6 + 3 * max(0, searched.count - 2))
        random = RandomSource(seed: seed)
    }

    mutating func run() throws(FitError) -> SearchResult {
        if problem.parameters.contains(where: { $0.start != nil }) { return try fromGivenStart() }
        let candidates = screened()
        var result: SearchResult?
        var undefined = 0
        func polish(_ parameters: [Double]) {
            guard let minimum = local.minimum(from: parameters), minimum.value.isFinite else {
                undefined += 1
                return
            }
            var found = result ?? SearchResult(best: minimum, minima: [], undefined: 0)
            found.minima.append(minimum)
            found.best = LocalSearch.better(found.best, minimum) ?? minimum
            result = found
        }
        for candidate in chosen(candidates, polishes) { polish(candidate.parameters) }
        // Around the best: a valley may have a better end than those that the screen pointed at.
        if let best = result?.best, !searched.isEmpty {
            for _ in 0..<max(2, polishes / 3) { polish(perturbed(best.parameters)) }
        }
        guard var found = result else { throw .nowhereFinite }
        found.best = local.confirmed(found.best)
        found.undefined = undefined
        return found
    }

    // MARK: - A given start

    private mutating func fromGivenStart() throws(FitError) -> SearchResult {
        var start = center()
        for (k, parameter) in problem.parameters.enumerated() { if let value = parameter.start { start[k] = value } }
        let given = problem.parameters.indices.filter { problem.parameters[$0].start != nil }
        var tries = [start]
        // Linear parameters that were left out follow from the others.
        if given.count < start.count, var solved = screen.solve(start, robust: problem.loss != .squared)?.parameters {
            for k in given { solved[k] = start[k] }
            tries.insert(solved, at: 0)
        }
        let minima = tries.compactMap { local.minimumOfEveryKind(from: $0) }
        guard var best = minima.first else {
            throw .notFiniteAtStart(
                names: zip(problem.parameterNames, start).map { "\($0) = \(Expression.decimal($1))" })
        }
        for minimum in minima.dropFirst() { best = LocalSearch.better(best, minimum) ?? best }
        best = local.confirmed(best)
        return SearchResult(best: best, minima: [best], undefined: 0)
    }

    private func center() -> [Double] {
        var point = problem.parameters.map { $0.bound.clamped(1) }
        for k in searched {
            let value = ranges[k].map { Elementary.exp((Elementary.ln($0.low) + Elementary.ln($0.high)) / 2) } ?? 1
            for position in 0..<model.families[k].count {
                let parameter = model.families[k].offset + position
                point[parameter] = problem.parameters[parameter].bound.clamped(value)
            }
        }
        return point
    }

    // MARK: - Screening

    private mutating func screened() -> [Candidate] {
        var candidates: [Candidate] = []
        let robust = problem.loss != .squared || problem.residual == .raw
        for unit in design() {
            guard let solved = screen.solve(parameters(unit), robust: robust && !linear.isEmpty) else { continue }
            var score = solved.score
            if linear.isEmpty || problem.residual != .raw {
                let value = local.objective.value(solved.parameters)
                if value.isFinite { score = value } else if linear.isEmpty { continue } else { score = .infinity }
            }
            let repaired = score.isFinite ? solved.parameters : withPositiveTerms(solved.parameters)
            candidates.append(Candidate(unit: unit, parameters: repaired, score: score))
        }
        return candidates.sorted { $0.score < $1.score }
    }

    // Where the screened prediction is not positive on some row, coefficients below zero are the reason.
    private func withPositiveTerms(_ parameters: [Double]) -> [Double] {
        var result = parameters
        for k in local.linear where result[k] <= 0 { result[k] = problem.parameters[k].bound.clamped(1e-3) }
        return result
    }

    private func parameters(_ unit: [Double]) -> [Double] {
        var point = [Double](repeating: 0, count: problem.parameters.count)
        for (u, k) in zip(unit, searched) {
            guard let range = ranges[k] else { continue }
            for position in 0..<model.families[k].count {
                let parameter = model.families[k].offset + position
                point[parameter] = problem.parameters[parameter].bound.clamped(range.value(u))
            }
        }
        return point
    }

    // Points of the unit cube: a grid in one and two dimensions, else the additive recurrence of Roberts (2018), which
    // fills any number of dimensions evenly.
    private func design() -> [[Double]] {
        let dimension = searched.count
        if dimension == 0 { return [[]] }
        let sides = searched.map { ranges[$0]?.signed == true ? 24 : 12 }
        if dimension == 1 { return (0..<(4 * sides[0])).map { [(Double($0) + 0.5) / Double(4 * sides[0])] } }
        if dimension == 2 {
            return (0..<sides[0]).flatMap { i in
                (0..<sides[1]).map { [(Double(i) + 0.5) / Double(sides[0]), (Double($0) + 0.5) / Double(sides[1])] }
            }
        }
        var ratio = 2.0  // the root of x^(d+1) = x + 1
        for _ in 0..<60 { ratio = Elementary.power(1 + ratio, 1 / Double(dimension + 1)) }
        return (1...min(2_000, 150 * dimension)).map { index in
            (1...dimension).map { axis in
                let position = 0.5 + Double(index) * Elementary.power(1 / ratio, Double(axis))
                return position - position.rounded(.down)
            }
        }
    }

    // The best candidates that are not next to a better one already chosen.
    private func chosen(_ candidates: [Candidate], _ count: Int) -> [Candidate] {
        var picked: [Candidate] = []
        for candidate in candidates where picked.count < count {
            let near = picked.contains { other in
                zip(other.unit, candidate.unit).allSatisfy { ($0 - $1).magnitude < 0.1 }
            }
            if !near || searched.isEmpty { picked.append(candidate) }
        }
        return picked
    }

    private mutating func perturbed(_ parameters: [Double]) -> [Double] {
        var point = parameters
        for k in searched {
            for position in 0..<model.families[k].count {
                let parameter = model.families[k].offset + position
                let factor = Elementary.exp(1.2 * (2 * random.uniform() - 1))
                point[parameter] = problem.parameters[parameter].bound.clamped(point[parameter] * factor)
            }
        }
        guard let solved = screen.solve(point, robust: true) else { return point }
        return local.objective.value(solved.parameters).isFinite ? solved.parameters : withPositiveTerms(solved.parameters)
    }
}
