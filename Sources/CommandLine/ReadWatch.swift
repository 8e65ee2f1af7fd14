// allometry read --watch: reads again and again while runs go on, and forecasts their ends.

import Formulas
import Scaling
import Tables
import Workbench

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Follows sources that grow. It ends by a signal, or once every run has reached a step.
struct ReadWatch {
    let request: ReadRequest
    /// Seconds between two readings.
    let interval: Double
    /// The step at which a run is done.
    let until: Double?
    /// A law of whole curves and the schedule of the runs, for a forecast after every change.
    let forecast: (law: String, schedule: String)?

    func run() throws {
        var reached: [String: Int] = [:]
        var cache: LogCache? = LogCache()
        var last: RunLogs?
        let pause = UInt32(min(interval, 3600) * 1e6)
        while true {
            do {
                let logs = try ReadVerb.logs(request, &cache)
                if logs.runs == last?.runs, logs.notices == last?.notices {
                    usleep(pause)
                    continue
                }
                last = logs
                let reply = try ReadVerb.answer(request, of: logs).reply
                for run in reply.runs where run.setAside == nil {
                    guard let step = run.step, reached[run.name] != step else { continue }
                    reached[run.name] = step
                    Terminal.print(line(run, step))
                    if let forecast { Terminal.print("  " + ahead(run.name, forecast) + "\n") }
                }
                let running = reply.runs.filter { $0.setAside?.code != "diverged" }
                if let until, !running.isEmpty, running.allSatisfy({ Double($0.step ?? 0) >= until }) { return }
            } catch let error as LogError {
                // A run that has not written anything yet is worth waiting for.
                guard case .noRuns = error else { throw error }
            } catch let error as ScalingError {
                guard case .reading(let fault) = error else { throw error }
                switch fault {
                case .nothingLeft, .noCurves: break
                case .noLoss(let known) where known.isEmpty: break
                default: throw error
                }
            }
            usleep(pause)
        }
    }

    private func line(_ run: ReadReply.Run, _ step: Int) -> String {
        let value = run.finals.first?.value.map { Numeral.significant($0, digits: 6) } ?? "-"
        return "\(Diagnostic.plain(run.name))  step \(step)  \(run.loss ?? "loss") \(value)\n"
    }

    // The end of a run by the rows so far, or why there is no forecast yet.
    private func ahead(_ run: String, _ asked: (law: String, schedule: String)) -> String {
        var request = ForecastRequest(table: .path(self.request.save ?? ""), law: asked.law)
        request.columns = ["schedule": "run"]
        request.condition = ReadVerb.condition(run)
        request.schedules = [asked.schedule]
        do {
            let end = try ForecastVerb.answer(request).reply.end
            let value = end.value.map { Numeral.significant($0, digits: 5) } ?? "-"
            let step = Expression.decimal(end.step)
            guard let interval = end.interval else { return "forecast  step \(step)  \(value), without an interval" }
            let (low, high) = (interval.lower, interval.upper)
            return "forecast  step \(step)  \(value), \(Numeral.significant(low, digits: 5)) to "
                + "\(Numeral.significant(high, digits: 5)) with 95 %"
        } catch {
            return "no forecast yet: " + ("\(error)".split(separator: "\n").first.map(String.init) ?? "")
        }
    }
}
