// The grammar, a fact a line.

@testable import Formulas
import Testing

private func same(_ text: String, _ other: String) throws -> Bool { try Formula(text) == Formula(other) }

@Test(arguments: [
    ("-x^2", "-(x^2)"), ("2^-3", "2^(-3)"), ("a^b^c", "a^(b^c)"), ("-a^-b^-c", "-(a^(-(b^(-c))))"),
    ("a-b-c", "(a-b)-c"),
    ("a/b/c", "(a/b)/c"), ("a/b*c", "(a/b)*c"), ("a+b*c", "a+(b*c)"), ("-a*b", "(-a)*b"), ("a*-b", "a*(-b)"),
    ("+a", "a"),
    ("a - -b", "a-(-b)"), ("a < b + 1", "a < (b+1)"), ("not a == b", "not (a == b)"),
    ("not a and b", "(not a) and b"),
    ("a or b and c", "a or (b and c)"), ("a and b or c", "(a and b) or c"),
    ("a == b or c != d", "(a == b) or (c != d)"),
    ("70B", "70000000000"), ("1.4T", "1.4e12"), ("3e-4", "0.0003"), ("2k*N", "2000*N"), (".5", "0.5"), ("5.", "5"),
    ("a # a comment\n + b", "a + b"), ("a;", "a"), (";;a", "a"), ("y ~ x;", "y~x"), ("`N`", "N"), ("E[`d`]", "E[d]"),
    ("`E`[d]", "E[d]"),
    ("let a = 1; let b = a; b", "let a=1;;let b=a; b"), ("x == 'a'", "x == \"a\""), ("('a') == x", "\"a\" == x"),
])
func theGrammarReads(text: String, other: String) throws { #expect(try same(text, other)) }

@Test(arguments: [
    ("-x^2", "(-x)^2"), ("a-b-c", "a-(b-c)"), ("a^b^c", "(a^b)^c"), ("N", "n"), ("E[d]", "E"), ("a*b", "b*a"),
])
func theGrammarTellsApart(text: String, other: String) throws { #expect(try !same(text, other)) }

@Test func piIsAConstantAndInBackquotesAName() throws {
    #expect(try Formula("pi").prediction == .number(.pi))
    #expect(try Formula("`pi`").prediction == .name("pi"))
    #expect(try Formula("`exp` + `loss/val`").symbols.map(\.name) == ["exp", "loss/val"])
}

@Test func reservedWordsMayBeColumnsButNotFunctions() throws {
    #expect(try Formula("sum + law * lookup").symbols.map(\.name) == ["sum", "law", "lookup"])
}

@Test func symbolsComeInOrderAndWithoutDefinitions() throws {
    let formula = try Formula("let Nhat = N*(1 + k*ln(P)); loss ~ E[d] + (A/Nhat)^alpha + A + E[d]")
    #expect(formula.symbols.map(\.description) == ["N", "k", "P", "E[d]", "A", "alpha"])
    #expect(formula.response == .name("loss"))
    #expect(formula.definitions.map(\.name) == ["Nhat"])
}

@Test func placesPointAtTheFirstUse() throws {
    #expect(try Formula("y ~ a + bc*bc").places == ["y": 0..<1, "a": 4..<5, "bc": 8..<10])
}

@Test func equalityIsOfMeaningNotOfText() throws {
    let (one, other) = (try Formula("y ~ a+b"), try Formula("y  ~  (a + b)"))
    #expect(one == other && one.hashValue == other.hashValue && one.text != other.text)
}

@Test func theTallestSumIsAThousandTerms() throws {
    let sum = { (count: Int) in Array(repeating: "x", count: count).joined(separator: "+") }
    #expect(throws: Never.self) { try Formula(sum(1000)) }
    #expect { try Formula(sum(1001)) } throws: { ($0 as? FormulaError)?.problem == .tooDeep }
}
