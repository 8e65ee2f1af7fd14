// Characters that look right and are not: Greek letters, typographic operators, letters of other scripts.

enum LookAlike {
    /// What to say of a character that the language does not have.
    static func problem(for character: Character) -> FormulaError.Problem {
        let written = String(character)
        if let typed = replacements[written] { return .lookAlike(found: written, type: typed) }
        return .unexpectedCharacter(written)
    }

    private static let replacements: [String: String] = {
        var table: [String: String] = [
            "×": "*", "·": "*", "⋅": "*", "∗": "*", "÷": "/", "∕": "/", "⁄": "/", "−": "-", "–": "-", "—": "-",
            "²": "^2", "³": "^3", "½": "0.5", "√": "sqrt(…)", "≤": "<=", "≥": ">=", "≠": "!=", "∼": "~", "˜": "~",
            "“": "\"", "”": "\"", "‘": "'", "’": "'", "„": "\"", "π": "pi", "\u{A0}": "a plain space", "{": "(",
            "}": ")", "∧": "and", "∨": "or", "¬": "not",
        ]
        let greek =
            "α alpha β beta γ gamma δ delta ε epsilon ζ zeta η eta θ theta ι iota κ kappa λ lambda μ mu µ mu ν nu "
            + "ξ xi ρ rho σ sigma ς sigma τ tau υ upsilon φ phi ϕ phi χ chi ψ psi ω omega Γ Gamma Δ Delta Θ Theta "
            + "Λ Lambda Ξ Xi Π Pi Σ Sigma Φ Phi Ψ Psi Ω Omega"
        let words = greek.split(separator: " ")
        for k in stride(from: 0, to: words.count - 1, by: 2) { table[String(words[k])] = String(words[k + 1]) }
        // Cyrillic and Greek capitals that are drawn like Latin ones.
        let twins = zip("АВЕКМНОРСТХаеорсухіјѕΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEKMHOPCTXaeopcyxijsABEZHIKMNOPTYX")
        for (other, latin) in twins { table[String(other)] = String(latin) }
        return table
    }()
}
