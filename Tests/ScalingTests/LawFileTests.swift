// What a law file says, and what it is refused for.

import Fitting
import Formulas
import Scaling
import Testing

@Test func aLawFileSaysWhatTheContractSays() throws {
    let law = try sample()
    #expect(law.id == "sample" && law.kind == .law && law.title == "A sample")
    #expect(law.inputs.map(\.name) == ["N", "D"])
    #expect(law.input("N")?.range == Bound(lower: 44e6, upper: 16e9))
    #expect(law.fitting.loss == .huber(1e-3) && law.fitting.residual == .log)
    #expect(law.parameterSymbols.map(\.name) == ["E", "A", "alpha", "B", "beta"])
    #expect(law.sets[0]["alpha"] == 0.3478 && law.defaultSet?.name == "published")
    #expect(law.goldens[0].tolerance == 1e-7)
    #expect(law.bounds == ["A": Bound(lower: 0)])
}

@Test func linesThatStartWithASpaceContinueTheValueAbove() throws {
    let text = chinchilla.replacing("A sample", with: "A\n # no comment\n# a comment\n\tsample")
    #expect(try LawFile.parse(text, name: "x").title == "A # no comment sample")
}

@Test func lineEndsAndAMarkOfOrderDoNotMatter() throws {
    let text = "\u{FEFF}" + chinchilla.replacing("\n", with: "\r\n")
    #expect(try LawFile.parse(text, name: "sample") == sample())
}

@Test func aClaimHasNoFormula() throws {
    let claim = try Atlas.embedded.law("wei-2022")
    #expect(claim.kind == .claim && claim.formula == nil && claim.figures != nil)
    #expect(
        refusal("allometry-law: 1\nkind: claim\ntitle: T\nformula: y ~ x\n")
            == "my.law:4: a claim has no formula\n  formula: y ~ x\n  ^^^^^^^\n  help: leave out 'kind: claim'")
}

private let head = "allometry-law: 1\ntitle: T\nformula: loss ~ E + A / N^alpha\n"
private let whole = head + "[input N]\n[set s]\nvalues: E = 1, A = 2, alpha = 3\n"

