// From a law to its file: the sections in the order of the schema, lines of 118 characters.

import Fitting
import Formulas

struct LawPrinter {
    private(set) var text = ""
    static let width = 118

    mutating func print(_ law: Law) {
        printTop(law)
        for input in law.inputs { print(input) }
        for member in law.members {
            header("member", member.law.id)
            entry("weight", Expression.decimal(member.weight))
        }
        if let response = law.response {
            header("response", response.name)
            entry("meaning", response.meaning)
            entry("unit", response.unit)
            entry("direction", response.direction?.rawValue)
            entry("column", response.column.map(Self.written))
        }
        for parameter in law.parameters { print(parameter) }
        print(law.fitting, law.fit)
        if let fit = law.fit { print(fit) }
        for set in law.sets { print(set) }
        for golden in law.goldens { print(golden, law) }
        for member in law.members {
            text += "\n"
            print(member.law)
        }
    }

    private mutating func printTop(_ law: Law) {
        entry("allometry-law", LawFile.version)
        entry("kind", law.kind == .law ? nil : law.kind.rawValue)
        entry("title", law.title.isEmpty ? law.id : law.title)
        entry("authors", law.authors)
        entry("year", law.year.map(String.init))
        entry("identifier", law.identifier)
        entry("equation", law.equation)
        entry("field", law.field)
        entry("formula", law.formula.map(Self.written))
        entry("notes", law.notes)
        for trap in law.traps { entry("trap", trap) }
        entry("scaled", law.scaled)
        entry("range", law.range)
        entry("figures", law.figures)
    }

    private mutating func print(_ input: LawInput) {
        header("input", input.name)
        entry("meaning", input.meaning)
        entry("unit", input.unit)
        entry("counting", input.counting)
        entry("range", Self.written(input.range))
        entry("column", input.column.map(Self.written))
    }

    private mutating func print(_ parameter: LawParameter) {
        header("parameter", parameter.name)
        entry("meaning", parameter.meaning)
        entry("bound", Self.written(parameter.bound))
        entry("fixed", parameter.fixed.map(Expression.decimal))
        entry("start", parameter.start.map(Expression.decimal))
        entry("tie", parameter.tie.map(Self.written))
    }

    private mutating func print(_ fitting: LawFitting, _ fit: SavedFit?) {
        if fitting == LawFitting(), fit == nil { return }
        header("fit")
        entry("loss", fitting.loss?.description)
        entry("residual", fitting.residual?.rawValue)
        entry("weights", fitting.weights.map(Self.written))
        entry("weights-are", fitting.weightMeaning?.rawValue)
        entry("where", fitting.condition.map(Self.written))
        for prior in fitting.priors { entry("prior", "\(prior)") }
        for schedule in fitting.schedules { entry("schedule", schedule) }
        entry("recipe", fitting.recipe)
        guard let fit else { return }
        entry("table", fit.table)
        entry("observations", Expression.decimal(fit.observations))
        for omission in fit.omissions { entry("omitted", "\(omission.count) \(omission.reason)") }
        entry("objective", Expression.decimal(fit.objective))
        entry("noise", fit.noise.map(Expression.decimal))
        entry("noise-from", fit.noiseSource)
        entry("evaluation-noise", fit.evaluationNoise.map(Expression.decimal))
        entry("weak-direction", fit.weakDirection.map(Self.written))
        entry("ended", fit.termination)
        entry("seed", String(fit.seed))
        entry("version", fit.version)
    }

    private mutating func print(_ fit: SavedFit) {
        let estimates = fit.estimates
        header("estimates")
        entry("degrees-of-freedom", Expression.decimal(estimates.degreesOfFreedom))
        for (name, value) in zip(estimates.names, estimates.values) {
            entry("value", "\(name) = \(Expression.decimal(value))")
        }
        if let covariance = estimates.covariance {
            let count = estimates.names.count
            for row in 0..<count {
                entry(
                    "covariance",
                    covariance[(row * count)..<((row + 1) * count)].map(Expression.decimal).joined(separator: " "))
            }
        }
        for profile in fit.profiles { print(profile) }
        if let draws = fit.draws { print(draws) }
        if let calibration = fit.calibration { print(calibration) }
        for warning in fit.warnings {
            header("warning", warning.code)
            entry("message", warning.message)
            entry("hint", warning.hint)
        }
    }

    private mutating func print(_ set: LawSet) {
        header("set", set.name)
        entry("default", set.isDefault ? "yes" : nil)
        entry("values", set.values.map { "\($0.name) = \(Self.written($0.value))" }.joined(separator: ", "))
        entry("data", set.data)
        entry("objective", set.objective)
        entry("uncertainty", set.uncertainty)
        entry("range", set.range)
        entry("certainty", set.certainty?.rawValue)
        entry("source", set.source)
        entry("note", set.note)
    }

    private mutating func print(_ golden: LawGolden, _ law: Law) {
        header("golden")
        let order = law.inputs.map(\.name)
        entry(
            "at",
            order.compactMap { name in
                switch golden.point[name] {
                case .number(let value): "\(name) = \(Self.written(value))"
                case .label(let label): "\(name) = \(label)"
                case nil: nil
                }
            }.joined(separator: ", "))
        entry("set", golden.set)
        entry("value", Expression.decimal(golden.value))
        entry("tolerance", Expression.decimal(golden.tolerance))
        entry("provenance", golden.provenance)
    }

    // MARK: - Lines

    mutating func header(_ kind: String, _ name: String? = nil) {
        text += "\n[\(kind)\(name.map { " " + LawEscapes.written($0) } ?? "")]\n"
    }

    // Nothing is written for what is not known. A line breaks only at a single space, which joining gives back.
    mutating func entry(_ key: String, _ value: String?) {
        guard let value, !value.isEmpty else { return }
        var line = key + ":"
        var width = line.count
        let words = LawEscapes.written(value).split(separator: " ", omittingEmptySubsequences: false)
        for (position, word) in words.enumerated() {
            let isBreakable = position > 1 && !word.isEmpty && !words[position - 1].isEmpty
            if isBreakable, width + 1 + word.count > Self.width {
                text += line + "\n"
                line = " "
                width = 1
            }
            line += " " + word
            width += 1 + word.count
        }
        text += line + "\n"
    }

    // MARK: - Values

    static func written(_ formula: Formula) -> String {
        let isPlain = !formula.text.isEmpty && formula.text.utf8.allSatisfy { $0 >= 0x20 }
        return isPlain ? formula.text : "\(formula)"
    }

    static func written(_ bound: Bound) -> String? {
        if bound == .none { return nil }
        return (bound.lower == -.infinity ? "" : written(bound.lower)) + ".."
            + (bound.upper == .infinity ? "" : written(bound.upper))
    }

    /// The number as people of the field write it, to its last digit: 70B, 0.34, 1e20.
    static func written(_ value: Double) -> String {
        for (scale, suffix) in [(1e6, "M"), (1e9, "B"), (1e12, "T")] where value.magnitude >= scale {
            let short = Expression.decimal(value / scale)
            if value.magnitude < scale * 1000, short.utf8.count <= 5, Quantity.parse(short + suffix) == value {
                return short + suffix
            }
        }
        let text = Expression.decimal(value)
        // 1e+20 and 100000000000000000000 are both written 1e20.
        let short = text.replacing("e+", with: "e")
        return short
    }
}
