import ByteLadder

/// The options of the command itself; what is left belongs to a run.
struct Settings {
    var corpus = "Examples/ByteLadder/corpus/corpus.txt"
    var runs = "Examples/ByteLadder/runs"
    var matrices = Matrices.automatic
    var retryFailed = false
    var csv: String?
    var curves: String?
    var seconds = 5.0
    var rest: [String] = []

    init(_ arguments: [String]) throws(LadderError) {
        var index = 0
        while index < arguments.count {
            let word = arguments[index]
            if word == "--retry-failed" {
                retryFailed = true
                index += 1
                continue
            }
            guard ["--corpus", "--runs", "--matrices", "--csv", "--curves", "--seconds"].contains(word) else {
                rest.append(word)
                index += 1
                continue
            }
            guard index + 1 < arguments.count else {
                throw .option("'\(word)' needs a value", help: "`byte-ladder help`")
            }
            let value = arguments[index + 1]
            switch word {
            case "--corpus": corpus = value
            case "--runs": runs = value
            case "--csv": csv = value
            case "--curves": curves = value
            case "--seconds":
                guard let number = Double(value), number > 0 else {
                    throw .option("--seconds '\(value)' is not a time", help: "such as 5")
                }
                seconds = number
            default: matrices = value == "auto" ? .automatic : value == "built-in" ? .builtIn : .library(value)
            }
            index += 2
        }
    }

    /// What is left as plan files.
    func plans() throws(LadderError) -> [Plan] {
        if let option = rest.first(where: { $0.hasPrefix("-") }) {
            throw .option("unknown option '\(option)'", help: "`byte-ladder help` lists them")
        }
        guard !rest.isEmpty else {
            throw .option("no plan named", help: "byte-ladder ladder Examples/byte-ladder/ladder.plan")
        }
        var plans: [Plan] = []
        for path in rest { plans.append(try Plan(path: path)) }
        return plans
    }
}
