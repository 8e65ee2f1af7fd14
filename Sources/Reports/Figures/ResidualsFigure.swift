// What a law leaves unexplained: residuals over every input, against normal quantiles, and which runs pull.

import Fitting
import Formulas
import Scaling

/// A figure of the residuals of a fit.
///
/// A law of the right form leaves residuals that look the same everywhere: a bow over an input says that the form is
/// wrong along it, a fan that the scale of the residual is. The quantiles say whether the tails are those of normal
/// noise; their band is the pointwise 95 % one of order statistics, √(p(1−p)/n)/φ(z) (Fox 2016, section 12.1). The
/// influence of a run is the most by which a parameter moves without it, in standard errors (DFBETAS of Belsley, Kuh &
/// Welsch 1980, by exact refits); their line is at 2/√n.
public struct ResidualsFigure: Sendable {
    public var fit: Fit
    public var law: Law
    /// One for each row of the table.
    public var points: Points
    /// What each fitted row is called.
    public var names: [String]
    /// Nil leaves the panel of influence out.
    public var influence: Influence?

    public init(fit: Fit, law: Law, points: Points, names: [String], influence: Influence?) {
        (self.fit, self.law, self.points, self.names, self.influence) = (fit, law, points, names, influence)
    }

    public func picture() -> Picture {
        let residuals = fit.residuals()
        var panels = law.inputs.compactMap { panel(over: $0, residuals) }
        panels.append(quantiles(residuals))
        if let influence { panels.append(pull(influence)) }
        return Picture(
            title: "Residuals: \(Picture.shortened(law.title))", subtitle: subtitle,
            description: description(residuals),
            panels: panels, columns: panels.count > 4 ? 3 : 2)
    }

    private var unit: String {
        switch fit.problem.residual {
        case .raw: "residual, \(law.responseName)"
        case .log: "residual of ln \(law.responseName)"
        case .logit: "residual of logit \(law.responseName)"
        }
    }

    private var subtitle: String {
        "\(law.observed(Double(names.count))), sd \(Numbers.short(fit.noise, digits: 3)); "
            + "dashed: two standard deviations"
    }

    private func tell(_ row: Int, _ residual: Double) -> String {
        "\(names[row]): \(residual > 0 ? "+" : "")\(Numbers.short(residual, digits: 3))"
    }

    private var axis: Axis { Axis(unit) }

    // MARK: - Over an input

    private func panel(over input: LawInput, _ residuals: [Double]) -> Figure? {
        let rows = fit.problem.rows
        var figure = Figure(title: "over \(input.name)", description: "", x: Axis(input.name), y: axis)
        let x: [Double]
        if let labels = points.labels[input.name] {
            let own = rows.map { labels[$0] }
            let kinds = Array(Set(own)).sorted()
            // A place for each of many labels would be a row of illegible words.
            guard kinds.count <= 12 else { return nil }
            figure.x.scale = .names(kinds)
            x = own.map { Double(kinds.firstIndex(of: $0) ?? 0) }
        } else if let numbers = points.numbers[input.name] {
            x = rows.map { numbers[$0] }
            figure.x = law.axis(input.name, values: x)
        } else {
            return nil
        }
        figure.marks = [
            Rule(.y, at: 0, "zero", ink: .faint, dash: .solid),
            Rule(.y, at: 2 * fit.noise, "two standard deviations", ink: .faint, widens: false),
            Rule(.y, at: -2 * fit.noise, "two standard deviations", ink: .faint, widens: false),
            Dots(
                law.observation + "s", x: x, y: residuals, ink: .kind(0),
                titles: residuals.enumerated().map { tell($0.offset, $0.element) }),
        ]
        return figure
    }

    // MARK: - Against the normal distribution

