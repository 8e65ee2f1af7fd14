// The bottom of one valley: loss over the logarithm of size at a fixed budget.

import Fitting
import Formulas

/// How the bottom of a valley is found from its points.
public enum ValleyMethod: String, Hashable, Sendable, CaseIterable, Codable {
    /// The least value of an Akima spline through ln loss over ln N (Porian et al. 2024).
    case akima
    /// The vertex of a parabola of loss in ln N, fitted to the seven points about the least (Hoffmann et al. 2022,
    /// approach 2).
    case parabola
    /// The least value of a cubic of loss in ln N, fitted to the nine points about the least.
    case cubic
    /// The least value of L₀ + h (β e^(−α(x−x*)) + α e^(β(x−x*))), the shape that E + A/N^α + B/D^β gives every valley;
    /// α and β are shared by all valleys.
    case law
}

/// Points of one valley in ascending order of size.
struct ValleyPoints {
    /// ln N.
    var x: [Double]
    var loss: [Double]

    /// Where the least loss is.
    var lowest: Int { loss.indices.min { loss[$0] < loss[$1] } ?? 0 }

    /// As many points as wanted about the least, as evenly to both sides as there are points.
    func window(_ count: Int) -> ValleyPoints {
        if x.count <= count { return self }
        let start = min(max(0, lowest - count / 2), x.count - count)
        return ValleyPoints(x: Array(x[start..<(start + count)]), loss: Array(loss[start..<(start + count)]))
    }
}

/// Where a valley is lowest.
struct ValleyBottom {
    var x: Double
    var loss: Double
}

/// Why a valley has no bottom.
enum ValleyFault: Error, Equatable {
    case atEdge(isLargest: Bool)
    case curvesDown
    case overshoots
    case singular
}

extension ValleyMethod {
    /// The fewest sizes that the method can judge a valley by: one more than it has coefficients.
    var fewestPoints: Int {
        switch self {
        case .akima: 5
        case .parabola: 4
        case .cubic: 5
        case .law: 4
        }
    }

    /// The bottom within the sizes that were run.
    ///
    /// - Parameter shape: the exponents α and β of ``law``.
    func bottom(_ points: ValleyPoints, shape: LawShape?) throws(ValleyFault) -> ValleyBottom {
        // Without a point on either side nothing says that this is the bottom.
        if points.lowest == 0 { throw .atEdge(isLargest: false) }
        if points.lowest == points.x.count - 1 { throw .atEdge(isLargest: true) }
        let bottom: ValleyBottom
        switch self {
        case .akima: bottom = Akima(points.x, points.loss.map(Elementary.ln)).lowest(from: points)
        case .parabola: bottom = try Polynomial.vertex(points.window(7))
        case .cubic: bottom = try Polynomial.lowest(points.window(9))
        case .law: bottom = try (shape ?? LawShape(alpha: 0.35, beta: 0.35)).bottom(points.window(9))
        }
        guard let first = points.x.first, let last = points.x.last else { throw .singular }
        // Deeper below the least loss than that is below its neighbours: the curve swings between points.
        let (k, lowest) = (points.lowest, points.loss[points.lowest])
        let rise = max(points.loss[k - 1], points.loss[k + 1]) - lowest
        if bottom.loss < lowest - rise { throw .overshoots }
        if bottom.x <= first { throw .atEdge(isLargest: false) }
        if bottom.x >= last { throw .atEdge(isLargest: true) }
        return bottom
    }
}

/// Polynomials fitted to points of a valley, about the least of them.
enum Polynomial {
    static func vertex(_ points: ValleyPoints) throws(ValleyFault) -> ValleyBottom {
        let (c, origin, scale) = try fit(points, degree: 2)
        guard c[2] > 0 else { throw .curvesDown }
        let t = -c[1] / (2 * c[2])
        return ValleyBottom(x: origin + scale * t, loss: c[0] + t * (c[1] + t * c[2]))
    }

    static func lowest(_ points: ValleyPoints) throws(ValleyFault) -> ValleyBottom {
        let (c, origin, scale) = try fit(points, degree: 3)
        // c₁ + 2c₂t + 3c₃t² = 0 with 2c₂ + 6c₃t > 0, in the form that loses no digits.
        let square = c[2] * c[2] - 3 * c[3] * c[1]
        guard square > 0 else { throw .curvesDown }
        let root = square.squareRoot()
        let t = c[2] > 0 ? -c[1] / (c[2] + root) : (root - c[2]) / (3 * c[3])
        guard t.isFinite, 2 * c[2] + 6 * c[3] * t > 0 else { throw .curvesDown }
        return ValleyBottom(x: origin + scale * t, loss: c[0] + t * (c[1] + t * (c[2] + t * c[3])))
    }

    /// Squared residuals of the best cubic, with the degrees of freedom that are left.
    static func residuals(_ points: ValleyPoints) -> (squares: Double, degreesOfFreedom: Int)? {
        guard points.x.count > 4, let (c, origin, scale) = try? fit(points, degree: 3) else { return nil }
        var squares = 0.0
        for (x, loss) in zip(points.x, points.loss) {
            let t = (x - origin) / scale
            let residual = (loss - (c[0] + t * (c[1] + t * (c[2] + t * c[3])))) / loss
            squares += residual * residual
        }
        return (squares, points.x.count - 4)
    }

    /// Least squares in t = (x − origin)/scale by an orthogonal basis.
    static func fit(_ points: ValleyPoints, degree: Int) throws(ValleyFault)
        -> (coefficients: [Double], origin: Double, scale: Double)
    {
        let origin = points.x[points.lowest]
        let scale = max((points.x.last ?? 0) - (points.x.first ?? 0), 1e-12) / 2
        let t = points.x.map { ($0 - origin) / scale }
        // Columns 1, t, t² … by modified Gram–Schmidt: each a polynomial with its coefficients.
        var columns: [(values: [Double], coefficients: [Double])] = []
        var result = [Double](repeating: 0, count: degree + 1)
        for power in 0...degree {
            var values = t.map { base in (0..<power).reduce(1.0) { product, _ in product * base } }
            var coefficients = (0...degree).map { $0 == power ? 1.0 : 0 }
            for _ in 0..<2 {
                for column in columns {
                    let share = values.dot(column.values)
                    for k in values.indices { values[k] -= share * column.values[k] }
                    for k in coefficients.indices { coefficients[k] -= share * column.coefficients[k] }
                }
            }
            let length = values.dot(values).squareRoot()
            guard length > 1e-9 else { throw .singular }
            columns.append((values.map { $0 / length }, coefficients.map { $0 / length }))
        }
        for column in columns {
            let share = points.loss.dot(column.values)
            for k in 0...degree { result[k] += share * column.coefficients[k] }
        }
        return (result, origin, scale)
    }
}
