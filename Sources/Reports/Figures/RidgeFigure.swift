// How two parameters trade against each other: the ridge along which a law fits nearly as well.

import Fitting
import Formulas
import Scaling

/// A figure of two parameters of a fit: their profile traces, the region that they bound, draws and the ellipse of the
/// standard errors.
///
/// A trace is the way of the best fits as one parameter is moved and the other follows. The region is drawn through the
/// four ends of the traces (Bates & Watts 1988, section 6.1.3 and appendix A6): its shadow on either axis is the interval
/// of that parameter.
public struct RidgeFigure: Sendable {
    public var uncertainty: Uncertainty
    public var x: String
    public var y: String
    public var title: String

    /// So many draws are shown.
    private static let mostDraws = 1_000

    public init(_ uncertainty: Uncertainty, x: String, y: String, title: String) {
        (self.uncertainty, self.x, self.y, self.title) = (uncertainty, x, y, title)
    }

    /// The two parameters of a fit that are tied the closest, by the correlation of their estimates.
    public static func closest(_ fit: Fit) -> (String, String)? {
        guard let covariance = fit.estimates.covariance else { return nil }
        let count = fit.estimates.names.count
        var best: (size: Double, pair: (String, String))?
        for a in 0..<count {
            for b in (a + 1)..<max(a + 1, count) {
                let size =
                    (covariance[a * count + b]
                    / (covariance[a * count + a] * covariance[b * count + b]).squareRoot()).magnitude
                if size.isFinite, size > best?.size ?? -1 {
                    best = (size, (fit.estimates.names[a], fit.estimates.names[b]))
                }
            }
        }
        return best?.pair
    }

    private var names: [String] { uncertainty.fit.problem.parameterNames }
    private var places: (x: Int, y: Int) { (names.firstIndex(of: x) ?? 0, names.firstIndex(of: y) ?? 0) }

    /// - Precondition: both are parameters of the fit.
    public func picture() -> Picture {
        let fit = uncertainty.fit
        let (px, py) = places
        let traces = [(x, Ink.kind(0)), (y, Ink.kind(1))].compactMap { name, ink in
            uncertainty.parameterProfiles.first { $0.name == name && $0.curve.count > 1 }.map { ($0, ink) }
        }
        var figure = Figure(
            title: "\(x) and \(y): \(Picture.shortened(title))", subtitle: subtitle, description: description,
            x: Axis(x), y: Axis(y))
        let spread = traces.flatMap { $0.0.curve }.filter { $0.root.magnitude <= 1.15 * limit }
        figure.x = Axis(parameter: x, values: spread.map { $0.parameters[px] })
        figure.y = Axis(parameter: y, values: spread.map { $0.parameters[py] })
        if let draws = uncertainty.draws {
            let shown = (0..<min(draws.count, Self.mostDraws)).map { Array(draws.draw($0)) }
            figure.marks.append(
                Dots("draws", x: shown.map { $0[px] }, y: shown.map { $0[py] }, ink: .faint, radius: 1.2))
            figure.key.append(.init(.circle, .faint, "draws"))
        }
        let region = region(traces.map(\.0))
        if let region {
            figure.marks.append(
                Curve("region", x: region.map(\.0), y: region.map(\.1), ink: .text, width: 1.8))
            figure.key.append(.init(.line(.solid), .text, "region with these intervals as shadows"))
        }
        if let ellipse {
            // The linear picture may leave for where a parameter cannot be.
            figure.marks.append(
                Curve(
                    "ellipse of the standard errors", x: ellipse.map(\.0), y: ellipse.map(\.1), ink: .faint,
                    dash: .dotted, widens: region == nil && figure.x.scale == .linear && figure.y.scale == .linear))
            figure.key.append(.init(.line(.dotted), .faint, "ellipse of the standard errors"))
        }
        for (profile, ink) in traces {
            let curve = profile.curve.filter { $0.root.magnitude <= 1.15 * limit }
            let dash: Drawing.Dash = profile.name == x ? .solid : .dashed
            let across = Monotone(curve.map { ($0.root, $0.parameters[px]) })
            let up = Monotone(curve.map { ($0.root, $0.parameters[py]) })
            let roots = curve.map(\.root).span.map { evenRoots($0) } ?? []
            figure.marks.append(
                Curve(
                    "best fits along \(profile.name)", x: roots.map { across.value($0) },
                    y: roots.map { up.value($0) }, ink: ink, dash: dash))
            figure.key.append(.init(.line(dash), ink, "best fits along \(profile.name)"))
        }
        figure.marks.append(
            Dots(
                "estimate", x: [fit.coefficients[px]], y: [fit.coefficients[py]], ink: .accent, symbol: .diamond,
                radius: 5,
                titles: [
                    "\(x) = \(Numbers.short(fit.coefficients[px])), \(y) = \(Numbers.short(fit.coefficients[py]))"
                ]))
        figure.key.append(.init(.diamond, .accent, "best fit"))
        return Picture(figure)
    }

    private func evenRoots(_ range: ClosedRange<Double>) -> [Double] {
        (0...60).map { range.lowerBound + (range.upperBound - range.lowerBound) * Double($0) / 60 }
    }

    /// √F at the ends of the intervals.
    private var limit: Double {
        StudentT(degreesOfFreedom: max(1, uncertainty.fit.degreesOfFreedom)).quantile(0.5 + uncertainty.level / 2)
    }

    private var correlation: Double? {
        guard let covariance = uncertainty.fit.estimates.covariance else { return nil }
        let ((px, py), count) = (places, names.count)
        let value =
            covariance[px * count + py] / (covariance[px * count + px] * covariance[py * count + py]).squareRoot()
        return value.isFinite ? value : nil
    }

    private var ellipse: [(Double, Double)]? {
        guard let errors = uncertainty.fit.standardErrors, let correlation else { return nil }
        let (px, py) = places
        let lean = Elementary.arccosine(correlation)
        return (0...96).map { step in
            let angle = 2 * Double.pi * Double(step) / 96
            return (
                uncertainty.fit.coefficients[px] + limit * errors[px] * Elementary.cosine(angle + lean / 2),
                uncertainty.fit.coefficients[py] + limit * errors[py] * Elementary.cosine(angle - lean / 2)
            )
        }
    }

    private var subtitle: String {
        let level = "\(Numbers.short(100 * uncertainty.level)) %"
        return "\(level) intervals; correlation of the estimates "
            + (correlation.map { Numbers.short($0, digits: 3) } ?? "unknown")
    }

    private var description: String {
        let (px, py) = places
        let values = uncertainty.fit.coefficients
        let intervals = [px, py].map { place in
            uncertainty.intervals[place].map { Numbers.interval($0, around: values[place]) } ?? "held"
        }
        return
            "\(x) \(Numbers.short(values[px])), \(intervals[0]), against \(y) \(Numbers.short(values[py])), "
            + "\(intervals[1])"
            + (correlation.map { "; correlation \(Numbers.short($0, digits: 3))" } ?? "") + "."
    }
}
