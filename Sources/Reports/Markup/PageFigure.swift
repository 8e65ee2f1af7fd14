// A drawing inside of a page: colours are those of the page, and what a pointer is told stands once for all views.
//
// Neighbours that look alike share an element: a page of 500 runs has thousands of dots.

extension Drawing {
    /// The drawing as an element of HTML.
    ///
    /// - Parameters:
    ///   - kind: the class that says on which pages it is shown.
    ///   - labelledBy: the id of the words that name it.
    ///   - describedBy: the id of the words that describe it.
    func element(_ kind: String, labelledBy: String, describedBy: String) -> String {
        var out = """
            <svg class="\(kind)" viewBox="0 0 \(n(width)) \(n(height))" role="img" tabindex="0" \
            aria-labelledby="\(labelledBy)" aria-describedby="\(describedBy)">

            """
        var told = 0
        out += elements(below, Place(0, 0), &told)
        for panel in panels {
            let frame = panel.frame
            out += """
                <svg x="\(n(frame.left))" y="\(n(frame.top))" width="\(n(frame.width))" \
                height="\(n(frame.height))" overflow="hidden">

                """
            out += elements(panel.shapes, Place(-frame.left, -frame.top), &told) + "</svg>\n"
        }
        return out + elements(above, Place(0, 0), &told) + "</svg>\n"
    }

    // `told` counts the symbols that tell something.
    private func elements(_ shapes: [Shape], _ shift: Place, _ told: inout Int) -> String {
        var out = ""
        var place = 0
        while place < shapes.count {
            var end = place + 1
            while end < shapes.count, shapes[end].looksLike(shapes[place]) { end += 1 }
            let alike = shapes[place..<end]
            switch shapes[place] {
            case .line(_, let stroke): out += lines(alike, stroke, shift)
            case .symbol(let symbol, _, _, let ink, let title):
                out += symbols(alike, symbol, ink, first: title == nil ? nil : told, shift)
                if title != nil { told += alike.count }
            case .area(let places, let ink, let opacity):
                let faded = opacity < 1 ? " fill-opacity=\"\(XML.number(opacity))\"" : ""
                out += "<polygon class=\"\(ink.name)\" points=\"\(path(places, shift))\"\(faded)/>\n"
            case .letters(let letters, let at): out += element(letters, at, shift)
            }
            place = end
        }
        return out
    }

    private func lines(_ shapes: ArraySlice<Shape>, _ stroke: Stroke, _ shift: Place) -> String {
        let pieces = shapes.map { shape -> String in
            guard case .line(let places, _) = shape else { return "" }
            return "M" + path(places, shift)
        }
        let dashes = stroke.dashes.map { " stroke-dasharray=\"\($0.map { n($0) }.joined(separator: " "))\"" } ?? ""
        let opacity = stroke.opacity < 1 ? " opacity=\"\(XML.number(stroke.opacity))\"" : ""
        let width = stroke.width == 1 ? "" : " stroke-width=\"\(n(stroke.width))\""
        return "<path class=\"\(stroke.ink.name)\" d=\"\(pieces.joined())\"\(width)\(dashes)\(opacity)/>\n"
    }

    private func symbols(_ shapes: ArraySlice<Shape>, _ symbol: Symbol, _ ink: Ink, first: Int?, _ shift: Place)
        -> String
    {
        let marks = shapes.map { shape -> String in
            guard case .symbol(_, let place, let radius, _, _) = shape else { return "" }
            let (x, y) = (place.x + shift.x, place.y + shift.y)
            guard let corners = symbol.corners else {
                return "<circle cx=\"\(n(x))\" cy=\"\(n(y))\" r=\"\(n(radius))\"/>"
            }
            let places = corners.map { Place(x + $0.x * radius, y + $0.y * radius) }
            return "<polygon points=\"\(path(places, Place(0, 0)))\"/>"
        }
        let told = first.map { " data-i=\"\($0)\"" } ?? ""
        let ring = symbol == .ring ? " ring" : ""
        return "<g class=\"\(ink.name)\(ring)\"\(told)>\(marks.joined(separator: "\n"))</g>\n"
    }

    private func element(_ letters: Letters, _ at: Place, _ shift: Place) -> String {
        let (x, y) = (n(at.x + shift.x), n(at.y + shift.y))
        let turn = letters.isUpright ? " transform=\"rotate(-90 \(x) \(y))\"" : ""
        let weight = letters.isBold ? " font-weight=\"600\"" : ""
        let anchor = letters.anchor == .start ? "" : " text-anchor=\"\(letters.anchor.rawValue)\""
        let rim = letters.hasRim ? " rim" : ""
        return """
            <text class="\(letters.ink.name)\(rim)" x="\(x)" y="\(y)" font-size="\(n(letters.size))"\
            \(anchor)\(weight)\(turn)>\(XML.escaped(letters.text))</text>

            """
    }

    private func path(_ places: [Place], _ shift: Place) -> String {
        places.map { "\(n($0.x + shift.x)) \(n($0.y + shift.y))" }.joined(separator: " ")
    }

    // A tenth of a point is finer than a screen.
    private func n(_ value: Double) -> String { XML.number((value * 10).rounded() / 10) }
}

extension Drawing.Shape {
    /// Whether both can share one element.
    fileprivate func looksLike(_ other: Drawing.Shape) -> Bool {
        switch (self, other) {
        case (.line(_, let a), .line(_, let b)): a == b
        case (.symbol(let a, _, _, let ink, let told), .symbol(let b, _, _, let otherInk, let otherTold)):
            a == b && ink == otherInk && (told == nil) == (otherTold == nil)
        default: false
        }
    }
}
