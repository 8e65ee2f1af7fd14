// Text in LaTeX that means itself, whatever engine reads it.

enum LaTeXText {
    static func escaped(_ text: String) -> String {
        var out = ""
        let scalars = Array(text.unicodeScalars)
        var place = 0
        while place < scalars.count {
            let scalar = scalars[place]
            let next = place + 1 < scalars.count ? scalars[place + 1] : " "
            let before = place > 0 ? scalars[place - 1] : " "
            if scalar == "-", isDigit(next), !isLetterOrDigit(before), before != "-" {
                out += "$-$"
            } else if scalar == "-", next == "-" || before == "-" {
                // Two would become a dash.
                out += "{-}"
            } else if scalar == ".", next == ".", isLetterOrDigit(before), place + 2 < scalars.count,
                isLetterOrDigit(scalars[place + 2]) || scalars[place + 2] == "-"
            {
                out += "\\,--\\,"
                place += 1
            } else {
                out += command(scalar)
            }
            place += 1
        }
        return out
    }

    /// Code: nothing of it is set as print sets it.
    static func code(_ text: String) -> String {
        "\\texttt{" + text.unicodeScalars.map { $0 == "-" ? "{-}" : command($0) }.joined() + "}"
    }

    static func words(_ words: Words) -> String {
        words.parts.map { part in
            switch part.mark {
            case .plain, .faint: escaped(part.text)
            case .strong: "\\textbf{\(escaped(part.text))}"
            case .code: code(part.text)
            }
        }.joined()
    }

    /// Lines as they were typed, broken where the page ends.
    static func typed(_ lines: String) -> String {
        let typed = lines.split(separator: "\n", omittingEmptySubsequences: false).map { line -> String in
            let indent = line.prefix { $0 == " " }.count
            let space = indent > 0 ? "\\hspace*{\(indent)ex}" : ""
            return line.isEmpty ? "\\strut" : space + code(String(line.dropFirst(indent)))
        }
        return environment("flushleft", ["\\small " + typed.joined(separator: " \\\\\n")])
    }

    static func environment(_ name: String, _ lines: [String]) -> String {
        "\\begin{\(name)}\n\(lines.joined(separator: "\n"))\n\\end{\(name)}"
    }

    /// Whether what a formula became can be set by every engine: letters beyond ASCII cannot.
    static func isMathematics(_ text: String) -> Bool { text.utf8.allSatisfy { $0 < 0x80 } }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { scalar >= "0" && scalar <= "9" }

    private static func isLetterOrDigit(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isAlphabetic || isDigit(scalar)
    }

    private static func command(_ scalar: Unicode.Scalar) -> String {
        switch scalar {
        case "\\": return "\\textbackslash{}"
        case "{", "}", "$", "&", "#", "%", "_": return "\\\(scalar)"
        case "^": return "\\textasciicircum{}"
        case "~": return "\\textasciitilde{}"
        case "<": return "\\textless{}"
        case ">": return "\\textgreater{}"
        case "|": return "\\textbar{}"
        case "\"": return "\\textquotedbl{}"
        case "'": return "\\textquotesingle{}"
        case "`": return "\\textasciigrave{}"
        case "[", "]": return "{\(scalar)}"
        case "\n", "\t", "\r": return " "
        default:
            if let known = commands[scalar] { return known }
            // Letters of European languages; pdflatex knows no others.
            if scalar.value >= 0x20, scalar.value < 0x7F { return String(scalar) }
            if scalar.value >= 0xC0, scalar.value <= 0x17F { return String(scalar) }
            return "{[}U+\(String(scalar.value, radix: 16, uppercase: true)){]}"
        }
    }

    private static let commands: [Unicode.Scalar: String] = [
        "×": "$\\times$", "·": "$\\cdot$", "±": "$\\pm$", "≈": "$\\approx$", "≤": "$\\le$", "≥": "$\\ge$",
        "≠": "$\\ne$", "√": "$\\surd$", "Σ": "$\\Sigma$", "−": "$-$", "–": "--", "—": "---", "…": "\\ldots{}",
        "→": "$\\to$", "∞": "$\\infty$", "¹": "$^1$", "²": "$^2$", "³": "$^3$", "⁰": "$^0$", "⁴": "$^4$", "⁵": "$^5$",
        "⁶": "$^6$", "⁷": "$^7$", "⁸": "$^8$", "⁹": "$^9$", "⁻": "$^-$", "°": "$^\\circ$", "\u{A0}": "~",
        "\u{2009}": "\\,", "’": "'", "‘": "`", "“": "``", "”": "''", "α": "$\\alpha$", "β": "$\\beta$",
        "γ": "$\\gamma$", "δ": "$\\delta$", "λ": "$\\lambda$", "µ": "$\\mu$", "μ": "$\\mu$", "σ": "$\\sigma$",
        "ρ": "$\\rho$", "§": "\\S{}", "½": "$\\frac{1}{2}$",
    ]
}
