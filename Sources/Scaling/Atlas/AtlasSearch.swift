// Search: words in, laws out, the best first.

extension Atlas {
    /// A law that a search found.
    public struct Match: Hashable, Sendable {
        public let id: String
        public let title: String
        /// The sum over the words of the query of the weight of the best text that holds the word.
        public let score: Double
        /// The text that holds the most words of the query, with what it is: `trap: The coefficients …`; of two that
        /// hold as many, one that is neither title nor id.
        public let line: String
    }

    /// The laws that hold every word of the query, best first; ties by id.
    ///
    /// A word matches the start of a word of the law, in either case, and a plural its singular. The title and the id
    /// weigh most, then what a claim found and the meaning of symbols, then notes and traps. Files that cannot be
    /// read are left out.
    public func search(_ query: String, limit: Int = 20) -> [Match] {
        let words = Self.words(query)
        if words.isEmpty { return [] }
        var matches: [Match] = []
        for id in ids {
            guard let law = try? law(id), let match = Self.match(law, words) else { continue }
            matches.append(match)
        }
        matches.sort { ($1.score, $0.id) < ($0.score, $1.id) }
        return Array(matches.prefix(limit))
    }

    private static func match(_ law: Law, _ words: [[UInt8]]) -> Match? {
        var best = [Double](repeating: 0, count: words.count)
        var strongest = 0.0
        var line: (text: String, rank: (count: Int, tellsMore: Int, score: Double)) = ("", (0, 0, 0))
        for (label, text, weight) in texts(of: law) {
            let found = Self.words(text)
            var (total, count) = (0.0, 0)
            for (position, word) in words.enumerated() {
                guard let quality = quality(of: word, in: found) else { continue }
                best[position] = max(best[position], weight * quality)
                total += weight * quality
                count += 1
            }
            strongest = max(strongest, total)
            let rank = (count, label == "title" || label == "id" ? 0 : 1, total)
            if count > 0, rank > line.rank { line = ("\(label): \(text)", rank) }
        }
        if best.contains(0) { return nil }
        // Words that stand together in one text count again.
        return Match(id: law.id, title: law.title, score: best.reduce(0, +) + strongest, line: line.text)
    }

    // 1 for the whole word, less where only its start matches.
    private static func quality(of word: [UInt8], in found: [[UInt8]]) -> Double? {
        if found.contains(word) { return 1 }
        return found.contains { $0.starts(with: word) } ? 0.75 : nil
    }

    private static func texts(of law: Law) -> [(label: String, text: String, weight: Double)] {
        var texts: [(String, String?, Double)] = [
            ("title", law.title, 8), ("id", law.id, 8), ("field", law.field, 4), ("scaled", law.scaled, 4),
            ("figures", law.figures, 4), ("authors", law.authors, 3), ("identifier", law.identifier, 3),
            ("notes", law.notes, 3),
        ]
        texts += law.traps.map { ("trap", $0, 2) }
        texts += law.inputs.map { ($0.name, $0.meaning, 3) }
        texts += law.parameters.map { ($0.name, $0.meaning, 3) }
        if let response = law.response { texts.append((response.name, response.meaning, 3)) }
        for set in law.sets {
            texts.append(("data of set \(set.name)", set.data, 2))
            texts.append(("note of set \(set.name)", set.note, 1))
        }
        return texts.compactMap { label, text, weight in text.map { (label, $0, weight) } }
    }

    /// Words in small letters, without the s of a plural; a number or name keeps its points and dashes apart.
    static func words(_ text: String) -> [[UInt8]] {
        let isPart = { (byte: UInt8) in
            byte >= 0x80 || (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A) || (byte >= 0x30 && byte <= 0x39)
        }
        return text.lowercased().utf8.split { !isPart($0) }.map { word in
            let word = Array(word)
            return word.count > 3 && word.last == UInt8(ascii: "s") && word[word.count - 2] != UInt8(ascii: "s")
                ? Array(word.dropLast()) : word
        }
    }
}
