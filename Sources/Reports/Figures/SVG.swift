// Scalable Vector Graphics: a drawing as a picture that a page, a paper or a README can hold.
//
// One file that needs no other: no script, no font, no network. Colours follow the reader's light or dark ground.
// Numbers have three decimals at most, so that the same drawing gives the same bytes.

import Formulas

extension Drawing {
    /// The drawing as an SVG document.
    public var svg: String {
        var out = """
            <svg xmlns="http://www.w3.org/2000/svg" width="\(n(width))" height="\(n(height))" \
            viewBox="0 0 \(n(width)) \(n(height))" role="img" aria-label="\(XML.escaped(title))" \
            font-family="Helvetica, Arial, sans-serif">
            <title>\(XML.escaped(title))</title>
            <desc>\(XML.escaped(description))</desc>
            <style>\(style)</style>

            """
        for shape in below { out += element(shape, shiftedBy: Place(0, 0)) }
        // What reaches beyond the frame is cut off by an image of its own.
        out += """
            <svg x="\(n(frame.left))" y="\(n(frame.top))" width="\(n(frame.width))" height="\(n(frame.height))" \
            overflow="hidden">

            """
        for shape in inside { out += element(shape, shiftedBy: Place(-frame.left, -frame.top)) }
        out += "</svg>\n"
        for shape in above { out += element(shape, shiftedBy: Place(0, 0)) }
        return out + "</svg>\n"
    }

    private var style: String {
        var inks: [Ink] = []
        for shape in below + inside + above where !inks.contains(shape.ink) { inks.append(shape.ink) }
        func rules(_ color: (Ink) -> String) -> String {
            inks.map { ".\($0.name){color:\(color($0))}" }.joined()
        }
        return rules { $0.colors.light } + "@media (prefers-color-scheme: dark){" + rules { $0.colors.dark } + "}"
    }

    private func element(_ shape: Shape, shiftedBy shift: Place) -> String {
        func at(_ place: Place) -> String { "\(n(place.x + shift.x)),\(n(place.y + shift.y))" }
        switch shape {
        case .line(let places, let stroke):
            let dash = stroke.isDashed ? " stroke-dasharray=\"6 4\"" : ""
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
            return """
                <text class="\(letters.ink.name)" x="\(x)" y="\(y)" font-size="\(n(letters.size))" \
                fill="currentColor"\(anchor)\(weight)\(turn)>\(XML.escaped(letters.text))</text>

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
    var ink: Ink {
        switch self {
        case .line(_, let stroke): stroke.ink
        case .area(_, let ink, _): ink
        case .symbol(_, _, _, let ink, _): ink
        case .letters(let letters, _): letters.ink
        }
    }
}
