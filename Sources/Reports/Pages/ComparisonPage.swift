// The page of a comparison: what recipes share, which is better where, what one needs to match another.

import Fitting
import Formulas
import Scaling

extension Report {
    /// The page of a comparison.
    public static func comparison(_ comparison: Comparison, _ specification: Specification) -> Report {
        let page = ComparisonPage(comparison: comparison)
        var blocks: [Block] = [
            .sentence(page.opening), .formula(specification.formula), .facts(page.setting),
            .table(page.estimates), .section("what they have in common", [.table(page.tests)]),
        ]
        blocks += comparison.targets.map(page.target)
        if let compute = page.compute { blocks.append(compute) }
        if !comparison.warnings.isEmpty { blocks.append(.notices(comparison.warnings.map(Notice.init))) }
        return Report(blocks)
    }
}

private struct ComparisonPage {
    let comparison: Comparison

    var names: [String] { comparison.recipes.names }
    var problem: Problem { comparison.recipes.fits[0].problem }
    var response: String { FitSetting(problem: problem).response }
    var percent: String { "\(Numbers.short(comparison.level * 100, digits: 6)) %" }

    var opening: Words {
        let rows = FitSetting.rows(
            comparison.sharing.fit.problem.rows.count, of: comparison.sharing.fit.problem.tableName,
            comparison.recipes.omissions)
        return .strong("Compared \(names.count) values of \(comparison.recipes.column)") + Words(" on \(rows).")
    }

    var setting: [Report.Fact] {
        let sharing = comparison.sharing
        let shared =
            sharing.shared.isEmpty ? "nothing in common" : "\(sharing.shared.joined(separator: ", ")) in common"
        let draws = comparison.draws
        var drawn = "\(draws.count) of \(draws.attempted), signs of residuals"
        if let cells = comparison.cells, comparison.isPaired {
            drawn += " by cell: \(cells.shared) of \(cells.count) cells hold runs of several"
            if let correlation = comparison.correlation {
                drawn += ", whose residuals correlate by \(Numbers.short(correlation, digits: 2))"
            }
        } else {
            drawn += ", each run for itself: no cells in common"
        }
        return FitSetting(problem: problem).facts + [
            .init(
                "law", Words("\(shared); \(sharing.separate.joined(separator: ", ")) by \(comparison.recipes.column)")
            ),
            .init("draws", Words(drawn + " (seed \(draws.seed))")),
        ]
    }

    var estimates: Report.Grid {
        let parameters = names.indices.map { comparison.parameters(ofRecipe: $0) }
        let titles = parameters.first?.map(\.name) ?? []
        return Report.Grid(
            [.init(comparison.recipes.column, .left), .init("runs")] + titles.map { .init($0) },
            rows: names.indices.map { place in
                [names[place], "\(comparison.recipes.runs[place])"]
                    + titles.map { title in
                        parameters[place].first { $0.name == title }.map { Numbers.short($0.value) } ?? "-"
                    }
            })
    }

    var tests: Report.Grid {
        let hasDraws = comparison.sharing.tests.contains { $0.test.bootstrapPValue != nil }
        return Report.Grid(
            [
                .init("hypothesis", .left), .init("F"), .init("freedom"), .init(hasDraws ? "p by draws" : "p"),
                .init("", .left),
            ],
            rows: comparison.sharing.tests.map { made in
                let given = made.given.isEmpty ? "" : ", as \(made.given.joined(separator: ", "))"
                let test = made.test
                return [
                    "one \(made.parameters.joined(separator: ", ")) for all\(given)",
                    Numbers.short(test.statistic, digits: 3),
                    "\(Numbers.count(test.numerator)), \(Numbers.count(test.denominator))",
                    Self.chance(test.decisive),
                    test.decisive.isNaN ? "not tested" : test.decisive < 0.05 ? "rejected" : "not rejected",
                ]
            })
    }

    // MARK: - Targets

    func target(_ target: Comparison.AtTarget) -> Report.Block {
        let order = target.recipes.sorted { $0.rank < $1.rank }
        let table = Report.Grid(
            [
                .init(comparison.recipes.column, .left), .init("rank"), .init(response), .init(percent),
                .init("best of all"),
            ],
            rows: order.map { own in
                let written = Self.written(own.value)
                return [
                    names[own.recipe], "\(own.rank)", written.value, written.interval,
                    Self.probability(own.probabilityBest),
                ]
            })
        // The best against every other; all pairs are in the data.
        let best = order[0].recipe
        let pairs = target.pairs.filter { $0.first == best }
        let isCorrected = comparison.targets.reduce(0) { $0 + $1.pairs.count } > 1
        var columns: [Report.Grid.Column] = [
            .init("difference", .left), .init(""), .init(percent), .init("better"), .init("p"),
        ]
        if isCorrected { columns.append(.init("p, Holm")) }
        let differences = Report.Grid(
            columns,
            rows: pairs.map { pair in
                let written = Self.written(pair.difference)
                let row = [
                    "\(names[pair.first]) less \(names[pair.second])", written.value, written.interval,
                    Self.probability(pair.probabilityBetter), Self.chance(pair.pValue),
                ]
                return isCorrected ? row + [Self.chance(pair.adjusted)] : row
            })
        let distance = target.distance > 1 ? ", \(Numbers.distance(target.distance)) outside of the runs" : ""
        return .section("at \(Self.place(target.point, problem))\(distance)", [.table(table), .table(differences)])
    }

