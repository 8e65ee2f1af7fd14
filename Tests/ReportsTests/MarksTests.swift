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

    @Test func `no label of a line covers what stands out`() {
        // Diamonds along the line that is labelled, among crosses everywhere.
        let places = steps.flatMap { x in steps.map { (x, $0) } }
        var figure = Figure(title: "", description: "", x: Axis("x"), y: Axis("y"))
        let line = Contours(
            "r", x: steps, y: steps, values: bowl, levels: [1, 2.25], labels: ["one", "two"], inks: [.faint, .faint])
        figure.marks = [
            line, Dots("candidates", x: places.map(\.0), y: places.map(\.1), ink: .faint, symbol: .cross, radius: 2),
        ]
        func labels(_ figure: Figure) -> [Drawing.Rectangle] {
            figure.drawing().above.compactMap { shape in
                if case .letters(let letters, let place) = shape { Lettering.box(letters, place) } else { nil }
            }
        }
        let before = labels(figure)
        #expect(before.count == 2)
        // A chosen run below each of the labels.
        let canvas = Canvas(figure, frame: figure.drawing().panels[0].frame)
        func value(_ place: Double, _ map: (Double) -> Double) -> Double {
            let (low, high) = (map(-2), map(2))
            return -2 + 4 * (place - low) / (high - low)
        }
        let middles = before.map { ($0.left + $0.width / 2, $0.top + $0.height / 2) }
        let chosen = middles.map { (value($0.0, canvas.x), value($0.1, canvas.y)) }
        figure.marks.append(
            Dots("chosen", x: chosen.map(\.0), y: chosen.map(\.1), ink: .accent, symbol: .diamond, radius: 5))
        let after = labels(figure)
        #expect(after.count == 2)
        for box in after {
            for (x, y) in middles {
                #expect(!box.meets(.init(left: x - 5, top: y - 5, width: 10, height: 10)))
            }
        }
    }

    @Test func `words rather cover several marks that may be skipped than one that stands out`() {
        let frame = Drawing.Rectangle(left: 0, top: 0, width: 400, height: 100)
        let (chosen, others) = (Drawing.Place(100, 50), Drawing.Place(300, 50))
        func placed(_ ink: Ink, _ places: [Drawing.Place], among marks: [Drawing.Shape]) -> [Drawing.Place] {
            let note = (
                letters: Drawing.Letters(text: "10¹⁹", ink: ink), places: places.map { ($0, Drawing.Anchor.middle) }
            )
            return Lettering.perched([note], among: marks, in: frame).compactMap { shape in
                if case .letters(_, let place) = shape { place } else { nil }
            }
        }
        let diamond = Drawing.Shape.symbol(.diamond, chosen, radius: 5, .accent, title: nil)
        let run = Drawing.Shape.symbol(.circle, chosen, radius: 3, .text, title: nil)
        let crosses = [-5.0, 0, 5].map {
            Drawing.Shape.symbol(.cross, .init(others.x + $0, others.y), radius: 2, .faint, title: nil)
        }
        #expect(placed(.faint, [chosen, others], among: [diamond] + crosses) == [others])
        #expect(placed(.faint, [chosen, others], among: [run] + crosses) == [others])
        // Without another place they are left out, unless they are the words of what stands there.
        #expect(placed(.faint, [chosen], among: [diamond]).isEmpty)
        #expect(placed(.accent, [chosen], among: [diamond]) == [chosen])
    }

    @Test func `the key of a picture in characters has its bars and lines, and no ground`() {
        let entries: [Figure.KeyEntry] = [
            .init(.circle, .text, "runs"), .init(.interval(.circle), .kind(0), "sure"),
            .init(.interval(nil), .faint, "with doubt"), .init(.line(.dotted), .text, "another law"),
            .init(.line(.dashed), .faint, "threshold"), .init(.line(.solid), .accent, "the law"),
            .init(.band, .beyond, "beyond"),
        ]
        let plain = TextKey(entries, width: 40, .ascii).lines
        #expect(
            plain.map(\.text) == [
                "o runs   o| sure   | with doubt", ".  .  . another law", "...   ... threshold   ... the law",
            ])
        let colored = TextKey(entries, width: 40, .coloured).lines
        #expect(colored.map(\.count).max() ?? 0 <= 40 && colored[0].text.contains("●⡇\u{1B}[0m sure"))
        var figure = Figure(title: "", description: "", x: Axis("x"), y: Axis("y"))
        figure.marks = [Dots(x: [1], y: [1], ink: .text)]
        figure.key = entries
        #expect(Picture(figure).text(width: 40).contains("o| sure   | with doubt\n"))
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
