// The functions of one plan, and the problems that are solved with them.

import Fitting
import Formulas

/// A plan's functions: the law, its cost, its limits and its ties, compiled together.
struct PlanModel {
    let space: PlanSpace
    let functions: PlanFunctions
    /// The same with derivatives by parameters; made when it is asked for.
    private let sources: [PlanFunctions.Source]

    /// Where each kind of function stands.
    static let (law, cost) = (0, 1)
    var firstLimit: Int { 2 }
    var firstTie: Int { 2 + space.options.limits.count }
    let tieNames: [String]

    /// - Parameter parameters: of every row that will be run, so that signs are known.
    init(_ space: PlanSpace, parameters: [[Double]]) throws(ScalingError) {
        self.space = space
        guard let formula = space.law.formula else { throw space.law.noFormula }
        let names = PlanNames(space, parameters)
        tieNames = space.ties.keys.sorted()
        let one = Formula(definitions: [], response: nil, prediction: .number(1), text: "1")
        var sources = [
            PlanFunctions.Source(formula: formula, meaning: names.ofLaw),
            PlanFunctions.Source(formula: space.cost ?? one, meaning: names.ofInputs),
        ]
        for limit in space.options.limits {
            sources.append(PlanFunctions.Source(formula: try Self.ratio(limit), meaning: names.ofInputs))
        }
        for name in tieNames {
            sources.append(PlanFunctions.Source(formula: space.ties[name] ?? one, meaning: names.ofInputs))
        }
        self.sources = sources
        functions = try Self.compiled(sources, space, byParameters: false)
        try checkLimits(names.ofInputs)
    }

    // `a <= b` becomes a/b ≤ 1, which says the same only where both are above zero.
    private func checkLimits(_ meaning: @escaping (Symbol) throws -> Lowering.Meaning) throws(ScalingError) {
        let sides = space.options.limits.flatMap { limit -> [PlanFunctions.Source] in
            guard case .binary(_, let a, let b) = limit.prediction else { return [] }
            return [a, b].map { side in
                PlanFunctions.Source(
                    formula: Formula(
                        definitions: limit.definitions, response: nil, prediction: side, text: limit.text),
                    meaning: meaning)
            }
        }
        guard !sides.isEmpty else { return }
        let checked = try Self.compiled(sides, space, byParameters: false)
        let points = starts(32)
        let values = checked.run(points, parameters: points.map { _ in space.estimates.values })
        for k in sides.indices where points.indices.contains(where: { !(values.value(k, $0) > 0) }) {
            throw .plan(.limitNotPositive(space.options.limits[k / 2].text))
        }
    }

    /// The functions with the law's derivatives by parameters.
    func functionsByParameter() throws(ScalingError) -> PlanFunctions {
        try Self.compiled(sources, space, byParameters: true)
    }

    private static func compiled(
        _ sources: [PlanFunctions.Source], _ space: PlanSpace, byParameters: Bool
    ) throws(ScalingError) -> PlanFunctions {
        do {
            return try PlanFunctions(
                sources, inputs: space.free.map(\.name), parameters: space.estimates.names, labels: space.labels,
                byParameters: byParameters, level: space.options.vectorLevel)
        } catch let error as ScalingError {
            throw error
        } catch LoweringError.labelOutsideComparison(let label) {
            throw .labelAsNumber(label, law: space.law.id)
        } catch LoweringError.unresolvedLaw(let name) {
            throw .lawCall(.unknownLaw(name, near: []))
        } catch {
            throw .notTheSameEverywhere("\(error)", law: space.law.id)
        }
    }

    // `a <= b` as a/b, which must not exceed 1.
    private static func ratio(_ limit: Formula) throws(ScalingError) -> Formula {
        let sides: (Expression, Expression)
        switch limit.prediction {
        case .binary(.lessOrEqual, let a, let b), .binary(.less, let a, let b): sides = (a, b)
        case .binary(.greaterOrEqual, let a, let b), .binary(.greater, let a, let b): sides = (b, a)
        default: throw .plan(.notALimit(limit.text))
        }
        return Formula(
            definitions: limit.definitions, response: nil, prediction: .binary(.divide, sides.0, sides.1),
            text: limit.text)
    }

