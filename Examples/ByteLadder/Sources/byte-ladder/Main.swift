import ByteLadder

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The command: thin, over the library.
@main
struct Main {
    static func main() {
        var arguments = Array(CommandLine.arguments.dropFirst())
        let command = arguments.isEmpty ? "help" : arguments.removeFirst()
        do throws(LadderError) {
            switch command {
            case "train": exit(try train(Settings(arguments)))
            case "ladder": exit(try ladder(Settings(arguments)))
            case "table": try table(Settings(arguments))
            case "shape": try shape(Settings(arguments))
            case "speed": try speed(Settings(arguments))
            case "help", "--help", "-h": print(help)
            default:
                throw .option("unknown command '\(command)'", help: "train, ladder, table, shape, speed or help")
            }
        } catch {
            Terminal.tell("\(error)")
            exit(error.isUsage ? 2 : 1)
        }
    }

    /// One run.
    static func train(_ settings: Settings) throws(LadderError) -> Int32 {
        let run = try Run(options: settings.rest)
        try run.validate()
        return try carryOut([run], settings)
    }

    /// Every run of a plan that is not finished yet.
    static func ladder(_ settings: Settings) throws(LadderError) -> Int32 {
        try carryOut(try settings.plans().flatMap(\.runs), settings)
    }

    static func carryOut(_ runs: [Run], _ settings: Settings) throws(LadderError) -> Int32 {
        let name = try settings.matrices.use()
        let corpus = try Corpus(path: settings.corpus)
        Terminal.tell("matrix products: \(name); corpus: \(short(corpus.bytes.count)) bytes")
        var failures = 0
        try Plan(runs).carryOut(
            corpus: corpus, runs: settings.runs, retryFailed: settings.retryFailed, report: Terminal.progress
        ) { run, outcome in
            switch outcome {
            case .finished(let result):
                Terminal.tell(
                    "\(run.name): loss \(fixed(result.loss, 4)) after \(short(result.tokens)) tokens, \(fixed(result.seconds, 1)) s"
                )
            case .alreadyFinished(let result):
                Terminal.tell("\(run.name): already there, loss \(fixed(result.loss, 4))")
            case .elsewhere: Terminal.tell("\(run.name): another worker has it")
            case .failedBefore:
                failures += 1
                Terminal.tell("\(run.name): diverged in an earlier session; --retry-failed begins it again")
            case .failed(let error):
                failures += 1
                Terminal.tell("\(error)")
            }
        }
        return failures == 0 ? 0 : 1
    }

    static func table(_ settings: Settings) throws(LadderError) {
        let table = try RunTable(try settings.plans(), runs: settings.runs)
        if let path = settings.csv { try table.writeTable(to: path) }
        if let path = settings.curves { try table.writeCurves(to: path, points: 40, schedulePoints: 400) }
        Terminal.tell("\(table.count) finished runs")
    }

    static func shape(_ settings: Settings) throws(LadderError) {
        let run = try Run(options: settings.rest)
        try run.shape.validate()
        print("non-embedding parameters  \(run.shape.nonEmbeddingParameters)")
        print("all parameters            \(run.shape.parameters)")
        print("FLOPs per training token  \(Int(run.shape.trainingOperationsPerToken))")
    }

    static func speed(_ settings: Settings) throws(LadderError) {
        let name = try settings.matrices.use()
        let run = try Run(options: settings.rest + (settings.rest.contains("--name") ? [] : ["--name", "speed"]))
        let speed = try Speed.measure(run, seconds: settings.seconds)
        print(
            "{\"matrices\":\"\(name)\",\"params_non_embedding\":\(run.shape.nonEmbeddingParameters),\"batch_tokens\":\(run.batchTokens),\"tokens_per_second\":\(Int(speed.tokensPerSecond)),\"tokens_per_processor_second\":\(Int(speed.tokensPerProcessorSecond))}"
        )
    }

    static var help: String {
        """
        byte-ladder trains small language models over bytes, one single-threaded worker a process.

          byte-ladder train --name NAME [options]     one run, from its start or its checkpoint
          byte-ladder ladder PLAN...                  every run of the plans that is not finished
          byte-ladder table PLAN... --csv FILE --curves FILE
          byte-ladder shape [options]                 parameters and FLOPs
          byte-ladder speed [options]                 tokens a second, measured

          --corpus FILE      the text (default Examples/ByteLadder/corpus/corpus.txt)
          --runs FOLDER      where runs live (default Examples/ByteLadder/runs)
          --matrices WHICH   auto (BLAS if found), built-in, or a library's name
          --retry-failed     ladder: begin again runs that diverged
          --seconds X        speed: how long to measure

        \(Run.help)
        """
    }
}
