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
    private var local: LocalSearch
    private let starts: Int?
    private let polishes: Int
    /// One of thousands of searches of like problems: fewer candidates are looked at twice, and nothing is perturbed.
    private let isBrief: Bool
    /// A minimum found otherwise; a brief search ends where a start of its own confirms it.
    var known: Double?
    private var random: RandomSource

    /// The objective that the search evaluated, for a second look at its result.
    var objective: Objective { local.objective }

    private struct Candidate {
        let unit: [Double]
        let parameters: [Double]
        let score: Double
    }

    init(_ problem: Problem, starts: Int?, seed: UInt64, isBrief: Bool = false) {
        self.problem = problem
        self.isBrief = isBrief
        model = problem.model
        linear = model.linearFamilies
        let linearSet = Set(linear)
        searched = model.families.indices.filter { !linearSet.contains($0) }
        ranges = SearchRanges.ranges(of: searched, in: model).enumerated().map { k, range in
            let family = problem.model.families[k]
            let bounds = problem.parameters[family.parameters].map(\.bound)
            let lower = bounds.reduce(.infinity) { min($0, $1.lower) }
            return range?.limited(to: Bound(lower: lower, upper: bounds.reduce(-.infinity) { max($0, $1.upper) }))
        }
        screen = Screen(problem, linear: linear)
        local = LocalSearch(problem, programs: Programs(model), linear: linear, ranges: ranges)
        self.starts = starts
        polishes = starts.map { max(1, $0) } ?? min(64, max(6, searched.count * searched.count))
        random = RandomSource(seed: seed)
    }

    mutating func run() throws(FitError) -> SearchResult {
        if problem.parameters.contains(where: { $0.start != nil }) { return try fromGivenStart() }
        let candidates = screened()
        local.isSearching = isWide
        var result: SearchResult?
        var undefined = 0
        func polish(_ parameters: [Double]) {
            guard
                let minimum = local.minimum(
                    from: parameters, iterationLimit: isWide ? firstLeg : NewtonSolver.patience),
                minimum.value.isFinite
            else {
                undefined += 1
                return
            }
            var found = result ?? SearchResult(best: minimum, minima: [], undefined: 0)
            found.minima.append(minimum)
            found.best = LocalSearch.better(found.best, minimum) ?? minimum
            result = found
        }
        for candidate in chosen(candidates, polishes) {
            polish(candidate.parameters)
            if starts == nil, let result, agreeing(result) >= enoughAgreeing { break }
            if isBrief, let known, let best = result?.best, best.termination.isConverged,
                (best.value - known).magnitude <= 1e-8 * known
            {
                break
            }
        }
        // Around the best: a valley may have a better end than those that the screen pointed at.
        if let best = result?.best, !searched.isEmpty, !isBrief {
            for _ in 0..<(searched.count <= 2 ? 1 : polishes / 2) { polish(perturbed(best.parameters)) }
        }
        // Where two inputs rise strictly together, terms can change places: a minimum as good as the best, that an
        // interval has to reach over, whether or not some start ended there.
        if let best = result?.best, !isBrief, (2...4).contains(searched.count), PositiveInputs(problem).haveTwins {
            for (place, k) in searched.enumerated() {
                for l in searched[..<place] { if let twin = exchanged(best.parameters, k, l) { polish(twin) } }
            }
        }
        guard var found = result else { throw .nowhereFinite }
        if isWide { finish(&found) }
        local.isSearching = false
        found.best = local.confirmed(found.best)
        found.undefined = undefined
        return found
    }

    /// The minimum that an earlier one leads to, after the objective changed a little.
    func again(from earlier: LocalMinimum) -> LocalMinimum {
        local.minimum(from: earlier.parameters).map(local.confirmed) ?? earlier
    }

    // With four searched parameters or more most starts lie far from any valley; with fewer, each is followed to its end,
    // so that other minima are found as well.
    private var isWide: Bool { searched.count >= 4 }

    // A start that has not converged after so many steps creeps along a valley; only the lowest of them go on.
    private let firstLeg = 80
    private let secondLegs = 12

    private func finish(_ result: inout SearchResult) {
        let minima = result.minima
        let unfinished = minima.indices.filter { minima[$0].termination.reason == .iterationLimit }
            .sorted { (minima[$0].value, $0) < (minima[$1].value, $1) }
        for k in unfinished.prefix(secondLegs) {
            guard let minimum = local.minimum(from: minima[k].parameters),
                let lower = LocalSearch.better(minima[k], minimum)
            else { continue }
            result.minima[k] = lower
            result.best = LocalSearch.better(result.best, lower) ?? lower
        }
    }

    // Starts from different corners of the screen that end alike are evidence enough; with more dimensions more of them.
    private var enoughAgreeing: Int { searched.count <= 2 ? 3 : 2 * searched.count }

    private func agreeing(_ result: SearchResult) -> Int {
        result.minima.count { $0.termination.isConverged && $0.value <= result.best.value * (1 + 1e-8) }
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
            let value = ranges[k]?.middle ?? 1
            for parameter in model.families[k].parameters {
                point[parameter] = problem.parameters[parameter].bound.clamped(value)
            }
        }
        return point
    }

    // MARK: - Screening

    // A first round by plain least squares for all, then robust rounds and the objective itself for the better ones.
    private func screened() -> [Candidate] {
        let robust = problem.loss != .squared && !linear.isEmpty
        var first: [Candidate] = []
        for unit in design() {
            let point = parameters(unit)
            if linear.isEmpty {
                let value = local.objective.value(point)
                if value.isFinite { first.append(Candidate(unit: unit, parameters: point, score: value)) }
            } else if let solved = screen.solve(point, robust: true, rounds: 1) {
                first.append(Candidate(unit: unit, parameters: solved.parameters, score: solved.score))
            }
        }
        first.sort { $0.score < $1.score }
        if linear.isEmpty { return first }
        var second: [Candidate] = []
        for candidate in first.prefix(isBrief ? 8 : max(24, 4 * polishes)) {
            var parameters = candidate.parameters
            if robust, let solved = screen.solve(parameters, robust: true) { parameters = solved.parameters }
            let value = local.objective.value(parameters)
            let usable = value.isFinite ? parameters : withPositiveTerms(parameters)
            second.append(
                Candidate(unit: candidate.unit, parameters: usable, score: value.isFinite ? value : .infinity))
        }
        return second.sorted { $0.score < $1.score }
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
            for parameter in model.families[k].parameters {
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
        let sides = searched.map { ranges[$0]?.sign == .either ? 24 : 12 }
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
            for parameter in model.families[k].parameters {
                let factor = Elementary.exp(1.2 * (2 * random.uniform() - 1))
                point[parameter] = problem.parameters[parameter].bound.clamped(point[parameter] * factor)
            }
        }
        guard let solved = screen.solve(point, robust: true) else { return point }
        return local.objective.value(solved.parameters).isFinite
            ? solved.parameters : withPositiveTerms(solved.parameters)
    }

    // The point with the values of two families exchanged, and what is linear solved for anew.
    private func exchanged(_ parameters: [Double], _ k: Int, _ l: Int) -> [Double]? {
        let (first, second) = (model.families[k].parameters, model.families[l].parameters)
        guard first.count == second.count else { return nil }
        var point = parameters
        for (a, b) in zip(first, second) {
            point[a] = problem.parameters[a].bound.clamped(parameters[b])
            point[b] = problem.parameters[b].bound.clamped(parameters[a])
        }
        return screen.solve(point, robust: problem.loss != .squared)?.parameters
    }
}