    // MARK: - Problems

    private var limits: [PlanTerm] {
        space.options.limits.indices.map { PlanTerm(function: firstLimit + $0, scale: .factor(1)) }
    }
    private var limitCeilings: [Double] { space.options.limits.map { _ in 1 } }

    /// The best value of the law for a budget: limit 0 is the cost.
    var forBudget: PlanSolver {
        PlanSolver(
            functions: functions, objective: PlanTerm(function: Self.law, scale: .factor(space.sign)),
            limits: [PlanTerm(function: Self.cost, scale: .logarithm)] + limits)
    }

    /// The least cost for a value of the law: limit 0 is the law.
    var forTarget: PlanSolver {
        PlanSolver(
            functions: functions, objective: PlanTerm(function: Self.cost, scale: .logarithm),
            limits: [PlanTerm(function: Self.law, scale: .factor(space.sign))] + limits)
    }

    /// A problem under a ceiling: the logarithm of a budget, or sign × target.
    func row(
        at logarithms: [Double], parameters: [Double], ceiling: Double, holding held: [Int: Double] = [:],
        isActive: Bool = true
    ) -> PlanRow {
        var (lower, upper) = (space.lower, space.upper)
        for (position, value) in held { (lower[position], upper[position]) = (value, value) }
        return PlanRow(
            logarithms, parameters: parameters, lower: lower, upper: upper, ceilings: [ceiling] + limitCeilings,
            active: [isActive] + limitCeilings.map { _ in false })
    }

    // MARK: - Starts

    /// Points that fill the room evenly, in logarithms, the first in the middle of where the law was fitted.
    func starts(_ count: Int) -> [[Double]] {
        let primes = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37]
        let ends = space.free.indices.map { k in startEnds(k) }
        return (1...count).map { number in
            ends.indices.map { k in
                let share = number == 1 ? 0.5 : Self.radicalInverse(number, primes[k % primes.count])
                return ends[k].0 + share * (ends[k].1 - ends[k].0)
            }
        }
    }

    // Where a search begins: around the fitted range of a size, and everywhere in a range that ends.
    private func startEnds(_ k: Int) -> (Double, Double) {
        let (input, ends) = (space.free[k], space.ends[k])
        var (low, high) = (space.lower[k], space.upper[k])
        let unit = Elementary.ln(PlanSpace.unit(input))
        if ends.lower == .open {
            let known = input.range.lower > 0 ? Elementary.ln(input.range.lower) - 4 : Elementary.ln(1e6) - unit
            low = min(max(low, known), high)
        }
        if ends.upper == .open {
            let isKnown = input.range.upper.isFinite && input.range.upper > 0
            let known = isKnown ? Elementary.ln(input.range.upper) + 9 : Elementary.ln(1e14) - unit
            high = max(min(high, known), low)
        }
        return (low, high)
    }

    private static func radicalInverse(_ number: Int, _ base: Int) -> Double {
        var (result, digit, rest) = (0.0, 1.0 / Double(base), number)
        while rest > 0 {
            result += digit * Double(rest % base)
            rest /= base
            digit /= Double(base)
        }
        return result
    }

    /// Points brought onto the budget by the shortest way, within the bounds.
    func onto(budget: Double, _ points: [[Double]], parameters: [Double], holding held: [Int: Double] = [:])
        -> [[Double]]
    {
        var points = points.map { point in point.indices.map { held[$0] ?? point[$0] } }
        let term = PlanTerm(function: Self.cost, scale: .logarithm)
        for _ in 0..<6 {
            let values = functions.run(points, parameters: points.map { _ in parameters })
            for row in points.indices {
                let cost = term.values(values.values(Self.cost, row))
                var gradient = cost.gradient
                for k in gradient.indices {
                    let isAtEnd =
                        held[k] != nil
                        || (cost.value < budget ? points[row][k] >= space.upper[k] : points[row][k] <= space.lower[k])
                    if isAtEnd { gradient[k] = 0 }
                }
                let square = gradient.dot(gradient)
                guard square > 0, cost.value.isFinite else { continue }
                for k in gradient.indices {
                    let x = points[row][k] - (cost.value - budget) * gradient[k] / square
                    points[row][k] = held[k] ?? min(max(x, space.lower[k]), space.upper[k])
                }
            }
        }
        return points
    }
}

