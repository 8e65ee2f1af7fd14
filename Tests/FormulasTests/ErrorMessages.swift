// The faults of FormulaErrorTests and their messages.

// "> text", then the message; blocks are parted by an empty line.
let errorMessages = """
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
    max min sigmoid sin softplus sqrt tanh, and annealing law lookup multipower prod rate ratesum solve sum

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
    log1p log2 max min sigmoid sin softplus sqrt tanh, and annealing law lookup multipower prod rate ratesum solve sum

    > N(x)
    unknown function 'N'
      N(x)
      ^
      help: a product needs '*': N*(…); functions are abs atan clamp cos exp expm1 ln log10 log1p log2 \
    max min sigmoid sin softplus sqrt tanh, and annealing law lookup multipower prod rate ratesum solve sum

    > log(N)
    'log' does not say its base
      log(N)
      ^^^
      help: write ln, log2 or log10

    > sum(x)
    expected ',', found ')'
      sum(x)
           ^

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
