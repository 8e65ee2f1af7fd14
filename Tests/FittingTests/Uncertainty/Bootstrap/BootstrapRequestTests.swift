// A bootstrap in words, and what is said of words that make none.

import Testing

@testable import Fitting

@Suite struct BootstrapRequestTests {
    @Test(
        "kinds, columns and numbers are read",
        arguments: [
            ("4000", "pairs", nil, 4_000), ("wild:200", "wild", nil, 200),
            ("cluster:run:1k", "cluster", "run", 1_000),
            ("wild:my:run:50", "wild", "my:run", 50), ("bayesian:2", "bayesian", nil, 2),
        ] as [(String, String, String?, Int)])
    func reads(text: String, name: String, column: String?, replicates: Int) throws {
        let request = try BootstrapRequest(text)
        #expect(request.name == name)
        #expect(request.column == column)
        #expect(request.replicates == replicates)
    }

    @Test(
        "what is wrong is said",
        arguments: [
            ("wild", "it ends with how many replicates to draw, 2 or more: 4000"),
            ("wild:many", "it ends with how many replicates to draw, 2 or more: wild:4000"),
            ("pairs:1", "it ends with how many replicates to draw, 2 or more: pairs:4000"),
            (
                "pair:100",
                "a bootstrap is one of pairs, cluster, wild, residual, parametric, bayesian; did you mean 'pairs'?"
            ),
            ("cluster:100", "name the column that keeps rows together: cluster:run:100"),
            ("residual:run:100", "only cluster, wild, bayesian take a column: residual:100"),
        ])
    func refuses(text: String, reason: String) {
        do {
            _ = try BootstrapRequest(text)
            Issue.record("\(text) was read")
        } catch {
            #expect("\(error)".contains("--bootstrap: '\(text)' cannot be used"))
            #expect("\(error)".contains(reason))
        }
    }
}
