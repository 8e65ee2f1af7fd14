import FoundationEssentials

/// The finished runs of a folder as a table, and their logs as thinned curves.
public struct RunTable {
    let results: [RunResult]
    let folder: String

    /// The finished runs of these plans, in their order; runs not finished are left out.
    public init(_ plans: [Plan], runs folder: String) throws(LadderError) {
        self.folder = folder
        var results: [RunResult] = []
        for run in plans.flatMap(\.runs) {
            if let result = try RunFolder(folder, name: run.name).readResult() { results.append(result) }
        }
        self.results = results
    }

    public var count: Int { results.count }

    static let columns: [(name: String, value: @Sendable (RunResult) -> String)] = [
        ("run", { $0.run.name }),
        ("recipe", { $0.run.recipe }),
        ("purpose", { $0.run.purpose }),
        ("cell", { "\($0.run.recipe)-d\($0.run.shape.width)-l\($0.run.shape.layers)-\(short($0.tokens))" }),
        ("seed", { "\($0.run.seed)" }),
        ("params_non_embedding", { "\($0.run.shape.nonEmbeddingParameters)" }),
        ("params_total", { "\($0.run.shape.parameters)" }),
        ("width", { "\($0.run.shape.width)" }),
        ("layers", { "\($0.run.shape.layers)" }),
        ("heads", { "\($0.run.shape.heads)" }),
        ("hidden", { "\($0.run.shape.hidden)" }),
        ("tokens", { "\($0.tokens)" }),
        ("flops_exact", { scientific($0.run.shape.trainingOperationsPerToken * Double($0.tokens)) }),
        ("flops_6nd", { scientific(6 * Double($0.run.shape.nonEmbeddingParameters) * Double($0.tokens)) }),
        ("lr", { "\($0.run.rate)" }),
        ("batch_tokens", { "\($0.run.batchTokens)" }),
        ("schedule", { $0.run.schedule.kind.rawValue }),
        ("steps", { "\($0.steps)" }),
        ("loss", { fixed($0.loss, 5) }),
        ("seconds", { fixed($0.seconds, 1) }),
    ]

    public func writeTable(to path: String) throws(LadderError) {
        var text = RunTable.columns.map(\.name).joined(separator: ",") + "\n"
        for result in results {
            text += RunTable.columns.map { $0.value(result) }.joined(separator: ",") + "\n"
        }
        try Files.write(text, to: path)
    }

    /// One line of `log.jsonl`.
    struct Step: Codable {
        var step: Int
        var tokens: Int
        var lr: Double
        var loss: Double
        var held_out: Double?
    }

    /// Writes `points` lines a run, evenly spaced in steps and at every evaluation; `loss` is the mean training loss
    /// of the steps since the line before, so that thinning loses no information about the level.
    public func writeCurves(to path: String, points: Int, schedulePoints: Int) throws(LadderError) {
        var text = ""
        for result in results {
            let log = RunFolder(folder, name: result.run.name).log
            guard let bytes = try Files.read(log) else { continue }
            let wanted = result.run.purpose == "schedule" ? schedulePoints : points
            var (sum, count) = (0.0, 0)
            for line in bytes.split(separator: 10) {
                guard let step = try? JSONDecoder().decode(Step.self, from: Data(line)) else {
                    throw .unreadable(path: log, reason: "a line is not JSON of this trainer")
                }
                sum += step.loss
                count += 1
                let due = step.step * wanted / result.steps != (step.step - 1) * wanted / result.steps
                guard due || step.held_out != nil else { continue }
                text +=
                    "{\"run\":\"\(result.run.name)\",\"schedule\":\"\(result.run.schedule.kind.rawValue)\",\"params_non_embedding\":\(result.run.shape.nonEmbeddingParameters),\"step\":\(step.step),\"tokens\":\(step.tokens),\"lr\":\(Float(step.lr)),\"loss\":\(fixed(sum / Double(count), 4))"
                if let held = step.held_out { text += ",\"held_out\":\(fixed(held, 4))" }
                text += "}\n"
                (sum, count) = (0, 0)
            }
        }
        try Files.write(text, to: path)
    }
}

/// A count as people write it: 2.1M.
public func short(_ count: Int) -> String {
    count >= 1_000_000 ? "\(fixed(Double(count) / 1e6, 1))M" : "\(fixed(Double(count) / 1e3, 0))k"
}

/// Five significant digits, such as 1.2345e+14.
func scientific(_ value: Double) -> String {
    guard value > 0 else { return "0" }
    var (exponent, mantissa) = (0, value)
    while mantissa >= 10 { (mantissa, exponent) = (mantissa / 10, exponent + 1) }
    while mantissa < 1 { (mantissa, exponent) = (mantissa * 10, exponent - 1) }
    return "\(fixed(mantissa, 4))e\(exponent < 0 ? "-" : "+")\(abs(exponent))"
}

/// A number with so many decimals.
public func fixed(_ value: Double, _ decimals: Int) -> String {
    var scale = 1.0
    for _ in 0..<decimals { scale *= 10 }
    let whole = Int((abs(value) * scale).rounded())
    let sign = value < 0 && whole != 0 ? "-" : ""
    guard decimals > 0 else { return sign + "\(whole)" }
    let digits = String(whole % Int(scale))
    return sign + "\(whole / Int(scale))." + String(repeating: "0", count: decimals - digits.count) + digits
}
