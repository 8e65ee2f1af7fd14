// plan: a law and a budget, to the best allocation with its intervals.

import Fitting
import Formulas
import Reports
import Scaling
import Tables

/// Chooses the inputs of a law, published or fitted, for a budget, a target or a size.
public enum PlanVerb: Verb {
    public static let name = "plan"

    /// - Throws: ``WorkbenchError``, `ScalingError`, `TableError`, `FitError` for a formula that cannot be read. A limit
    ///   that binds, extrapolation and draws without an optimum are no errors.
    public static func answer(_ request: PlanRequest) throws -> Answer<PlanReply> {
        let law = try Law.load(request.law, atlas: try AtlasSource.atlas(request.atlas))
        if law.formula == nil { throw law.noFormula }
        let fleet = try fleet(request)
        let plan = try law.plan(try options(request, law, fleet))
        let time = fleet.flatMap { PlanTime(plan, $0, price: request.price) }
        return Answer(PlanReply(plan, time), report: { .plan(plan, time: time) })
    }

    /// What a request says of the plan, before it is made.
    static func options(_ request: PlanRequest, _ law: Law) throws -> PlanOptions {
        try options(request, law, try fleet(request))
    }

    private static func options(_ request: PlanRequest, _ law: Law, _ fleet: Fleet?) throws -> PlanOptions {
        var options = PlanOptions(try goal(request, fleet))
        options.fixed = try fixed(request, law)
        options.ties = try FitSpecification.formulas(request.ties, "--tie")
        options.ratio = request.ratio
        for name in Set((request.least ?? [:]).keys).union((request.most ?? [:]).keys).sorted() {
            let (low, high) = (request.least?[name] ?? -.infinity, request.most?[name] ?? .infinity)
            if low > high { throw ScalingError.plan(.emptyBound(name, lower: low, upper: high)) }
            options.bounds[name] = Bound(lower: low, upper: high)
        }
        options.mostParameters = request.maxParameters
        options.cost = try request.cost.map { try FitSpecification.formula($0, "--cost") }
        options.shapes = try shapes(request)
        options.limits = try (request.limits ?? []).map { try FitSpecification.formula($0, "--limit") }
        options.inferenceTokens = request.inferenceTokens
        options.uniqueTokens = request.uniqueTokens
        options.whole = request.whole ?? []
        options.set = request.set
        options.level = request.level ?? 0.95
        options.source = try request.intervalFrom.map { text in
            try Choice.read(text, "--interval-from", [IntervalSource.draws, .delta])
        }
        options.vectorLevel = try Choice.level(request.arithmetic)
        return options
    }

    private static func shapes(_ request: PlanRequest) throws -> ShapeFamily? {
        guard request.shape != nil || request.config != nil else {
            if request.depthPower != nil { throw ScalingError.plan(.needs(option: "--depth-power", with: "--shape")) }
            return nil
        }
        if request.cost != nil { throw WorkbenchError.oneOf(["--cost", "--shape"]) }
        let power = request.depthPower ?? 1
        guard power >= 0, power <= 10 else { throw ScalingError.plan(.badPower(power)) }
        return ShapeFamily(try CountVerb.shape(request.shape, config: request.config), depthPower: power)
    }

    private static func goal(_ request: PlanRequest, _ fleet: Fleet?) throws -> PlanOptions.Goal {
        let given = [
            ("--flops", request.budget), ("--gpu-hours", request.gpuHours), ("--dollars", request.dollars),
            ("--target-loss", request.target),
        ].filter { $0.1 != nil }
        if given.count > 1 { throw WorkbenchError.oneOf(given.map(\.0)) }
        for (option, value) in given where option != "--target-loss" {
            if let value, !(value > 0 && value.isFinite) { throw ScalingError.plan(.notPositive(option, value)) }
        }
        if let budget = request.budget { return .budget(budget) }
        if let target = request.target { return .response(target) }
        if let hours = request.gpuHours {
            guard let fleet else { throw ScalingError.plan(.needs(option: "--gpu-hours", with: "--gpu")) }
            return .budget(fleet.operations(hours: hours))
        }
        if let dollars = request.dollars {
            guard let fleet else { throw ScalingError.plan(.needs(option: "--dollars", with: "--gpu")) }
            guard let price = request.price else {
                throw ScalingError.plan(.needs(option: "--dollars", with: "--price"))
            }
            return .budget(fleet.operations(hours: dollars / price))
        }
        return .none
    }

    private static func fleet(_ request: PlanRequest) throws -> Fleet? {
        if let price = request.price, !(price > 0 && price.isFinite) {
            throw ScalingError.plan(.notPositive("--price", price))
        }
        guard let gpu = request.gpu else {
            let fleet = [("--mfu", request.utilisation), ("--gpus", request.gpus), ("--price", request.price)]
            for (option, value) in fleet where value != nil {
                throw ScalingError.plan(.needs(option: option, with: "--gpu"))
            }
            if request.hardware != nil { throw ScalingError.plan(.needs(option: "--hardware", with: "--gpu")) }
            return nil
        }
        var hardware = Hardware.catalogue
        if let source = request.hardware { hardware = try hardware.adding(try source.read()) }
        let utilisation = request.utilisation ?? Fleet.usualUtilisation
        guard utilisation > 0, utilisation <= 1 else { throw WorkbenchError.badUtilisation(utilisation) }
        if let gpus = request.gpus, !(gpus > 0 && gpus.isFinite) {
            throw ScalingError.plan(.notPositive("--gpus", gpus))
        }
        return Fleet(try hardware.accelerator(gpu), utilisation: utilisation, count: request.gpus)
    }

    // A held input as typed: text for labels, a quantity for numbers.
    private static func fixed(_ request: PlanRequest, _ law: Law) throws -> [String: Point.Value] {
        var fixed: [String: Point.Value] = [:]
        for (name, text) in (request.fixed ?? [:]).sorted(by: { $0.key < $1.key }) {
            if law.input(name)?.isLabel == true {
                let quotes: [Character] = ["\"", "'"]
                let isQuoted = text.count > 1 && text.first == text.last && quotes.contains(text.first ?? " ")
                fixed[name] = .label(isQuoted ? String(text.dropFirst().dropLast()) : text)
            } else if let value = Quantity.parse(text) {
                fixed[name] = .number(value)
            } else {
                throw WorkbenchError.notAQuantity(text, option: "--fix", name: name)
            }
        }
        return fixed
    }
}
