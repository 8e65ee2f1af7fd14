// The page of predictions: a table, and each doubt once.

import Fitting
import Formulas
import Scaling

extension Report {
    /// The page of a law's predictions.
    public static func predictions(_ predictions: Predictions, law: Law) -> Report {
        let page = PredictionPage(
            predictions: predictions, law: law, legend: ScheduleLegend(predictions, law: law))
        var blocks: [Block] = [.sentence(page.opening)]
        if let formula = law.formula { blocks.append(.formula(formula)) }
        if !predictions.steps.isEmpty { blocks.append(.facts(page.steps)) }
        if let legend = page.legend { blocks.append(.facts(legend.facts)) }
        blocks.append(.table(page.table))
        if !predictions.doubts.isEmpty || predictions.averaged != nil { blocks.append(.facts(page.contents)) }
        let notices = page.notices
        if !notices.isEmpty { blocks.append(.notices(notices)) }
        return Report(blocks)
    }
}

private struct PredictionPage {
    let predictions: Predictions
    let law: Law
    let legend: ScheduleLegend?

    /// The inputs that the table has a column for.
    private var shown: [LawInput] {
        law.inputs.filter { input in legend.map { $0.name != input.name || $0.labels.count > 1 } ?? true }
    }

    /// Whether every point is a schedule of its own, so that one value is less another.
    private var compares: Bool { legend.map { $0.labels.count > 1 && $0.labels.count == predictions.count } ?? false }

    var opening: Words {
        let response = law.response?.name ?? law.formula?.response.map { "\($0)" } ?? "value"
        let unit = law.response?.unit.map { " [\($0)]" } ?? ""
        var words: Words = .strong(law.id) + Words(": \(response)\(unit)")
        if let set = predictions.set { words = words + Words(", coefficients of set \(set)") }
        if predictions.lower != nil {
            let percent = Numbers.short(predictions.level * 100, digits: 6)
            let what = predictions.kind == .mean ? "the law's value" : "a new run"
            words = words + Words(", with \(percent) % intervals of \(what)")
        } else if !predictions.steps.isEmpty {
            words = words + ", without intervals"
        } else if predictions.standardErrors == nil {
            words = words + ", without intervals: no covariance is known"
        }
        return words + "."
    }

    private func spread(_ value: Double) -> String {
        predictions.residual == .log
            ? "\(Numeral.fixed(100 * value, decimals: 2)) %" : Numbers.short(value, digits: 3)
    }

    /// The laws of an average with their weights, and what the spread is.
    private var members: [Report.Fact] {
        guard let averaged = predictions.averaged else { return [] }
        let words = averaged.members.map { "\(Numeral.fixed($0.weight, decimals: 2)) \($0.law.id)" }
        return [
            .init("average of", Words(words.joined(separator: ", "))),
            .init("spread", "the standard deviation between laws, by their weights"),
        ]
    }

    /// Where inputs come from that were predicted before.
    var steps: [Report.Fact] {
        predictions.steps.map { step in
            var words = "from \(step.law)"
            if let set = step.predictions.set { words += ", set \(set)" }
            if predictions.count == 1, let interval = step.predictions[0].interval {
                let (_, lower, upper) = Numbers.interval(step.predictions.values[0], interval.lower, interval.upper)
                words += ", \(lower)..\(upper)"
            }
            return .init(step.input, Words(words))
        }
    }

    /// What the intervals hold, what they do not, and how far they were tried.
    var contents: [Report.Fact] {
        let held = predictions.doubts
        var facts = members
        if !held.isEmpty { facts.append(.init("intervals hold", Words(DoubtWords.list(held)))) }
        if let calibration = predictions.calibration {
            let reach = Numbers.short(calibration.testedReach, digits: 3)
            let by =
                calibration.cutoffs == 0
                ? calibration.widening.name
                : "\(Numbers.counted(calibration.cutoffs, "cutoff")) of this table and \(calibration.widening.name)"
            facts.append(
                .init("calibrated", Words("to \(reach) times the largest fitted \(calibration.scale), on \(by)")))
        }
        return facts
    }

