// Every fault of a formula with its whole message.

import Testing

@testable import Formulas

// "> text", then the message; blocks are parted by an empty line.
private let messages = """
    > 
    the formula is empty
      help: write one such as 'loss ~ E + A / N^alpha + B / D^beta'

    >  # nothing
    the formula is empty
       # nothing
                ^
      help: write one such as 'loss ~ E + A / N^alpha + B / D^beta'

    > a+\u{7}
    unexpected character U+0007
      a+�
        ^

    > a + é
    unexpected character 'é'
      a + é
          ^
      help: a column with such a name is written in backquotes: `loss/val`

    > α*x
    'α' is not part of the formula language
      α*x
      ^
      help: type alpha

    > N × D
    '×' is not part of the formula language
      N × D
        ^
      help: type *

    > 5%
    '%' is not part of the formula language
      5%
      ^^
      help: write 5% as 0.05

    > x % 2
    '%' is not part of the formula language
      x % 2
        ^
      help: write 5% as 0.05

    > 2x
    '2x' is neither a number nor a name
      2x
      ^^
      help: a product needs '*': 2*x; a suffix is one of k M B G T P

    > 70Bx
    '70Bx' is neither a number nor a name
      70Bx
      ^^^^
      help: a product needs '*': 2*x; a suffix is one of k M B G T P

    > 1e999
    this number is too large for double precision
      1e999
      ^^^^^

    > x == 'a
    this quote is not closed
      x == 'a
           ^^

    > `a
    this quote is not closed
      `a
      ^^

    > x**2
    '**' is not an operator here
      x**2
       ^^
      help: write a power with '^'

    > a && b
    '&&' is not an operator here
      a && b
        ^^
      help: write 'and'

    > !a
    '!' is not an operator here
      !a
      ^
      help: write 'not'

    > a | b
    '|' is not an operator here
      a | b
        ^
      help: write 'or'

    > y = x
    '=' does not compare
      y = x
        ^
      help: write '==' to compare, '~' between the response and its prediction

    > a < b < c
    comparisons cannot be chained
      a < b < c
            ^
      help: write 'a < b and b < c'

    > a +
    expected a value, found the end
      a +
         ^

    > a b
    expected an operator or the end, found 'b'
      a b
        ^

    > y ~
    expected a value, found the end
      y ~
         ^

    > f(x]
    unknown function 'f'
      f(x]
      ^
      help: a product needs '*': f*(…); functions are abs atan clamp cos exp expm1 ln log10 log1p log2 \
    max min sigmoid sin softplus sqrt tanh

    > (a
    this '(' is not closed
      (a
      ^

    > E[d
    this '[' is not closed
      E[d
       ^

    > a)
    this ')' closes nothing
      a)
       ^

    > a]
    this ']' closes nothing
      a]
       ^

    > sqr(x)
    unknown function 'sqr'
      sqr(x)
      ^^^
      help: did you mean 'sqrt'?

    > frobnicate(x)
    unknown function 'frobnicate'
      frobnicate(x)
      ^^^^^^^^^^
      help: a product needs '*': frobnicate*(…); functions are abs atan clamp cos exp expm1 ln log10 \
    log1p log2 max min sigmoid sin softplus sqrt tanh

    > N(x)
    unknown function 'N'
      N(x)
      ^
      help: a product needs '*': N*(…); functions are abs atan clamp cos exp expm1 ln log10 log1p log2 \
    max min sigmoid sin softplus sqrt tanh

    > log(N)
    'log' does not say its base
      log(N)
      ^^^
      help: write ln, log2 or log10

    > sum(x)
    'sum' is kept for a later version of the language
      sum(x)
      ^^^

    > exp(a, b)
    'exp' takes 1 argument, found 2
      exp(a, b)
      ^^^^^^^^^

    > max(a)
    'max' takes 2 to 16 arguments, found 1
      max(a)
      ^^^^^^

    > exp()
    'exp' takes 1 argument, found 0
      exp()
      ^^^^^

    > exp + 1
    'exp' is a function
      exp + 1
      ^^^
      help: write exp(…), or a column of that name in backquotes: `exp`

    > a ~ b ~ c
    a formula has one '~'
      a ~ b ~ c
            ^

    > let a = b ~ c; a
    a definition has no '~'
      let a = b ~ c; a
                ^
      help: end the definition with ';'

    > let a = 1; let a = 2; a
    'a' is defined twice
      let a = 1; let a = 2; a
                     ^

    > let exp = 2; exp
    'exp' cannot be defined: the language uses it
      let exp = 2; exp
          ^^^

    > let law = 2; law
    'law' cannot be defined: the language uses it
      let law = 2; law
          ^^^

    > let a = a + 1; a
    the definition of 'a' uses 'a'
      let a = a + 1; a
              ^
      help: a definition uses columns, parameters and earlier definitions

    > let a = b; let b = 1; a
    'b' is used before its definition
      let a = b; let b = 1; a
              ^
      help: move 'let b = …;' to the front

    > let a[d] = 1; a
    a definition has no index
      let a[d] = 1; a
           ^
      help: write 'let a = …'

    > let a = 1; a[d]
    'a' is a definition and has no index
      let a = 1; a[d]
                   ^
      help: index the parameters in its definition

    > 'a' + 1
    the text "a" can only be compared with a column
      'a' + 1
      ^^^
      help: write column == "a"

    > 'a'
    the text "a" can only be compared with a column
      'a'
      ^^^
      help: write column == "a"

    > x == 'a' == y
    comparisons cannot be chained
      x == 'a' == y
               ^^
      help: write 'a < b and b < c'

    > (x+1) == 'a'
    the text "a" can only be compared with a column
      (x+1) == 'a'
               ^^^
      help: write column == "a"

    > 'a' == 'b'
    the text "a" can only be compared with a column
      'a' == 'b'
      ^^^
      help: write column == "a"

    > E[d] ~ x
    'E' left of '~' is not a column
      E[d] ~ x
      ^

    > let a = 1; a ~ x
    'a' left of '~' is not a column
      let a = 1; a ~ x
                 ^

    > E[d] + E
    'E' stands with different indices
      E[d] + E
      ^
      help: write every 'E' with the same index

    > E[1]
    expected the name of a label column, found '1'
      E[1]
        ^

    > E[]
    expected the name of a label column, found ']'
      E[]
        ^

    > let = 3; a
    expected a name, found '='
      let = 3; a
          ^

    > let a 3; a
    expected '=', found '3'
      let a 3; a
            ^

    > let a = 3 b
    expected ';' after the definition of 'a', found 'b'
      let a = 3 b
                ^

    > a and
    expected a value, found the end
      a and
           ^

    > max(a, , b)
    expected a value, found ','
      max(a, , b)
             ^

    > a + let
    expected a value, found 'let'
      a + let
          ^^^

    > let a = 1;
    expected a value, found the end
      let a = 1;
                ^

    > (1, 2)
    expected ')' or an operator, found ','
      (1, 2)
        ^

    > a = b
    '=' does not compare
      a = b
        ^
      help: write '==' to compare, '~' between the response and its prediction

    > 1.2.3
    expected an operator or the end, found '.3'
      1.2.3
         ^^

    > .
    unexpected character '.'
      .
      ^
      help: a column with such a name is written in backquotes: `loss/val`

    > x ≤ 3
    '≤' is not part of the formula language
      x ≤ 3
        ^
      help: type <=

    > a ^^ b
    expected a value, found '^'
      a ^^ b
         ^
    """

