// Everything that can be typed wrong: the message on standard error, the status, and nothing on standard output.

import Foundation
import Testing

@Suite struct BadInputTests {
    private static let fit = ["fit", "runs.csv", "--formula", "loss ~ E + A/N^alpha", "--column", "N=params"]

    private static let compare = [
        "compare", "runs.csv", "--formula", "loss ~ E + A/params^alpha", "--where", "loss < 9",
    ]
    private static let sensitivity = ["sensitivity", "runs.csv", "--formula", "loss ~ E + A/params^alpha"]
    private static let streamed = ["compare", "-", "--formula", "loss ~ E + A/x"]
    /// One recipe small, the other large.
    private static let apart =
        "recipe,x,loss\n"
        + (1...12).map { "\($0 < 7 ? "small" : "large"),\($0 * $0),\(2 + 1.0 / Double($0))\n" }.joined()
    private static let many = "n,x,loss\n" + (1...40).map { "\($0),\($0 % 7 + 1),3\n" }.joined()

    /// What is wrong, and the command line; the table is `runs.csv` unless given on standard input.
    private static let cases: [(title: String, arguments: [String], input: String, status: Int32)] = [
        ("no verb of that name", ["fitt"], "", 2),
        ("no verb of that name", ["laws", "serch"], "", 2),
        ("an unknown option", ["fit", "runs.csv", "--formul", "x"], "", 2),
        ("an option without its value", ["fit", "runs.csv", "--formula"], "", 2),
        ("no table", ["fit", "--formula", "loss ~ E"], "", 2),
        ("nothing to fit", ["fit", "runs.csv"], "", 2),
        ("formula and law", ["fit", "runs.csv", "--formula", "loss ~ E", "--law", "hoffmann-2022"], "", 2),
        ("a formula that ends early", ["fit", "runs.csv", "--formula", "loss ~ E + A/N^"], "", 2),
        ("a formula with an unknown function", ["fit", "runs.csv", "--formula", "loss ~ E + epx(A)"], "", 2),
        ("a formula with a bare log", ["fit", "runs.csv", "--formula", "loss ~ E + log(params)"], "", 2),
        ("a formula without response", ["fit", "runs.csv", "--formula", "E + A/params^a"], "", 2),
        ("no such file", ["fit", "nothing.csv", "--formula", "loss ~ E"], "", 1),
        ("an empty table", ["fit", "-", "--formula", "loss ~ E"], "", 1),
        ("a header alone", ["fit", "-", "--formula", "loss ~ E"], "loss,n\n", 1),
        ("a short row", ["fit", "-", "--formula", "loss ~ E"], "loss,n\n1,2\n3\n", 1),
        ("text in a column of numbers", ["fit", "-", "--formula", "loss ~ E + A/n"], "loss,n\n1,2\n3,abc\n2,1\n", 1),
        ("a line that is no JSON", ["fit", "-", "--formula", "loss ~ E"], "{\"loss\": 1}\n{loss: 2}\n", 1),
        ("no such column", ["fit", "runs.csv", "--formula", "los ~ E"], "", 1),
        ("a parameter near a column", ["fit", "runs.csv", "--formula", "loss ~ E + A/parms^a"], "", 1),
        (
            "no such column in --column",
            ["fit", "runs.csv", "--formula", "loss ~ E + A/N^a", "--column", "N=parms"], "", 1
        ),
        ("--column for a name that is not there", fit + ["--column", "M=tokens"], "", 2),
        ("--column without equals sign", ["fit", "runs.csv", "--formula", "loss ~ E", "--column", "params"], "", 2),
        ("a law without its column", ["fit", "runs.csv", "--law", "hoffmann-2022", "--column", "N=params"], "", 1),
        ("no such law", ["fit", "runs.csv", "--law", "hofmann-2022"], "", 1),
        ("a condition that is no formula", fit + ["--where", "loss <"], "", 2),
        ("a condition that leaves nothing", fit + ["--where", "loss > 100"], "", 1),
        ("an unknown loss", fit + ["--loss", "hubr:1e-3"], "", 2),
        ("a loss without its number", fit + ["--loss", "huber"], "", 2),
        ("a quantile outside of 0 to 1", fit + ["--loss", "quantile:2"], "", 2),
        ("an unknown residual", fit + ["--residual", "lgo"], "", 2),
        ("a residual that the values do not allow", fit + ["--residual", "logit"], "", 1),
        ("weights that are no formula", fit + ["--weights", "1/"], "", 2),
        ("a negative weight", fit + ["--weights=-se"], "", 1),
        ("an unknown meaning of weights", fit + ["--weights-are", "counts"], "", 2),
        ("a bound that is no range", fit + ["--bound", "A=0"], "", 2),
        ("a bound of an unknown parameter", fit + ["--bound", "alpa=0.."], "", 2),
        ("a value that is no number", fit + ["--fix", "E=abc"], "", 2),
        ("a value for an unknown parameter", fit + ["--fix", "F=1"], "", 2),
        ("a value given twice", fit + ["--fix", "E=1", "--fix", "E=2"], "", 2),
        ("a tie to itself", fit + ["--tie", "A=alpha", "--tie", "alpha=A"], "", 2),
        ("fixed and tied", fit + ["--fix", "A=1", "--tie", "A=E"], "", 2),
        ("a start that is no number", fit + ["--start", "E=1.5, A=big"], "", 2),
        ("a start outside of its bound", fit + ["--start", "A=-1", "--bound", "A=0.."], "", 2),
        ("a number of starts that is none", fit + ["--starts", "many"], "", 2),
        ("no starts", fit + ["--starts", "0"], "", 2),
        ("a seed that is no number", fit + ["--seed", "x"], "", 2),
        ("an unknown format", fit + ["--format", "jsn"], "", 2),
        ("a folder that is not there", fit + ["--save", "nowhere/mine.law"], "", 1),
        ("nowhere to predict", ["predict", "hoffmann-2022"], "", 2),
        ("an input missing", ["predict", "hoffmann-2022", "--at", "N=1B"], "", 2),
        ("an unknown input", ["predict", "hoffmann-2022", "--at", "N=1B, M=2"], "", 2),
        ("a value that is no number", ["predict", "hoffmann-2022", "--at", "N=1B, D=1x"], "", 2),
        ("a range without count", ["predict", "hoffmann-2022", "--at", "N=1B..2B, D=1B"], "", 2),
        ("an unknown set", ["predict", "hoffmann-2022", "--set", "round", "--at", "N=1B, D=1B"], "", 2),
        ("a level that is none", ["predict", "hoffmann-2022", "--level", "95", "--at", "N=1B, D=1B"], "", 2),
        ("a law file that is not there", ["predict", "mine.law", "--at", "N=1B"], "", 1),
        ("a table for a law file", ["predict", "./runs.csv", "--at", "N=1B"], "", 1),
        ("a claim", ["predict", "animals-2026", "--at", "N=1B"], "", 1),
        ("an unknown picture", ["plot", "pie", "hoffmann-2022", "runs.csv"], "", 2),
        ("a picture of a law without runs", ["plot", "fit", "hoffmann-2022"], "", 2),
        (
            "an unknown input along the axis",
            ["plot", "fit", "hoffmann-2022", "runs.csv", "--column", "N=params,D=tokens", "--x", "L"], "", 2
        ),
        (
            "a picture that is too small",
            ["plot", "fit", "hoffmann-2022", "runs.csv", "--column", "N=params,D=tokens", "--width", "20"], "", 2
        ),
        ("nothing to spend", ["plan", "hoffmann-2022"], "", 2),
        ("no budget at all", ["plan", "hoffmann-2022", "--flops", "0"], "", 2),
        ("a negative budget", ["plan", "hoffmann-2022", "--flops", "-1e20"], "", 2),
        ("a budget that is no number", ["plan", "hoffmann-2022", "--flops", "big"], "", 2),
        ("two budgets", ["plan", "hoffmann-2022", "--flops", "1e20", "--gpu-hours", "5"], "", 2),
        ("hours of nothing", ["plan", "hoffmann-2022", "--gpu-hours", "5"], "", 2),
        ("dollars without a price", ["plan", "hoffmann-2022", "--dollars", "5", "--gpu", "h100"], "", 2),
        ("unknown hardware", ["plan", "hoffmann-2022", "--gpu-hours", "5", "--gpu", "h1000"], "", 2),
        ("a share above one", ["plan", "hoffmann-2022", "--flops", "1e20", "--gpu", "h100", "--mfu", "40"], "", 2),
        ("a cost of something else", ["plan", "hoffmann-2022", "--flops", "1e20", "--cost", "6*N*S"], "", 2),
        ("a law without what the cost needs", ["plan", "konz-2024", "--flops", "1e20"], "", 2),
        ("a loss below the floor", ["plan", "hoffmann-2022", "--target-loss", "1.5"], "", 2),
        ("no interior optimum", ["plan", "hoffmann-2022", "--flops", "1e20", "--cost", "6*D"], "", 2),
        (
            "conditions that exclude each other",
            ["plan", "hoffmann-2022", "--flops", "1e20", "--min", "N=1T,D=100T"], "", 2
        ),
        ("a limit that is none", ["plan", "hoffmann-2022", "--flops", "1e20", "--limit", "2*N"], "", 2),
        (
            "no room for an input", ["plan", "hoffmann-2022", "--flops", "1e20", "--min", "N=2B", "--max", "N=1B"],
            "", 2
        ),
        ("an input that is not there", ["plan", "hoffmann-2022", "--flops", "1e20", "--fix", "M=2"], "", 2),
        ("nothing left to choose", ["plan", "hoffmann-2022", "--flops", "1e20", "--fix", "N=1B, D=2B"], "", 2),
        ("a claim", ["plan", "animals-2026", "--flops", "1e20"], "", 1),
        ("a law of schedules", ["plan", "tissue-2024", "--flops", "1e20"], "", 1),
        ("no column of sizes", ["isoflop", "isoflop.csv", "--by", "flops", "--column", "N=size"], "", 1),
        ("no column of budgets", ["isoflop", "isoflop.csv", "--by", "flop"], "", 1),
        ("no valley", ["isoflop", "runs.csv", "--by", "6*params*tokens"], "", 1),
        ("an unknown method", ["isoflop", "isoflop.csv", "--by", "flops", "--method", "akma"], "", 2),
        ("no copies", ["isoflop", "isoflop.csv", "--by", "flops", "--draws", "0"], "", 2),
        ("a negative noise", ["isoflop", "isoflop.csv", "--by", "flops", "--noise=-0.1"], "", 2),
        ("an unknown family", ["predict", "luo-2025", "--schedule", "cosin peak=1 steps=9"], "", 2),
        ("a schedule without its steps", ["predict", "luo-2025", "--schedule", "cosine peak=1"], "", 2),
        ("a schedule without its peak", ["predict", "luo-2025", "--schedule", "cosine steps=9"], "", 2),
        ("negative steps", ["predict", "luo-2025", "--schedule", "cosine peak=1 steps=-9"], "", 2),
        (
            "a step beyond the schedule",
            ["predict", "luo-2025", "--schedule", "constant peak=1 steps=9", "--at", "step=9"], "", 2
        ),
        (
            "a law that reads no schedule", ["predict", "hoffmann-2022", "--schedule", "constant peak=1 steps=9"], "",
            2
        ),
        ("a curve of nothing", ["predict", "luo-2025", "--at", "step=1", "--curve", "9"], "", 2),
        ("a schedule in no table", ["predict", "luo-2025", "--schedule", "column"], "", 2),
        ("a schedule in no file", ["predict", "luo-2025", "--schedule", "column file=nothing.csv"], "", 1),
        ("a schedule for a formula without one", fit + ["--schedule", "constant peak=1 steps=9"], "", 2),
        ("a forecast without a law", ["forecast", "runs.csv"], "", 2),
        ("a forecast without a schedule", ["forecast", "runs.csv", "--law", "luo-2025"], "", 1),
        ("a search without families", ["schedule", "luo-2025"], "", 2),
        ("a search without ranges", ["schedule", "luo-2025", "--family", "cosine peak=1 steps=9"], "", 2),
        ("nothing to compare by", ["compare", "runs.csv", "--formula", "loss ~ E + A/params^a"], "", 2),
        ("no such recipes", compare + ["--by", "corpsu"], "", 1),
        ("one recipe alone", compare + ["--by", "corpus", "--where", "corpus == \"web\""], "", 1),
        (
            "a recipe with too few runs",
            compare + ["--by", "corpus", "--where", "corpus == \"web\" or se > 0.0115"], "", 1
        ),
        ("recipes without a range in common", streamed + ["--by", "recipe"], apart, 1),
        ("too many recipes", streamed + ["--by", "n"], many, 1),
        ("a recipe that the formula reads", compare + ["--by", "params"], "", 2),
        ("an unknown baseline", compare + ["--by", "corpus", "--baseline", "wbe"], "", 2),
        ("an unknown parameter to share", compare + ["--by", "corpus", "--share", "alhpa"], "", 2),
        ("a path that misses an input", compare + ["--by", "corpus", "--path", "D=1B"], "", 2),
        ("a best split of one input", compare + ["--by", "corpus", "--path", "optimal"], "", 2),
        ("an unknown direction", compare + ["--by", "corpus", "--better", "more"], "", 2),
        ("too few draws", compare + ["--by", "corpus", "--draws", "20"], "", 2),
        ("an answer that is no formula", sensitivity + ["--answer", "a/"], "", 2),
        ("an answer of an unknown parameter", sensitivity + ["--answer", "beta"], "", 2),
        ("no such group", sensitivity + ["--group", "runn"], "", 1),
        ("no runs to show", sensitivity + ["--runs", "0"], "", 2),
        ("an unknown field", ["laws", "--field", "langage"], "", 2),
        ("a folder that is not there", ["laws", "--atlas", "nowhere"], "", 1),
    ]

    @Test func `each fault has its message, its status, and nothing on standard output`() throws {
        try withFolder { folder in
            var record = ""
            for (title, arguments, input, status) in Self.cases {
                let run = try Binary.run(arguments, input: input, in: folder)
                #expect(run.status == status, "\(arguments)")
                #expect(run.output.isEmpty, "\(arguments)")
                #expect(run.errors.hasPrefix("error: "), "\(arguments)")
                #expect(run.errors.hasSuffix("\n"), "\(arguments)")
                let line = arguments.map { $0.contains(where: " ~<>'()*^".contains) ? "'\($0)'" : $0 }.joined(
                    separator: " ")
                record += "# \(title)\n$ allometry \(line)\n\(run.errors)\n"
            }
            try Snapshot.check(record, "bad-input")
        }
    }

    @Test func `no file is left behind`() throws {
        try withFolder { folder in
            _ = try Binary.run(["predict", "hoffmann-2022", "--at", "N=x", "--to", "grid.csv"], in: folder)
            _ = try Binary.run(Self.fit + ["--save", "mine.law", "--loss", "x"], in: folder)
            #expect(
                try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == [
                    "isoflop.csv", "runs.csv",
                ])
        }
    }
}
