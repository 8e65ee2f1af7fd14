// The source of a law as a reference: in a line, and as BibTeX.

import Scaling

extension Law {
    /// `Jordan Hoffmann and others, 2022. arXiv:2203.15556, equation 10`, or nil where no source is known.
    public var citation: String? {
        let who = [authors, year.map(String.init)].compactMap(\.self).joined(separator: ", ")
        let place = [identifier, equation].compactMap(\.self).joined(separator: ", ")
        let all = [who, place].filter { !$0.isEmpty }
        return all.isEmpty ? nil : all.joined(separator: ". ")
    }

    /// An entry for a BibTeX file, or nil where no source is known.
    public var bibTeX: String? {
        guard authors != nil || identifier != nil else { return nil }
        var fields = [("title", "{\(BibTeX.escaped(title))}")]
        if let authors { fields.append(("author", BibTeX.authors(authors))) }
        if let year { fields.append(("year", String(year))) }
        if let identifier {
            if identifier.hasPrefix("arXiv:") {
                fields += [("eprint", String(identifier.dropFirst(6))), ("archivePrefix", "arXiv")]
            } else if identifier.hasPrefix("doi:") {
                fields.append(("doi", String(identifier.dropFirst(4))))
            } else {
                fields.append(("url", identifier))
            }
        }
        if let equation { fields.append(("note", BibTeX.escaped(equation))) }
        let width = fields.map(\.0.count).max() ?? 0
        let lines = fields.map { "  \(TextTable.padded($0.0, to: width, .left)) = {\($0.1)}" }
        return "@misc{\(id),\n" + lines.joined(separator: ",\n") + "\n}"
    }
}

private enum BibTeX {
    // BibTeX wants "A and B and others"; a description is one name in braces.
    static func authors(_ text: String) -> String {
        let names = text.replacing(", and ", with: ", ").replacing(" and ", with: ", ").split(separator: ", ").map(
            String.init)
        if text.hasPrefix("the ") { return "{\(escaped(text))}" }
        return names.map { $0 == "others" ? $0 : escaped($0) }.joined(separator: " and ")
    }

    static func escaped(_ text: String) -> String {
        text.map { "&%$#_{}".contains($0) ? "\\\($0)" : String($0) }.joined()
    }
}
