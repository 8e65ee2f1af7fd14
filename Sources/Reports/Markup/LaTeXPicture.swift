// A drawing by TikZ: lines and letters of the paper that it stands in.

struct LaTeXPicture {
    private let drawing: Drawing
    /// Points of paper for a point of the drawing: 760 become the width of a page of text.
    private let scale = 0.59

    init(_ drawing: Drawing) { self.drawing = drawing }

    var text: String {
        var lines = drawing.inks.map { ink in
            "\\definecolor{\(name(ink))}{HTML}{\(ink.colors.light.dropFirst().uppercased())}"
        }
        lines.append("\\begin{tikzpicture}[x=\(n(scale))pt,y=-\(n(scale))pt]")
        lines += drawing.below.filter { !isPaper($0) }.map(command)
        for part in drawing.panels {
            let frame = part.frame
            lines.append("\\begin{scope}")
            lines.append(
                "\\clip (\(n(frame.left)),\(n(frame.top))) rectangle (\(n(frame.right)),\(n(frame.bottom)));")
            lines += part.shapes.map(command)
            lines.append("\\end{scope}")
        }
        lines += drawing.above.map(command)
        lines.append("\\end{tikzpicture}")
        return lines.joined(separator: "\n")
    }

    // The ground is the paper itself.
    private func isPaper(_ shape: Drawing.Shape) -> Bool {
        if case .area(_, .ground, _) = shape { return true }
        return false
    }

    private func command(_ shape: Drawing.Shape) -> String {
        switch shape {
        case .line(let places, let stroke):
            let dashes = stroke.dashes.map { dashes in
                let pattern = dashes.enumerated().map {
                    ($0.offset % 2 == 0 ? "on " : "off ") + n($0.element * scale) + "pt"
                }
                return ",dash pattern=" + pattern.joined(separator: " ")
            }
            let opacity = stroke.opacity < 1 ? ",opacity=\(n(stroke.opacity))" : ""
            return
                "\\draw[\(name(stroke.ink)),line width=\(n(stroke.width * scale))pt,line join=round\(dashes ?? "")\(opacity)] "
                + path(places) + ";"
        case .area(let places, let ink, let opacity):
            let faded = opacity < 1 ? ",fill opacity=\(n(opacity))" : ""
            return "\\fill[\(name(ink))\(faded)] \(path(places)) -- cycle;"
        case .symbol(let symbol, let place, let radius, let ink, _):
            if let corners = symbol.corners {
                let places = corners.map { Drawing.Place(place.x + $0.x * radius, place.y + $0.y * radius) }
                return "\\fill[\(name(ink))] \(path(places)) -- cycle;"
            }
            let verb = symbol == .ring ? "\\draw" : "\\fill"
            return "\(verb)[\(name(ink))] \(at(place)) circle[radius=\(n(radius * scale))pt];"
        case .letters(let letters, let place):
            let anchor =
                switch letters.anchor {
                case .start: "base west"
                case .middle: "base"
                case .end: "base east"
                }
            let turn = letters.isUpright ? ",rotate=90" : ""
            let size = n(letters.size * scale * 1.05)
            let bold = letters.isBold ? "\\bfseries " : ""
            return
                "\\node[\(name(letters.ink)),anchor=\(anchor),inner sep=0pt\(turn),font=\\fontsize{\(size)}{\(size)}\\selectfont\\sffamily] "
                + "at \(at(place)) {\(bold)\(LaTeXText.escaped(letters.text))};"
        }
    }

    // A point that lies far outside of the frame is beyond what TeX can count.
    private func at(_ place: Drawing.Place) -> String {
        func clamped(_ value: Double) -> String { n(min(max(value, -2000), 4000)) }
        return "(\(clamped(place.x)),\(clamped(place.y)))"
    }

    private func path(_ places: [Drawing.Place]) -> String { places.map(at).joined(separator: " -- ") }

    private func name(_ ink: Ink) -> String { "allo\(ink.name)" }

    private func n(_ value: Double) -> String { XML.number((value * 100).rounded() / 100) }
}