private let damagedFiles: [(String, String)] = [
    ("", "my.law:1: not a law file\n  help: its first line is 'allometry-law: 1'"),
    ("title: T", "my.law:1: not a law file\n  title: T\n  ^^^^^^^^\n  help: its first line is 'allometry-law: 1'"),
    (
        "# c\n\nallometry-law: 2\nnew things",
        "my.law:3: format 2 was written by a newer version; this one reads 1\n  allometry-law: 2\n  ^^^^^^^^^^^^^^^^"
    ),
    (
        "allometry-law: 1\ntitle: T\nformla: y ~ x",
        "my.law:3: unknown key 'formla'\n  formla: y ~ x\n  ^^^^^^\n  help: did you mean 'formula'?"
    ),
    (
        "\(head)bound: 0..",
        "my.law:4: unknown key 'bound'\n  bound: 0..\n  ^^^^^\n  help: 'bound' belongs to [parameter NAME]"
    ),
    (
        "\(head)[fit]\nzebra: 1",
        """
        my.law:5: unknown key 'zebra'
          zebra: 1
          ^^^^^
          help: keys of [fit]: loss, residual, weights, weights-are, where, recipe, table, observations, \
        omitted, objective, noise, noise-from, evaluation-noise, prior, schedule, weak-direction, \
        ended, seed, version
        """
    ),
    (
        "\(head)[fit]\nschedule: a=cosin peak=1 steps=9",
        """
        my.law:5: 'a=cosin peak=1 steps=9' is no schedule
          schedule: a=cosin peak=1 steps=9
                    ^^^^^^^^^^^^^^^^^^^^^^
          help: write 'column rate=lr' or 'LABEL=cosine peak=3e-4 steps=24k'
        """
    ),
    (
        "\(head)[inptu N]",
        "my.law:4: unknown section 'inptu'\n  [inptu N]\n  ^^^^^^^^^\n  help: did you mean 'input'?"
    ),
    ("\(head)[input]", "my.law:4: this section needs a name\n  [input]\n  ^^^^^^^\n  help: write '[input NAME]'"),
    ("\(head)[fit x]", "my.law:4: this section takes no name\n  [fit x]\n  ^^^^^^^\n  help: write '[fit]'"),
    (
        "\(head)[input N",
        "my.law:4: this section is not closed\n  [input N\n  ^^^^^^^^\n  help: write '[input N]' on a line of its own"
    ),
    ("\(head)[input N]\n[input N]", "my.law:5: a second [input N]\n  [input N]\n  ^^^^^^^^^\n  help: keep one"),
    (
        "\(head)title: U",
        "my.law:4: 'title' stands twice in the top of the file\n  title: U\n  ^^^^^\n  help: keep one"
    ),
    (
        "\(head)no key here",
        """
        my.law:4: neither a key, a section, a comment nor a continuation
          no key here
          ^^^^^^^^^^^
          help: write 'key: value'; a line that continues the value above it starts with a space
        """
    ),
    (
        "\(head)\n more",
        """
        my.law:5: this line continues nothing
           more
          ^^^^^
          help: a key or a section starts in the first column
        """
    ),
    (
        "\(head)notes:",
        "my.law:4: 'notes' has no value\n  notes:\n  ^^^^^\n  help: leave the line out if nothing is known"
    ),
    (
        "allometry-law: 1\ntitle: T",
        """
        my.law:1: a law needs a formula
          allometry-law: 1
          ^^^^^^^^^^^^^^^^
          help: add 'formula: loss ~ …', or 'kind: claim'
        """
    ),
    (
        "allometry-law: 1",
        "my.law:1: the top of the file needs 'title'\n  allometry-law: 1\n  ^^^^^^^^^^^^^^^^\n  help: add 'title: …'"
    ),
    (
        "allometry-law: 1\ntitle: T\nformula: y ~ a +",
        """
        my.law:3: 'formula' is no formula
          expected a value, found the end
            y ~ a +
                   ^
        """
    ),
    (
        "\(head)year: soon",
        "my.law:4: 'soon' is no number for year\n  year: soon\n        ^^^^\n  help: write 0.34, 70B or 1e20"
    ),
    (
        "\(head)[input N]\nrange: 1-2",
        "my.law:5: '1-2' is no range for 'range'\n  range: 1-2\n         ^^^\n  help: write 0.., ..2 or 0.1..0.9"
    ),
    (
        "\(head)[fit]\nresidual: lgo",
        "my.law:5: 'lgo' is no value of 'residual'\n  residual: lgo\n            ^^^\n  help: did you mean 'log'?"
    ),
    (
        "\(head)[fit]\nloss: hubr",
        """
        my.law:5: 'hubr' is no loss
          loss: hubr
                ^^^^
          help: write squared, huber:1e-3, absolute or quantile:0.9
        """
    ),
    (
        "\(head)[input M]",
        "my.law:4: the formula has no 'M'\n  [input M]\n  ^^^^^^^^^\n  names: E, A, N, alpha"
    ),
    (
        "\(head)[input N]\n[parameter N]",
        "my.law:4: 'N' is an input and a parameter at once\n  [input N]\n  ^^^^^^^^^\n  help: keep one"
    ),
    (
        "\(head)[input N]\n[parameter alhpa]",
        """
        my.law:5: the formula has no parameter 'alhpa'
          [parameter alhpa]
          ^^^^^^^^^^^^^^^^^
          parameters: E, A, alpha
          help: did you mean 'alpha'?
        """
    ),
    (
        "\(head)[input N]\n[set s]\nvalues: E = 1, A = 2",
        """
        my.law:6: [set s] has no value of alpha
          values: E = 1, A = 2
                  ^^^^^^^^^^^^
          help: add 'alpha = …'
        """
    ),
    (
        "\(head)[input N]\n[set s]\nvalues: E = 1, A = 2, alpha = 3, beta = 4",
        """
        my.law:6: the formula has no parameter 'beta'
          values: E = 1, A = 2, alpha = 3, beta = 4
                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          parameters: E, A, alpha
        """
    ),
    (
        "\(head)[input N]\n[set s]\nvalues: E = 1, E = 2",
        "my.law:6: E is given twice\n  values: E = 1, E = 2\n          ^^^^^^^^^^^^\n  help: keep one"
    ),
    (
        "\(head)[input N]\n[set s]\nvalues: E 1",
        "my.law:6: 'E 1' is no assignment\n  values: E 1\n          ^^^\n  help: write 'A = 406.4, alpha = 0.34'"
    ),
    (
        "\(head)[input N]\n[set s]\nvalues: E[C4] = 1, A = 2, alpha = 3",
        "my.law:6: E[C4] needs no label\n  values: E[C4] = 1, A = 2, alpha = 3\n          ^^^^^^^^^^^^^^^^^^^^^^^^^^^"
    ),
    (
        "\(whole)[golden]\nat: M = 1\nvalue: 1",
        "my.law:8: 'M' is no input\n  at: M = 1\n      ^^^^^\n  inputs: N"
    ),
    (
        "\(whole)[golden]\nat: N = 1\nvalue: 1\nset: t",
        "my.law:10: no set 't'\n  set: t\n       ^\n  sets: s"
    ),
    ("\(whole)[golden]\nvalue: 1", "my.law:7: [golden] needs 'at'\n  [golden]\n  ^^^^^^^^\n  help: add 'at: …'"),
    (
        "\(whole)certainty: EXACT-TEX",
        """
        my.law:7: 'EXACT-TEX' is no value of 'certainty'
          certainty: EXACT-TEX
                     ^^^^^^^^^
          help: did you mean 'EXACT-TEXT'?
        """
    ),
    (
        "\(head)[input N]\n[response accuracy]",
        """
        my.law:5: the formula predicts loss, not accuracy
          [response accuracy]
          ^^^^^^^^^^^^^^^^^^^
          help: write '[response loss]'
        """
    ),
    (
        "\(head)[input N]\n[parameter A]\ntie: alpha\n[parameter alpha]\ntie: 2 * A",
        """
        my.law:6: 'A' is tied to itself, or by too long a chain
          tie: alpha
               ^^^^^
          help: tie parameters to one that is free
        """
    ),
    (
        "\(head)[input N]\n[parameter A]\ntie: N",
        "my.law:6: the formula has no parameter 'N'\n  tie: N\n       ^\n  parameters: E, A, alpha"
    ),
    (
        "\(whole)[fit]\nseed: 1",
        "my.law:8: seed belongs to a saved fit, which has [estimates]\n  seed: 1\n  ^^^^"
    ),
    (
        "allometry-law: 1\ntitle: T\nformula: y ~ E[group] * x\n[input x]",
        """
        my.law:3: the index of E[group] is no input
          formula: y ~ E[group] * x
                   ^^^^^^^^^^^^^^^^
          help: add '[input group]' with 'unit: label'
        """
    ),
    (
        "\(head)figures: many",
        """
        my.law:4: 'figures' belongs to claims
          figures: many
          ^^^^^^^
          help: write it under notes, or add 'kind: claim'
        """
    ),
]

