// The curves that bottoms are read from, for those who want to see them.

import Formulas

extension ValleyMethod {
    /// The curve through a valley, over the sizes that the method looks at; empty where it has none.
    func curve(_ points: ValleyPoints, shape: LawShape) -> [(size: Double, loss: Double)] {
        let used: ValleyPoints
        let value: (Double) -> Double
        switch self {
        case .akima:
            let spline = Akima(points.x, points.loss.map(Elementary.ln))
            (used, value) = (points, { Elementary.exp(spline.value($0)) })
        case .parabola, .cubic:
            let (count, degree) = self == .parabola ? (7, 2) : (9, 3)
            used = points.window(count)
            guard let (c, origin, scale) = try? Polynomial.fit(used, degree: degree) else { return [] }
            value = { x in
                let t = (x - origin) / scale
                return c.reversed().reduce(0) { $0 * t + $1 }
            }
        case .law:
            used = points.window(9)
            guard let bottom = try? shape.bottom(used) else { return [] }
            let (found, sum) = (shape.fit(used, bottom.x), shape.alpha + shape.beta)
            value = { x in
                let (left, right) = (
                    shape.beta * Elementary.exp(-shape.alpha * (x - bottom.x)),
                    shape.alpha * Elementary.exp(shape.beta * (x - bottom.x))
                )
                return found.floor + found.height * (left + right) / sum
            }
        }
        guard let first = used.x.first, let last = used.x.last, last > first else { return [] }
        let steps = 48
        return (0...steps).map { step in
            let x = first + (last - first) * Double(step) / Double(steps)
            return (Elementary.exp(x), value(x))
        }
    }
}
