// Figures: where ticks stand, that nothing lies on anything, and that the bytes are XML.

import Formulas
import Foundation
import Testing

#if canImport(FoundationXML)
    import FoundationXML
#endif

@testable import Reports

@Suite struct FigureTests {
    private func figure(_ marks: [any Mark], title: String = "loss over size", scale: Axis.Scale = .logarithmic)
        -> Figure
    {
        Figure(
            title: title, description: "a line", x: Axis("N, parameters", scale: scale, notation: .size),
            y: Axis("loss", scale: scale), marks: marks)
    }

    // MARK: - Ticks

    @Test(arguments: [
        (1.0, 1e30), (1, 7), (0.9, 1.1), (1e17, 1e24), (3e8, 7e10), (1.02, 1.97), (5e5, 5.001e5), (2, 2.1),
    ])
    func `ticks are few, inside of the range, in order and told apart`(_ low: Double, _ high: Double) {
        for scale in [Axis.Scale.linear, .logarithmic] {
            for notation in [Axis.Notation.plain, .size, .power] {
                let ticks = Ticks(low...high, Axis("x", scale: scale, notation: notation), most: 7)
                #expect((2...7).contains(ticks.values.count), "\(scale) \(ticks.values)")
                #expect(ticks.values.allSatisfy { $0 >= low && $0 <= high })
                #expect(ticks.values == ticks.values.sorted())
                #expect(Set(ticks.labels).count == ticks.labels.count, "\(ticks.labels)")
            }
        }
    }

