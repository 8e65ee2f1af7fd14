// Schedules are long texts: a page says each once, and its table calls them by number.

import Scaling

/// What a page does with the labels of one input.
struct ScheduleLegend {
    /// The different labels, in order of appearance.
    let labels: [String]
    private let numbers: [String: Int]

    /// Nil where the law reads no schedule, or its labels are short.
    init?(_ predictions: Predictions, law: Law) {
        guard let name = law.formula?.scheduleColumns.first?.schedule else { return nil }
        var labels: [String] = []
        var numbers: [String: Int] = [:]
        for point in predictions.points {
            guard case .label(let label)? = point[name], numbers[label] == nil else { continue }
            labels.append(label)
            numbers[label] = labels.count
        }
        guard labels.contains(where: { $0.count > Self.longest }) else { return nil }
        (self.labels, self.numbers) = (labels, numbers)
        self.name = name
    }

    let name: String

    /// As a cell of a table shows a label.
    func cell(_ label: String) -> String { numbers[label].map { "\($0)" } ?? "" }

    /// The labels as a page lists them.
    var facts: [Report.Fact] {
        labels.enumerated().map { position, label in
            Report.Fact(labels.count == 1 ? name : "\(position + 1)", .code(label))
        }
    }

    private static let longest = 16
}
