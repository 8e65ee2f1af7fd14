// Roots of one equation in one unknown, for a block of rows at once.
//
// Chandrupatla's method (1997): inverse quadratic interpolation where three points allow it, bisection where not, and
// always a bracket. A range of positive numbers is halved on a logarithmic scale. A row that has its root stands still,
// so that the rows beside it change nothing.

/// Why rows have no root, and how many.
package struct RootReport: Equatable, Sendable {
    /// Both sides of the equation differ by the same sign at both ends.
    package var withoutRoot = 0
    /// At an end, or on the way, the equation is not a number.
    package var undefined = 0
    /// The iteration ended before the root was found.
    package var notConverged = 0
    /// More than one change of sign lies between the ends.
    package var several = 0

    package init(withoutRoot: Int = 0, undefined: Int = 0, notConverged: Int = 0, several: Int = 0) {
        self.withoutRoot = withoutRoot
        self.undefined = undefined
        self.notConverged = notConverged
        self.several = several
    }

    package var isEmpty: Bool { self == RootReport() }
}

/// The state of the iteration on each row of a block.
final class RootFinder {
    private struct Row {
        var x1 = 0.0, f1 = 0.0
        var x2 = 0.0, f2 = 0.0
        var x3 = 0.0, f3 = 0.0
        var isDone = true
        var root = Double.nan
    }

    private var rows = [Row](repeating: Row(), count: Program.blockSize)
    private(set) var report = RootReport()

    static let mostIterations = 200
    /// Where roots are counted, the range is cut into so many pieces.
    static let pieces = 64

    /// Finds the roots between two ends.
    ///
    /// - Parameters:
    ///   - ends: the ends of a row.
    ///   - unknown: where `evaluate` reads the unknown, one value a row.
    ///   - equation: where `evaluate` leaves the value.
    ///   - counting: whether the roots of each row are counted for the report.
    func run(
        count: Int, ends: (Int) -> (from: Double, to: Double), unknown: UnsafeMutablePointer<Double>,
        equation: UnsafePointer<Double>, counting: Bool, into destination: UnsafeMutablePointer<Double>,
        evaluate: () -> Void
    ) {
        report = RootReport()
        for row in 0..<count {
            rows[row] = Row()
            (rows[row].x1, rows[row].x2) = ends(row)
            unknown[row] = rows[row].x1
        }
        evaluate()
        for row in 0..<count {
            rows[row].f1 = equation[row]
            unknown[row] = rows[row].x2
        }
        evaluate()
        let changes = counting ? signChanges(count, unknown, equation, evaluate) : []
        var active = 0
        for row in 0..<count {
            rows[row].f2 = equation[row]
            begin(row, changes: counting ? changes[row] : nil, rows[row])
            if !rows[row].isDone { active += 1 }
            unknown[row] = rows[row].isDone ? rows[row].x1 : middle(rows[row].x1, rows[row].x2)
        }
        var iterations = 0
        while active > 0, iterations < Self.mostIterations {
            iterations += 1
            evaluate()
            for row in 0..<count where !rows[row].isDone {
                unknown[row] = advance(&rows[row], to: unknown[row], equation[row])
                if rows[row].isDone { active -= 1 }
            }
        }
        for row in 0..<count {
            if !rows[row].isDone { report.notConverged += 1 }
            destination[row] = rows[row].isDone ? rows[row].root : .nan
        }
    }

    private func begin(_ row: Int, changes: Int?, _ state: Row) {
        rows[row].isDone = true
        if let changes, changes > 1 { report.several += 1 }
        guard state.x1.isFinite, state.x2.isFinite, state.x1 <= state.x2, !state.f1.isNaN, !state.f2.isNaN else {
            report.undefined += 1
            return
        }
        if state.f1 == 0 { return rows[row].root = state.x1 }
        if state.f2 == 0 { return rows[row].root = state.x2 }
        guard (state.f1 < 0) != (state.f2 < 0) else {
            // Two roots are told from none where they are counted.
            if changes ?? 0 < 2 { report.withoutRoot += 1 }
            return
        }
        (rows[row].x3, rows[row].f3) = (state.x1, state.f1)
        rows[row].isDone = false
    }

    // Takes in the value f at x and returns the next place.
    private func advance(_ state: inout Row, to x: Double, _ f: Double) -> Double {
        if f.isNaN {
            state.isDone = true
            report.undefined += 1
            return x
        }
        if (f < 0) == (state.f1 < 0) {
            (state.x3, state.f3) = (state.x1, state.f1)
        } else {
            (state.x3, state.f3) = (state.x2, state.f2)
            (state.x2, state.f2) = (state.x1, state.f1)
        }
        (state.x1, state.f1) = (x, f)
        let isSecond = state.f2.magnitude < state.f1.magnitude
        let best = isSecond ? state.x2 : state.x1
        let width = (state.x2 - state.x1).magnitude
        let tolerance = 2 * max(best.magnitude * 0x1p-53, .leastNormalMagnitude)
        if min(state.f1.magnitude, state.f2.magnitude) == 0 || width <= 2 * tolerance {
            state.isDone = true
            state.root = best
            return best
        }
        let next = interpolated(state) ?? middle(state.x1, state.x2)
        let (low, high) = (min(state.x1, state.x2) + tolerance, max(state.x1, state.x2) - tolerance)
        return low < high ? min(max(next, low), high) : state.x1 + (state.x2 - state.x1) / 2
    }

    private func interpolated(_ state: Row) -> Double? {
        let (x1, x2, x3, f1, f2, f3) = (state.x1, state.x2, state.x3, state.f1, state.f2, state.f3)
        let (xi, phi) = ((x1 - x2) / (x3 - x2), (f1 - f2) / (f3 - f2))
        guard phi * phi < xi, (1 - phi) * (1 - phi) < 1 - xi else { return nil }
        let t = f1 / (f2 - f1) * f3 / (f2 - f3) + (x3 - x1) / (x2 - x1) * f1 / (f3 - f1) * f2 / (f3 - f2)
        return t > 0 && t < 1 ? x1 + t * (x2 - x1) : nil
    }

    private func middle(_ a: Double, _ b: Double) -> Double {
        let (low, high) = (min(a, b), max(a, b))
        return low > 0 && high > 8 * low ? low.squareRoot() * high.squareRoot() : low + (high - low) / 2
    }

    // How often the sign changes between neighbours of a grid over the range of each row; the equation's values at the
    // upper ends are left where they were.
    private func signChanges(
        _ count: Int, _ unknown: UnsafeMutablePointer<Double>, _ equation: UnsafePointer<Double>,
        _ evaluate: () -> Void
    ) -> [Int] {
        var changes = [Int](repeating: 0, count: count)
        var last = (0..<count).map { rows[$0].f1 }
        for piece in 1...Self.pieces {
            let share = Double(piece) / Double(Self.pieces)
            for row in 0..<count {
                let (from, to) = (rows[row].x1, rows[row].x2)
                unknown[row] = piece == Self.pieces ? to : Self.between(from, to, share)
            }
            evaluate()
            for row in 0..<count where !equation[row].isNaN && equation[row] != 0 {
                if !last[row].isNaN, last[row] != 0, (equation[row] < 0) != (last[row] < 0) { changes[row] += 1 }
                last[row] = equation[row]
            }
        }
        return changes
    }

    private static func between(_ from: Double, _ to: Double, _ share: Double) -> Double {
        if from > 0, to > 8 * from { return from * Elementary.power(to / from, share) }
        return from + (to - from) * share
    }
}
