// The room in which a plan is sought: which inputs are free, how far they may go, and what they cost.

import Fitting
import Formulas

/// A request for a plan, resolved against its law.
struct PlanSpace {
    /// Why an input goes no further.
    enum End: Hashable {
        /// The user said so.
        case given
        /// The law was fitted to there, and the input is no size.
        case range
        /// Nobody said anything.
        case open
    }

    let law: Law
    let options: PlanOptions
    let estimates: Estimates
    /// The inputs that the plan chooses, in the order of the law.
    private(set) var free: [LawInput] = []
    private(set) var constants: [String: Double] = [:]
    private(set) var labels: [String: String] = [:]
    private(set) var ties: [String: Formula] = [:]
    /// The inputs that count parameters and tokens.
    let size: LawInput?
    let data: LawInput?
    private(set) var cost: Formula?
    private(set) var lower: [Double] = []
    private(set) var upper: [Double] = []
    private(set) var ends: [(lower: End, upper: End)] = []
    /// Of an input that is fixed in place of a budget: its place among the free inputs and its logarithm.
    private(set) var anchor: (position: Int, logarithm: Double)?
    /// What the data are worth when they are repeated, where the law itself does not say.
    private(set) var repeatedData: Formula?

    /// 1 for a loss, −1 where more is better.
    var sign: Double { law.response?.direction == .increase ? -1 : 1 }

    init(_ law: Law, _ options: PlanOptions) throws(ScalingError) {
        guard let formula = law.formula else { throw law.noFormula }
        if !formula.scheduleColumns.isEmpty { throw .plan(.schedule(law: law.id)) }
        self.law = law
        self.options = options
        estimates = try law.estimates(set: options.set)
        size = Self.input(law, .parameters, named: "N")
        data = Self.input(law, .tokens, named: "D")
        try checkNumbers()
        try assign()
        try makeCost()
        try makeBounds()
    }

    private static func input(_ law: Law, _ kind: ColumnMeaning.Kind, named name: String) -> LawInput? {
        let numbers = law.inputs.filter { !$0.isLabel }
        let known = numbers.filter { ColumnMeaning($0)?.kind == kind }
        return known.first { $0.name == name } ?? known.first ?? numbers.first { $0.name == name && $0.unit == nil }
    }

    /// How many parameters, tokens or FLOP one unit of an input is.
    static func unit(_ input: LawInput) -> Double { ColumnMeaning(input)?.unit ?? 1 }

    private func checkNumbers() throws(ScalingError) {
        var numbers: [(String, Double?)] = [
            ("--ratio", options.ratio), ("--inference-tokens", options.inferenceTokens),
            ("--unique-tokens", options.uniqueTokens), ("--max-params", options.mostParameters),
        ]
        if case .budget(let budget) = options.goal { numbers.append(("--flops", budget)) }
        for (option, value) in numbers {
            if let value, !(value > 0 && value.isFinite) { throw .plan(.notPositive(option, value)) }
        }
        guard options.level > 0, options.level < 1 else { throw .badLevel(options.level) }
    }

    // MARK: - Which inputs are free

    private mutating func assign() throws(ScalingError) {
        let names = law.inputs.map(\.name)
        let given = Array(options.fixed.keys) + options.ties.keys + options.bounds.keys + options.whole
        if let unknown = given.filter({ !names.contains($0) }).min() {
            throw .unknownPointInput(
                unknown, law: law.id, inputs: law.inputsWithUnits,
                suggestion: Suggestion.nearest(to: unknown, among: names))
        }
        for input in law.inputs {
            switch (options.fixed[input.name], input.isLabel) {
            case (.label(let label)?, true): labels[input.name] = label
            case (nil, true): throw .plan(.labelNotFixed(input.name, law: law.id))
            case (.number(let value)?, false):
                if !value.isFinite { throw .plan(.notPositive("--fix \(input.name)", value)) }
                constants[input.name] = value
            case (_?, _): throw .wrongKind(input.name, isLabel: input.isLabel, law: law.id)
            case (nil, false): continue
            }
        }
        ties = options.ties
        try holdRatio()
        try holdUniqueTokens()
        if let twice = ties.keys.filter({ constants[$0] != nil }).min() { throw .plan(.fixedAndTied(twice)) }
        for (name, tie) in ties.sorted(by: { $0.key < $1.key }) {
            for symbol in tie.symbols where ties[symbol.name] != nil || !names.contains(symbol.name) {
                throw .plan(
                    .tieNeeds(symbol.name, tie: "\(name)=\(tie)", inputs: names.filter { ties[$0] == nil }))
            }
        }
        free = law.inputs.filter { !$0.isLabel && constants[$0.name] == nil && ties[$0.name] == nil }
        try takeAnchor()
    }

