// Lines of equal value of a surface that is known on a grid, by marching squares.

import Formulas

/// Lines along which a value over both axes stays the same, each with its value where there is room.
public struct Contours: Mark {
    public var series: String
    /// Where the value is known.
    public var x: [Double]
    public var y: [Double]
    /// One row for each y, of one value for each x.
    public var values: [[Double]]
    public var levels: [Double]
    /// What is written on the line of each level; empty for none.
    public var labels: [String]
    public var inks: [Ink]
    public var width: Double
    public var dash: Drawing.Dash

    public init(
        _ series: String, x: [Double], y: [Double], values: [[Double]], levels: [Double], labels: [String],
        inks: [Ink], width: Double = 1.4, dash: Drawing.Dash = .solid
    ) {
        precondition(levels.count == labels.count && levels.count == inks.count)
        (self.series, self.x, self.y, self.values, self.levels) = (series, x, y, values, levels)
        (self.labels, self.inks, self.width, self.dash) = (labels, inks, width, dash)
    }

    public func widen(_ view: inout View) {
        for value in x { view.include(x: value) }
        for value in y { view.include(y: value) }
    }

    public func draw(on canvas: inout Canvas) {
        let across = x.map { canvas.x($0) }
        let down = y.map { canvas.y($0) }
        for (number, level) in levels.enumerated() {
            let lines = Self.lines(across, down, values, level)
            let stroke = Drawing.Stroke(ink: inks[number], width: width, dash: dash)
            for line in lines { canvas.add(.line(line, stroke)) }
            guard !labels[number].isEmpty, let longest = lines.max(by: { $0.count < $1.count }), longest.count > 8
            else { continue }
            // Levels take turns, so that their labels do not stand in one row.
            let best = number % 2 == 0 ? [0.5, 0.35, 0.65, 0.2, 0.8] : [0.35, 0.6, 0.2, 0.75, 0.5]
            let shares = best + [0.43, 0.57, 0.28, 0.72, 0.12, 0.88]
            canvas.note(
                labels[number], ink: inks[number],
                at: shares.map { share in
                    let place = longest[Int(share * Double(longest.count - 1))]
                    return (.init(place.x, place.y + 4), .middle)
                })
        }
    }

    public var data: [Datum] {
        let (across, down) = (x.map(Elementary.ln), y.map(Elementary.ln))
        let isLogarithmic = (x + y).allSatisfy { $0 > 0 }
        return zip(levels, labels).flatMap { level, label in
            let found =
                isLogarithmic
                ? Self.lines(across, down, values, level) : Self.lines(x, y, values, level)
            return found.flatMap { line in
                line.map { place in
                    Datum(
                        mark: "contour", series: "\(series) = \(label.isEmpty ? Numbers.short(level) : label)",
                        x: isLogarithmic ? Elementary.exp(place.x) : place.x,
                        y: isLogarithmic ? Elementary.exp(place.y) : place.y)
                }
            }
        }
    }

    // MARK: - Marching squares

    private struct Edge: Hashable {
        let column: Int
        let row: Int
        /// Along x, else along y.
        let isLevel: Bool
    }

    /// The lines of a level, each through the edges of the grid that it crosses, in order.
    static func lines(_ x: [Double], _ y: [Double], _ values: [[Double]], _ level: Double) -> [[Drawing.Place]] {
        var next: [Edge: [Edge]] = [:]
        var order: [Edge] = []
        func join(_ a: Edge, _ b: Edge) {
            for (from, to) in [(a, b), (b, a)] {
                if next[from] == nil { order.append(from) }
                next[from, default: []].append(to)
            }
        }
        for row in 0..<max(0, y.count - 1) {
            for column in 0..<max(0, x.count - 1) {
                let corners = [
                    values[row][column], values[row][column + 1], values[row + 1][column + 1],
                    values[row + 1][column],
                ]
                guard corners.allSatisfy(\.isFinite) else { continue }
                let above = corners.map { $0 >= level }
                // The edges of the square in the order of its corners.
                let edges = [
                    Edge(column: column, row: row, isLevel: true),
                    Edge(column: column + 1, row: row, isLevel: false),
                    Edge(column: column, row: row + 1, isLevel: true),
                    Edge(column: column, row: row, isLevel: false),
                ]
                let crossed = (0..<4).filter { above[$0] != above[($0 + 1) % 4] }
                if crossed.count == 2 { join(edges[crossed[0]], edges[crossed[1]]) }
                if crossed.count == 4 {
                    // A saddle: the middle says which corners belong together.
                    let isAbove = corners.reduce(0, +) / 4 >= level
                    let pairs = isAbove == above[0] ? [(0, 1), (2, 3)] : [(0, 3), (1, 2)]
                    for (a, b) in pairs { join(edges[a], edges[b]) }
                }
            }
        }
        func place(_ edge: Edge) -> Drawing.Place {
            let a = values[edge.row][edge.column]
            let b = edge.isLevel ? values[edge.row][edge.column + 1] : values[edge.row + 1][edge.column]
            let share = a == b ? 0.5 : (level - a) / (b - a)
            let (x0, y0) = (x[edge.column], y[edge.row])
            return edge.isLevel
                ? Drawing.Place(x0 + share * (x[edge.column + 1] - x0), y0)
                : Drawing.Place(x0, y0 + share * (y[edge.row + 1] - y0))
        }
        // Open lines from their ends first, then closed ones from anywhere.
        var lines: [[Drawing.Place]] = []
        var used: Set<Edge> = []
        for start in order.filter({ next[$0]?.count == 1 }) + order where !used.contains(start) {
            var line = [place(start)]
            used.insert(start)
            var here = start
            while let step = next[here]?.first(where: { !used.contains($0) }) {
                used.insert(step)
                line.append(place(step))
                here = step
            }
            if next[here]?.contains(start) == true, line.count > 2 { line.append(line[0]) }
            if line.count > 1 { lines.append(line) }
        }
        return lines
    }
}
