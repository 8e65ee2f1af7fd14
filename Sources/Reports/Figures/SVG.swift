// Scalable Vector Graphics: a drawing as a picture that a page, a paper or a README can hold.
//
// One file that needs no other: no script, no font, no network. Colours follow the reader's light or dark ground.
// Numbers have three decimals at most, so that the same drawing gives the same bytes.

import Formulas

extension Drawing {
    /// The drawing as an SVG document that follows the reader's light or dark ground.
    public var svg: String { svg(.automatic) }

    /// The drawing as an SVG document.
    ///
    /// Points carry a `<title>` that says what they are. Rules of style are of the class `allometry` alone, so that the
    /// element can stand in a page beside others.
    public func svg(_ theme: Theme) -> String {
        var out = """
            <svg xmlns="http://www.w3.org/2000/svg" width="\(n(width))" height="\(n(height))" \
            viewBox="0 0 \(n(width)) \(n(height))" role="img" aria-label="\(XML.escaped(title))" \
            class="allometry" font-family="Helvetica, Arial, sans-serif">
            <title>\(XML.escaped(title))</title>
            <desc>\(XML.escaped(description))</desc>
            <style>\(style(theme))</style>

            """
        for shape in below { out += element(shape, shiftedBy: Place(0, 0)) }
        // What reaches beyond its frame is cut off by an image of its own.
        for panel in panels {
            let frame = panel.frame
            out += """
                <svg x="\(n(frame.left))" y="\(n(frame.top))" width="\(n(frame.width))" height="\(n(frame.height))" \
                overflow="hidden">

                """
            for shape in panel.shapes { out += element(shape, shiftedBy: Place(-frame.left, -frame.top)) }
            out += "</svg>\n"
        }
        for shape in above { out += element(shape, shiftedBy: Place(0, 0)) }
        return out + "</svg>\n"
    }

    private func style(_ theme: Theme) -> String {
        var inks: [Ink] = []
        let all = shapes
        for shape in all where !inks.contains(shape.ink) { inks.append(shape.ink) }
        func rules(_ theme: Theme) -> String {
            let rims = all.contains(where: \.hasRim) ? ".allometry .rim{stroke:\(Ink.ground.color(theme))}" : ""
            return inks.map { ".allometry .\($0.name){color:\($0.color(theme))}" }.joined() + rims
        }
        guard theme == .automatic else { return rules(theme) }
        return rules(.light) + "@media (prefers-color-scheme: dark){" + rules(.dark) + "}"
    }

    private func element(_ shape: Shape, shiftedBy shift: Place) -> String {
        func at(_ place: Place) -> String { "\(n(place.x + shift.x)),\(n(place.y + shift.y))" }
        switch shape {
        case .line(let places, let stroke):
            let dash =
                switch stroke.dash {
                case .solid: ""
                case .dashed: " stroke-dasharray=\"6 4\""
                case .dotted: " stroke-dasharray=\"1.5 3\""
                }
            let opacity = stroke.opacity < 1 ? " opacity=\"\(n(stroke.opacity))\"" : ""
            return """
                <polyline class="\(stroke.ink.name)" points="\(places.map(at).joined(separator: " "))" fill="none" \
                stroke="currentColor" stroke-width="\(n(stroke.width))" stroke-linejoin="round"\(dash)\(opacity)/>

                """
        case .area(let places, let ink, let opacity):
            let faded = opacity < 1 ? " fill-opacity=\"\(n(opacity))\"" : ""
            return """
                <polygon class="\(ink.name)" points="\(places.map(at).joined(separator: " "))" \
                fill="currentColor"\(faded)/>

                """
        case .symbol(let symbol, let place, let radius, let ink, let title):
            let told = title.map { "<title>\(XML.escaped($0))</title>" } ?? ""
            return element(symbol, Place(place.x + shift.x, place.y + shift.y), radius, ink, told)
        case .letters(let letters, let place):
            let x = n(place.x + shift.x)
            let y = n(place.y + shift.y)
            let turn = letters.isUpright ? " transform=\"rotate(-90 \(x) \(y))\"" : ""
            let weight = letters.isBold ? " font-weight=\"600\"" : ""
            let anchor = letters.anchor == .start ? "" : " text-anchor=\"\(letters.anchor.rawValue)\""
            let name = letters.ink.name + (letters.hasRim ? " rim" : "")
            let rim = letters.hasRim ? " stroke-width=\"4.5\" stroke-linejoin=\"round\" paint-order=\"stroke\"" : ""
            return """
                <text class="\(name)" x="\(x)" y="\(y)" font-size="\(n(letters.size))" \
                fill="currentColor"\(anchor)\(weight)\(rim)\(turn)>\(XML.escaped(letters.text))</text>

                """
        }
    }

    private func element(_ symbol: Symbol, _ place: Place, _ r: Double, _ ink: Ink, _ told: String) -> String {
        func polygon(_ corners: [(Double, Double)]) -> String {
            let points = corners.map { "\(n(place.x + $0.0 * r)),\(n(place.y + $0.1 * r))" }.joined(separator: " ")
            return told.isEmpty
                ? "<polygon class=\"\(ink.name)\" points=\"\(points)\" fill=\"currentColor\"/>\n"
                : "<polygon class=\"\(ink.name)\" points=\"\(points)\" fill=\"currentColor\">\(told)</polygon>\n"
        }
        switch symbol {
        case .circle, .ring:
            let fill =
                symbol == .circle
                ? "fill=\"currentColor\" fill-opacity=\"0.85\""
                : "fill=\"none\" stroke=\"currentColor\" stroke-width=\"2\""
            let start =
                "<circle class=\"\(ink.name)\" cx=\"\(n(place.x))\" cy=\"\(n(place.y))\" r=\"\(n(r))\" \(fill)"
            return start + (told.isEmpty ? "/>\n" : ">\(told)</circle>\n")
        case .diamond: return polygon([(0, -1.2), (1.2, 0), (0, 1.2), (-1.2, 0)])
        case .square: return polygon([(-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)])
        case .triangle: return polygon([(0, -1.15), (1.05, 0.85), (-1.05, 0.85)])
        case .cross:
            let (a, b) = (0.3, 1.1)
            return polygon([
                (-b, -b + a), (-b + a, -b), (0, -a), (b - a, -b), (b, -b + a), (a, 0), (b, b - a), (b - a, b), (0, a),
                (-b + a, b), (-b, b - a), (-a, 0),
            ])
        }
    }

    private func n(_ value: Double) -> String { XML.number(value) }
}

extension Drawing.Shape {
    var hasRim: Bool {
        if case .letters(let letters, _) = self { letters.hasRim } else { false }
    }

    var ink: Ink {
        switch self {
        case .line(_, let stroke): stroke.ink
        case .area(_, let ink, _): ink
        case .symbol(_, _, _, let ink, _): ink
        case .letters(let letters, _): letters.ink
        }
    }
}