    private func quantiles(_ residuals: [Double]) -> Figure {
        let order = residuals.indices.sorted { (residuals[$0], $0) < (residuals[$1], $1) }
        let n = Double(order.count)
        let normal = StudentT(degreesOfFreedom: .infinity)
        let probabilities = order.indices.map { (Double($0) + 0.625) / (n + 0.25) }
        let z = probabilities.map(normal.quantile)
        let sorted = order.map { residuals[$0] / fit.noise }
        // Pointwise, of order statistics: √(p(1 − p)/n)/φ(z).
        let half = zip(probabilities, z).map { p, z in
            1.96 * (p * (1 - p) / n).squareRoot() / (0.3989422804014327 * Elementary.exp(-z * z / 2))
        }
        var figure = Figure(
            title: "against normal noise", description: "", x: Axis("normal quantile"),
            y: Axis("residual, standard deviations"))
        figure.marks = [
            Band(
                "95 % of normal noise", x: z, lower: zip(z, half).map { $0 - $1 },
                upper: zip(z, half).map { $0 + $1 }, ink: .faint),
            Curve("normal noise", x: [z.first ?? 0, z.last ?? 1], y: [z.first ?? 0, z.last ?? 1], ink: .faint),
            Dots(
                law.observation + "s", x: z, y: sorted, ink: .kind(0),
                titles: order.map { tell($0, residuals[$0]) }),
        ]
        for place in order.count > 1 ? [0, order.count - 1] : [0] where sorted[place].magnitude > 2.5 {
            figure.marks.append(Note(names[order[place]], x: z[place], y: sorted[place], ink: .faint))
        }
        return figure
    }

    // MARK: - Influence

    /// The most by which a parameter moves without a run, in standard errors; nil without a refit.
    static func pull(_ deletion: Influence.Deletion, _ fit: Fit) -> Double? {
        guard let parameters = deletion.parameters, let errors = fit.standardErrors else { return nil }
        return parameters.indices.compactMap { place -> Double? in
            errors[place] > 0 ? ((parameters[place] - fit.coefficients[place]) / errors[place]).magnitude : nil
        }.filter(\.isFinite).max()
    }

    private func pull(_ influence: Influence) -> Figure {
        let found = influence.deletions.compactMap { deletion in
            Self.pull(deletion, fit).map { (place: deletion.rows.first ?? 0, size: $0) }
        }
        var figure = Figure(
            title: "influence of each run", description: "",
            x: Axis("run, in the order of the table"), y: Axis("move, standard errors"))
        let limit = 2 / Double(max(1, names.count)).squareRoot()
        figure.marks = [
            Stems(
                "influence", x: found.map { Double($0.place + 1) }, y: found.map(\.size), ink: .kind(0),
                titles: found.map {
                    "without \(names[$0.place]): \(Numbers.short($0.size, digits: 3)) standard errors"
                }),
            Rule(.y, at: limit, "2/√n", ink: .faint, label: "2/√n"),
        ]
        // A run that alone holds a parameter moves it without end: it would flatten all others.
        let sorted = found.sorted { $0.size > $1.size }
        let steps = zip(sorted, sorted.dropFirst()).prefix { $0.size > 30 * max($1.size, limit) }.count
        let alone = max(steps, sorted.prefix { $0.size > 1000 }.count)
        let top = sorted.count > alone ? 1.15 * max(sorted[alone].size, 1.5 * limit) : 0
        if alone > 0, top > 0 { figure.y.range = 0...top }
        for (order, strong) in sorted.prefix(3).enumerated() where strong.size > limit {
            let name = names[strong.place]
            let isCut = order < alone && top > 0
            figure.marks.append(
                Note(
                    isCut ? "\(name), \(Numbers.short(strong.size, digits: 2))" : name, x: Double(strong.place + 1),
                    y: isCut ? 0.96 * top : strong.size, ink: .faint))
        }
        return figure
    }

    private func description(_ residuals: [Double]) -> String {
        var text = "Residuals of \(law.observed(Double(names.count))), from "
        text +=
            "\(Numbers.short(residuals.min() ?? .nan, digits: 3)) to \(Numbers.short(residuals.max() ?? .nan, digits: 3))"
        text += ", standard deviation \(Numbers.short(fit.noise, digits: 3))"
        if let far = residuals.indices.max(by: { residuals[$0].magnitude < residuals[$1].magnitude }) {
            text += "; the largest is of \(names[far])"
        }
        let pulls = (influence?.deletions ?? []).compactMap { deletion in
            Self.pull(deletion, fit).map { (deletion.rows.first ?? 0, $0) }
        }
        if let strongest = pulls.max(by: { $0.1 < $1.1 }) {
            text +=
                "; without \(names[strongest.0]) a parameter moves by \(Numbers.short(strongest.1, digits: 3)) "
                + "standard errors"
        }
        return text + "."
    }
}
