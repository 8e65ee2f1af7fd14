// Valleys of loss at fixed budgets, their bottoms, and the power law through them.

import Fitting
import Formulas
import Tables

/// How valleys are read.
public struct IsoFLOPOptions: Sendable {
    public var columns: IsoFLOPColumns
    /// The method whose bottoms are shown and put on the line.
    public var method = ValleyMethod.akima
    /// The standard deviation of a loss: an expression of columns. Nil takes the scatter about local cubics.
    public var noise: Formula?
    /// Copies with noise that intervals come from.
    public var draws = 1_000
    public var seed: UInt64 = 1
    /// Budgets whose relative difference is at most this are one valley. Sizes within 2 % of one another are one size
    /// whatever this says: a curve between two points that close would have any slope.
    public var budgetTolerance = 0.01
    public var level = 0.95

    public init(_ columns: IsoFLOPColumns) { self.columns = columns }
}

/// What an isoFLOP table says of the best size for a budget.
public struct IsoFLOP: Sendable {
    /// One budget.
    public struct Valley: Sendable {
        public let budget: Double
        /// Runs and different sizes.
        public let runs: Int
        public let sizes: Int
        /// N*, D* and the least loss; nil where the valley was left out.
        public var size: Plan.Value?
        public var data: Plan.Value?
        public var loss: Plan.Value?
        /// The standard deviation of ln N* over copies with noise.
        public var error: Double?
        /// Why the valley was left out.
        public var reason: String?
        /// N* by every method that found a bottom.
        public var bottoms: [ValleyMethod: Double] = [:]
        /// Size and loss of every point, those of one size averaged, in ascending order of size.
        public var points: [(size: Double, loss: Double)] = []
        /// The curve whose lowest place is the bottom, over the sizes that it was fitted to; empty without one.
        public var curve: [(size: Double, loss: Double)] = []
    }

    /// One way from runs to the exponents of the frontier.
    public struct Approach: Sendable {
        /// `akima`, `envelope`, `surface`, …
        public let name: String
        public let meaning: String
        public let size: Plan.Value
        public let data: Plan.Value?
        /// Budgets, or rows, that it rests on.
        public let count: Int
        /// What the method makes of the exponent of N on the fitted surface, without noise, less the truth there.
        public var bias: Double?
        /// Its N* at the largest budget.
        public let largest: Double?
    }

    /// How the line agrees with the direct fit of the surface.
    public struct Agreement: Sendable {
        public let difference: Double
        public let standardError: Double
        public var ratio: Double { difference.magnitude / standardError }
        public var agrees: Bool { ratio <= 1.96 }
    }

    public let options: IsoFLOPOptions
    public let table: String
    public let names: (budget: String, size: String, data: String, loss: String)
    public let omitted: [Omission]
    public var valleys: [Valley] = []
    /// N* and D* over C.
    public var size: FrontierLine?
    public var data: FrontierLine?
    public var approaches: [Approach] = []
    public var agreement: Agreement?
    /// The relative standard deviation of a loss; nil where an expression gave it.
    public var noise: Double?
    public var warnings: [Warning] = []

