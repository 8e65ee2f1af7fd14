// The way from the estimate to one end of its profile.

import Formulas

/// Follows the profile of an estimand in one direction until √F crosses its quantile.
///
/// Distances are T = asinh((g − origin)/unit): units of the standard error near the estimate, logarithmic far from it,
/// so that an end a thousand times away is a few steps away. Where the pull ½((T − τ)/κ)² of dispersion φ came to
/// rest, its force is the slope of the profile: with ρ = √F, ρ ρ′ = (τ − T)/κ². That makes every point one with a
/// derivative, and the search for the end Newton's method.
struct ProfilePath {
    let estimand: Estimand
    /// With coefficients eliminated, and with all parameters together; the first unless it fails.
    let solvers: [NewtonSolver]
    let origin: Double
    let unit: Double
    let dispersion: Double
    let minimum: Double
    let quantile: Double
    let sign: Double
    private(set) var points: [Profile.Point] = []
    private(set) var isComplete = true
    /// Which of the solvers is in use.
    private(set) var used = 0

    /// κ: soft enough that Newton's method stays in the valley, stiff enough that a concave stretch of the profile
    /// does not throw it out.
    private static let softness = 0.3
    /// T of 600,000 standard errors: an interval that reaches as far is open.
    private static let farthest = 14.0
    /// √F within this share of its quantile is the end.
    private static let tolerance = 1e-6
    /// At most this far ahead at once: a factor of seven.
    private static let longestStep = 2.0
    /// T of about 25 standard errors. Beyond, a profile that would not cross its quantile before the farthest T, by its
    /// slope, or that the solver can follow no farther, has levelled off: far out a law turns into a simpler one
    /// (E + A N^−α into a − b ln N as α goes to zero) and its parameters run off to infinity together.
    private static let levelled = 4.0

    /// A place on the way: signed T, ρ, and ρ′ where it is known.
    private struct Place {
        let distance: Double
        let root: Double
        let slope: Double?
    }

    /// The point of the profile at `parameters`.
    func point(_ parameters: [Double]) -> Profile.Point {
        let sum = objective.value(parameters)
        let value = estimand.value(parameters)
        let root = max(0, 2 * (sum - minimum) / dispersion).squareRoot()
        return Profile.Point(
            value: value, root: value < origin ? -root : root, objective: sum, parameters: parameters)
    }

    /// Follows the profile from a point on it, and returns where it ends.
    mutating func follow(from start: Profile.Point) -> ConfidenceInterval.End {
        var current = start
        var inside = Place(distance: distance(start.value), root: start.root.magnitude, slope: nil)
        if start.root == 0 { inside = Place(distance: 0, root: 0, slope: 1) }
        var outside: Place?
        var (aim, force) = firstAim(inside)
        var (stuck, failures) = (0, 0)
        used = 0
        for _ in 0..<60 {
            let asked = aim + force
            guard let next = pulled(current.parameters, to: sign * asked) else {
                failures += 1
                if failures == 3 { changeScales() }
                if failures > 5 { break }
                // Half the way from where it last went well.
                aim = (aim + inside.distance) / 2
                force /= 2
                continue
            }
            let reached = distance(next.value)
            let root = next.root.magnitude
            let pull = (asked - reached) / (Self.softness * Self.softness)
            let here = Place(distance: reached, root: root, slope: root > 0 ? pull / root : nil)
            points.append(next)
            if (root - quantile).magnitude <= Self.tolerance * quantile { return .at(next.value) }
            if root > quantile {
                if let outside, here.distance >= outside.distance { return .at(value(meeting(inside, outside))) }
                outside = here
            } else {
                let advance = here.distance - inside.distance
                stuck = advance < 0.02 * max(aim - inside.distance, 0) ? stuck + 1 : 0
                if advance > 0 { (inside, current) = (here, next) }
                if let outside {
                    if stuck > 0 { return .at(value(meeting(inside, outside))) }
                } else {
                    if inside.distance > Self.farthest || hasLevelled(inside) { return .unbounded }
                    if stuck >= 5 { return .bound(settled(current.value)) }
                    if stuck > 0 {
                        if stuck == 2 { changeScales() }
                        force += Double(1 << stuck)
                        continue
                    }
                }
            }
            (aim, force) = nextAim(here, inside, outside)
            if let outside, outside.distance - inside.distance <= 1e-9 * max(1, inside.distance.magnitude) {
                return .at(value(inside.distance))
            }
        }
        isComplete = isComplete && (outside != nil || inside.distance > Self.levelled)
        return outside.map { .at(value(meeting(inside, $0))) } ?? .unbounded
    }

