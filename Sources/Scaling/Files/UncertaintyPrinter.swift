// What a law file keeps of the doubt in a fit: profiles, draws, the weak direction of its design.

import Fitting
import Formulas

extension LawPrinter {
    mutating func print(_ profile: SavedProfile) {
        header("profile", profile.name)
        entry("level", Expression.decimal(profile.interval.level))
        entry("estimate", Expression.decimal(profile.estimate))
        entry("lower", Self.written(profile.interval.lower))
        entry("upper", Self.written(profile.interval.upper))
        entry("identified", profile.isIdentified ? nil : "no")
        entry("complete", profile.isComplete ? nil : "no")
        for point in profile.curve {
            entry("point", "\(Expression.decimal(point.value)) \(Expression.decimal(point.root))")
        }
    }

    mutating func print(_ draws: Draws) {
        header("draws")
        entry("kind", draws.kind)
        entry("requested", String(draws.requested))
        entry("attempted", String(draws.attempted))
        entry("seed", String(draws.seed))
        entry("global", draws.isGlobal ? "yes" : nil)
        entry("left-basin", String(draws.leftBasin))
        for failure in draws.failures { entry("failed", "\(failure.count) \(failure.reason)") }
        for place in 0..<draws.count {
            entry("draw", draws.draw(place).map(Expression.decimal).joined(separator: " "))
        }
    }

    static func written(_ end: ConfidenceInterval.End) -> String {
        switch end {
        case .at(let value): Expression.decimal(value)
        case .bound(let value): "\(Expression.decimal(value)) bound"
        case .unbounded: "open"
        }
    }

    static func written(_ direction: WeakDirection) -> String {
        let factors = direction.factors.map { "\(Symbol($0.input))^\(Expression.decimal($0.exponent))" }
        return factors.joined(separator: " ") + " in " + Expression.decimal(direction.range.lowerBound) + ".."
            + Expression.decimal(direction.range.upperBound)
    }
}
