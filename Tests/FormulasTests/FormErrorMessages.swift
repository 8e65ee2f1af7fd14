// Faults of sums, tables, equations and called laws, with their messages; as in ErrorMessages.swift.

let formErrorMessages = """
    > sum(1, 2, 3, x)
    expected the name of an index, found '1'
      sum(1, 2, 3, x)
          ^

    > sum(exp, 1, 2, x)
    'exp' cannot be defined: the language uses it
      sum(exp, 1, 2, x)
          ^^^

    > sum(i, 1, N, x)
    expected a whole number, found 'N'
      sum(i, 1, N, x)
                ^

    > sum(i, 1, 2.5, x)
    expected a whole number, found '2.5'
      sum(i, 1, 2.5, x)
                ^^^

    > sum(i, 6, 1, x)
    the index would run from 6 to 1
      sum(i, 6, 1, x)
                ^
      help: write the smaller limit first: 1, 6

    > sum(i, 1, 100k, x)
    this sum or product is too long: written out, sums and products may have 50000 operations
      sum(i, 1, 100k, x)
      ^^^
      help: a sum over many terms that have a closed form is shorter as that form

    > sum(i, 1, 900, sum(j, 1, 900, i * j))
    this sum or product is too long: written out, sums and products may have 50000 operations
      sum(i, 1, 900, sum(j, 1, 900, i * j))
      ^^^
      help: a sum over many terms that have a closed form is shorter as that form

    > sum(i, 1, 2, sum(i, 1, 2, i))
    'i' has a meaning here already
      sum(i, 1, 2, sum(i, 1, 2, i))
                       ^
      help: take a name for it that nothing else has

    > let a = 1; sum(a, 1, 2, x)
    'a' has a meaning here already
      let a = 1; sum(a, 1, 2, x)
                     ^
      help: take a name for it that nothing else has

    > sum(i, 0, 2, d[i - 1])
    a number in the name of 'i' would be negative
      sum(i, 0, 2, d[i - 1])
                     ^
      help: begin the index later

    > sum(i, 1, 2, d[i - x])
    expected a whole number, found 'x'
      sum(i, 1, 2, d[i - x])
                         ^

    > let d2 = sum(i, 1, 2, d[i]); d2
    the definition of 'd2' uses 'd2'
      let d2 = sum(i, 1, 2, d[i]); d2
               ^^^
      help: a definition uses columns, parameters and earlier definitions

    > lookup(format)
    expected ', key: value', found ')'
      lookup(format)
                   ^

    > lookup(format, "a": 1, 4: 2)
    this table has labels and numbers as keys
      lookup(format, "a": 1, 4: 2)
                             ^
      help: compare a label column with labels, numbers with numbers

    > lookup(bits, 4: 1, 4.0: 2)
    the key 4 stands twice in this table
      lookup(bits, 4: 1, 4.0: 2)
                         ^^^

    > lookup(x + 1, "a": 1)
    only a column can be looked up by the label "a"
      lookup(x + 1, "a": 1)
             ^
      help: write lookup(column, "a": value)

    > lookup(x, 1: 2, 3, 4: 5)
    a value without a key ends a table
      lookup(x, 1: 2, 3, 4: 5)
                         ^
      help: write 'key: value', or move the value to the end

    > lookup(x, y: 2)
    expected a quoted label or a number as key, found 'y'
      lookup(x, y: 2)
                ^

    > solve(x, 0, 1, x + 2)
    'solve' needs an equation
      solve(x, 0, 1, x + 2)
                     ^
      help: write solve(x, from, to, left == right)

    > solve(x, 0, 1, a == b)
    the equation does not use 'x'
      solve(x, 0, 1, a == b)
                     ^
      help: write solve(x, from, to, left == right) with x in the equation

    > solve(x, 0, 1, x == solve(y, 0, 1, y == solve(z, 0, 1, z == x)))
    'solve' stands in the equation of another at most once
      solve(x, 0, 1, x == solve(y, 0, 1, y == solve(z, 0, 1, z == x)))
                                                    ^
      help: name the inner one before it: let part = solve(…);

    > law(hoffmann)
    expected the name of a law in quotes, found 'hoffmann'
      law(hoffmann)
          ^^^^^^^^

    > law("m", N = 1, N = 2)
    'N' is given twice
      law("m", N = 1, N = 2)
                      ^

    > law("m", N)
    expected '=', found ')'
      law("m", N)
                ^

    > annealing(s, t)
    'annealing' takes (schedule, step, lambda), found 2
      annealing(s, t)
      ^^^^^^^^^^^^^^

    > ratesum(s + 1, t)
    expected ',', found '+'
      ratesum(s + 1, t)
                ^

    > rate(s, 5)
    expected the name of a column of steps, found '5'
      rate(s, 5)
              ^
    """
