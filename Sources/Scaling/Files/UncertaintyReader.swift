// Reads what a law file keeps of the doubt in a fit.

import Fitting
import Formulas

extension LawReader {
    func readProfiles() throws(ScalingError) -> [SavedProfile] {
        var profiles: [SavedProfile] = []
        for section in file.sections where section.kind == "profile" {
            let level = try number(try required("level", section))
            guard level > 0, level < 1 else {
                let entry = try required("level", section)
                throw .lawFile(.unreadable(entry.value, key: "level", example: "0.95"), at: file.place(value: entry))
            }
            var profile = SavedProfile(
                name: section.name ?? "", estimate: try number(try required("estimate", section)),
                interval: ConfidenceInterval(
                    lower: try end(try required("lower", section)), upper: try end(try required("upper", section)),
                    level: level),
                isIdentified: section["identified"]?.value != "no", isComplete: section["complete"]?.value != "no")
            for entry in section.all("point") {
                let numbers = entry.value.split(separator: " ").map { Self.number(String($0)) }
                guard numbers.count == 2, let value = numbers[0], let root = numbers[1] else {
                    throw .lawFile(
                        .unreadable(entry.value, key: "point", example: "0.35 -1.2"), at: file.place(value: entry))
                }
                profile.curve.append(SavedProfile.Point(value: value, root: root))
            }
            profiles.append(profile)
        }
        return profiles
    }

    private func end(_ entry: LawEntry) throws(ScalingError) -> ConfidenceInterval.End {
        if entry.value == "open" { return .unbounded }
        let words = entry.value.split(separator: " ")
        if let first = words.first, let value = Self.number(String(first)) {
            if words.count == 1 { return .at(value) }
            if words.count == 2, words[1] == "bound" { return .bound(value) }
        }
        throw .lawFile(
            .unreadable(entry.value, key: entry.key, example: "0.31, 0.31 bound, or open"),
            at: file.place(value: entry))
    }

    func readDraws(_ estimates: Estimates) throws(ScalingError) -> Draws? {
        guard let section = file.sections.first(where: { $0.kind == "draws" }) else { return nil }
        var parameters: [Double] = []
        let rows = section.all("draw")
        parameters.reserveCapacity(rows.count * estimates.names.count)
        for (row, entry) in rows.enumerated() {
            let count = estimates.names.count
            parameters += try numbers(entry, count) { .drawShape(row: row + 1, found: $0, expected: count) }
        }
        var failures: [Draws.Failure] = []
        for entry in section.all("failed") {
            let parts = entry.value.split(separator: " ", maxSplits: 1)
            guard parts.count == 2, let count = Int(parts[0]), count > 0 else {
                throw .lawFile(
                    .unreadable(entry.value, key: "failed", example: "12 no certified minimum"),
                    at: file.place(value: entry))
            }
            failures.append(Draws.Failure(reason: String(parts[1]), count: count))
        }
        let requested = try whole(try required("requested", section))
        return Draws(
            names: estimates.names, kind: try required("kind", section).value, estimates: estimates.values,
            requested: requested, attempted: try section["attempted"].map(whole) ?? requested,
            seed: UInt64(try whole(try required("seed", section))), isGlobal: section["global"]?.value == "yes",
            parameters: parameters, failures: failures, leftBasin: try section["left-basin"].map(whole) ?? 0)
    }

    private func whole(_ entry: LawEntry) throws(ScalingError) -> Int {
        guard let number = Int(entry.value), number >= 0 else { throw notANumber(entry) }
        return number
    }

    func readPriors(_ section: LawSection) throws(ScalingError) -> [Prior] {
        var priors: [Prior] = []
        for entry in section.all("prior") {
            do { priors.append(try Prior(entry.value)) } catch {
                throw .lawFile(
                    .unreadable(entry.value, key: "prior", example: "alpha ~ normal(0.35, 0.1)"),
                    at: file.place(value: entry))
            }
        }
        return priors
    }

    // `D^1 N^-1 in 0.5..20`
    func readWeakDirection(_ section: LawSection) throws(ScalingError) -> WeakDirection? {
        guard let entry = section["weak-direction"] else { return nil }
        let fault = ScalingError.lawFile(
            .unreadable(entry.value, key: entry.key, example: "D^1 N^-1 in 0.5..20"), at: file.place(value: entry))
        guard let split = entry.value.lastRange(of: " in ") else { throw fault }
        guard let range = Bound(String(entry.value[split.upperBound...])), range.lower > 0, range.upper.isFinite
        else {
            throw fault
        }
        var factors: [WeakDirection.Factor] = []
        var rest = entry.value[..<split.lowerBound].drop { $0 == " " }
        while !rest.isEmpty {
            guard let (name, power) = Self.factor(rest), let exponent = Double(power) else { throw fault }
            factors.append(WeakDirection.Factor(input: name, exponent: exponent))
            rest = rest[power.endIndex...].drop { $0 == " " }
        }
        if factors.count < 2 { throw fault }
        return WeakDirection(factors: factors, range: range.lower...range.upper)
    }

    // The name of the first factor, which stands in backquotes where it is no plain word, and its exponent.
    private static func factor(_ text: Substring) -> (name: String, power: Substring)? {
        let isQuoted = text.first == "`"
        let inside = isQuoted ? text.dropFirst() : text
        guard let end = inside.firstIndex(of: isQuoted ? "`" : "^") else { return nil }
        let after = isQuoted ? inside[inside.index(after: end)...] : inside[end...]
        guard after.first == "^" else { return nil }
        return (String(inside[..<end]), after.dropFirst().prefix { $0 != " " })
    }
}

extension String {
    fileprivate func lastRange(of part: String) -> Range<String.Index>? {
        var start = endIndex
        while start > startIndex {
            start = index(before: start)
            if self[start...].hasPrefix(part) { return start..<index(start, offsetBy: part.count) }
        }
        return nil
    }
}
