// What can be wrong with a formula, as data. The wording is in FormulaMessages.swift.

/// A fault in the text of a formula, with its place.
public struct FormulaError: Error, Equatable, Sendable {
    /// What is wrong, with the words of the text that show it.
    public enum Problem: Equatable, Sendable {
        case empty
        case tooLong(bytes: Int)
        case tooDeep
        case unexpectedCharacter(String)
        case lookAlike(found: String, type: String)
        case percent
        case numberTouchesLetter(String)
        case numberTooLarge
        case unclosedQuote
        case doubleStar
        case programmersOperator(String)
        case singleEquals
        case chainedComparison
        case expected(String, found: String)
        case unclosed(String)
        case unopened(String)
        case unknownFunction(String, suggestion: String?)
        case bareLog
        case arity(function: String, takes: String, found: Int)
        case functionWithoutArguments(String)
        case twoResponses
        case responseInDefinition
        case definedTwice(String)
        case definitionOfReservedName(String)
        case definitionUsesItself(String)
        case usedBeforeDefinition(String)
        case indexedDefinition(String)
        case indexOfDefinition(String)
        case labelOutsideComparison(String)
        case parameterInResponse(String)
        case indexedDifferently(String)
        case boundTwice(String)
        case emptyRange(from: Int, to: Int)
        case tooManyTerms(limit: Int)
        case negativeSubscript(String)
        case mixedKeys
        case repeatedKey(String)
        case keysNeedColumn(String)
        case lastRowFirst
        case solveNeedsEquation
        case unknownNotInEquation(String)
        case solveTooDeep
        case argumentTwice(String)
        case noDerivative(String)
        case unknownVariable(String, suggestion: String?)
    }

    public let problem: Problem
    /// The text of the formula.
    public let text: String
    /// The fault's place: bytes of `text`.
    public let range: Range<Int>

    init(_ problem: Problem, in text: String, at range: Range<Int>) {
        self.problem = problem
        self.text = text
        self.range = range
    }
}