    @Test func `sizes and powers are written as the field writes them`() {
        let wide = Axis("x", scale: .logarithmic, notation: .size)
        #expect(Ticks(5e7...2e11, wide, most: 7).labels == ["100M", "1B", "10B", "100B"])
        #expect(Ticks(2e3...4e5, wide, most: 7).labels == ["2k", "5k", "10k", "20k", "50k", "100k", "200k"])
        #expect(Ticks.label(1e21, .power) == "10²¹")
        #expect(Ticks.label(5.76e23, .power) == "5.76×10²³")
        #expect(Ticks.label(1e-3, .power) == "10⁻³")
        #expect(Ticks.label(70e9, .size) == "70B")
        #expect(Ticks.label(13_944, .size, digits: 3) == "13.9k")
        #expect(
            Ticks(1.0...2.0, Axis("loss", scale: .logarithmic), most: 7).labels == [
                "1", "1.2", "1.4", "1.6", "1.8", "2",
            ])
    }

    // MARK: - Labels

    @Test func `labels at one height stand below each other, near their own, in order`() {
        let frame = Drawing.Rectangle(left: 0, top: 0, width: 100, height: 300)
        let heights = [100.0, 100, 101, 250, 102]
        let shapes = Lettering.spread(
            heights.enumerated().map { (Drawing.Letters(text: "\($0.offset)"), $0.element) }, beside: frame)
        let places = shapes.compactMap { shape -> (String, Double)? in
            if case .letters(let letters, let place) = shape { (letters.text, place.y) } else { nil }
        }
        #expect(places.map(\.0) == ["0", "1", "2", "4", "3"])
        #expect(zip(places, places.dropFirst()).allSatisfy { $1.1 - $0.1 >= 14.99 })
        #expect(places.allSatisfy { name, y in abs(y - 4 - heights[Int(name) ?? 0]) < 24 })
    }

    @Test func `numbers of a picture have the digits that exact rounding gives them`() {
        func exactly(_ value: Double) -> String {
            var text = Numeral.fixed(value, decimals: 3)
            while text.last == "0" { text.removeLast() }
            if text.last == "." { text.removeLast() }
            return text == "-0" ? "0" : text
        }
        var state: UInt64 = 7
        for place in 0..<20_000 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let share = Double(state >> 11) * 0x1p-53 - 0.5
            let value = share * [1e-3, 1, 760, 1e5, 1e9, 1e13][place % 6]
            #expect(XML.number(value) == exactly(value))
            // What lies at the middle of two thousandths, or is one of them.
            let even = (share * 2e6).rounded()
            for value in [even / 1000, even / 2000, even / 10] { #expect(XML.number(value) == exactly(value)) }
        }
        for (value, text) in [
            (0.0, "0"), (-0.0001, "0"), (.nan, "0"), (0.05, "0.05"), (-12.5, "-12.5"), (1e15, "1000000000000000"),
        ] {
            #expect(XML.number(value) == text)
        }
    }

    @Test func `a title that is too long for a line has two, and is cut where it is too long for both`() {
        let two = "Best use of compute: a law with a title of many words, fitted to runs-of-the-second-quarter.csv"
        let whole = figure([], title: two).drawing().below.compactMap { shape -> (String, Double)? in
            if case .letters(let letters, let place) = shape, letters.isBold { (letters.text, place.y) } else { nil }
        }
        #expect(whole.map(\.0).joined(separator: " ") == two)
        #expect(whole.count == 2 && whole[1].1 - whole[0].1 == 19)
        let long = String(repeating: "a long title ", count: 20)
        let drawing = figure([], title: long).drawing()
        let shown = drawing.below.compactMap { shape -> String? in
            if case .letters(let letters, _) = shape, letters.isBold { letters.text } else { nil }
        }
        #expect(shown.count == 2 && shown[1].hasSuffix("…"))
        #expect(shown.allSatisfy { Lettering.width($0, 16) <= drawing.width - 32 })
        #expect(drawing.title == long)
    }

    @Test func `labels beside a terminal's frame keep the order of what they name`() {
        let made = figure(
            (0..<9).map { Curve(x: [1e3], y: [2 + 0.001 * Double($0)], ink: .kind($0), label: "line \($0)") }
                + [Curve("low", x: [1, 1e3], y: [1, 1], ink: .kind(0))])
        let panel = TextPanel(made, width: 80, height: 20, isAlone: true, .ascii)
        let shown = panel.lines.compactMap { $0.text.firstMatch(of: /line ([0-9])/).map { String($0.1) } }
        #expect(shown == (0..<9).reversed().map(String.init))
    }

    // MARK: - Marks

    @Test func `a value that is not finite leaves a gap in a curve`() {
        let curve = Curve(x: [1, 2, 3, 4, 5], y: [1, 2, .nan, 4, 5], ink: .kind(0))
        let lines = figure([curve]).drawing().panels[0].shapes.filter { if case .line = $0 { true } else { false } }
        #expect(lines.count == 2)
    }

    @Test func `everything that a mark shows lies inside of the frame`() {
        let marks: [any Mark] = [
            Dots(x: [1e6, 1e9], y: [3, 2], ink: .kind(1)),
            Whisker(x: 1e11, value: 1.8, lower: 1.5, upper: 2.2, ink: .accent),
            Band(x: [1e6, 1e9], lower: [2.5, 1.7], upper: [3.3, 2.3], ink: .kind(0)),
        ]
        let drawing = figure(marks).drawing()
        let frame = drawing.panels[0].frame
        for shape in drawing.panels[0].shapes {
            let places: [Drawing.Place] =
                switch shape {
                case .line(let places, _), .area(let places, _, _): places
                case .symbol(_, let place, _, _, _), .letters(_, let place): [place]
                }
            for place in places {
                #expect(place.x >= frame.left && place.x <= frame.right, "\(shape)")
                #expect(place.y >= frame.top && place.y <= frame.bottom, "\(shape)")
            }
        }
    }

    @Test func `the ground beyond the data is darker with every factor of ten`() {
        let drawing = figure([Beyond(1e6...1e9), Dots(x: [1e6, 3e10], y: [2, 3], ink: .text)]).drawing()
        let grounds = drawing.below.filter { $0.ink == .beyond }
        // Right of 1e9 and of 1e10; left of 1e6, where the air around the data is.
        #expect(grounds.count == 3)
    }

    // MARK: - Bytes

    @Test func `an SVG is XML, whatever names hold`() throws {
        let nasty = "<script>\"&' \u{1} ]]> 損失"
        var nastyFigure = figure(
            [
                Dots(x: [1, 2], y: [1, 2], ink: .step(1, of: 3), symbol: .cross, titles: [nasty, nasty]),
                Curve(x: [1, 2], y: [1, 2], ink: .kind(3), label: nasty),
            ], title: nasty)
        nastyFigure.subtitle = nasty
        nastyFigure.key = [.init(.ring, .text, nasty)]
        let svg = nastyFigure.drawing().svg
        let parser = XMLParser(data: Data(svg.utf8))
        #expect(parser.parse(), "\(String(describing: parser.parserError))")
        #expect(!svg.contains("<script"))
        #expect(svg == nastyFigure.drawing().svg)
        #expect(!svg.contains("http://") || svg.components(separatedBy: "http://").count == 2)
    }

    @Test func `numbers have three decimals at most`() {
        #expect(XML.number(1.0 / 3) == "0.333")
        #expect(XML.number(2) == "2")
        #expect(XML.number(-0.0001) == "0")
        #expect(XML.number(.nan) == "0")
    }

    @Test func `colours of an order go from dark to light on white, and are all different`() throws {
        func brightness(_ color: String) throws -> Double {
            let value = try #require(Int(color.dropFirst(), radix: 16))
            return 0.299 * Double(value >> 16) + 0.587 * Double(value >> 8 & 255) + 0.114 * Double(value & 255)
        }
        let steps = try (0..<9).map { try brightness(Ink.step($0, of: 9).colors.light) }
        #expect(steps == steps.sorted())
        #expect(zip(steps, steps.dropFirst()).allSatisfy { $1 - $0 > 5 })
        #expect(try brightness(Ink.step(8, of: 9).colors.light) < 200)
        #expect(try brightness(Ink.step(0, of: 9).colors.dark) > 60)
    }
}