@Test(arguments: damagedFiles)
func aDamagedFileIsRefusedWithItsPlace(text: String, expected: String) {
    #expect(refusal(text) == expected)
}

private let outcome = "[fit]\ntable: t\nobservations: 3\nobjective: 1\nended: e\nseed: 1\nversion: 0\n"
private let estimates = "[estimates]\nvalue: E = 1\nvalue: A = 2\nvalue: alpha = 3\n"

private let damagedFits: [(String, String)] = [
    (outcome + estimates, ""),
    (
        outcome + estimates + "covariance: 1 2 3\n",
        """
        my.law:16: covariance: 1 where 3 are needed, row 1
          covariance: 1 2 3
          ^^^^^^^^^^
          help: one row a value, one number a value
        """
    ),
    (
        outcome + estimates + "covariance: 1 2 3\ncovariance: 9 9 9\ncovariance: 3 9 9\n",
        """
        my.law:17: this is no covariance: row 2, value 1
          covariance: 9 9 9
          ^^^^^^^^^^
          help: the matrix is symmetric, its diagonal not negative
        """
    ),
    (
        outcome + "[estimates]\nvalue: E = 1\n",
        "my.law:12: [estimates] has no value of A\n  [estimates]\n  ^^^^^^^^^^^\n  help: add 'A = …'"
    ),
    (
        outcome + estimates + "value: E = 4\n",
        "my.law:16: E is given twice\n  value: E = 4\n         ^^^^^\n  help: keep one"
    ),
    (
        outcome.replacing("seed: 1", with: "seed: x") + estimates,
        "my.law:10: 'x' is no number for seed\n  seed: x\n        ^\n  help: write 0.34, 70B or 1e20"
    ),
    (
        outcome + "omitted: many\n" + estimates,
        "my.law:12: 'many' is no omission\n  omitted: many\n           ^^^^\n  help: write '12 no value of loss'"
    ),
]

@Test(arguments: damagedFits)
func aDamagedFitIsRefusedWithItsPlace(text: String, expected: String) {
    #expect(refusal("\(head)[input N]\n" + text) == expected)
}
