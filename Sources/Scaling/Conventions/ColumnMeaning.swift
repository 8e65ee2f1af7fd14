// What a column counts and in which unit: which N, which FLOPs, billions or ones. Guessed from its name, or declared.

import Formulas

/// What a column of a table, or an input of a law, counts and in which unit.
///
/// What is not known is nil; nothing is concluded from it.
public struct ColumnMeaning: Hashable, Sendable {
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        case parameters
        case tokens
        case compute
    }

    /// Which parameters, or which operations, are counted.
    public enum Counting: String, Hashable, Sendable, CaseIterable {
        /// Every parameter of a model, embeddings included.
        case all
        case nonEmbedding = "non-embedding"
        /// Those of the layers alone: neither embeddings nor head.
        case transformer
        /// Those that one token meets, of a mixture of experts.
        case active
        /// Those of all experts.
        case total
        /// Six operations a parameter and token.
        case sixND = "6ND"
        /// Operations counted one by one, attention and head included.
        case exact

        /// Whether the two may stand for one another: without experts, `total` is `all`.
        public func agrees(with other: Counting) -> Bool {
            self == other || Set([self, other]) == [.all, .total]
        }
    }

    public var kind: Kind
    public var counting: Counting?
    /// How many parameters, tokens or FLOP one of the column's units is: 1e9 for billions, 8.64e19 for PF-days.
    public var unit: Double?

    public init(_ kind: Kind, counting: Counting? = nil, unit: Double? = nil) {
        self.kind = kind
        self.counting = counting
        self.unit = unit
    }

    /// A day of 1e15 operations a second, in operations.
    public static let petaFLOPDay = 8.64e19
}

// MARK: - From the name of a column

extension ColumnMeaning {
    /// The meaning that a column's name suggests, or nil: `params_non_embedding`, `n_params_billion`, `tokens_b`,
    /// `flops_6nd`, `gflops`, `pf_days`.
    ///
    /// Rates and ratios (`flops_per_token`) and names that only mention a quantity (`params_exponent`) mean nothing here.
    public init?(ofColumn name: String) {
        let words = Self.words(name)
        let joined = words.joined()
        if words.contains("per") || words.contains(where: Self.derivedWords.contains) { return nil }
        if ["pfday", "petaflopday", "petaflopsday", "pflopsday", "pflopday"].contains(where: joined.contains) {
            self.init(.compute, unit: Self.petaFLOPDay)
        } else if let word = words.first(where: { Self.flopWord($0) != nil }), let unit = Self.flopWord(word) {
            self.init(.compute, unit: unit == 1 ? Self.size(in: words) : unit)
        } else if words.contains("compute") {
            self.init(.compute)
        } else if words.contains(where: ["params", "param", "parameters", "nparams", "parameter"].contains) {
            self.init(.parameters, unit: Self.size(in: words))
        } else if words.contains(where: ["tokens", "token", "ntokens", "toks"].contains) {
            self.init(.tokens, unit: Self.size(in: words))
        } else {
            return nil
        }
        counting = Self.counting(kind, words, joined)
    }

    private static let derivedWords: Set<String> = [
        "exponent", "coef", "coefficient", "label", "ratio", "log", "log10", "ln", "std", "rate", "r2", "batch",
        "vocab",
    ]

    private static func counting(_ kind: Kind, _ words: [String], _ joined: String) -> Counting? {
        switch kind {
        case .parameters:
            let without = ["nonemb", "noemb", "withoutemb", "exclemb", "excludingemb"]
            if without.contains(where: joined.contains) { return .nonEmbedding }
            if words.contains(where: ["active", "activated"].contains) { return .active }
            if words.contains("total") { return .total }
            if words.contains(where: ["transformer", "backbone"].contains) { return .transformer }
            if ["withemb", "inclemb", "includingemb"].contains(where: joined.contains) || words.contains("all") {
                return .all
            }
        case .compute:
            if joined.contains("6nd") { return .sixND }
            if words.contains("exact") { return .exact }
        case .tokens: break
        }
        return nil
    }

    // `flops`, and with the prefixes of the trade: gflops is 1e9.
    private static func flopWord(_ word: String) -> Double? {
        for (prefix, unit) in [
            ("", 1), ("g", 1e9), ("giga", 1e9), ("t", 1e12), ("tera", 1e12), ("p", 1e15), ("peta", 1e15), ("e", 1e18),
            ("exa", 1e18), ("z", 1e21), ("zetta", 1e21),
        ] where word == prefix + "flops" || word == prefix + "flop" { return unit }
        return nil
    }

    private static func size(in words: [String]) -> Double? {
        let named: [String: Double] = [
            "billion": 1e9, "billions": 1e9, "bn": 1e9, "million": 1e6, "millions": 1e6, "mio": 1e6, "trillion": 1e12,
            "trillions": 1e12, "thousand": 1e3, "thousands": 1e3, "1e6": 1e6, "1e9": 1e9, "1e12": 1e12,
        ]
        for word in words { if let size = named[word] { return size } }
        // A letter alone is a unit at the end only: tokens_b, not b_tokens.
        guard words.count > 1, let last = words.last else { return nil }
        return ["k": 1e3, "m": 1e6, "b": 1e9, "t": 1e12][last]
    }

    // Lower-case words: cut at whatever is neither letter nor digit, and before a capital that follows a small letter.
    private static func words(_ name: String) -> [String] {
        var words = [""]
        var wasSmall = false
        for character in name {
            let isPart = character.isLetter || character.isNumber
            if !isPart || (wasSmall && character.isUppercase) { words.append("") }
            if isPart { words[words.count - 1] += character.lowercased() }
            wasSmall = character.isLowercase
        }
        return words.filter { !$0.isEmpty }
    }
}

// MARK: - From what a law says

extension ColumnMeaning {
    /// What a law says of an input, or nil where its unit is no count of parameters, tokens or operations.
    public init?(_ input: LawInput) {
        let words = (input.unit ?? "").split(separator: " ").map(String.init)
        var unit = 1.0
        if words.count == 2, let size = Quantity.parse(words[0]) {
            unit = size
        } else if words.count != 1 {
            return nil
        }
        switch words.last {
        case "parameters": self.init(.parameters, unit: unit)
        case "tokens": self.init(.tokens, unit: unit)
        case "FLOP": self.init(.compute, unit: unit)
        case "GFLOP": self.init(.compute, unit: 1e9 * unit)
        case "PFLOP": self.init(.compute, unit: 1e15 * unit)
        case "PF-days": self.init(.compute, unit: Self.petaFLOPDay * unit)
        default: return nil
        }
        counting = input.counting.flatMap { Counting(rawValue: $0) }
    }

    /// The unit as a law file writes it: `parameters`, `1e9 tokens`, `PF-days`; nil where it is not known.
    public var unitName: String? {
        guard let unit else { return nil }
        let base = kind == .compute ? "FLOP" : kind.rawValue
        if kind == .compute {
            if unit == Self.petaFLOPDay { return "PF-days" }
            if unit == 1e9 { return "GFLOP" }
            if unit == 1e15 { return "PFLOP" }
        }
        return unit == 1 ? base : "\(Self.written(unit)) \(base)"
    }

    static func written(_ size: Double) -> String {
        for (exponent, power) in [(3, 1e3), (6, 1e6), (9, 1e9), (12, 1e12), (15, 1e15), (18, 1e18)]
        where size == power {
            return "1e\(exponent)"
        }
        return Expression.decimal(size).replacing("e+", with: "e")
    }
}
