// Pages of laws, predictions and lists, and what is made of a source.

import Fitting
import Formulas
import Reports
import Scaling
import Tables
import Testing

@Suite struct PagesTests {
    private func law() throws -> Law {
        try LawFile.parse(
            """
            allometry-law: 1
            title: Size & cost
            authors: Ada Lovelace, Grace Hopper, and others
            year: 2024
            identifier: arXiv:2401.00001
            equation: table 3
            formula: loss ~ E + A / N^alpha
            trap: Mind the gap.

            [input N]
            meaning: parameters
            unit: parameters
            range: 1M..1B

            [response loss]
            unit: nats
            direction: decrease

            [parameter A]
            bound: 0..

            [set one]
            values: E = 2, A = 100, alpha = 0.5
            certainty: MEMORY-low
            """, name: "lovelace-2024.law")
    }

    @Test func `BibTeX joins authors by and, and escapes what LaTeX reads`() throws {
        #expect(
            try law().bibTeX == """
                @misc{lovelace-2024,
                  title         = {{Size \\& cost}},
                  author        = {Ada Lovelace and Grace Hopper and others},
                  year          = {2024},
                  eprint        = {2401.00001},
                  archivePrefix = {arXiv},
                  note          = {table 3}
                }
                """)
        var other = try law()
        (other.authors, other.identifier) = ("the authors of arXiv:1", "https://example.org/a")
        #expect(other.bibTeX?.contains("author = {{the authors of arXiv:1}}") == true)
        #expect(other.bibTeX?.contains("url    = {https://example.org/a}") == true)
        (other.authors, other.identifier) = (nil, nil)
        #expect(other.bibTeX == nil)
    }

    @Test func `the page of a law says formula, symbols, sets, traps and source`() throws {
        let page = ReportFormat.text().render(.law(try law()))
        for part in [
            "Size & cost", "Ada Lovelace, Grace Hopper, and others, 2024. arXiv:2401.00001", "loss ~ E + A / N^alpha",
            "\\frac{A}{N^{\\alpha}}", "1M..1B", "MEMORY-low, remembered, not read", "- Mind the gap.", "@misc{",
            "less is better",
        ] { #expect(page.contains(part), "\(part)") }
        #expect(page.split(separator: "\n").allSatisfy { $0.count <= 80 })
    }

    @Test func `predictions warn once of each input and count`() throws {
        let law = try law()
        let points = try Points("N=1M..100B@6", for: law)
        let predictions = try law.predict(points)
        let page = ReportFormat.text().render(.predictions(predictions, law: law))
        #expect(page.contains("coefficients of set one, without intervals: no"))
        #expect(page.contains("×100"))
        #expect(page.components(of: "warning:") == 2)
        #expect(page.contains("2 of 6 points; the farthest"))
    }

    @Test func `CSV has a line a point and quotes what needs it`() throws {
        var law = try law()
        law.inputs.append(LawInput("data,set", unit: "label"))
        law.formula = try Formula("loss ~ E + A / N^alpha")
        let points = try Points([["N": 1e6, "data,set": "a\"b"], ["N": 4e6, "data,set": "c"]], for: law)
        let lines = try law.predict(points).csv.split(separator: "\n")
        #expect(
            lines == [
                "N,\"data,set\",value,lower,upper,distance", "1000000,\"a\"\"b\",2.1,,,1", "4000000,c,2.05,,,1",
            ])
    }

    @Test func `the page of a fit tells what is held, tied and left out`() throws {
        let table = Table(
            name: "runs.csv",
            columns: [
                Column(name: "x", numbers: [1, 2, 3, 6, 7, 8]),
                Column(name: "y", numbers: [5, 3.5, 3.1, 2.4, .nan, 2.4]),
            ])
        var specification = Specification(formula: try Formula("y ~ E + A/x^a + B/x^b"))
        specification.fixed = ["a": 1]
        specification.ties = ["b": try Formula("2*a")]
        specification.bounds = ["B": Bound(lower: 0.5)]
        let fit = try Fit(try Problem(specification, table: table))
        let law = Law(fit, specification: specification, id: "mine", title: "mine", version: "1")
        let page = ReportFormat.text().render(.fit(try Uncertainty(fit), law: law, tied: ["b": 2], next: ["predict"]))
        #expect(page.hasPrefix("Fitted 3 parameters to 5 of 6 rows of runs.csv; left out: 1 with no value of y.\n"))
        #expect(page.contains("0.5.., held there") || page.contains("0.5..\n"))
        #expect(page.contains("fixed"))
        #expect(page.contains("tied, 2 * a"))
        #expect(page.hasSuffix("next\n  predict\n"))
    }
}

extension String {
    fileprivate func components(of part: String) -> Int { ranges(of: part).count }
}
