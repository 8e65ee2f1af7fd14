// The shape that E + A/N^α + B/D^β gives a valley: steep towards small sizes by α, towards large ones by β.

import Formulas

/// L(x) = L₀ + h (β e^(−α(x−x*)) + α e^(β(x−x*)))/(α + β), lowest at x*.
struct LawShape: Equatable {
    var alpha: Double
    var beta: Double

    /// The least squares of a valley: x* by search, L₀ and h in closed form.
    func bottom(_ points: ValleyPoints) throws(ValleyFault) -> ValleyBottom {
        guard let first = points.x.first, let last = points.x.last else { throw .singular }
        // The squares over x* may have several dips: look everywhere, then close in.
        var best = (x: first, squares: Double.infinity)
        let steps = 12
        for k in 0...steps {
            let x = first + (last - first) * Double(k) / Double(steps)
            let squares = fit(points, x).squares
            if squares < best.squares { best = (x, squares) }
        }
        let width = (last - first) / Double(steps)
        var (low, high) = (max(first, best.x - width), min(last, best.x + width))
        let golden = 0.6180339887498949
        var (a, b) = (high - golden * (high - low), low + golden * (high - low))
        var (fa, fb) = (fit(points, a).squares, fit(points, b).squares)
        for _ in 0..<60 where high - low > 1e-7 {
            if fa < fb {
                (high, b, fb) = (b, a, fa)
                a = high - golden * (high - low)
                fa = fit(points, a).squares
            } else {
                (low, a, fa) = (a, b, fb)
                b = low + golden * (high - low)
                fb = fit(points, b).squares
            }
        }
        let x = (low + high) / 2
        let found = fit(points, x)
        guard found.height > 0 else { throw .curvesDown }
        return ValleyBottom(x: x, loss: found.floor + found.height)
    }

    /// L₀, h and the squares for a bottom at x.
    func fit(_ points: ValleyPoints, _ x: Double) -> (floor: Double, height: Double, squares: Double) {
        let sum = alpha + beta
        let shape = points.x.map { place in
            (beta * Elementary.exp(-alpha * (place - x)) + alpha * Elementary.exp(beta * (place - x))) / sum
        }
        let n = Double(shape.count)
        let (means, mean) = (shape.reduce(0, +) / n, points.loss.reduce(0, +) / n)
        var (own, mixed) = (0.0, 0.0)
        for (s, loss) in zip(shape, points.loss) {
            own += (s - means) * (s - means)
            mixed += (s - means) * (loss - mean)
        }
        // A valley opens upwards: a negative height is none.
        let height = own > 0 ? max(0, mixed / own) : 0
        let floor = mean - height * means
        var squares = 0.0
        for (s, loss) in zip(shape, points.loss) {
            let residual = loss - floor - height * s
            squares += residual * residual
        }
        return (floor, height, squares)
    }

    /// The exponents that fit all valleys best together, on a grid that is refined three times.
    init(_ valleys: [ValleyPoints]) {
        var (center, ratio) = ((alpha: 0.35, beta: 0.35), 1.6)
        self.init(alpha: center.alpha, beta: center.beta)
        var least = Double.infinity
        for _ in 0..<4 {
            let start = center
            for i in -2...2 {
                for j in -2...2 {
                    let shape = LawShape(
                        alpha: start.alpha * Elementary.power(ratio, Double(i)),
                        beta: start.beta * Elementary.power(ratio, Double(j)))
                    var squares = 0.0
                    for valley in valleys {
                        guard let bottom = try? shape.bottom(valley) else { continue }
                        squares += shape.fit(valley, bottom.x).squares
                    }
                    if squares < least { (least, center) = (squares, (shape.alpha, shape.beta)) }
                }
            }
            ratio = ratio.squareRoot()
        }
        self.init(alpha: center.alpha, beta: center.beta)
    }

    init(alpha: Double, beta: Double) { (self.alpha, self.beta) = (alpha, beta) }
}
