// Names find their meaning in the design's order, and the fit says which is which.

import Fitting
import Formulas
import Tables
import Testing

struct BinderTests {
    private let table = Laboratory.table([
        ("params", [1, 2, 3, 4]), ("tokens", [5, 6, 7, 8]), ("flops", [30, 72, 126, 192]),
        ("loss", [4, 3, 2.5, 2.2]),
    ])

    @Test func columnsAndParametersAreToldApart() throws {
        let problem = try Laboratory.problem("loss ~ E + A/params^alpha", table)
        #expect(
            problem.roles == [
                Role(name: "E", kind: .parameter), Role(name: "A", kind: .parameter),
                Role(name: "params", kind: .column("params")), Role(name: "alpha", kind: .parameter),
            ])
        #expect(problem.parameterNames == ["E", "A", "alpha"])
        #expect(problem.warnings.isEmpty)
    }

    @Test func anOptionNamesTheColumnOfASymbol() throws {
        let problem = try Laboratory.problem("loss ~ E + A/N", table) { $0.columns = ["N": try Formula("params")] }
        #expect(problem.roles[2] == Role(name: "N", kind: .column("params")))
        #expect(problem.domain.map(\.name) == ["N"])
        #expect(problem.domain.first?.range == 1...4)
    }

    @Test func anOptionMayBeAnExpressionOfColumns() throws {
        let derived = try Laboratory.fit("loss ~ E + A/D", table) {
            $0.columns = ["D": try Formula("flops/(6*params)")]
        }
        let direct = try Laboratory.fit("loss ~ E + A/tokens", table)
        #expect(derived.problem.roles[2].kind == .column("D = flops / (6 * params)"))
        #expect(SecondOpinion.close(derived.objective, direct.objective, 1e-12))
        #expect(derived.problem.domain.first?.name == "D")
    }

    @Test func anOptionComesBeforeAColumnOfThatName() throws {
        let problem = try Laboratory.problem("loss ~ E + A/params", table) {
            $0.columns = ["params": try Formula("tokens")]
        }
        #expect(problem.roles[2].kind == .column("tokens"))
        #expect(problem.model.columns == [[5, 6, 7, 8]])
    }

    @Test func theResponseAndAnIndexMayBeRenamedToo() throws {
        let columns = table.columns + [Column(name: "dataset", labels: ["a", "b", "a", "b"])]
        let problem = try Laboratory.problem("L ~ E[g] + A/params", Table(name: "runs.csv", columns: columns)) {
            $0.columns = ["L": try Formula("loss"), "g": try Formula("dataset")]
        }
        #expect(problem.response == [4, 3, 2.5, 2.2])
        #expect(problem.parameterNames == ["E[a]", "E[b]", "A"])
    }

    @Test func aDeclaredInputNeverTurnsIntoAParameter() throws {
        let error = #expect(throws: FitError.self) {
            try Laboratory.problem("loss ~ E + A/D^beta", table) { $0.declaredInputs = ["D": "tokens"] }
        }
        guard case .lawNeedsInput("D", "tokens", "tokens", _, _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test func aColumnThatCapturesAOneLetterNameIsAWarning() throws {
        let table = Laboratory.table([("N", [1, 2, 3]), ("E", [5, 6, 7]), ("loss", [4, 3, 2.5])])
        let problem = try Laboratory.problem("loss ~ E + A/N", table)
        #expect(problem.parameterNames == ["A"])
        #expect(
            problem.warnings == [
                Warning(
                    code: "captured-name",
                    message: "'E' is read from the column of that name, not fitted as a parameter",
                    hint: "rename the parameter in the formula if a parameter was meant")
            ])
    }

    @Test func definitionsAreNeitherColumnsNorParameters() throws {
        let problem = try Laboratory.problem("let n = params*tokens; loss ~ E + A/n", table)
        #expect(problem.roles.map(\.name) == ["params", "tokens", "E", "A"])
    }

    @Test func fixedAndTiedNamesSaySo() throws {
        let problem = try Laboratory.problem("loss ~ E + A/params^alpha + B/tokens^beta", table) {
            $0.fixed = ["E": 1.5]
            $0.ties = ["beta": try Formula("2*alpha")]
        }
        #expect(problem.parameterNames == ["A", "alpha", "B"])
        #expect(problem.roles.filter { $0.name == "E" }.map(\.kind) == [.fixed(1.5)])
        #expect(problem.roles.filter { $0.name == "beta" }.map(\.kind) == [.tied("2 * alpha")])
    }

    @Test func parametersCarryBoundsAndStarts() throws {
        let problem = try Laboratory.problem("loss ~ E + A/params", table) {
            $0.bounds = ["A": Bound(lower: 0)]
            $0.starts = ["E": 2]
        }
        #expect(problem.parameters.map(\.bound) == [.none, Bound(lower: 0)])
        #expect(problem.parameters.map(\.start) == [2, nil])
    }
}
