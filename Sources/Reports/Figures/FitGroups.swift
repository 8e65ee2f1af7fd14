// Which runs share a colour and a line.

import Formulas
import Scaling

extension FitFigure {
    /// Runs that lie along one line of the law, but for the other inputs.
    struct Group {
        /// Of the colouring input; nil where there is none.
        var value: Point.Value?
        /// Fitted rows.
        var rows: [Int]
        /// Points that were asked for.
        var asked: [Int]
        /// Rows that were not fitted.
        var others: [Int] = []
        var ink: Ink
        var symbol = Drawing.Symbol.circle
        /// Whether its runs are near its value only.
        var isGathered = false

        func label(_ name: String?) -> String? {
            switch value {
            case .number(let number)?:
                "\(name ?? "") \(isGathered ? "≈" : "=") \(Ticks.label(number, number >= 1e3 ? .size : .plain, digits: 3))"
            case .label(let label)?: label
            case nil: nil
            }
        }
    }

    /// The groups, in the order of their values.
    func groups() -> [Group] {
        guard let by else {
            return [
                Group(
                    value: nil, rows: runs.fitted, asked: Array(0..<(asked?.count ?? 0)), others: runs.others,
                    ink: .kind(0))
            ]
        }
        if let labels = runs.points.labels[by] ?? runs.labels[by] {
            return groups(labels: labels, asked?.labels[by] ?? [])
        }
        return groups(numbers: runs.points.numbers[by] ?? runs.numbers[by] ?? [], asked?.numbers[by] ?? [])
    }

    private func groups(labels: [String], _ asked: [String]) -> [Group] {
        let names = Set((runs.fitted + runs.others).map { labels[$0] } + asked).sorted()
        return names.enumerated().map { place, name in
            Group(
                value: .label(name), rows: runs.fitted.filter { labels[$0] == name },
                asked: asked.indices.filter { asked[$0] == name },
                others: runs.others.filter { labels[$0] == name }, ink: .kind(place),
                symbol: [.circle, .square, .triangle, .diamond][place % 4])
        }
    }

    private func groups(numbers: [Double], _ asked: [Double]) -> [Group] {
        let known = Self.distinct((runs.fitted + runs.others).map { numbers[$0] })
        let gathers = known.count > Self.mostLines
        let centres = Self.distinct((gathers ? Self.gathered(known) : known) + asked)
        // A value belongs to the centre that is nearest by ratio.
        func nearest(_ value: Double) -> Int {
            centres.indices.min { Self.apart(centres[$0], value) < Self.apart(centres[$1], value) } ?? 0
        }
        return centres.enumerated().map { place, centre in
            Group(
                value: .number(centre), rows: runs.fitted.filter { nearest(numbers[$0]) == place },
                asked: asked.indices.filter { nearest(asked[$0]) == place },
                others: runs.others.filter { nearest(numbers[$0]) == place },
                ink: .step(place, of: centres.count), isGathered: gathers && !asked.contains(centre))
        }.filter { !$0.rows.isEmpty || !$0.asked.isEmpty || !$0.others.isEmpty }
    }

    // Values within a hundredth of each other count as one.
    private static func distinct(_ values: [Double]) -> [Double] {
        var distinct: [Double] = []
        for value in values.sorted() where value.isFinite {
            if distinct.last.map({ value > $0 + 0.01 * $0.magnitude }) ?? true { distinct.append(value) }
        }
        return distinct
    }

    // The middles of so many equal parts of many values.
    private static func gathered(_ values: [Double]) -> [Double] {
        (0..<gatheredLines).map { values[(2 * $0 + 1) * values.count / (2 * gatheredLines)] }
    }

    private static func apart(_ a: Double, _ b: Double) -> Double {
        a > 0 && b > 0 ? Elementary.ln(a / b).magnitude : (a - b).magnitude
    }
}
