// The law's lines and bands through the groups of a figure of a fit.

import Fitting
import Formulas
import Scaling

extension FitFigure {
    struct Lines {
        let figure: FitFigure
        let groups: [Group]

        /// Points along a line.
        private static let steps = 64
        /// With more lines than this only those that were asked for have a band.
        private static let mostBands = 3

        init(_ figure: FitFigure, _ groups: [Group]) { (self.figure, self.groups) = (figure, groups) }

        func made() throws(ScalingError) -> (curves: [any Mark], bands: [any Mark]) {
            var (curves, bands): ([any Mark], [any Mark]) = ([], [])
            for group in groups {
                guard let domain = domain(group) else {
                    // Runs at one place have no line, but a name.
                    if let label = group.label(figure.by), let row = (group.rows + group.others).last {
                        curves.append(
                            Curve(
                                x: [figure.x(ofRow: row)], y: [figure.runs.observed[row]], ink: group.ink,
                                label: label))
                    }
                    continue
                }
                let grid = Self.grid(domain.whole)
                let held = held(group)
                let points = try Points(
                    grid.map { x in
                        var point = held
                        point[figure.x] = .number(x)
                        return point
                    }, for: figure.law)
                let hasBand = groups.count <= Self.mostBands || !group.asked.isEmpty
                let predictions =
                    hasBand
                    ? try figure.law.predict(points, level: figure.level, interval: figure.kind)
                    : try figure.law.line(through: points)
                let fitted = grid.indices.filter { domain.fitted?.contains(grid[$0]) ?? false }
                let label = group.label(figure.by)
                let series = label ?? "the law"
                if let first = fitted.first, let last = fitted.last, last > first {
                    curves.append(
                        Curve(
                            series, x: Array(grid[first...last]), y: Array(predictions.values[first...last]),
                            ink: group.ink))
                }
                // What no run of the group supports is dashed.
                let ends = [
                    grid.startIndex...(fitted.first ?? grid.endIndex - 1), (fitted.last ?? 0)...(grid.endIndex - 1),
                ]
                for end in fitted.isEmpty ? [ends[0]] : ends where end.count > 1 {
                    curves.append(
                        Curve(
                            "\(series), beyond its runs", x: Array(grid[end]), y: Array(predictions.values[end]),
                            ink: group.ink, dash: .dashed))
                }
                if let published = figure.published {
                    let values = try published.line(through: try points.read(by: published)).values
                    curves.append(
                        Curve(
                            "\(published.id)\(label.map { ", \($0)" } ?? "")", x: grid, y: values, ink: group.ink,
                            width: 1.8, dash: .dotted))
                }
                if let label, let end = predictions.values.last {
                    curves.append(Curve(x: [grid[grid.count - 1]], y: [end], ink: group.ink, label: label))
                }
                if hasBand, let lower = predictions.lower, let upper = predictions.upper {
                    bands.append(Band(series, x: grid, lower: lower, upper: upper, ink: group.ink))
                }
            }
            return (curves, bands)
        }

        // From the first to the last run or asked point of a group; nil where that is one place.
        private func domain(_ group: Group) -> (whole: ClosedRange<Double>, fitted: ClosedRange<Double>?)? {
            let own = group.rows.map { figure.x(ofRow: $0) }.filter(\.isFinite)
            let asked = group.asked.compactMap { figure.asked?.numbers[figure.x]?[$0] }.filter(\.isFinite)
            // A line for a point without runs begins where the runs of all groups begin.
            let all = own.isEmpty ? figure.runs.fitted.map { figure.x(ofRow: $0) }.filter(\.isFinite) : []
            guard let low = (own + asked + all).min(), let high = (own + asked).max(), high > low else { return nil }
            let fitted = own.min().flatMap { low in own.max().map { low...$0 } }
            return (low...high, fitted)
        }

        // The inputs but x: the group's value, and of the others what its runs have, or their median.
        private func held(_ group: Group) -> Point {
            var point = Point()
            for input in figure.law.inputs where input.name != figure.x {
                if input.name == figure.by, let value = group.value {
                    point[input.name] = value
                } else if group.rows.isEmpty, let place = group.asked.first, let asked = self.asked(input, place) {
                    point[input.name] = asked
                } else if let labels = figure.runs.points.labels[input.name] {
                    let own = group.rows.map { labels[$0] }.sorted()
                    point[input.name] = .label(own.isEmpty ? labels.first ?? "" : own[own.count / 2])
                } else if let numbers = figure.runs.points.numbers[input.name] {
                    let rows = group.rows.isEmpty ? figure.runs.fitted : group.rows
                    let own = rows.map { numbers[$0] }.filter(\.isFinite).sorted()
                    point[input.name] = .number(own.isEmpty ? .nan : own[own.count / 2])
                }
            }
            return point
        }

        // What was asked of an input, where a group has no runs of its own.
        private func asked(_ input: LawInput, _ place: Int) -> Point.Value? {
            guard let points = figure.asked else { return nil }
            if let labels = points.labels[input.name] { return .label(labels[place]) }
            return points.numbers[input.name].map { .number($0[place]) }
        }

        private static func grid(_ range: ClosedRange<Double>) -> [Double] {
            let (low, high) = (range.lowerBound, range.upperBound)
            let inner = (1..<(steps - 1)).map { step in
                let share = Double(step) / Double(steps - 1)
                guard low > 0 else { return low + (high - low) * share }
                return low * Elementary.exp(share * Elementary.ln(high / low))
            }
            return [low] + inner + [high]
        }
    }
}

extension Law {
    /// The law's values alone: intervals of every point of a line, from thousands of draws, would take longer than all
    /// of the rest.
    func line(through points: Points, set: String? = nil) throws(ScalingError) -> Predictions {
        // An average has no estimates of its own.
        if kind == .average { return try predict(points) }
        let known = try estimates(set: set)
        return try predict(points, estimates: Estimates(names: known.names, values: known.values))
    }
}
