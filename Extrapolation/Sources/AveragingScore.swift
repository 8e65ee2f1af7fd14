// Averages of laws, with settings learned on the curves of other families.

import Formulas
import Scaling

/// Learns the settings of an average on some curves, and scores it on others.
public struct AveragingScore: Sendable {
    private let curves: [AveragedCurve]

    public init(_ curves: [AveragedCurve]) { self.curves = curves }

    private static let blends = [0.25, 0.5, 0.75, 1]
    private static let trusts = [0.0, 1, 2, 4, 8]
    private static let nearnesses = [0.0, 2, 4]
    private static let sharpness = 3.0

    /// The settings with the least mean error on these curves; the record of the laws is theirs.
    public func learned(on curves: [AveragedCurve]) -> Averaging {
        let record = Self.record(curves)
        var best: (averaging: Averaging, error: Double)?
        for blend in Self.blends {
            for trust in Self.trusts {
                for nearness in Self.nearnesses {
                    let averaging = Averaging(
                        blend: blend, sharpness: Self.sharpness, nearness: nearness, trust: trust, record: record)
                    let error = Self.mean(curves.map { Self.error($0, averaging) })
                    if best.map({ error < $0.error }) ?? true { best = (averaging, error) }
                }
            }
        }
        return best?.averaging ?? .publicCurves
    }

    /// Mean ln error of each law.
    static func record(_ curves: [AveragedCurve]) -> [String: Double] {
        Dictionary(
            uniqueKeysWithValues: AveragedCurve.laws.enumerated().map { law, id in
                (id, mean(curves.map { Elementary.ln($0.error(ofLaw: law)) }))
            })
    }

    static func error(_ curve: AveragedCurve, _ averaging: Averaging) -> Double {
        curve.error(
            averaging.weights(AveragedCurve.laws, scores: averaging.scores(curve.cutoffs, runs: curve.runs)))
    }

    /// The error of each curve, by settings learned without its family.
    public var errors: [Double] {
        var settings: [String: Averaging] = [:]
        for family in Set(curves.map(\.family)) {
            settings[family] = learned(on: curves.filter { $0.family != family })
        }
        return curves.map { Self.error($0, settings[$0.family] ?? .publicCurves) }
    }

    /// The score in words.
    public var text: String {
        let average = errors
        let single = AveragedCurve.laws.indices.map { law in curves.map { $0.error(ofLaw: law) } }
        let best = single.indices.min { Self.mean(single[$0]) < Self.mean(single[$1]) } ?? 0
        let equal = curves.map { curve in
            curve.error(AveragedCurve.laws.map { _ in 1 / Double(AveragedCurve.laws.count) })
        }
        let oracle = curves.indices.map { curve in single.map { $0[curve] }.min() ?? .nan }
        let all = learned(on: curves)
        var alone = all
        (alone.blend, alone.trust) = (0, 0)
        var rows = [["", "mean", "geometric mean"]]
        for (law, id) in AveragedCurve.laws.enumerated() { rows.append(Self.row(id, single[law])) }
        rows.append(Self.row("equal weights", equal))
        rows.append(Self.row("weights from the curve alone", curves.map { Self.error($0, alone) }))
        rows.append(Self.row("average", average))
        rows.append(Self.row("oracle: the best law of each curve", oracle))
        let differences = zip(average, single[best]).map { $0 - $1 }
        let mean = Self.mean(differences)
        let count = Double(differences.count)
        let spread = (differences.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1) / count).squareRoot()
        let worst = Set(average.indices.sorted { average[$0] > average[$1] }.prefix(2))
        let rest = average.indices.filter { !worst.contains($0) }
        func fixed(_ value: Double) -> String { Numeral.fixed(value, decimals: 4) }
        let wins = differences.count { $0 < 0 }
        let record = AveragedCurve.laws.map { "\($0) \(Numeral.fixed(all.record[$0] ?? .nan, decimals: 2))" }
        return Lines.text(rows) + """

            best single law: \(AveragedCurve.laws[best])
            average less best single: \(fixed(mean)) ± \(fixed(spread)), paired; ratio \(fixed(Self.mean(average) / Self.mean(single[best])))
            wins and losses: \(wins) and \(differences.count { $0 > 0 })
            without the two worst curves: average \(fixed(Self.mean(rest.map { average[$0] }))), best single \(fixed(Self.mean(rest.map { single[best][$0] })))
            learned on all: blend \(all.blend), trust \(all.trust), nearness \(all.nearness), sharpness \(all.sharpness)
            ln error of each law: \(record.joined(separator: ", "))

            """
    }

    private static func row(_ name: String, _ errors: [Double]) -> [String] {
        let geometric = Elementary.exp(mean(errors.map(Elementary.ln)))
        return [name, Numeral.fixed(mean(errors), decimals: 4), Numeral.fixed(geometric, decimals: 4)]
    }

    private static func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
}