    private mutating func holdRatio() throws(ScalingError) {
        guard let ratio = options.ratio else { return }
        guard let size, let data else {
            throw .plan(
                .noInput(
                    option: "--ratio", what: "tokens and parameters", law: law.id, inputs: law.inputsWithUnits))
        }
        if ties[data.name] != nil { throw .plan(.fixedAndTied(data.name)) }
        let factor = ratio * Self.unit(size) / Self.unit(data)
        if constants[data.name] != nil, constants[size.name] == nil {
            ties[size.name] = Self.product(1 / factor, data.name)
        } else {
            ties[data.name] = Self.product(factor, size.name)
        }
    }

    private static func product(_ factor: Double, _ name: String) -> Formula {
        Formula(
            definitions: [], response: nil, prediction: .binary(.multiply, .number(factor), .name(name)),
            text: "\(Numeral.short(factor, digits: 6)) * \(Symbol(name))")
    }

    /// R_D* of Muennighoff et al. 2023: the number of repetitions after which data have lost most of their worth.
    static let repetitionsWorth = 15.387756

    private mutating func holdUniqueTokens() throws(ScalingError) {
        guard let unique = options.uniqueTokens else { return }
        if let input = law.inputs.first(where: { $0.name == "U" && ColumnMeaning($0)?.kind == .tokens }),
            data?.name != input.name
        {
            if constants[input.name] != nil { throw .plan(.fixedAndTied(input.name)) }
            constants[input.name] = unique / Self.unit(input)
            return
        }
        guard let data else {
            throw .plan(
                .noInput(option: "--unique-tokens", what: "tokens", law: law.id, inputs: law.inputsWithUnits))
        }
        let cap = Expression.decimal(unique / Self.unit(data))
        let worth = Expression.decimal(Self.repetitionsWorth)
        let text = "min(D, \(cap)) - \(cap) * \(worth) * expm1(-max(D / \(cap) - 1, 0) / \(worth))"
        repeatedData = try? Formula(text)
    }

    // An input that is fixed without a budget says how large the plan is.
    private mutating func takeAnchor() throws(ScalingError) {
        guard case .none = options.goal else { return }
        let sizes = [size, data].compactMap(\.self).filter { constants[$0.name] != nil }
        let open = [size, data].compactMap(\.self).filter { input in free.contains { $0.name == input.name } }
        if sizes.count == 1, !open.isEmpty, let value = constants[sizes[0].name] {
            guard value > 0 else { throw .plan(.notPositive("--fix \(sizes[0].name)", value)) }
            constants[sizes[0].name] = nil
            free = law.inputs.filter { input in input == sizes[0] || free.contains(input) }
            anchor = free.firstIndex(of: sizes[0]).map { ($0, Elementary.ln(value)) }
        } else if !open.isEmpty, sizes.isEmpty {
            throw .plan(.nothingToSpend(law: law.id))
        }
    }

    // MARK: - What it costs

    private mutating func makeCost() throws(ScalingError) {
        var text = options.cost.map { "\($0)" } ?? ""
        if text.isEmpty, let shapes = options.shapes {
            guard let size, let data else {
                throw .plan(
                    .noInput(
                        option: "--shape", what: "parameters and tokens", law: law.id, inputs: law.inputsWithUnits))
            }
            text = shapes.cost(size: Self.counted(size), data: Self.counted(data), counting: counting)
        }
        if text.isEmpty {
            if let size, let data {
                let factor = 6 * Self.unit(size) * Self.unit(data)
                text = "\(Expression.decimal(factor)) * \(Self.word(size.name)) * \(Self.word(data.name))"
            } else if let compute = law.inputs.first(where: { ColumnMeaning($0)?.kind == .compute }) {
                let unit = Self.unit(compute)
                text = (unit == 1 ? "" : "\(Expression.decimal(unit)) * ") + Self.word(compute.name)
            }
        }
        if let tokens = options.inferenceTokens {
            guard let size, !text.isEmpty else {
                throw .plan(
                    .noInput(
                        option: "--inference-tokens", what: "parameters", law: law.id, inputs: law.inputsWithUnits))
            }
            text += " + \(Expression.decimal(2 * tokens * Self.unit(size))) * \(Self.word(size.name))"
        }
        if text.isEmpty {
            if case .none = options.goal, anchor == nil { return }
            throw .plan(.noCost(law: law.id, inputs: law.inputsWithUnits))
        }
        cost = try? Formula(text)
        let names = Set(law.inputs.filter { !$0.isLabel }.map(\.name))
        if let unknown = cost?.symbols.first(where: { !names.contains($0.name) }) {
            throw .plan(.costNeeds(unknown.name, cost: text, law: law.id, inputs: law.inputsWithUnits))
        }
    }