private let blocks: [(text: String, message: String)] = messages.components(of: "\n\n").map { block in
    let lines = block.components(of: "\n")
    return (String(lines[0].dropFirst(2)), lines.dropFirst().joined(separator: "\n"))
}

extension String {
    fileprivate func components(of separator: String) -> [String] { split(separator: separator).map(String.init) }
}

private func fault(_ text: String) -> FormulaError? {
    do {
        _ = try Formula(text)
        return nil
    } catch { return error }
}

@Test(arguments: blocks.map(\.text)) func theMessageIsExactlyThis(text: String) throws {
    let expected = blocks.first { $0.text == text }?.message
    #expect(fault(text)?.description == expected)
}

@Test func longTextIsRefused() {
    let error = fault(String(repeating: "x", count: 65_537))
    #expect(error?.description == "the formula is 65537 bytes long; the limit is 65536")
}

@Test func deepNestingIsShownAtItsPlace() {
    let error = fault(String(repeating: "(", count: 200))
    let line = "…" + String(repeating: "(", count: 120) + "…"
    let carets = String(repeating: " ", count: 61) + "^"
    let help = "  help: name parts of it with 'let part = …;'"
    #expect(error?.description == "the formula is nested too deeply here\n  \(line)\n  \(carets)\n\(help)")
}

@Test func longWordsAreShortened() {
    let word = String(repeating: "y", count: 1_000)
    let error = fault(word + "(1)")
    #expect(error?.description.hasPrefix("unknown function '\(word.prefix(60))…'\n") == true)
}

@Test func placesAreBytesOfTheText() {
    #expect(fault("é + x y")?.range == 0..<2)
    #expect(fault("`é` + x y")?.range == 9..<10)
}

@Test func everyProblemHasAMessage() {
    let shown = blocks.compactMap { fault($0.text)?.problem } + [.tooLong(bytes: 0), .tooDeep]
    let names = Set(shown.map { "\($0)".prefix { $0.isLetter } })
    // The case of `unknownVariable` is tested with the derivatives that throw it.
    #expect(names.count == 32)
}
