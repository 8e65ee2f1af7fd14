// Which parameters recipes have in common: nested laws, fitted to all rows at once and tested.

import Fitting
import Formulas

/// What recipes are to have in common.
public enum SharingChoice: Hashable, Sendable {
    /// The exponents, unless a test at 5 per cent rejects that.
    case automatic
    /// Nothing.
    case nothing
    /// The parameters of these names.
    case parameters([String])

    /// `auto`, `none`, or names with commas.
    public init(_ text: String) {
        switch text {
        case "auto": self = .automatic
        case "none": self = .nothing
        default:
            self = .parameters(
                text.split(separator: ",").map { part in
                    String(part.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
                })
        }
    }
}

/// One law for all recipes, with the parameters that they do not share indexed by the recipe: `E[recipe]`.
///
/// Three laws are nested: one for all, one with the exponents in common, and one a recipe. Exponents are the parameters
/// that enter neither linearly nor as a factor of a column.
public struct Sharing: Sendable {
    public struct Test: Hashable, Sendable {
        /// The parameters that the smaller law has in common and the larger one has not.
        public let parameters: [String]
        /// Those that both have in common.
        public let given: [String]
        public let test: NestedTest
    }

    /// What is in common in the law that is used.
    public let shared: [String]
    /// What differs.
    public let separate: [String]
    public let tests: [Test]
    /// The law that is used, fitted to all rows.
    public let fit: Fit
    let specification: Specification

    /// The probability below which a test rejects.
    static let significance = 0.05

    /// - Parameter replicates: of the tests' bootstrap, for other losses than squares.
    public init(
        _ recipes: Recipes, _ choice: SharingChoice, clusters: Clusters?, replicates: Int = 499
    ) throws {
        let first = recipes.fits[0].problem
        let names = first.fittedNames
        if case .parameters(let wanted) = choice {
            if let unknown = wanted.first(where: { !names.contains($0) }) {
                throw ComparisonError.unknownShared(unknown, parameters: names)
            }
            if Set(wanted).count == names.count {
                throw ComparisonError.unknownShared("all of \(names.joined(separator: ", "))", parameters: names)
            }
        }
        var shape = first.shapeParameters
        if case .parameters(let wanted) = choice { shape = names.filter(wanted.contains) }
        // A law of exponents alone has nothing else that could differ.
        if shape.count == names.count { shape = [] }
        // F takes residuals for independent; those of a cell are not.
        let draws = first.loss == .squared && clusters == nil ? 0 : replicates
        let separate = try Self.joined(recipes, indexing: names)
        let common = try Self.joined(recipes, indexing: [])
        var (tests, chosen, shared) = ([Test](), separate, [String]())
        func test(_ smaller: Fit, _ larger: Fit, _ parameters: [String], given: [String]) throws -> Test {
            Test(
                parameters: parameters, given: given,
                test: try NestedTest(
                    smaller, in: larger, replicates: draws, clusters: clusters, seed: recipes.seed))
        }
        if shape.isEmpty {
            tests = [try test(common.fit, separate.fit, names, given: [])]
        } else {
            let partly = try Self.joined(recipes, indexing: names.filter { !shape.contains($0) })
            let own = try test(partly.fit, separate.fit, shape, given: [])
            let rest = names.filter { !shape.contains($0) }
            tests = [own, try test(common.fit, partly.fit, rest, given: shape)]
            var isShared = !(own.test.decisive < Self.significance)
            if case .nothing = choice { isShared = false }
            if case .parameters = choice { isShared = true }
            if isShared { (chosen, shared) = (partly, shape) }
        }
        self.tests = tests
        self.shared = shared
        self.separate = names.filter { !shared.contains($0) }
        fit = chosen.fit
        specification = chosen.specification
    }

    // The law with these parameters indexed, started from the recipes' own fits and searched anew; the better end.
    private static func joined(
        _ recipes: Recipes, indexing names: [String]
    ) throws -> (fit: Fit, specification: Specification) {
        var specification = recipes.specification
        let indexed = Set(names)
        specification.formula = specification.formula.indexing(indexed, by: recipes.column)
        specification.ties = specification.ties.mapValues { $0.indexing(indexed, by: recipes.column) }
        let all = recipes.fits[0].problem.fittedNames
        var started = specification
        started.starts = starts(recipes, indexed)
        let problem = try Problem(started, table: recipes.table)
        let near = try? Fit(problem, seed: recipes.seed)
        // With everything apart, the best fit of each is the best of all.
        if indexed.count == all.count, let near { return (near, specification) }
        let plain = try Problem(specification, table: recipes.table)
        let far = try Fit(plain, starts: recipes.starts, seed: recipes.seed)
        let best = near.map { $0.objective < far.objective ? $0 : far } ?? far
        return (best, specification)
    }

    // Of a parameter that is in common the mean over recipes, by their runs.
    private static func starts(_ recipes: Recipes, _ indexed: Set<String>) -> [String: Double] {
        var (sums, counts): ([String: Double], [String: Double]) = ([:], [:])
        var starts: [String: Double] = [:]
        for (place, fit) in recipes.fits.enumerated() {
            let runs = fit.observations
            for (parameter, value) in zip(fit.problem.parameters, fit.coefficients) {
                let base = String(parameter.name.prefix { $0 != "[" })
                guard indexed.contains(base) else {
                    sums[parameter.name, default: 0] += runs * value
                    counts[parameter.name, default: 0] += runs
                    continue
                }
                let name =
                    parameter.name.hasSuffix("]")
                    ? parameter.name.dropLast() + ", \(recipes.names[place])]"
                    : "\(parameter.name)[\(recipes.names[place])]"
                starts[String(name)] = parameter.bound.lower == parameter.bound.upper ? nil : value
            }
        }
        for (name, sum) in sums { starts[name] = sum / (counts[name] ?? 1) }
        return starts
    }
}