    /// What the law's size counts; everything unless it says so.
    var counting: ColumnMeaning.Counting {
        size?.counting.flatMap { ColumnMeaning.Counting(rawValue: $0) } ?? .all
    }

    // An input as an expression that counts one by one.
    private static func counted(_ input: LawInput) -> String {
        let unit = unit(input)
        return (unit == 1 ? "" : "\(Expression.decimal(unit)) * ") + word(input.name)
    }

    private static func word(_ name: String) -> String {
        (try? Formula(name))?.prediction == .name(name) ? name : "`\(name)`"
    }

    /// Whether the cost depends on an input, directly or through what is tied to it.
    func isInCost(_ name: String) -> Bool {
        let direct = Set(cost?.symbols.map(\.name) ?? [])
        if direct.contains(name) { return true }
        return ties.contains { tie in
            direct.contains(tie.key) && tie.value.symbols.contains { $0.name == name }
        }
    }

    // MARK: - How far inputs may go

    private mutating func makeBounds() throws(ScalingError) {
        for input in free {
            var (low, high) = (-Double.infinity, Double.infinity)
            var end = (lower: End.open, upper: End.open)
            let isSize = ColumnMeaning(input) != nil || input.name == size?.name || input.name == data?.name
            if isSize {
                (low, high) = (1 / Self.unit(input), 1e30 / Self.unit(input))
            } else {
                (low, high) = (1e-9, 1e12)
                if input.range.lower > 0 { (low, end.lower) = (input.range.lower, .range) }
                if input.range.upper.isFinite, input.range.upper > 0 {
                    (high, end.upper) = (input.range.upper, .range)
                }
            }
            if let bound = options.bounds[input.name] {
                if bound.lower > 0 { (low, end.lower) = (bound.lower, .given) }
                if bound.upper.isFinite {
                    if bound.upper <= 0 { throw .plan(.notPositive("--max \(input.name)", bound.upper)) }
                    (high, end.upper) = (bound.upper, .given)
                }
            }
            if let most = options.mostParameters, input.name == size?.name {
                if most / Self.unit(input) < high { (high, end.upper) = (most / Self.unit(input), .given) }
            }
            if options.whole.contains(input.name) { low = max(low, 1) }
            if low > high { throw .plan(.emptyBound(input.name, lower: low, upper: high)) }
            lower.append(Elementary.ln(low))
            upper.append(Elementary.ln(high))
            ends.append(end)
        }
        try checkHeldInputs()
        if options.mostParameters != nil, size == nil {
            throw .plan(
                .noInput(option: "--max-params", what: "parameters", law: law.id, inputs: law.inputsWithUnits))
        }
    }

    // What is fixed or tied is not free to be bounded: a bound that it breaks is an error, not silence.
    private func checkHeldInputs() throws(ScalingError) {
        func check(_ name: String, _ bound: Bound) throws(ScalingError) {
            let anchored = anchor.flatMap { free[$0.position].name == name ? Elementary.exp($0.logarithm) : nil }
            if let held = anchored ?? constants[name] {
                if held < bound.lower * (1 - 1e-12) || held > bound.upper * (1 + 1e-12) {
                    throw .plan(.emptyBound(name, lower: max(held, bound.lower), upper: min(held, bound.upper)))
                }
            } else if ties[name] != nil {
                throw .plan(.boundOnTie(name))
            }
        }
        for (name, bound) in options.bounds.sorted(by: { $0.key < $1.key }) { try check(name, bound) }
        if let most = options.mostParameters, let size {
            try check(size.name, Bound(lower: -.infinity, upper: most / Self.unit(size)))
        }
        if let tied = options.whole.filter({ ties[$0] != nil }).min() { throw .plan(.boundOnTie(tied)) }
    }
}
