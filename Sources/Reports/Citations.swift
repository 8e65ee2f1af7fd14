// The source of a law as a reference: in a line, and as BibTeX.

import Scaling

extension Law {
    /// `Jordan Hoffmann and others, 2022. arXiv:2203.15556, equation 10`, or nil where no source is known.
    public var citation: String? {
        let who = Bibliography.authorsAndYear(self) ?? ""
        let place = [identifier, equation].compactMap(\.self).joined(separator: ", ")
        let all = [who, place].filter { !$0.isEmpty }
        return all.isEmpty ? nil : all.joined(separator: ". ")
    }

    /// An entry for a BibTeX file, or nil where no source is known.
    public var bibTeX: String? { Bibliography.entry(for: self) }
}