    // MARK: - Compute

    var compute: Report.Block? {
        guard let compute = comparison.compute else { return nil }
        let baseline = names[compute.baseline]
        let what = compute.cost.isCompute ? "compute" : compute.cost.description
        let road: String
        switch compute.path {
        case .ray(let point):
            let through = compute.cost.inputs.compactMap { name in
                point.number(name).map { "\(name) = \(Numbers.quantity($0, digits: 3))" }
            }
            road =
                compute.cost.inputs.count > 1
                ? "on the ray through \(through.joined(separator: ", "))" : "by \(compute.cost.description)"
        case .optimal: road = "each at its best split of every budget"
        }
        let budget = compute.cost.inputs.count > 1 ? " (C = \(compute.cost.description))" : ""
        let explained: Words =
            Words("How many times the \(what) of ") + .strong(baseline)
            + Words("\(budget) is needed for what \(baseline) reaches, \(road).")
        let table = Report.Grid(
            [
                .init(what), .init(comparison.recipes.column, .left), .init("times"), .init(percent), .init("never"),
                .init("data"),
            ],
            rows: compute.recipes.flatMap { own in
                own.multipliers.map { multiplier in
                    [
                        Numbers.quantity(multiplier.budget, digits: 3), names[own.recipe],
                        Self.factor(multiplier.factor.value), Self.factors(multiplier.factor.interval),
                        multiplier.unreached > 0 ? Self.share(multiplier.unreached) : "",
                        Numbers.distance(multiplier.distance),
                    ]
                }
            })
        let range =
            "between \(Numbers.quantity(compute.range.lowerBound, digits: 3)) and "
            + Numbers.quantity(compute.range.upperBound, digits: 3)
        let crossings = compute.recipes.map { own -> Words in
            let pair = "\(names[own.recipe]) and \(baseline)"
            let crossing = own.crossing
            guard let place = crossing.budget else {
                return Words(
                    "\(pair) do not cross \(range); \(Self.share(crossing.probability)) of the draws do")
            }
            var text = "\(pair) cross at \(Numbers.quantity(place, digits: 3))"
            if let interval = crossing.interval {
                text += " (\(percent) of those that cross: \(Self.quantities(interval)))"
            }
            if crossing.count > 1 { text += ", and \(crossing.count - 1) more" }
            return Words("\(text); \(Self.share(crossing.probability)) of the draws cross \(range)")
        }
        return .section("by compute", [.sentence(explained), .table(table), .list(crossings)])
    }

    // MARK: - Words

    static func place(_ point: Point, _ problem: Problem) -> String {
        problem.inputNames.compactMap { name in
            switch point[name] {
            case .number(let value)?: "\(name) = \(Numbers.quantity(value))"
            case .label(let label)?: "\(name) = \(label)"
            case nil: nil
            }
        }.joined(separator: ", ")
    }

    private static func written(_ number: Bracketed) -> (value: String, interval: String) {
        guard let low = number.interval.lower.value, let high = number.interval.upper.value else {
            return (Numbers.short(number.value), Numbers.interval(number.interval, around: number.value))
        }
        let (value, lower, upper) = Numbers.interval(number.value, low, high)
        return (value, "\(lower)..\(upper)")
    }

    private static func factor(_ value: Double) -> String {
        if value.isNaN { return "-" }
        return value == .infinity ? "never" : Numbers.short(value, digits: 3)
    }

    private static func factors(_ interval: ConfidenceInterval) -> String {
        let low = interval.lower.value.map { Numbers.short($0, digits: 3) } ?? ""
        return low + ".." + (interval.upper.value.map { Numbers.short($0, digits: 3) } ?? "")
    }

    private static func quantities(_ interval: ConfidenceInterval) -> String {
        let low = interval.lower.value.map { Numbers.quantity($0, digits: 3) } ?? ""
        return low + ".." + (interval.upper.value.map { Numbers.quantity($0, digits: 3) } ?? "")
    }

    private static func share(_ value: Double) -> String {
        value.isNaN ? "-" : value > 0 && value < 0.001 ? "< 0.1 %" : "\(Numbers.short(100 * value, digits: 3)) %"
    }

    private static func probability(_ value: Double) -> String {
        if value.isNaN { return "-" }
        return value > 0.999 ? "> 0.999" : value < 0.001 ? "< 0.001" : Numbers.short(value, digits: 3)
    }

    private static func chance(_ value: Double) -> String {
        value.isNaN ? "-" : value < 0.0001 ? "< 0.0001" : Numbers.short(value, digits: 2)
    }
}
