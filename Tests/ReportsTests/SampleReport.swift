// A report with every kind of block, and names that every markup would take for its own.

import Foundation
import Formulas
import Reports

/// A name that a user may give to anything.
let hostile = "<script>alert('x')</script> a|b_c $5 50% R&D #1 {x} \\cmd ~ ^2 \"q\" `k` [l](m) *n*"

/// A report that says `name` wherever a name can stand.
func sampleReport(named name: String = "runs.csv", runs: Int = 12, title: String? = "Losses of small models") throws
    -> Report
{
    let x = (0..<runs).map { 1e7 * pow(runs > 100 ? 1.01 : 1.1, Double($0)) }
    let y = x.map { 2 + 40 * pow($0, -0.2) }
    var figure = Figure(
        title: "The fit of \(name)", description: "\(runs) runs of \(name) and a line through them.",
        x: Axis("N of \(name)", scale: .logarithmic, notation: .size), y: Axis("loss", scale: .logarithmic))
    figure.marks = [
        Curve(x: x, y: y, ink: .kind(0), label: "law"),
        Dots(x: x, y: y.map { $0 * 1.01 }, ink: .kind(1), titles: x.map { "\(name): N = \(Int($0.rounded()))" }),
    ]
    figure.key = [.init(.circle, .text, name)]
    let table = Report.Grid(
        [.init("run", .left), .init("loss"), .init("N"), .init("interval"), .init("note", .left)],
        rows: [
            [name, "2.31", "70B", "0.311..0.381", "bound 0..1"], ["b", "-0.52", "1.4T", "-0.6..-0.4", ""],
            ["c", "1.2e-5", "350k", "-", "×10"], ["d", "12.5", "3M", "0.5..", "inside"],
        ])
    var captioned = table
    captioned.caption = "Runs of \(name)"
    let mathematics = "loss ~ E + A/N^alpha + B/D^beta"
    return Report(
        [
            .answers([
                .init("loss at N = 70B of \(name)", "1.97", interval: "1.94..2.01", note: "95 % of the value; ×4.2"),
                .init("N for 1e24 FLOP", "67B"),
            ]),
            .sentence(
                .strong("Fitted 5 parameters") + Words(" to \(name). ") + .code("--where 'a<3'") + .faint(" 17")),
            .section(
                "Data of \(name)",
                [
                    .facts([.init("rows of \(name)", Words("240 of 245 of \(name)"))]), .table(captioned),
                    .section("deeper 31", [.list(["one 41", Words("two \(name)")])]),
                ]),
            .section("Law", [.formula(try Formula(mathematics)), .verbatim("allometry fit '\(name)'\n\n  x 99")]),
            .section(
                "Figures",
                [.figure(.init(Picture(figure), name: "fit", caption: "Each dot is 1 run.", isSwitchable: true))]),
            .section(
                "Warnings",
                [.notices([.init(code: "at-bound", message: "A of \(name) is at 0", hint: "widen \(name) to 7")])]),
            .section("Methods", [.passage([Words("We fitted \(name) by 1000 starts."), "Seed 1."])]),
        ], title: title)
}

/// Numbers as they stand in a text, in order.
func numbers(in text: String) -> [String] {
    text.matches(of: /[0-9]+(?:\.[0-9]+)?(?:e[+-]?[0-9]+)?/).map { String($0.output) }
}

/// A text without what stands between two marks, any number of times.
func without(_ text: String, from start: String, to end: String) -> String {
    var out = ""
    var rest = text[...]
    while let first = rest.range(of: start) {
        out += rest[..<first.lowerBound]
        guard let last = rest.range(of: end, range: first.upperBound..<rest.endIndex) else { return out }
        rest = rest[last.upperBound...]
    }
    return out + rest
}
