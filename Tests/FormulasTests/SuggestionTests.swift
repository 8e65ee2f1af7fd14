// The near name.

import Formulas
import Testing

@Test(arguments: [
    ("tokns", "tokens"), ("Tokens", "tokens"), ("tokesn", "tokens"), ("n", "N"), ("alpah", "alpha"), ("sqr", "sqrt"),
    ("lgo2", "log2"),
])
func aNearNameIsFound(name: String, near: String) {
    #expect(Suggestion.nearest(to: name, among: ["params", "tokens", "N", "alpha", "sqrt", "log2"]) == near)
}

@Test(arguments: ["", "x", "zzzzz", "tokens", "completely", String(repeating: "t", count: 1_000_000)])
func aFarNameIsNotSuggested(name: String) {
    #expect(Suggestion.nearest(to: name, among: ["tokens", "alpha", ""]) == nil)
}

@Test func tiesGoToTheFirst() { #expect(Suggestion.nearest(to: "beat", among: ["bear", "beta", "boat"]) == "bear") }

@Test func theNearestWins() { #expect(Suggestion.nearest(to: "betas", among: ["bear", "beta"]) == "beta") }
