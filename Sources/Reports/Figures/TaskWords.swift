// The words of the figure of laws in two steps: its key, its lines' names, and what stands below it on a page.

import Formulas
import Scaling

extension TaskFigure {
    func key(hasIntervals: Bool) -> [Figure.KeyEntry] {
        var key: [Figure.KeyEntry] = []
        if runs != nil { key.append(.init(.circle, .text, "runs")) }
        if asked != nil {
            let what = kind == .mean ? "the law's value" : "a new run"
            let interval = hasIntervals ? ", \(Numbers.short(level * 100, digits: 4)) % for \(what)" : ""
            key.append(.init(.diamond, .accent, "predicted\(interval)"))
        }
        if let published { key.append(.init(.line(.dotted), .text, published.law.id)) }
        return key
    }

    var subtitle: String {
        let steps = chain.links.map { "\($0.input) by \($0.law.id)" }.joined(separator: ", ")
        let centers = centers
        let place = centers.count == 1 ? ratio(centers[0]).map { "; compute at \($0)" } ?? "" : ""
        return "\(law.formula.map { "\($0)" } ?? ""); \(steps)\(place)"
    }

    func description(_ made: Predictions?) -> String {
        var text = "\(law.responseName) through \(inputs)"
        if let runs { text += ", with \(Numbers.counted(runs.fitted.count, "run"))" }
        if let span = costs.map(\.cost).span {
            text +=
                " from \(Numbers.quantity(span.lowerBound, digits: 3)) to \(Numbers.quantity(span.upperBound, digits: 3))"
            text += cost?.isCompute == true ? " FLOP" : ""
        }
        for row in made?.indices ?? 0..<0 {
            guard let prediction = made?[row] else { continue }
            text += "; at \(told(prediction))"
            if let interval = prediction.interval {
                text += ", \(Numbers.short(interval.lower)) to \(Numbers.short(interval.upper))"
            }
            for step in made?.steps ?? [] { text += ", \(step.input) \(Numbers.short(step.predictions.values[row]))" }
        }
        if let published { text += "; beside it \(published.law.title)" }
        return text + "."
    }

    private var inputs: String { chain.links.map(\.input).joined(separator: " and ") }

    // MARK: - Lines over compute

    /// What tells the ray of a point from the others: `D/N = 573`, `dataset = C4`; nil for a single one.
    func ray(_ center: Point, among centers: [Point]) -> String? {
        guard centers.count > 1 else { return nil }
        func differs(_ value: (Point) -> String?) -> Bool { Set(centers.map(value)).count > 1 }
        var parts: [String] = []
        if differs(ratio), let text = ratio(center) { parts.append(text) }
        let growing = cost?.inputs ?? numbers.last.map { [$0] } ?? []
        for input in chain.asked.inputs where !growing.contains(input.name) {
            func written(_ point: Point) -> String? {
                switch point[input.name] {
                case .number(let value)?: "\(input.name) = \(Numbers.quantity(value, digits: 3))"
                case .label(let label)?: "\(input.name) = \(label)"
                case nil: nil
                }
            }
            if differs(written), let text = written(center) { parts.append(text) }
        }
        return parts.isEmpty ? nil : parts.joined(separator: ", ")
    }

    /// `D/N = 573`; nil where the cost is not of two inputs.
    private func ratio(_ center: Point) -> String? {
        guard let cost, cost.inputs.count == 2, let below = center.number(cost.inputs[0]),
            let above = center.number(cost.inputs[1])
        else { return nil }
        return "\(cost.inputs[1])/\(cost.inputs[0]) = \(Numbers.short(above / below, digits: 3))"
    }

    // MARK: - Below the figure

    /// What is to be seen, for a page.
    public var caption: String {
        let axis = cost.map { $0.isCompute ? "compute" : $0.description } ?? numbers.last ?? "compute"
        let law = runs == nil ? "the law" : "the law and its runs"
        var text = "Over \(inputs) \(law), over \(axis) both steps together\(growth)."
        let hasGround =
            chain.links.contains { link in
                self.law.input(link.input).map { $0.range.lower > 0 && $0.range.upper.isFinite } ?? false
            } || Set(costs.map(\.cost)).count > 1
        if hasGround { text += " Beyond the runs the ground is shaded." }
        if runs != nil, sizes == nil {
            let names = (cost?.inputs ?? numbers).map { Suggestion.column($0, nil) }.joined(separator: " ")
            text += " The table does not say how large its runs are, so that none stands over \(axis): \(names)."
        }
        if hidden > 0 {
            text +=
                " \(Numbers.counted(hidden, "point")) \(hidden == 1 ? "is" : "are") left to the table of predictions."
        }
        if let published { text += " Dotted is \(published.law.id)\(dotted(published))." }
        return text
    }

    // What a line over compute holds or lets grow; nothing where it is over the one input that there is.
    private var growth: String {
        let growing = cost?.inputs.count ?? 1
        if chain.asked.inputs.count == 1 { return "" }
        let grows = growing > 1 ? ", the sizes growing together from" : ", the other inputs as"
        guard let asked, !asked.isEmpty else { return "\(grows) those of the largest run" }
        if asked.count == 1 { return "\(grows) those of the point" }
        let (lines, all) = (centers.count, rays.count)
        if lines < all { return "\(grows) those of the points, a line each for the first \(lines) of \(all)" }
        if lines == 1 { return "\(grows) those of the points, which lie on one line" }
        return lines == asked.count
            ? "\(grows) those of the points, a line each"
            : "\(grows) those of the points, on \(lines) lines"
    }

    private func dotted(_ published: Chain.Alternative) -> String {
        switch published.place {
        case .whole: ""
        case .last: ", through the same steps"
        case .step(let input): " in the step before, of \(input)"
        }
    }
}
