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
        Picture(
            title: "Profiles: \(Picture.shortened(title))", subtitle: subtitle, description: description,
            key: [
                .init(.line(.solid), .kind(0), "best fit with that value"),
                .init(.line(.dashed), .faint, "threshold"), .init(.band, .kind(0), "interval"),
            ],
            panels: profiles.map(panel), columns: columns)
    }

    // As many side by side as leave room for what each is called and for its interval.
    private var columns: Int {
        let most = profiles.count == 1 ? 1 : profiles.count <= 4 ? 2 : 3
        let widest =
            profiles.map { profile in
                max(Lettering.width(heading(profile), 12.5 * Lettering.bold), Lettering.width(interval(profile), 12))
            }.max() ?? 0
        return (1...most).last { widest <= 760 / Double($0) - 90 } ?? 1
    }

    private func heading(_ profile: SavedProfile) -> String {
        profile.name + (profile.isIdentified ? "" : ", not identified")
    }

    private func interval(_ profile: SavedProfile) -> String {
        "\(Numbers.short(profile.estimate)) (\(Numbers.interval(profile.interval, around: profile.estimate)))"
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
            title: heading(profile), description: "", x: Axis(parameter: profile.name, values: values),
            y: Axis("F", range: 0...(1.5 * limit)))
        figure.x.label = interval(profile)
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
