// The whole text of every fault in a request.

import Fitting
import Formulas
import Tables
import Testing

struct FitMessagesTests {
    private let table = Table(
        name: "runs.csv",
        columns: [
            Column(name: "params", numbers: [1, 2, 3]), Column(name: "tokens", numbers: [5, 6, 7]),
            Column(name: "loss", numbers: [4, 0, 2]), Column(name: "w", numbers: [1, -2, .infinity]),
            Column(name: "set", labels: ["a", "b", "a"]),
        ])
    private let header = "runs.csv, header: params, tokens, loss, w, set"

    private func message(_ formula: String, _ adjust: (inout Specification) throws -> Void = { _ in }) -> String {
        do {
            _ = try Fit(try Laboratory.problem(formula, table, adjust))
            return "no error"
        } catch {
            #expect(error is FitError)
            return "\(error)"
        }
    }

    @Test func aFormulaWithoutResponse() {
        #expect(
            message("E + A/params") == """
                the formula does not say what it predicts
                  E + A / params
                  help: write 'loss ~ E + A / params', with the column that was measured left of '~'
                """)
    }

    @Test func aResponseThatIsNoColumn() {
        #expect(
            message("los ~ E + A/params") == """
                unknown column 'los' left of '~'
                  \(header)
                  help: did you mean 'loss'?
                """)
        #expect(
            message("perplexity ~ E + A/params") == """
                unknown column 'perplexity' left of '~'
                  \(header)
                  help: --column perplexity=COLUMN
                """)
    }

    @Test func parametersOnBothSides() {
        #expect(
            message("(loss - E)/(c - loss)^a ~ b*params^k") == """
                'E', 'c', 'a' left of '~' are no columns
                  a side that shrinks with its parameters fits anything; what is fitted is measured
                  help: write 'loss ~ solve(z, FROM, TO, (z - E) / (c - z)^a == b * params^k)', with numbers or \
                parameters for FROM and TO, between which loss lies
                """)
    }

    @Test func aParameterThatIsANearMissOfAColumn() {
        #expect(
            message("loss ~ E + A/parms^alpha") == """
                'parms' is no column, and close to 'params'
                  \(header)
                  help: write 'params' in the formula, or --column parms=params; rename it if it is meant as a parameter
                """)
    }

    @Test func aLawWhoseInputIsMissing() {
        #expect(
            message("loss ~ E + A/D") { $0.declaredInputs = ["D": "tokens"] } == """
                no column 'D'
                  \(header)
                  the law needs D [tokens]; did you mean 'tokens'?
                  help: --column D=tokens
                """)
        #expect(
            message("loss ~ E + A/D") { $0.declaredInputs = ["D": ""] } == """
                no column 'D'
                  \(header)
                  the law needs D
                  help: --column D=COLUMN
                """)
    }

    @Test func aColumnWithAnIndex() {
        #expect(
            message("loss ~ E + A*N[set]") { $0.columns = ["N": try Formula("params")] } == """
                'N' is a column and cannot have an index
                  help: only a parameter is indexed: E[dataset]
                """)
    }

    @Test func anIndexThatIsNoColumn() {
        #expect(
            message("loss ~ E[sets] + A/params") == """
                the index 'sets' of 'E' is no column
                  \(header)
                  help: did you mean 'set'?
                """)
    }

    @Test(arguments: ["--bound", "--fix", "--start", "--tie"]) func anOptionForAParameterThatIsNotThere(
        option: String
    ) {
        let text = message("loss ~ E + A/params^alpha") {
            switch option {
            case "--bound": $0.bounds = ["alpa": Bound(lower: 0)]
            case "--fix": $0.fixed = ["alpa": 1]
            case "--start": $0.starts = ["alpa": 1]
            default: $0.ties = ["alpa": try Formula("E")]
            }
        }
        #expect(
            text == """
                \(option): the formula has no parameter 'alpa'
                  parameters: E, A, alpha
                  help: did you mean 'alpha'?
                """)
    }

    @Test func aTieToANameThatIsNotThere() {
        #expect(
            message("loss ~ E + A/params^alpha") { $0.ties = ["alpha": try Formula("gamma")] } == """
                --tie: the formula has no parameter 'gamma'
                  parameters: E, A, alpha
                """)
    }

    @Test func aLabelThatNoRowHas() {
        #expect(
            message("loss ~ E[set] + A/params") { $0.bounds = ["E[c]": Bound(lower: 0)] } == """
                --bound: the formula has no parameter 'E[c]'
                  parameters: E, A
                """)
    }

    @Test(arguments: ["--bound", "--fix", "--start", "--tie"]) func anOptionForAColumn(option: String) {
        let text = message("loss ~ E + A/params") {
            switch option {
            case "--bound": $0.bounds = ["params": Bound(lower: 0)]
            case "--fix": $0.fixed = ["params": 1]
            case "--start": $0.starts = ["params": 1]
            default: $0.ties = ["params": try Formula("E")]
            }
        }
        #expect(
            text == """
                \(option): 'params' cannot be used
                  help: 'params' is a column; rename the parameter if one was meant
                """)
    }

    @Test func aTieOfOneValueOfAnIndexedParameter() {
        #expect(
            message("loss ~ E[set] + A/params") { $0.ties = ["E[a]": try Formula("A")] } == """
                --tie: 'E[a]' cannot be used
                  help: only a whole parameter is tied: 'E'
                """)
    }

    @Test func aColumnOptionForANameThatIsNotThere() {
        #expect(
            message("loss ~ E + A/params") { $0.columns = ["parms": try Formula("tokens")] } == """
                --column: the formula has no name 'parms'
                  names: E, A, params, loss
                  help: did you mean 'params'?
                """)
        #expect(
            message("loss ~ E + A/params") { $0.columns = ["Z": try Formula("tokens")] } == """
                --column: the formula has no name 'Z'
                  names: E, A, params, loss
                  help: the name of the formula stands first: --column N=params
                """)
    }

    @Test func valuesThatCannotBeUsed() {
        #expect(
            message("loss ~ E + A/params") { $0.fixed = ["E": .nan] } == """
                --fix: 'E=nan' cannot be used
                  help: a parameter needs a finite number
                """)
        #expect(
            message("loss ~ E + A/params") {
                $0.starts = ["E": -1]
                $0.bounds = ["E": Bound(lower: 0)]
            } == "--start: E = -1 lies outside of its bound 0..")
    }

    @Test func aTieThatBitesItsTail() {
        let expected = "--tie: 'alpha' is tied to itself\n  help: keep one of the tied parameters free"
        #expect(
            message("loss ~ alpha + A/params^beta") {
                $0.ties = ["alpha": try Formula("2*beta"), "beta": try Formula("alpha/2")]
            } == expected)
        #expect(message("loss ~ A*params + alpha") { $0.ties = ["alpha": try Formula("alpha + 1")] } == expected)
        // Also where nothing else is left to fit.
        #expect(
            message("loss ~ alpha*params + beta") {
                $0.ties = ["alpha": try Formula("beta"), "beta": try Formula("alpha")]
            } == expected)
    }

    @Test func nothingIsLeftToFit() {
        #expect(
            message("loss ~ 1 + A/params") { $0.fixed = ["A": 1] } == """
                nothing is left to fit
                  loss ~ 1 + A / params
                  help: every name is a column, fixed or tied; leave a parameter free
                """)
    }

    @Test func aResponseThatTheScaleCannotTake() {
        #expect(
            message("loss ~ E + A/params") { $0.residual = .log } == """
                runs.csv:2: loss is 0; residuals on the log scale need values above zero
                  help: use --residual raw, or leave the row out: --where 'loss > 0'
                """)
        #expect(
            message("loss ~ E + A/params") { $0.residual = .logit } == """
                runs.csv:1: loss is 4; residuals on the logit scale need values between 0 and 1
                  help: use --residual raw, or leave the row out: --where 'loss > 0 and loss < 1'
                """)
    }

    @Test func weightsThatAreNone() {
        #expect(
            message("loss ~ E + A/params") { $0.weights = try Formula("w") }
                == "runs.csv:2: the weight -2 is negative")
        #expect(
            message("loss ~ E + A/params") { $0.weights = try Formula("abs(w)") }
                == "runs.csv:3: the weight inf is infinite")
    }

    @Test func noRowIsLeft() {
        #expect(
            message("loss ~ E + A/params") { $0.condition = try Formula("params > 3") } == """
                no row of runs.csv is left to fit
                  3 left out: --where
                """)
    }

    @Test func aFormulaThatIsUndefinedAtItsStart() {
        #expect(
            message("loss ~ E + ln(A - params)") { $0.starts = ["E": 1, "A": -2] } == """
                the formula has no finite value at the start
                  start: E = 1, A = -2
                  help: give another --start, or none: starts are then found from the data
                """)
    }

    @Test func aFormulaThatIsUndefinedEverywhere() {
        #expect(
            message("loss ~ E + A*ln(params - 2)") == """
                no start was found where the formula is finite on every row
                  help: give --start or --bound, or leave out the rows that it cannot describe with --where
                """)
    }

    @Test func aColumnOfWordsWhereNumbersAreNeeded() {
        #expect(message("loss ~ E + A*set").contains("'a'"))
    }

    @Test func aFaultOfTheLanguageNamesItsOption() {
        do {
            _ = try Formula("E + ")
            Issue.record("no error")
        } catch {
            #expect(FitError.formula(error, option: "--tie").description == "--tie: \(error)")
        }
    }

    @Test func aTablesFaultIsQuotedWhole() {
        let error = TableError.unknownColumn("tokns", file: "runs.csv", header: ["tokens"])
        #expect(FitError.table(error).description == "\(error)")
        #expect(message("loss ~ E + A/N") { $0.columns = ["N": try Formula("tokns")] }.contains("'tokns'"))
    }

    @Test func aLongHeaderIsCutAtTwentyColumns() {
        let header = (1...25).map { "c\($0)" }
        let text = FitError.responseNotAColumn(name: "y", table: "t.csv", header: header).description
        #expect(text.contains("c20, … (25 columns)") && !text.contains("c21"))
    }
}
