// The source of a law as others cite it.

import Formulas

/// References to the sources of laws.
public enum Bibliography {
    /// `Jordan Hoffmann and others, 2022`, or nil.
    package static func authorsAndYear(_ law: Law) -> String? {
        let parts = [law.authors, law.year.map(String.init)].compactMap(\.self)
        return parts.isEmpty ? nil : parts.joined(separator: ", ")
    }

    /// Where the identifier leads to; nil for one of no known kind.
    static func address(_ identifier: String) -> String? {
        if identifier.hasPrefix("arXiv:") { return "https://arxiv.org/abs/" + identifier.dropFirst(6) }
        if identifier.hasPrefix("doi:") { return "https://doi.org/" + identifier.dropFirst(4) }
        return identifier.hasPrefix("https://") ? identifier : nil
    }

    /// An entry for a BibTeX file, or nil where no source is known.
    public static func entry(for law: Law) -> String? {
        guard law.authors != nil || law.identifier != nil else { return nil }
        var fields = [("title", "{\(escaped(law.title))}")]
        if let authors = law.authors { fields.append(("author", names(authors))) }
        if let year = law.year { fields.append(("year", String(year))) }
        if let identifier = law.identifier {
            if identifier.hasPrefix("arXiv:") {
                fields += [("eprint", String(identifier.dropFirst(6))), ("archivePrefix", "arXiv")]
            } else if identifier.hasPrefix("doi:") {
                fields.append(("doi", String(identifier.dropFirst(4))))
            } else {
                fields.append(("url", identifier))
            }
        }
        if let equation = law.equation { fields.append(("note", escaped(equation))) }
        let width = fields.map(\.0.count).max() ?? 0
        let lines = fields.map { name, value in
            "  \(name)\(String(repeating: " ", count: width - name.count)) = {\(value)}"
        }
        return "@misc{\(law.id),\n" + lines.joined(separator: ",\n") + "\n}"
    }

    // BibTeX wants "A and B and others"; a description is one name in braces.
    private static func names(_ text: String) -> String {
        if text.hasPrefix("the ") { return "{\(escaped(text))}" }
        let names = text.replacing(", and ", with: ", ").replacing(" and ", with: ", ").split(separator: ", ")
        return names.map { $0 == "others" ? String($0) : escaped(String($0)) }.joined(separator: " and ")
    }

    private static func escaped(_ text: String) -> String {
        text.map { "&%$#_{}".contains($0) ? "\\\($0)" : String($0) }.joined()
    }
}
