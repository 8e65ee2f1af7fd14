// Sums over the schedules of runs: annealing areas of a million steps, and the multi-power sum at some of them.

import Fitting
import Formulas
import Scaling
import Tables

enum ScheduleTimes {
    static func run(steps: Int) throws {
        let text = "cosine peak=3e-4 warmup=\(steps / 100) end=3e-5 steps=\(steps)"
        let schedule = try Schedule(text)
        let rates = schedule.rates
        var sink = 0.0
        AllometryBenchmarks.report("rates", Clock.median { sink += schedule.rates[steps - 1] })
        AllometryBenchmarks.report("loop", Clock.median { sink += plain(rates, 0.999)[steps - 1] })
        for (name, level) in Chinchilla.levels {
            for order in 0...2 {
                let seconds = Clock.median {
                    sink += AnnealingSums.areas(of: rates, lambda: 0.999, order: order, level: level)[steps - 1]
                }
                AllometryBenchmarks.report("\(name).order\(order)", seconds)
            }
            var memory = rates
            let again = Clock.median {
                memory.withUnsafeMutableBufferPointer {
                    AnnealingSums.areas(of: rates, lambda: 0.999, level: level, into: $0)
                }
                sink += memory[steps - 1]
            }
            AllometryBenchmarks.report("\(name).again", again)
        }
        let areas = AnnealingSums.areas(of: rates, lambda: 0.999)
        let worst = zip(areas, plain(rates, 0.999)).map { ($0 / $1 - 1).magnitude }.filter(\.isFinite).max() ?? 0
        AllometryBenchmarks.report("error", worst)
        try multiPower()
        try fits()
        AllometryBenchmarks.report("sum", sink)  // so that no call is left out
    }

    private static func plain(_ rates: [Double], _ lambda: Double) -> [Double] {
        var (momentum, area) = (0.0, 0.0)
        let fall = rates.indices.dropFirst().first { rates[$0] < rates[$0 - 1] } ?? rates.count
        return rates.indices.map { k in
            if k >= fall {
                momentum = lambda * momentum + (rates[k - 1] - rates[k])
                area += momentum
            }
            return area
        }
    }

    /// Seconds of one more queried step: of a schedule that changes at every step, and of one with a single drop.
    private static func multiPower() throws {
        let law = try Law.load("luo-2025")
        for (name, text) in [
            ("every", "linear peak=3e-4 end=3e-5 steps=24000"),
            ("twice", "linear peak=3e-4 end=3e-5 steps=48000"),
            ("pieces", "two-stage peak=3e-4 second=3e-5 at=8000 steps=24000"),
        ] {
            let run = ScheduledRun(label: "run", rates: try Schedule(text).rates)
            // The last steps, which sum over nearly all changes.
            let few = try Points("step=\(run.rates.count - 2)", for: law, along: [run])
            let last = (0..<201).map { run.rates.count - 1 - $0 }
            var many = try Points(last.map { ["schedule": "run", "step": .number(Double($0))] }, for: law)
            many.schedules = ["run": run.rates]
            let all = many
            let one = try Clock.median { _ = try law.predict(few) }
            let more = try Clock.median { _ = try law.predict(all) }
            AllometryBenchmarks.report("power.\(name)", (more - one) / 200)
        }
    }

    /// Seconds of a fit to the rows of three curves: of rates that are smooth in the step, and of the same rates with the
    /// digits of a 32-bit number, whose sums take every change.
    private static func fits() throws {
        let law = try Law.load("luo-2025")
        let texts = ["cosine end=3e-5", "linear end=3e-5", "wsd decay=8000 end=3e-5"].map {
            "\($0) peak=3e-4 warmup=2160 steps=24000"
        }
        for (name, digits) in [("smooth", 53), ("digits", 24)] {
            var rates: [String: [Double]] = [:]
            var (points, labels): ([Point], [String?]) = ([], [])
            for text in texts {
                rates[text] = try Schedule(text).rates.map { digits == 53 ? $0 : Double(Float($0)) }
                for step in stride(from: 2176, to: 24000, by: 128) {
                    points.append(["schedule": .label(text), "step": .number(Double(step))])
                    labels.append(text)
                }
            }
            var asked = try Points(points, for: law)
            asked.schedules = rates
            let losses = try law.predict(asked).values.enumerated().map { row, loss in
                loss * (1 + 4e-4 * Double(row * 7919 % 101 - 50) / 50)
            }
            let table = Table(
                name: "curves",
                columns: [
                    Column(name: "schedule", labels: labels),
                    Column(name: "step", numbers: points.map { $0.number("step") ?? .nan }),
                    Column(name: "loss", numbers: losses),
                ])
            var specification = try law.specification()
            specification.schedules = rates
            let problem = try Problem(specification, table: table)
            let seconds = try Clock.median(batches: 3) { _ = try Fit(problem, starts: 1) }
            AllometryBenchmarks.report("curves.\(name)", seconds)
        }
    }
}
