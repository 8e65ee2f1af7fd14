// Profile likelihoods: which values of a number the data allow, whatever the other parameters do.

import Fitting
import Formulas
import Scaling

/// A figure of profiles: F over the value, its threshold, and the interval that lies below it.
public struct ProfileFigure: Sendable {
    public var profiles: [SavedProfile]
    public var title: String
    public var degreesOfFreedom: Double
    /// More profiles than this are left out.
    static let most = 12

    /// - Precondition: there are profiles with a curve.
    public init(_ profiles: [SavedProfile], title: String, degreesOfFreedom: Double) {
        self.profiles = Array(profiles.filter { $0.curve.count > 1 }.prefix(Self.most))
        (self.title, self.degreesOfFreedom) = (title, degreesOfFreedom)
    }

    public func picture() -> Picture {
        let count = profiles.count
        return Picture(
            title: "Profiles: \(Picture.shortened(title))", subtitle: subtitle, description: description,
            key: [
                .init(.line(.solid), .kind(0), "best fit with that value"),
                .init(.line(.dashed), .faint, "threshold"), .init(.band, .kind(0), "interval"),
            ],
            panels: profiles.map(panel), columns: count == 1 ? 1 : count <= 4 ? 2 : 3)
    }

    private func threshold(_ profile: SavedProfile) -> Double {
        let t = StudentT(degreesOfFreedom: max(degreesOfFreedom, 1)).quantile(0.5 + profile.interval.level / 2)
        return t * t
    }

    private func panel(_ profile: SavedProfile) -> Figure {
        let limit = threshold(profile)
        let curve = profile.curve.sorted { $0.value < $1.value }
        let low = profile.interval.lower.value
        let high = profile.interval.upper.value
        let values = curve.map(\.value)
        var figure = Figure(
            title: "\(profile.name) = \(Numbers.short(profile.estimate)), "
                + Numbers.interval(profile.interval, around: profile.estimate),
            description: "", x: Axis(parameter: profile.name, values: values),
            y: Axis("F", range: 0...(1.5 * limit)))
        figure.x.label = ""
        // √F is nearly straight, which F is not.
        let root = Monotone(curve.map { ($0.value, $0.root) })
        let smooth = values.span.map { evenSteps($0, 81) } ?? values
        let ends = (low ?? values.first ?? 0, high ?? values.last ?? 0)
        let top = 1.5 * limit
        figure.marks = [
            Band("interval", x: [ends.0, ends.1], lower: [0, 0], upper: [top, top], ink: .kind(0), opacity: 0.1),
            Rule(.y, at: limit, "threshold", ink: .faint),
            Rule(.x, at: profile.estimate, "estimate", ink: .faint, dash: .dotted),
            Curve("profile", x: smooth, y: smooth.map { root.value($0) * root.value($0) }, ink: .kind(0)),
            Dots(
                "profile", x: values, y: curve.map { $0.root * $0.root }, ink: .kind(0), radius: 2.2,
                titles: curve.map {
                    "\(profile.name) = \(Numbers.short($0.value, digits: 5)): F = "
                        + Numbers.short($0.root * $0.root, digits: 3)
                }),
        ]
        if !profile.isIdentified { figure.title += ", not identified" }
        return figure
    }

    private var subtitle: String {
        let level = profiles.first?.interval.level ?? 0.95
        return "F = 2 (S − S least)/φ; the interval holds every value below the threshold of "
            + "\(Numbers.short(100 * level)) %"
    }

    private var description: String {
        let parts = profiles.map { profile in
            "\(profile.name) \(Numbers.short(profile.estimate)), \(Numbers.interval(profile.interval, around: profile.estimate))"
        }
        return "Profile likelihoods, each with its estimate and interval: \(parts.joined(separator: "; "))."
    }
}
