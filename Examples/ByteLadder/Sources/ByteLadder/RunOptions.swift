// Options to a run and back: one row an option, so that the help, the parser and the error messages agree.

/// One option of `byte-ladder train`.
struct RunOption: Sendable {
    var name: String
    var value: String
    var meaning: String
    var set: @Sendable (inout Run, String, String) throws(LadderError) -> Void
}

extension Run {
    /// Every option of a run, in the order of the help.
    static let options: [RunOption] = [
        RunOption(name: "name", value: "NAME", meaning: "folder and row of the run") { run, text, _ in run.name = text
        },
        RunOption(name: "recipe", value: "gated|plain", meaning: "defaults, and the label in the table") { _, _, _ in
        },
        RunOption(name: "purpose", value: "WORD", meaning: "ladder, sweep, seed, schedule, promise") { run, text, _ in
            run.purpose = text
        },
        RunOption(name: "seed", value: "N", meaning: "of weights and order") { run, text, name throws(LadderError) in
            run.seed = UInt64(try whole(text, name))
        },
        RunOption(name: "width", value: "N", meaning: "residual stream") { run, text, name throws(LadderError) in
            run.shape.width = try whole(text, name)
        },
        RunOption(name: "layers", value: "N", meaning: "blocks") { run, text, name throws(LadderError) in
            run.shape.layers = try whole(text, name)
        },
        RunOption(name: "heads", value: "N", meaning: "attention heads (default width / 16)") {
            run, text, name throws(LadderError) in run.shape.heads = try whole(text, name)
        },
        RunOption(name: "hidden", value: "N", meaning: "feed-forward width (default 8/3 or 4 times the width)") {
            run, text, name throws(LadderError) in run.shape.hidden = try whole(text, name)
        },
        RunOption(name: "context", value: "N", meaning: "bytes a prediction may see") {
            run, text, name throws(LadderError) in run.shape.context = try whole(text, name)
        },
        RunOption(name: "feed-forward", value: words(FeedForward.self), meaning: "three matrices or two") {
            run, text, name throws(LadderError) in run.shape.feedForward = try choice(text, name)
        },
        RunOption(name: "positions", value: words(Positions.self), meaning: "how a byte knows its place") {
            run, text, name throws(LadderError) in run.shape.positions = try choice(text, name)
        },
        RunOption(name: "output", value: words(Output.self), meaning: "the embedding again, or a head of its own") {
            run, text, name throws(LadderError) in run.shape.output = try choice(text, name)
        },
        RunOption(name: "tokens", value: "N", meaning: "bytes to train on, 2M is two million") {
            run, text, name throws(LadderError) in run.requestedTokens = try whole(text, name)
        },
        RunOption(name: "batch", value: "N", meaning: "bytes in a step") { run, text, name throws(LadderError) in
            run.batchTokens = try whole(text, name)
        },
        RunOption(name: "lr", value: "X", meaning: "peak learning rate") { run, text, name throws(LadderError) in
            run.rate = try number(text, name)
        },
        RunOption(name: "schedule", value: words(Schedule.Kind.self), meaning: "after the warm-up") {
            run, text, name throws(LadderError) in run.schedule.kind = try choice(text, name)
        },
        RunOption(name: "warmup", value: "X", meaning: "share of the steps that warm up") {
            run, text, name throws(LadderError) in run.schedule.warmup = try number(text, name)
        },
        RunOption(name: "final", value: "X", meaning: "share of the peak left at the end") {
            run, text, name throws(LadderError) in run.schedule.final = try number(text, name)
        },
        RunOption(name: "decay", value: "X", meaning: "share of the steps that decay, for wsd") {
            run, text, name throws(LadderError) in run.schedule.decay = try number(text, name)
        },
        RunOption(name: "beta1", value: "X", meaning: "memory of the mean") { run, text, name throws(LadderError) in
            run.optimizer.beta1 = try number(text, name)
        },
        RunOption(name: "beta2", value: "X", meaning: "memory of the square") { run, text, name throws(LadderError) in
            run.optimizer.beta2 = try number(text, name)
        },
        RunOption(name: "weight-decay", value: "X", meaning: "of matrices, times the rate") {
            run, text, name throws(LadderError) in run.optimizer.decay = try number(text, name)
        },
        RunOption(name: "clip", value: "X", meaning: "largest gradient norm, 0 for none") {
            run, text, name throws(LadderError) in run.optimizer.clip = try number(text, name)
        },
        RunOption(name: "evaluations", value: "N", meaning: "held-out losses over the run") {
            run, text, name throws(LadderError) in run.evaluations = try whole(text, name)
        },
        RunOption(name: "evaluation-tokens", value: "N", meaning: "bytes of each but the last") {
            run, text, name throws(LadderError) in run.evaluationTokens = try whole(text, name)
        },
    ]

