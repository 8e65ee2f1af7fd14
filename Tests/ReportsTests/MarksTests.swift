// Marks that compute something of their own.

import Testing

@testable import Reports

@Suite struct MarksTests {
    // x² + y² on a grid: its level lines are circles.
    private let steps = (0...40).map { Double($0) / 10 - 2 }
    private var bowl: [[Double]] { steps.map { y in steps.map { x in x * x + y * y } } }

    @Test func `a level line of a bowl is one closed circle`() throws {
        let lines = Contours.lines(steps, steps, bowl, 1)
        let line = try #require(lines.first)
        #expect(lines.count == 1)
        #expect(line.first == line.last)
        for place in line {
            #expect(((place.x * place.x + place.y * place.y).squareRoot() - 1).magnitude < 0.01)
        }
    }

    @Test func `a level beyond the surface has no line, and what is not finite cuts lines`() {
        #expect(Contours.lines(steps, steps, bowl, 9).isEmpty)
        var holed = bowl
        holed[20] = holed[20].map { _ in .nan }
        #expect(Contours.lines(steps, steps, holed, 1).count == 2)
    }

    @Test func `a saddle has two lines that do not cross`() {
        let saddle = steps.map { y in steps.map { x in x * y } }
        let lines = Contours.lines(steps, steps, saddle, 0.5)
        #expect(lines.count == 2)
        #expect(lines.allSatisfy { line in Set(line.map { $0.x > 0 }).count == 1 })
    }

    @Test func `a smooth curve runs through its points and has no bump that they have not`() {
        let points = [(0.0, 0.0), (1, 0.1), (2, 3), (3, 3.1), (5, 3.2)].map { (x: $0.0, y: $0.1) }
        let curve = Monotone(points.reversed())
        for point in points { #expect((curve.value(point.x) - point.y).magnitude < 1e-12) }
        let values = (0...100).map { curve.value(Double($0) / 20) }
        #expect(zip(values, values.dropFirst()).allSatisfy { $0 <= $1 + 1e-12 })
    }

    @Test func `a smooth curve through a parabola is near it`() {
        let curve = Monotone((0...10).map { (x: Double($0), y: Double($0 * $0)) })
        for place in stride(from: 0.0, through: 10, by: 0.1) {
            #expect((curve.value(place) - place * place).magnitude < 0.3)
        }
    }

    @Test func `words keep off other words, and are left out where there is no room`() {
        var figure = Figure(title: "", description: "", x: Axis("x"), y: Axis("y"))
        figure.marks = (0..<40).map { Note("words at one place, number \($0)", x: 1, y: 1) }
        let placed = figure.drawing().above.compactMap { shape -> Drawing.Rectangle? in
            if case .letters(let letters, let place) = shape { Lettering.box(letters, place) } else { nil }
        }
        #expect(placed.count > 2 && placed.count < 40)
        for (place, box) in placed.enumerated() {
            #expect(!placed[(place + 1)...].contains(where: box.meets))
        }
    }

    @Test func `more labels than lines beside a frame are thinned`() {
        let frame = Drawing.Rectangle(left: 0, top: 0, width: 100, height: 60)
        let labels = (0..<20).map { (letters: Drawing.Letters(text: "\($0)"), height: 30.0) }
        let places = Lettering.spread(labels, beside: frame).compactMap { shape -> Double? in
            if case .letters(_, let place) = shape { place.y } else { nil }
        }
        #expect(places.count >= 2 && places.count <= 4)
        #expect(places.allSatisfy { $0 <= 60 && $0 > 0 })
    }
}
