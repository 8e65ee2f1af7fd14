// swift run -c release extrapolation: do intervals hold the runs that are larger than those they were made from?

import ArgumentParser
import Extrapolation
import Formulas
import FoundationEssentials
import Scaling

@main
struct ScoringCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "extrapolation",
        abstract: "Fit the smaller runs of public tables, predict the larger ones, and count.",
        discussion: """
            EXAMPLES:
              extrapolation --data ../shared/data             the score of calibrated intervals, and others beside
              extrapolation --data ../shared/data --learn     what the widening that is shipped was learned as
              extrapolation --data ../shared/data --averaging averages of laws on 48 learning curves
              extrapolation --data ../shared/data --own       the tool's own choice beside the fixed laws
              extrapolation --data ../shared/data --tasks     accuracies of eight tasks, through their losses
              extrapolation --data ../shared/data --next      what choosing the next run saves
              extrapolation --closed-loop                     the same on our own small models
              extrapolation --data ../shared/data --promise   whether intervals come true that next promises
            """)

    @Option(
        help: ArgumentHelp("The folder with the public tables; ALLOMETRY_DATA unless given.", valueName: "folder"))
    var data: String?

    @Option(help: ArgumentHelp("The settings file.", valueName: "file"))
    var settings = "Extrapolation/settings.txt"

    @Flag(help: "Learn the widening on all tables, and on all but each.")
    var learn = false

    @Flag(help: "Score averages of laws on learning curves instead; minutes.")
    var averaging = false

    @Flag(help: "Score the tool's own choice of a law beside the fixed ones; many minutes.")
    var own = false

    @Flag(help: "Score accuracies that are predicted in two steps instead.")
    var tasks = false

    @Flag(help: "Score the choice of the next run instead; an hour.")
    var next = false

    @Flag(help: "Buy our own small models one after another instead.")
    var closedLoop = false

    @Flag(help: "Compare the intervals that next promises with those that come; worlds alone without --data.")
    var promise = false

    @Option(help: ArgumentHelp("With --closed-loop: the table.", valueName: "file"))
    var runs = "Examples/byte-ladder/runs.csv"

    @Option(
        help: ArgumentHelp(
            "With --next or --promise: a share of the worlds and starts, for a quick look.", valueName: "share"))
    var share = 1.0

    @Flag(help: "Leave the bootstrap out, which takes minutes.")
    var quick = false

    func run() async throws {
        do {
            if closedLoop {
                print(try ClosedLoop(path: runs).text(), terminator: "")
                return
            }
            let folder = data ?? ProcessInfo.processInfo.environment["ALLOMETRY_DATA"]
            if promise {
                let table = try PromiseTable(folder: folder, share: share) { StandardError.write("\($0)\n") }
                print(table.text, terminator: "")
                return
            }
            guard let folder else {
                throw ExtrapolationError.noFolder
            }
            if averaging {
                let curves = try AveragedCurve.all(folder: folder) { done in
                    if done % 8 == 0 { StandardError.write("\(done) curves\n") }
                }
                print(AveragingScore(curves).text, terminator: "")
                return
            }
            if next {
                let table = try await NextTable(folder: folder, share: share) { StandardError.write("\($0)\n") }
                print(table.text, terminator: "")
                return
            }
            let settings = try Settings(String(contentsOfFile: settings, encoding: .utf8))
            if tasks {
                let others = try PublicTable.all(folder: folder).filter { $0.name != LadderTask.table }
                let widening = Learning(settings).widening(try Case.all(others), name: "without the ladder")
                let score = try TaskScore(folder: folder, widening: widening, settings: settings)
                print(score.text, terminator: "")
                return
            }
            let cases = try Case.all(try PublicTable.all(folder: folder))
            if learn { learned(cases, settings) } else { score(cases, settings) }
        } catch let error as ExtrapolationError {
            StandardError.write("error: \(error)\n")
            throw ExitCode(2)
        }
    }

    private func learned(_ cases: [Case], _ settings: Settings) {
        let learning = Learning(settings)
        var rows = [["without", "rate", "offset", "multiple", "prior weight", "nearness", "tail"]]
        func row(_ name: String, _ widening: Widening) {
            let numbers = [
                widening.rate, widening.offset, widening.multiple, widening.priorWeight, widening.nearness,
                widening.tail,
            ]
            rows.append([name] + numbers.map { Numeral.short($0, digits: 3) })
        }
        for table in Case.tables(cases) {
            row(table, learning.widening(cases.filter { $0.table != table }, name: table))
        }
        let all = learning.widening(cases, name: "all")
        row("none", all)
        print(Lines.text(rows))
        let factors = learning.factors(cases, all)
        print(
            Lines.text(
                [["table", "groups", "factor"]]
                    + factors.map { [$0.table, "\($0.groups)", Numeral.short($0.factor, digits: 3)] }),
            terminator: "")
    }

    private func score(_ cases: [Case], _ settings: Settings) {
        let level = settings.level
        let hindsight = Method.hindsight(cases, level: level)
        let learning = Learning(settings)
        var widenings: [String: Widening] = [:]
        for table in Case.tables(cases) {
            widenings[table] = learning.widening(cases.filter { $0.table != table }, name: table)
        }
        let calibrated = Verdict(
            "calibrated",
            Method.calibrated(cases, level: level) { widenings[$0] ?? .publicTables }, hindsight: hindsight)
        var verdicts = [
            calibrated,
            Verdict("delta", Method.delta(cases, level: level), hindsight: hindsight),
            Verdict(
                "constant", Method.constant(cases, level: level, half: settings.constant), hindsight: hindsight),
            Verdict(
                "ten times delta", Method.delta(cases, level: level, times: settings.times), hindsight: hindsight),
            Verdict("delta in hindsight", hindsight, hindsight: hindsight),
        ]
        if own {
            var outcomes: [(table: String, outcome: OwnChoice.Outcome)] = []
            let tallies = Method.own(
                cases, level: level, mostParameters: settings.ownParameters,
                widening: { widenings[$0] ?? .publicTables },
                told: { item, outcome in
                    StandardError.write(
                        "\(item.table) \(item.group): \(outcome?.laws ?? 0) laws, most \(outcome?.heaviest ?? "-")\n")
                    if let outcome { outcomes.append((item.table, outcome)) }
                })
            let verdict = Verdict("own choice", tallies, hindsight: hindsight)
            print(Lines.text([Verdict.header, calibrated.line, verdict.line]))
            print(Lines.text([Verdict.tableHeader] + verdict.tableLines))
            print(Lines.text(OwnChoice.errors(outcomes)), terminator: "")
            return
        }
        if !quick {
            let tallies = Method.bootstrap(cases, level: level, replicates: settings.replicates)
            verdicts.insert(Verdict("bootstrap", tallies, hindsight: hindsight), at: 1)
        }
        print(Lines.text([Verdict.header] + verdicts.map(\.line)))
        print(Lines.text([Verdict.tableHeader] + calibrated.tableLines), terminator: "")
    }
}
