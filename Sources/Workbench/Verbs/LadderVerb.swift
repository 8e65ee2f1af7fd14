// ladder: a published law and a budget, to the runs that tell most of a large one.

import Formulas
import Reports
import Scaling

/// Designs a ladder of runs, and writes it where a folder is given.
public enum LadderVerb: Verb {
    public static let name = "ladder"

    /// - Throws: ``WorkbenchError``, `ScalingError`. A folder that holds this very ladder is written again, results stay.
    public static func answer(_ request: LadderRequest) throws -> Answer<LadderReply> {
        let (law, options) = try options(request)
        let design = try LadderDesign(law, options)
        if let command = request.command, command.allSatisfy(\.isWhitespace) { throw WorkbenchError.emptyCommand }
        let folder = LadderFolder(path: request.folder ?? "ladder")
        let commands = try request.command.map { try folder.commands(design, $0) } ?? []
        let files = request.folder == nil ? [] : try folder.write(design, request)
        let found = LadderFindings(
            design: design, law: law, rules: [request.learningRate, request.batch].compactMap(\.self),
            command: commands.first, files: files, folder: request.folder)
        return Answer(LadderReply(found, commands), table: { (try? LadderFolder.csv(design)) ?? "" }) {
            .ladder(found)
        }
    }

    static func options(_ request: LadderRequest) throws -> (Law, LadderOptions) {
        let atlas = try AtlasSource.atlas(request.atlas)
        let law = try Law.load(request.law, atlas: atlas)
        if law.formula == nil { throw law.noFormula }
        if let runs = request.runs, runs < 1 { throw WorkbenchError.badCount(runs, option: "--runs", example: 12) }
        let response = LadderFolder.response(law)
        guard let text = request.target else { throw ScalingError.next(.noTarget(response: response)) }
        let cost = try RunCost(try request.cost.map { try FitSpecification.formula($0, "--cost") }, for: law)
        var next = NextOptions(try RunTarget(text, for: law), cost: cost)
        if let texts = request.candidates, !texts.isEmpty {
            next.candidates = Points(joining: try texts.map { try Points($0, for: law, option: "--candidates") })
        }
        (next.spend, next.largest, next.noise) = (request.spend, request.largest, request.noise)
        next.most = request.runs ?? LadderDesign.most
        next.level = request.level ?? 0.95
        if let doubt = request.doubt { next.hedge = try RunHedge(typed: doubt) }
        if let overhead = request.overhead { next.overhead = try RunOverhead(typed: overhead) }
        var options = LadderOptions(next)
        options.set = request.set
        options.learningRate = try request.learningRate.map { try Law.load($0, atlas: atlas) }
        options.batch = try request.batch.map { try Law.load($0, atlas: atlas) }
        return (law, options)
    }
}

extension RunHedge {
    /// As it is typed after `--doubt`.
    init(typed doubt: Double) throws(WorkbenchError) {
        guard doubt >= 0, doubt < 1 else { throw .badDoubt(doubt) }
        self = doubt == 0 ? .none : RunHedge(sd: doubt, length: RunHedge.usualLength)
    }
}

extension RunOverhead {
    /// As it is typed after `--overhead`.
    init(typed text: String) throws(WorkbenchError) {
        guard let overhead = RunOverhead(text) else { throw .badOverhead(text) }
        self = overhead
    }
}
