// Sizes of a run from what it was told, each with the place that says it. Sources that differ leave the cell empty.

import Formulas
import Tables

/// The quantities of one run.
public struct RunFacts: Sendable {
    /// A value and where it comes from.
    public struct Fact: Hashable, Sendable {
        public enum Value: Hashable, Sendable {
            case number(Double)
            case text(String)
        }

        public let quantity: RunQuantity
        public let value: Value
        /// `n_params in config.json`, or how it was derived: `global_batch_size × seq_length`.
        public let origin: String

        public var number: Double? { if case .number(let number) = value { number } else { nil } }
    }

    public private(set) var facts: [Fact] = []
    public private(set) var notices: [RunLog.Notice] = []
    private let run: String
    private let settings: SettingLookup

    public subscript(quantity: RunQuantity) -> Double? { fact(quantity)?.number }
    public func fact(_ quantity: RunQuantity) -> Fact? { facts.first { $0.quantity == quantity } }

    /// - Parameters:
    ///   - log: the run.
    ///   - chosen: settings that a quantity is taken from, against all others; by the quantity's name.
    ///   - step: the steps that were done at the final loss; nil for a run without series.
    ///   - last: the steps that were done at the end of its series.
    ///   - interval: steps between rows.
    ///   - hasEnded: whether tokens that were planned are tokens that were seen.
    public init(
        _ log: RunLog, chosen: [String: String] = [:], step: Int?, last: Int = 0, interval: Int = 1, hasEnded: Bool
    ) {
        run = log.name
        settings = SettingLookup(log.settings)
        for quantity in RunQuantity.allCases where quantity != .tokens {
            stated(quantity, chosen: chosen[quantity.rawValue])
        }
        ranPast(log, last, interval)
        shape(chosen)
        batch()
        if fact(.rate) == nil { peak(log) }
        tokens(log, step, hasEnded, chosen: chosen[RunQuantity.tokens.rawValue])
    }

    // MARK: - What is stated

    private mutating func stated(_ quantity: RunQuantity, chosen: String?) {
        if let chosen {
            let found =
                settings.settings.first { $0.key == chosen } ?? settings.all([SettingLookup.plain(chosen[...])]).first
            if let found { add(quantity, found) }
            return
        }
        if quantity == .schedule {
            if let found = settings.all(quantity.names).first(where: { $0.text != nil }) { add(quantity, found) }
            return
        }
        let found = settings.numbers(quantity.names).filter { $0.value > 0 && $0.value.isFinite }
        guard let first = found.first else { return }
        let others = found.filter { ($0.value / first.value - 1).magnitude > quantity.tolerance }
        if others.isEmpty {
            // The one with more digits: 10.65M is 10,650,000 rounded.
            add(quantity, (found.first { $0.value.truncatingRemainder(dividingBy: 1e4) != 0 } ?? first).setting)
        } else {
            conflict(
                quantity, found.map { (Numeral.quantity($0.value, digits: 6), $0.setting.place, $0.setting.key) })
        }
    }

    private mutating func add(_ quantity: RunQuantity, _ setting: RunLog.Setting) {
        if let number = setting.number, quantity != .schedule {
            facts.append(Fact(quantity: quantity, value: .number(number), origin: setting.place))
        } else if let text = setting.text {
            facts.append(Fact(quantity: quantity, value: .text(text), origin: setting.place))
        }
    }

    private mutating func add(_ quantity: RunQuantity, _ value: Double, _ origin: String) {
        facts.append(Fact(quantity: quantity, value: .number(value), origin: origin))
    }

    private mutating func conflict(_ quantity: RunQuantity, _ said: [(value: String, place: String, key: String)]) {
        var parts: [String] = []
        for one in said where !parts.contains("\(one.value) (\(one.place))") {
            parts.append("\(one.value) (\(one.place))")
        }
        notices.append(
            RunLog.Notice(
                code: "conflicting-settings",
                message: "\(run): \(quantity.rawValue) is \(parts.joined(separator: ", but ")); the cell stays empty",
                hint: "say which it is: --take '\(quantity.rawValue)=\(said.first?.key ?? "")'"))
        conflicts.insert(quantity)
    }

    private var conflicts: Set<RunQuantity> = []
    // Whether the batch is that of one device, because nothing says how many there were.
    private var isOneDevice = false

    /// The steps that a run was to make; nil where nothing says it, and where what does differs.
    static func plannedSteps(_ settings: SettingLookup, chosen: String?) -> Double? {
        let found =
            chosen.map { [SettingLookup.plain($0[...])] }.map(settings.numbers)
            ?? settings.numbers(RunQuantity.plannedSteps.names)
        let steps = found.map(\.value).filter { $0 > 0 && $0.isFinite }
        return steps.allSatisfy { $0 == steps[0] } || chosen != nil ? steps.first : nil
    }

    // More steps than were planned: another counter than the optimizer's, or a setting of another run.
    private mutating func ranPast(_ log: RunLog, _ last: Int, _ interval: Int) {
        guard let planned = fact(.plannedSteps), let count = planned.number, planned.origin != "--set",
            Double(last) > 1.001 * count + Double(max(1, interval)),
            let series = log.series.max(by: { $0.steps.max() ?? 0 < $1.steps.max() ?? 0 })
        else { return }
        notices.append(
            RunLog.Notice(
                code: "conflicting-settings",
                message:
                    "\(run): planned_steps is \(Expression.decimal(count)) (\(planned.origin)), but its rows go on to step "
                    + "\(last) (\(series.name)); both are kept",
                hint:
                    "a logger may count rows and not steps; then tokens by steps are too many: --take or --set says them"
            ))
    }

    // MARK: - What follows