    private func hasLevelled(_ place: Place) -> Bool {
        guard place.distance > Self.levelled, let slope = place.slope else { return false }
        return place.root + slope * (Self.farthest - place.distance) < quantile
    }

    // MARK: - Where to aim

    // Near the estimate ρ = sinh T.
    private func firstAim(_ start: Place) -> (aim: Double, force: Double) {
        guard start.root == 0 else { return (start.distance + 0.5, 0) }
        let stiffness = Self.softness * Self.softness
        return (
            Penalty.inverseSinh(quantile), stiffness * quantile * (1 + quantile * quantile).squareRoot()
        )
    }

    // The crossing by the tangent, within the bracket, and the force that holds the pull there.
    private func nextAim(_ here: Place, _ inside: Place, _ outside: Place?) -> (aim: Double, force: Double) {
        let stiffness = Self.softness * Self.softness
        var aim = inside.distance + Self.longestStep
        var slope = 0.0
        if let tangent = here.slope, tangent > 0 {
            slope = tangent
            aim = min(aim, here.distance + (quantile - here.root) / tangent)
        }
        if let outside {
            let width = outside.distance - inside.distance
            // Outside of the bracket, or so near its end that it would hardly shrink: the secant.
            if !(aim > inside.distance && aim < outside.distance) {
                slope = (outside.root - inside.root) / width
                aim = inside.distance + (quantile - inside.root) / slope
            }
        } else {
            aim = max(aim, inside.distance + 0.05)
        }
        let expected = min(quantile, here.root + slope * (aim - here.distance))
        return (aim, stiffness * max(0, expected) * slope)
    }

    // Where two branches of the profile meet, the pull skips the kink between them: the crossing is on the branch that
    // reaches farther.
    private func meeting(_ inside: Place, _ outside: Place) -> Double {
        var ends: [Double] = []
        if let slope = inside.slope, slope > 0 { ends.append(inside.distance + (quantile - inside.root) / slope) }
        if let slope = outside.slope, slope > 0 { ends.append(outside.distance - (outside.root - quantile) / slope) }
        let farther = ends.filter { $0 > inside.distance && $0 < outside.distance }.max()
        return farther ?? outside.distance
    }

    // MARK: - Points

    // The point of the profile where a pull towards T = `target` comes to rest; nil where the solver cannot say.
    private func pulled(_ start: [Double], to target: Double) -> Profile.Point? {
        objective.penalties.append(
            Penalty(
                estimand: estimand,
                shape: .pull(origin: origin, unit: unit, target: target, scale: Self.softness), weight: dispersion))
        let found = solvers[used].minimize(from: start)
        objective.penalties.removeLast()
        // What is left to gain must be negligible beside what an interval is about.
        guard let found, found.termination.isConverged || found.termination.value <= 1e-6 * dispersion else {
            return nil
        }
        return point(found.parameters)
    }

    // A logarithmic scale stops short of zero, which nobody can tell from zero.
    private func settled(_ value: Double) -> Double { value.magnitude < 1e-6 * origin.magnitude ? 0 : value }

    private var objective: Objective { solvers[0].objective }

    private mutating func changeScales() { used = (used + 1) % solvers.count }

    private func distance(_ value: Double) -> Double { sign * Penalty.inverseSinh((value - origin) / unit) }

    private func value(_ distance: Double) -> Double { origin + unit * Penalty.sinh(sign * distance) }

    /// Whether a value lies beyond an end.
    static func isBeyond(_ value: Double, _ end: ConfidenceInterval.End, _ sign: Double) -> Bool {
        end.value.map { sign * (value - $0) > 0 } ?? false
    }
}
