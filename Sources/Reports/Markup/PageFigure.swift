// A drawing inside of a page: colours are those of the page, and what a pointer is told stands once for all views.

extension Drawing {
    /// The drawing as an element of HTML.
    ///
    /// - Parameters:
    ///   - kind: the class that says on which pages it is shown.
    ///   - labelledBy: the ids of the words that name and describe it.
    func element(_ kind: String, labelledBy: String, describedBy: String) -> String {
        var out = """
            <svg class="\(kind)" viewBox="0 0 \(n(width)) \(n(height))" role="img" tabindex="0" \
            aria-labelledby="\(labelledBy)" aria-describedby="\(describedBy)">

            """
        var index = 0
        for shape in below { out += element(shape, Place(0, 0), &index) }
        for part in parts {
            let frame = part.frame
            out += """
                <svg x="\(n(frame.left))" y="\(n(frame.top))" width="\(n(frame.width))" \
                height="\(n(frame.height))" overflow="hidden">

                """
            for shape in part.shapes { out += element(shape, Place(-frame.left, -frame.top), &index) }
            out += "</svg>\n"
        }
        for shape in above { out += element(shape, Place(0, 0), &index) }
        return out + "</svg>\n"
    }

    private func element(_ shape: Shape, _ shift: Place, _ index: inout Int) -> String {
        func at(_ place: Place) -> String { "\(n(place.x + shift.x)),\(n(place.y + shift.y))" }
        switch shape {
        case .line(let places, let stroke):
            let dashes = stroke.dashes.map { " stroke-dasharray=\"\($0.map(n).joined(separator: " "))\"" } ?? ""
            let opacity = stroke.opacity < 1 ? " opacity=\"\(n(stroke.opacity))\"" : ""
            let width = stroke.width == 1 ? "" : " stroke-width=\"\(n(stroke.width))\""
            return """
                <polyline class="\(stroke.ink.name)" points="\(places.map(at).joined(separator: " "))"\
                \(width)\(dashes)\(opacity)/>

                """
        case .area(let places, let ink, let opacity):
            let faded = opacity < 1 ? " fill-opacity=\"\(n(opacity))\"" : ""
            let points = places.map(at).joined(separator: " ")
            return "<polygon class=\"\(ink.name)\" points=\"\(points)\"\(faded)/>\n"
        case .symbol(let symbol, let place, let radius, let ink, let title):
            var told = ""
            if title != nil {
                told = " data-i=\"\(index)\""
                index += 1
            }
            let (x, y) = (place.x + shift.x, place.y + shift.y)
            if let corners = symbol.corners {
                let points = corners.map { "\(n(x + $0.x * radius)),\(n(y + $0.y * radius))" }.joined(separator: " ")
                return "<polygon class=\"\(ink.name)\" points=\"\(points)\"\(told)/>\n"
            }
            let ring = symbol == .ring ? " ring" : ""
            return "<circle class=\"\(ink.name)\(ring)\" cx=\"\(n(x))\" cy=\"\(n(y))\" r=\"\(n(radius))\"\(told)/>\n"
        case .letters(let letters, let place):
            let (x, y) = (n(place.x + shift.x), n(place.y + shift.y))
            let turn = letters.isUpright ? " transform=\"rotate(-90 \(x) \(y))\"" : ""
            let weight = letters.isBold ? " font-weight=\"600\"" : ""
            let anchor = letters.anchor == .start ? "" : " text-anchor=\"\(letters.anchor.rawValue)\""
            return """
                <text class="\(letters.ink.name)" x="\(x)" y="\(y)" font-size="\(n(letters.size))"\
                \(anchor)\(weight)\(turn)>\(XML.escaped(letters.text))</text>

                """
        }
    }

    // A tenth of a point is finer than a screen.
    private func n(_ value: Double) -> String { XML.number((value * 10).rounded() / 10) }
}