    var table: Report.Grid {
        let response = law.response?.name ?? law.formula?.response.map { "\($0)" } ?? "value"
        let hasInterval = predictions.lower != nil
        let hasDistance = law.inputs.contains { $0.range != .none }
        var columns = shown.map { input in
            Report.Grid.Column(input.name, input.isLabel && input.name != legend?.name ? .left : .right)
        }
        columns.append(.init(response))
        if hasInterval { columns += [.init("from"), .init("to")] }
        if predictions.averaged != nil { columns.append(.init("spread")) }
        if compares { columns.append(.init("less 1")) }
        if hasDistance { columns.append(.init("data")) }
        var rows: [[String]] = []
        rows.reserveCapacity(predictions.count)
        for prediction in predictions {
            var row: [String] = shown.map { input in
                switch prediction.point[input.name] {
                case .number(let value)?: Numbers.quantity(value, digits: legend == nil ? 4 : 8)
                case .label(let label)?: input.name == legend?.name ? legend?.cell(label) ?? label : label
                case nil: ""
                }
            }
            if hasInterval, let interval = prediction.interval {
                let (value, lower, upper) = Numbers.interval(prediction.value, interval.lower, interval.upper)
                row += [value, lower, upper]
            } else {
                row.append(Numbers.value(prediction.value))
                if hasInterval { row += ["-", "-"] }
            }
            if let spreads = predictions.averaged?.spreads { row.append(spread(spreads[rows.count])) }
            if compares { row.append(rows.isEmpty ? "" : Numbers.short(prediction.value - predictions.values[0])) }
            if hasDistance { row.append(prediction.distance.map(Numbers.distance) ?? "") }
            rows.append(row)
        }
        return Report.Grid(columns, rows: rows)
    }

    /// Each kind of doubt once, the worst of each input, with how many points it concerns.
    var notices: [Report.Notice] {
        var found: [(key: String, warning: Warning, factor: Double, count: Int)] = []
        for prediction in predictions {
            let outside = prediction.distances.filter { $0.factor > 1 }
            // What concerns the law itself stands above, once.
            let own = prediction.warnings.filter { !predictions.warnings.contains($0) }
            for (position, warning) in own.enumerated() {
                let distance = position < outside.count ? outside[position] : nil
                let key = warning.code + " " + (distance?.input ?? "")
                let factor = distance?.factor ?? 1
                guard let index = found.firstIndex(where: { $0.key == key }) else {
                    found.append((key, warning, factor, 1))
                    continue
                }
                found[index].count += 1
                if factor > found[index].factor { (found[index].warning, found[index].factor) = (warning, factor) }
            }
        }
        let total = predictions.count
        let aboutPoints = found.map { item in
            var notice = Report.Notice(item.warning)
            if total > 1 {
                let others =
                    item.count == 1
                    ? "1 of \(total) points" : "\(item.count) of \(total) points; the farthest is shown"
                let share = item.factor > 1 ? others : "\(item.count) of \(total) points"
                notice = Report.Notice(code: "\(notice.code), \(share)", message: notice.message, hint: notice.hint)
            }
            return notice
        }
        return predictions.warnings.map(Report.Notice.init) + aboutPoints
    }
}

/// What intervals hold and what they leave out, in words.
enum DoubtWords {
    /// `parameters and run noise; not extrapolation or the choice of law`.
    static func list(_ held: [Doubt]) -> String {
        let left = Doubt.allCases.filter { !held.contains($0) }
        return Numbers.listed(held.map(word))
            + (left.isEmpty ? "" : "; not \(Numbers.listed(left.map(word), "or"))")
    }

    private static func word(_ doubt: Doubt) -> String {
        switch doubt {
        case .parameters: "parameters"
        case .runNoise: "run noise"
        case .extrapolation: "extrapolation"
        case .choiceOfLaw: "the choice of law"
        }
    }
}
