// The wording of every fault in a formula.

extension FormulaError: CustomStringConvertible {
    /// The message with the place under a caret and, where there is one, the thing to type next.
    public var description: String {
        let (summary, help) = wording
        return Diagnostic(summary: summary, details: Diagnostic.excerpt(of: text, at: range), help: help).text
    }

    private var wording: (summary: String, help: String?) {
        switch problem {
        case .empty:
            ("the formula is empty", "write one such as 'loss ~ E + A / N^alpha + B / D^beta'")
        case .tooLong(let bytes):
            ("the formula is \(bytes) bytes long; the limit is \(Lexer.longestText)", nil)
        case .tooDeep:
            ("the formula is nested too deeply here", "name parts of it with 'let part = …;'")
        case .unexpectedCharacter(let character):
            Diagnostic.isPrintable(character)
                ? (
                    "unexpected character '\(character)'",
                    "a column with such a name is written in backquotes: `loss/val`"
                ) : ("unexpected character \(Self.codePoint(character))", nil)
        case .lookAlike(let found, let type):
            ("'\(found)' is not part of the formula language", "type \(type)")
        case .percent:
            ("'%' is not part of the formula language", "write 5% as 0.05")
        case .numberTouchesLetter(let written):
            (
                "\(quoted(written)) is neither a number nor a name",
                "a product needs '*': 2*x; a suffix is one of k M B G T P"
            )
        case .numberTooLarge:
            ("this number is too large for double precision", nil)
        case .unclosedQuote:
            ("this quote is not closed", nil)
        case .doubleStar:
            ("'**' is not an operator here", "write a power with '^'")
        case .programmersOperator(let found):
            ("'\(found)' is not an operator here", "write '\(Self.operatorWord(found))'")
        case .singleEquals:
            ("'=' does not compare", "write '==' to compare, '~' between the response and its prediction")
        case .chainedComparison:
            ("comparisons cannot be chained", "write 'a < b and b < c'")
        case .expected(let expected, let found):
            ("expected \(Diagnostic.plain(expected)), found \(Diagnostic.plain(found))", nil)
        case .unclosed(let bracket):
            ("this '\(bracket)' is not closed", nil)
        case .unopened(let bracket):
            ("this '\(bracket)' closes nothing", nil)
        case .unknownFunction(let name, let suggestion):
            (
                "unknown function \(quoted(name))",
                suggestion.map { "did you mean '\($0)'?" } ?? "a product needs '*': \(Diagnostic.plain(name))*(…); "
                    + "functions are " + Function.all.map(\.name).joined(separator: " ")
                    + ", and " + Parser.forms.sorted().joined(separator: " ")
            )
        case .bareLog:
            ("'log' does not say its base", "write ln, log2 or log10")
        case .arity(let function, let takes, let found):
            ("'\(function)' takes \(takes), found \(found)", nil)
        case .functionWithoutArguments(let name):
            ("'\(name)' is a function", "write \(name)(…), or a column of that name in backquotes: `\(name)`")
        case .twoResponses:
            ("a formula has one '~'", nil)
        case .responseInDefinition:
            ("a definition has no '~'", "end the definition with ';'")
        case .definedTwice(let name):
            ("\(quoted(name)) is defined twice", nil)
        case .definitionOfReservedName(let name):
            ("\(quoted(name)) cannot be defined: the language uses it", nil)
        case .definitionUsesItself(let name):
            (
                "the definition of \(quoted(name)) uses \(quoted(name))",
                "a definition uses columns, parameters and earlier definitions"
            )
        case .usedBeforeDefinition(let name):
            (
                "\(quoted(name)) is used before its definition",
                "move 'let \(Diagnostic.plain(name)) = …;' to the front"
            )
        case .indexedDefinition(let name):
            ("a definition has no index", "write 'let \(Diagnostic.plain(name)) = …'")
        case .indexOfDefinition(let name):
            ("\(quoted(name)) is a definition and has no index", "index the parameters in its definition")
        case .labelOutsideComparison(let label):
            (
                "the text \"\(Diagnostic.plain(label))\" can only be compared with a column",
                "write column == \"\(Diagnostic.plain(label))\""
            )
        case .parameterInResponse(let name):
            ("\(quoted(name)) left of '~' is not a column", nil)
        case .indexedDifferently(let name):
            ("\(quoted(name)) stands with different indices", "write every \(quoted(name)) with the same index")
        case .boundTwice(let name):
            ("\(quoted(name)) has a meaning here already", "take a name for it that nothing else has")
        case .emptyRange(let from, let to):
            ("the index would run from \(from) to \(to)", "write the smaller limit first: \(to), \(from)")
        case .tooManyTerms(let limit):
            (
                "this sum or product is too long: written out, sums and products may have \(limit) operations",
                "a sum over many terms that have a closed form is shorter as that form"
            )
        case .negativeSubscript(let name):
            ("a number in the name of \(quoted(name)) would be negative", "begin the index later")
        case .mixedKeys:
            ("this table has labels and numbers as keys", "compare a label column with labels, numbers with numbers")
        case .repeatedKey(let key):
            ("the key \(Diagnostic.plain(key)) stands twice in this table", nil)
        case .keysNeedColumn(let label):
            (
                "only a column can be looked up by the label \(Diagnostic.plain(label))",
                "write lookup(column, \(Diagnostic.plain(label)): value)"
            )
        case .lastRowFirst:
            ("a value without a key ends a table", "write 'key: value', or move the value to the end")
        case .solveNeedsEquation:
            ("'solve' needs an equation", "write solve(x, from, to, left == right)")
        case .unknownNotInEquation(let name):
            (
                "the equation does not use \(quoted(name))",
                "write solve(x, from, to, left == right) with x in the equation"
            )
        case .solveTooDeep:
            (
                "'solve' stands in the equation of another at most once",
                "name the inner one before it: let part = solve(…);"
            )
        case .argumentTwice(let name):
            ("\(quoted(name)) is given twice", nil)
        case .noDerivative(let name):
            ("the derivative by \(quoted(name)) is no formula", "a fit computes it; only its text is missing")
        case .unknownVariable(let name, let suggestion):
            ("the formula has no \(quoted(name))", suggestion.map { "did you mean '\($0)'?" })
        }
    }

    private func quoted(_ words: String) -> String { "'\(Diagnostic.plain(words))'" }

    private static func operatorWord(_ found: String) -> String {
        found == "!" ? "not" : found.hasPrefix("&") ? "and" : "or"
    }

    private static func codePoint(_ character: String) -> String {
        let digits = String(character.unicodeScalars.first?.value ?? 0, radix: 16, uppercase: true)
        return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}