    private mutating func shape(_ chosen: [String: String]) {
        guard let (shape, software) = ModelShape.shape(of: settings) else { return }
        for (quantity, counting) in [
            (RunQuantity.parameters, ColumnMeaning.Counting.all), (.nonEmbedding, .nonEmbedding),
        ] {
            guard let value = shape.parameters(counting), value.isFinite, !conflicts.contains(quantity) else {
                continue
            }
            if let stated = self[quantity] {
                if (stated / value - 1).magnitude > 0.02, chosen[quantity.rawValue] == nil {
                    notices.append(
                        RunLog.Notice(
                            code: "parameters-differ",
                            message:
                                "\(run): \(quantity.rawValue) is \(Numeral.quantity(stated, digits: 4)) as it says, "
                                + "\(Numeral.quantity(value, digits: 4)) by its shape; the former is taken",
                            hint: "they may be counted in different ways; see: allometry count"))
                }
            } else {
                add(quantity, value, "the shape, by \(software)'s names")
            }
        }
    }

    private mutating func batch() {
        if fact(.batch) == nil, !conflicts.contains(.batch) {
            let accumulation = settings.number(
                "gradient_accumulation_steps", "accumulate_grad_batches", "grad_accum_steps")
            let devices = settings.number("world_size", "num_devices", "n_gpu", "num_gpus", "data_parallel_size")
            let names = [
                "per_device_train_batch_size", "micro_batch_size", "device_batch_size",
                "train_micro_batch_size_per_gpu", "batch_size", "train_batch_size",
            ]
            let said = names.map { settings.numbers([$0]).filter { $0.value > 0 && $0.value.isFinite } }
                .first { !$0.isEmpty }
            // One name in two places that are both of training.
            if let said, said.contains(where: { $0.value != said[0].value }) {
                return conflict(
                    .batch, said.map { (Expression.decimal($0.value), $0.setting.place, $0.setting.key) })
            }
            if let each = said?.first {
                let isNano = settings.number("n_embd") != nil && settings.number("block_size") != nil
                // nanoGPT divides its accumulation among devices, so that their number does not enter.
                let count = isNano ? 1 : devices
                let value = each.value * (accumulation ?? 1) * (count ?? 1)
                let factors =
                    [each.setting.key] + (accumulation == nil ? [] : ["accumulation"])
                    + (count == nil || isNano ? [] : ["devices"])
                add(.batch, value, factors.joined(separator: " × "))
                isOneDevice = count == nil
            }
        }
        if fact(.batchTokens) == nil, !conflicts.contains(.batchTokens), let batch = self[.batch],
            let length = self[.sequence]
        {
            add(.batchTokens, batch * length, "batch_size × sequence_length")
        }
    }

    private mutating func peak(_ log: RunLog) {
        for name in RunQuantity.rateSeries {
            guard let series = log.series.first(where: { $0.name == name }) else { continue }
            if let peak = series.values.filter(\.isFinite).max(), peak > 0 { add(.rate, peak, "the highest \(name)") }
            return
        }
    }

    // MARK: - Tokens

    private mutating func tokens(_ log: RunLog, _ step: Int?, _ hasEnded: Bool, chosen: String?) {
        if chosen != nil { return stated(.tokens, chosen: chosen) }
        let row = step.map { $0 - log.stepsBeforeZero }
        if let row, let (value, origin) = Self.counted(log, at: row, sequence: self[.sequence]) {
            return add(.tokens, value, origin)
        }
        let computed = step.flatMap { step in self[.batchTokens].map { Double(step) * $0 } }
        let found = settings.numbers(RunQuantity.tokens.names).filter { $0.value > 0 && $0.value.isFinite }
        // What was planned is what was seen only where the run came to its end.
        guard let first = found.first, hasEnded || step == nil else {
            if let computed, computed > 0 {
                add(.tokens, computed, Self.steps(log) + " × batch_tokens")
                if isOneDevice {
                    notices.append(
                        RunLog.Notice(
                            code: "one-device-assumed",
                            message: "\(run): nothing says how many devices shared the batch; one is assumed",
                            hint: "say what it was: --set 'batch_tokens=524288'"))
                }
            }
            return
        }
        let isOne = found.allSatisfy { ($0.value / first.value - 1).magnitude <= RunQuantity.tokens.tolerance }
        let agrees =
            computed.map { ($0 / first.value - 1).magnitude <= RunQuantity.tokens.tolerance || $0 == 0 } ?? true
        if isOne, agrees { return add(.tokens, first.setting) }
        var said = found.map { (Numeral.quantity($0.value, digits: 6), $0.setting.place, $0.setting.key) }
        if let computed, !agrees {
            let batch = fact(.batchTokens)?.origin ?? ""
            said.append(
                (Numeral.quantity(computed, digits: 6), "step \(step ?? 0) × batch_tokens, \(batch)", ""))
        }
        conflict(.tokens, said)
    }

    // Steps that are counted from 0 are one more than the number of the row.
    private static func steps(_ log: RunLog) -> String {
        log.stepsBeforeZero == 0 ? "step" : "(step + \(log.stepsBeforeZero), for the first is 0)"
    }

    /// Tokens up to a step by a series that counts them, or that counts sequences.
    static func counted(_ log: RunLog, at step: Int, sequence: Double?) -> (value: Double, origin: String)? {
        for name in RunQuantity.tokenSeries {
            guard let series = log.series.first(where: { $0.name == name }) else { continue }
            if let value = StitchedSeries(series).value(at: step), value > 0 { return (value, "the series \(name)") }
        }
        guard let sequence else { return nil }
        for name in RunQuantity.sampleSeries {
            guard let series = log.series.first(where: { $0.name == name }) else { continue }
            if let value = StitchedSeries(series).value(at: step), value > 0 {
                return (value * sequence, "\(name) × sequence_length")
            }
        }
        return nil
    }
}