    /// - Throws: ``ScalingError`` for columns that are not there, and where no budget has a valley.
    public init(_ source: Table, _ options: IsoFLOPOptions) throws(ScalingError) {
        guard options.draws >= 20 else { throw .isoFLOP(.badDraws(options.draws)) }
        guard options.budgetTolerance >= 0, options.budgetTolerance < 1 else {
            throw .isoFLOP(.badTolerance(options.budgetTolerance))
        }
        guard options.level > 0, options.level < 1 else { throw .badLevel(options.level) }
        self.options = options
        let runs = try IsoFLOPRuns(source, options.columns, noise: options.noise)
        table = source.name
        names = (runs.budgetName, runs.sizeName, runs.dataName, runs.lossName)
        omitted = runs.omitted
        // The ends of curves are the finished runs.
        let finished = options.columns.run == nil ? runs : runs.ends
        let groups = finished.groups(within: options.budgetTolerance)
        let survey = ValleySurvey(groups, options)
        noise = survey.noise
        valleys = survey.valleys
        let envelope = options.columns.run == nil ? nil : Envelope(runs, level: options.level)
        if envelope == nil, !valleys.contains(where: { $0.size != nil }) {
            throw .isoFLOP(
                .noValley(
                    table: source.name,
                    reasons: valleys.map { "\(Numeral.quantity($0.budget, digits: 3)): \($0.reason ?? "")" }))
        }
        for method in ValleyMethod.allCases {
            guard let (size, data) = survey.lines(method) else { continue }
            if method == options.method { (self.size, self.data) = (size, data) }
            approaches.append(
                Approach(
                    name: method.rawValue, meaning: method.meaning, size: size.asValue, data: data?.asValue,
                    count: size.count, bias: nil, largest: size.value(groups.last?.budget ?? .nan)))
        }
        if let envelope { approaches.insert(envelope.approach, at: 0) }
        let surface = IsoFLOPSurface(finished, level: options.level)
        if let surface {
            for k in approaches.indices {
                guard let method = ValleyMethod(rawValue: approaches[k].name) else { continue }
                approaches[k].bias = surface.bias(of: method, survey)
            }
            approaches.append(surface.approach(largest: groups.last?.budget ?? .nan))
            if let size, let error = surface.standardError {
                agreement = Agreement(
                    difference: size.exponent - surface.exponent,
                    standardError: (size.standardError * size.standardError + error * error).squareRoot())
            }
        }
        warnings = IsoFLOPWarnings.warnings(self, hasSurface: surface != nil)
    }
}

extension FrontierLine {
    var asValue: Plan.Value { Plan.Value(exponent, lower: lower, upper: upper) }
}

extension ValleyMethod {
    /// In a few words.
    public var meaning: String {
        switch self {
        case .akima: "Akima spline of ln loss"
        case .parabola: "parabola, 7 points"
        case .cubic: "cubic, 9 points"
        case .law: "law-shaped, 9 points"
        }
    }
}

enum IsoFLOPWarnings {
    static func warnings(_ result: IsoFLOP, hasSurface: Bool) -> [Warning] {
        var warnings: [Warning] = []
        let left = result.valleys.filter { $0.size == nil }.count
        if left > 0 {
            warnings.append(
                Warning(
                    code: "budgets-left-out",
                    message: "\(left) of \(result.valleys.count) budgets have no bottom that can be trusted",
                    hint: "the reasons stand in the table; add sizes on the side where the least loss lies"))
        }
        if let line = result.size {
            if line.scatter > 4 {
                warnings.append(
                    Warning(
                        code: "scatter",
                        message:
                            "the bottoms scatter \(Numeral.short(line.scatter.squareRoot(), digits: 2)) times as much "
                            + "about the line as their noise explains",
                        hint: "the interval of the exponent allows for it; the noise may be larger than was said"))
            }
        } else {
            warnings.append(
                Warning(
                    code: "no-line", message: "a line needs three budgets with a bottom",
                    hint: "add budgets, or look at the surface fit alone"))
        }
        if let agreement = result.agreement, !agreement.agrees {
            warnings.append(
                Warning(
                    code: "approaches-disagree",
                    message:
                        "the line and the surface differ by \(Numeral.short(agreement.difference, digits: 2)) in the "
                        + "exponent of N, \(Numeral.short(agreement.ratio, digits: 2)) standard errors",
                    hint: "one of the forms is wrong: look for a hyper-parameter that changes with scale"))
        }
        if !hasSurface {
            warnings.append(
                Warning(
                    code: "no-surface", message: "E + A/N^alpha + B/D^beta could not be fitted to these runs",
                    hint: "the other approaches stand alone"))
        }
        return warnings
    }
}