/// What names mean in a plan.
private struct PlanNames {
    let space: PlanSpace
    let isPositive: [String: Bool]
    init(_ space: PlanSpace, _ parameters: [[Double]]) {
        self.space = space
        isPositive = Dictionary(
            space.estimates.names.enumerated().map { k, name in (name, parameters.allSatisfy { $0[k] > 0 }) }
        ) { first, _ in first }
    }

    func ofInputs(_ symbol: Symbol) throws -> Lowering.Meaning { try input(symbol.name) }

    private func input(_ name: String) throws -> Lowering.Meaning {
        if let value = space.constants[name] { return .expression(.number(value)) }
        if let tie = space.ties[name] { return .expression(tie.prediction) }
        if space.free.contains(where: { $0.name == name }) {
            return .input(.column(PlanFunctions.column(ofInput: name)), positive: true)
        }
        if space.labels[name] != nil { throw ScalingError.labelAsNumber(name, law: space.law.id) }
        throw ScalingError.plan(
            .costNeeds(
                name, cost: space.cost.map { "\($0)" } ?? "", law: space.law.id, inputs: space.law.inputsWithUnits))
    }

    func ofLaw(_ symbol: Symbol) throws -> Lowering.Meaning {
        let law = space.law
        if symbol.name == Self.trained, let data = space.data { return try input(data.name) }
        if law.input(symbol.name) != nil {
            guard let repeated = space.repeatedData, symbol.name == space.data?.name else {
                return try input(symbol.name)
            }
            return .expression(try replacing("D", in: repeated.prediction, with: symbol.name))
        }
        let name = try parameterName(symbol)
        if space.estimates[name] != nil {
            return .input(
                .column(PlanFunctions.column(ofParameter: name)), positive: isPositive[name] ?? false)
        }
        if let value = law.fixedValues[name] { return .expression(.number(value)) }
        if let tie = law.ties[name] { return .expression(tie.prediction) }
        let base = name.prefix { $0 != "[" }
        let known = space.estimates.names.filter { $0 == base || $0.hasPrefix(base + "[") }.sorted()
        throw ScalingError.noValue(parameter: name, law: law.id, known: known)
    }

    private func parameterName(_ symbol: Symbol) throws -> String {
        if symbol.indices.isEmpty || space.estimates[symbol.name] != nil { return symbol.name }
        let labels = try symbol.indices.map { index -> String in
            if let label = space.labels[index] { return label }
            if let number = space.constants[index] { return Expression.decimal(number) }
            throw ScalingError.plan(.labelNotFixed(index, law: space.law.id))
        }
        return "\(symbol.name)[\(labels.joined(separator: ", "))]"
    }

    // The input itself, in a tie or as a column, in place of the name D: a symbol may not stand for itself.
    private func replacing(_ name: String, in expression: Expression, with input: String) throws -> Expression {
        let replacement: Expression
        if let value = space.constants[input] {
            replacement = .number(value)
        } else if let tie = space.ties[input] {
            replacement = tie.prediction
        } else {
            replacement = .name(Self.trained)
        }
        return Self.replacing(.name(name), in: expression, with: replacement)
    }

    /// The free input behind repeated data.
    static let trained = "trained tokens"

    private static func replacing(_ old: Expression, in expression: Expression, with new: Expression) -> Expression {
        if expression == old { return new }
        switch expression {
        case .negate(let operand): return .negate(replacing(old, in: operand, with: new))
        case .binary(let operation, let left, let right):
            return .binary(operation, replacing(old, in: left, with: new), replacing(old, in: right, with: new))
        case .call(let function, let arguments):
            return .call(function, arguments.map { replacing(old, in: $0, with: new) })
        default: return expression
        }
    }
}
