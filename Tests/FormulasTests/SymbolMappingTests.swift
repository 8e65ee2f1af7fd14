// Formulas with other names in the place of their own.

import Testing

@testable import Formulas

@Suite struct SymbolMappingTests {
    private func indexed(_ text: String, _ names: Set<String>) throws -> String {
        "\(try Formula(text).indexing(names, by: "recipe"))"
    }

    @Test func `parameters that are named are indexed, others stay`() throws {
        #expect(
            try indexed("loss ~ E + A/N^alpha", ["E", "A"])
                == "\(try Formula("loss ~ E[recipe] + A[recipe]/N^alpha"))")
        #expect(try indexed("loss ~ E + A/N^alpha", []) == "\(try Formula("loss ~ E + A/N^alpha"))")
    }

    @Test func `an index is added to those that are there`() throws {
        #expect(
            try indexed("loss ~ E[corpus] + A/N", ["E"]) == "\(try Formula("loss ~ E[corpus, recipe] + A/N"))")
    }

    @Test func `every form of the language is reached`() throws {
        let text =
            "let M = N * (1 + k * ln(P)); y ~ sum(i, 1, 2, a[i] * M^i) + lookup(format, \"E4M3\": k, \"E5M2\": 2) "
            + "- solve(u, 0, 1, u == k) + max(k, not (k > 1))"
        let mapped = try Formula(text).indexing(["k", "a1", "a2"], by: "recipe")
        let names = Set(mapped.symbols.map { "\($0.name)\($0.indices)" })
        #expect(names.isSuperset(of: ["k[\"recipe\"]", "a1[\"recipe\"]", "a2[\"recipe\"]", "N[]", "P[]"]))
        #expect(!names.contains("k[]") && !names.contains("a1[]"))
    }

    @Test func `a column may stand for another one`() throws {
        let source = try Formula("flops / (6 * params)")
        let mapped = source.mappingSymbols { $0.name == "flops" ? Symbol("flops_exact") : $0 }
        #expect("\(mapped)" == "\(try Formula("flops_exact / (6 * params)"))")
    }

    @Test func `a definition keeps its name`() throws {
        let mapped = try Formula("let E = A * 2; y ~ E + A").indexing(["E", "A"], by: "recipe")
        #expect("\(mapped)" == "\(try Formula("let E = A[recipe] * 2; y ~ E + A[recipe]"))")
    }
}
