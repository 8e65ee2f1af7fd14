// Lines along which runs of two inputs cost the same compute.

import Scaling

extension Contours {
    /// Nil where the law's inputs do not say what a run costs in operations, or others than these two say it.
    static func equalCompute(_ law: Law, x: String, y: String, _ across: [Double], _ up: [Double]) -> Contours? {
        guard let cost = ComputeCost(law), cost.isCompute, Set(cost.inputs) == [x, y] else { return nil }
        let values = up.map { high in
            across.map { far in cost.value { $0 == x ? far : high } }
        }
        guard let span = values.flatMap({ $0 }).span else { return nil }
        let levels = Ticks.logarithmic(span, 8).filter { span.contains($0) }
        return Contours(
            "compute", x: across, y: up, values: values, levels: levels,
            labels: levels.map { Ticks.label($0, .power, digits: 3) }, inks: levels.map { _ in .faint }, width: 1,
            dash: .dotted)
    }
}