    /// A run from `--option value` pairs; the recipe's defaults first, whatever the order. `--help`-like options of
    /// the command must have been taken out before.
    public init(options arguments: [String]) throws(LadderError) {
        var pairs: [(option: RunOption, text: String)] = []
        var index = 0
        while index < arguments.count {
            let word = arguments[index]
            guard word.hasPrefix("--") else {
                throw .option("'\(word)' is not an option", help: "options are `--name value`")
            }
            let name = String(word.dropFirst(2))
            guard let option = Run.options.first(where: { $0.name == name }) else {
                throw .option("unknown option '\(word)'", help: Run.suggestion(for: name))
            }
            guard index + 1 < arguments.count else {
                throw .option("'\(word)' needs a value", help: "\(word) \(option.value)")
            }
            pairs.append((option, arguments[index + 1]))
            index += 2
        }
        let label = pairs.last { $0.option.name == "recipe" }?.text ?? Recipe.gated.rawValue
        guard let recipe = Recipe(rawValue: label) else {
            throw .option("unknown recipe '\(label)'", help: "--recipe \(words(Recipe.self))")
        }
        self = recipe.defaults
        let named = Set(pairs.map(\.option.name))
        for (option, text) in pairs { try option.set(&self, text, option.name) }
        if !named.contains("heads") { shape.heads = max(1, shape.width / 16) }
        if !named.contains("hidden") {
            shape.hidden = Shape.customaryHidden(width: shape.width, feedForward: shape.feedForward)
        }
    }

    private static func suggestion(for name: String) -> String {
        let near = options.map(\.name).filter { $0.hasPrefix(name.prefix(3)) || name.hasPrefix($0.prefix(3)) }
        return near.isEmpty ? "`byte-ladder help` lists them" : "did you mean --\(near.joined(separator: " or --"))?"
    }

    /// The lines of the help.
    public static var help: String {
        options.map { option in
            let head = "  --\(option.name) \(option.value)"
            return head + String(repeating: " ", count: max(1, 44 - head.count)) + option.meaning
        }.joined(separator: "\n")
    }
}

private func words<T: CaseIterable & RawRepresentable>(_ type: T.Type) -> String where T.RawValue == String {
    type.allCases.map(\.rawValue).joined(separator: "|")
}

private func choice<T: CaseIterable & RawRepresentable>(_ text: String, _ name: String) throws(LadderError) -> T
where T.RawValue == String {
    guard let value = T(rawValue: text) else {
        throw .option("--\(name) '\(text)' is none of its values", help: "--\(name) \(words(T.self))")
    }
    return value
}

/// A number, with k, M or B for thousands, millions and billions.
private func number(_ text: String, _ name: String) throws(LadderError) -> Double {
    let suffixes: [Character: Double] = ["k": 1e3, "K": 1e3, "M": 1e6, "B": 1e9]
    let scale = text.last.flatMap { suffixes[$0] }
    guard let value = Double(scale == nil ? text : String(text.dropLast())), value.isFinite else {
        throw .option("--\(name) '\(text)' is not a number", help: "such as 12, 3e-3 or 2.5M")
    }
    return value * (scale ?? 1)
}

private func whole(_ text: String, _ name: String) throws(LadderError) -> Int {
    let value = try number(text, name).rounded()
    guard value >= 0, value < 0x1p52 else {
        throw .option("--\(name) '\(text)' is not a count", help: "0 or more")
    }
    return Int(value)
}
