// The measurements that are made in process. The peers in Python run this program, read its lines `name value`, and
// print the tables.

@main
enum AllometryBenchmarks {
    static func main() throws {
        let arguments = Array(CommandLine.arguments.dropFirst())
        let rest = Array(arguments.dropFirst())
        switch (arguments.first, rest.count) {
        case ("table", 2):
            guard let rows = Int(rest[0]), let seed = UInt64(rest[1]) else { usage() }
            SyntheticRuns.printCSV(rows: rows, seed: seed)
        case ("fit", 1): try FitTimes.run(path: rest[0])
        case ("bootstrap", 2):
            guard let replicates = Int(rest[1]) else { usage() }
            try BootstrapTimes.run(path: rest[0], replicates: replicates)
        case ("near-collinear", 2):
            guard let rows = Int(rest[0]), let seed = UInt64(rest[1]) else { usage() }
            SyntheticRuns.printCSV(rows: rows, seed: seed, nearCollinear: true)
        case ("evaluate", 1):
            guard let rows = Int(rest[0]) else { usage() }
            try EvaluationTimes.run(rows: rows)
        case ("schedules", 1):
            guard let steps = Int(rest[0]) else { usage() }
            try ScheduleTimes.run(steps: steps)
        case ("compile", 0): try CompileTimes.run()
        case ("plan", 1):
            guard let draws = Int(rest[0]) else { usage() }
            try PlanTimes.run(draws: draws)
        case ("events", 3):
            guard let runs = Int(rest[1]), let scalars = Int(rest[2]) else { usage() }
            SyntheticEvents.write(to: rest[0], runs: runs, scalars: scalars)
        case ("reading", 2):
            if rest[0] == "events" {
                try ReadingTimes.events(folder: rest[1])
            } else {
                try ReadingTimes.table(path: rest[1])
            }
        case ("memory", 2): try PeakMemory.run(part: rest[0], path: rest[1])
        default: usage()
        }
    }

    private static func usage() -> Never {
        print(
            "usage: table|near-collinear ROWS SEED | fit CSV | bootstrap CSV REPLICATES | evaluate ROWS | compile | schedules STEPS | plan DRAWS | events FOLDER RUNS SCALARS | reading table|events PATH | memory empty|read|evaluate|fit|events PATH"
        )
        exit(2)
    }

    /// Prints one measurement.
    static func report(_ name: String, _ value: Double) { print("\(name) \(value)") }
}
