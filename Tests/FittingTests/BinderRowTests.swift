// Which rows are fitted, and why the others are not.

import Fitting
import Formulas
import Tables
import Testing

struct BinderRowTests {
    @Test func rowsAreLeftOutWithTheirFirstReason() throws {
        let table = Table(
            name: "runs.csv",
            columns: [
                Column(name: "N", numbers: [1, 2, .nan, 4, 5, .infinity, 7, 8, 9]),
                Column(name: "loss", numbers: [9, .nan, 7, 6, .infinity, 4, 3, 2, 1]),
                Column(name: "group", labels: ["a", "a", "a", nil, "b", "b", "b", "b", "a"]),
                Column(name: "w", numbers: [1, 1, 1, 1, 1, 1, .nan, 0, 2]),
                Column(name: "keep", numbers: [1, 1, 1, 1, 1, 1, 1, 1, .nan]),
            ])
        let problem = try Laboratory.problem("loss ~ E[group] + A/N", table) { $0.weights = try Formula("w") }
        #expect(problem.rows == [0, 8])
        #expect(
            problem.omissions == [
                Omission(reason: "no value of loss", count: 1), Omission(reason: "no value of N", count: 1),
                Omission(reason: "no value of group", count: 1), Omission(reason: "loss is infinite", count: 1),
                Omission(reason: "N is infinite", count: 1), Omission(reason: "no weight", count: 1),
                Omission(reason: "weight zero", count: 1),
            ])
        #expect(problem.weights == [1, 2])
        #expect(problem.response == [9, 1])
        let conditioned = try Laboratory.problem("loss ~ E[group] + A/N", table) {
            $0.condition = try Formula("keep == 1")
        }
        #expect(conditioned.omissions.first { $0.reason == "--where" }?.count == 1)
        #expect(!conditioned.rows.contains(8))
    }

    @Test func aConditionChoosesRowsByNumbersAndLabels() throws {
        let table = Table(
            name: "runs.csv",
            columns: [
                Column(name: "N", numbers: [1, 2, 3, 4]), Column(name: "loss", numbers: [4, 3, 2, 1]),
                Column(name: "set", labels: ["C4", "RPJ", "C4", nil]),
            ])
        let problem = try Laboratory.problem("loss ~ a + b/N", table) {
            $0.condition = try Formula("set == \"C4\" and N < 3")
        }
        #expect(problem.rows == [0])
        #expect(problem.omissions == [Omission(reason: "--where", count: 3)])
        let renamed = try Laboratory.problem("loss ~ a + b/x", table) {
            $0.columns = ["x": try Formula("N")]
            $0.condition = try Formula("x >= 2")
        }
        #expect(renamed.rows == [1, 2, 3])
    }

    @Test func aRowMissingOnlyWhatIsNotReadIsFitted() throws {
        let table = Laboratory.table([("x", [1, 2]), ("y", [1, 2]), ("other", [.nan, .nan])])
        let problem = try Laboratory.problem("y ~ a*x", table)
        #expect(problem.omissions.isEmpty && problem.rows == [0, 1])
    }

    @Test func theResponseMayBeAnExpression() throws {
        let table = Laboratory.table([("x", [1, 2, 3]), ("y", [1, -1, 4])])
        let problem = try Laboratory.problem("ln(y) ~ a + b*x", table)
        #expect(problem.rows == [0, 2])
        #expect(problem.omissions == [Omission(reason: "no value of ln(y)", count: 1)])
        #expect(problem.response == [0, Elementary.ln(4)])
    }

    @Test func weightsMayBeAnExpressionAndCountByTheirMeaning() throws {
        let table = Laboratory.table([("x", [1, 2, 3]), ("y", [1, 2, 4]), ("s", [1, 0.5, 2])])
        let precisions = try Laboratory.problem("y ~ a*x", table) { $0.weights = try Formula("1/s^2") }
        #expect(precisions.weights == [1, 4, 0.25])
        #expect(precisions.observations == 3)
        let frequencies = try Laboratory.problem("y ~ a*x", table) {
            $0.weights = try Formula("x")
            $0.weightMeaning = .frequency
        }
        #expect(frequencies.observations == 6)
    }

    @Test func labelsAreNumberedAsTheyAppearInFittedRows() throws {
        let table = Table(
            name: "runs.csv",
            columns: [
                Column(name: "x", numbers: [1, 2, 3, 4, 5]), Column(name: "y", numbers: [.nan, 2, 3, 4, 5]),
                Column(name: "set", labels: ["gone", "b", "a", "b", "a"]),
                Column(name: "depth", numbers: [1, 12, 24, 24, 12]),
            ])
        #expect(try Laboratory.problem("y ~ E[set] + c*x", table).parameterNames == ["E[b]", "E[a]", "c"])
        let two = try Laboratory.problem("y ~ E[set, depth] + c*x", table)
        #expect(two.parameterNames == ["E[b, 12]", "E[a, 24]", "E[b, 24]", "E[a, 12]", "c"])
    }
}
