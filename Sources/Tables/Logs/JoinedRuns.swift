// Runs of several sources that are one run: by their names, or by an identity that the software gave them.

import Formulas

extension RunLog {
    /// What the software calls the run for itself: the id of Weights & Biases or MLflow, a hash; nil where it has none.
    public var identity: String? {
        for key in ["run_id", "wandb_id", "id", "hash", "config_hash"] {
            guard let setting = settings.first(where: { $0.key == key }) else { continue }
            switch setting.value {
            case .text(let text) where text.utf8.count >= 6: return text
            default: continue
            }
        }
        return nil
    }
}

extension RunLogs {
    /// Joins the runs of sources: those of one identity or of one name are one.
    ///
    /// A source that says something of runs, such as results of an evaluation, and names none of the runs of the others, is
    /// reported; so are the runs that it leaves out.
    mutating func join(_ parts: [[Found]]) {
        var places: [String: Int] = [:]
        for (source, found) in parts.enumerated() {
            var joined: Set<Int> = []
            var alone: [String] = []
            let before = runs.count
            for run in found {
                let keys = ["name \(run.log.name)"] + (run.log.identity.map { ["id \($0)", "name \($0)"] } ?? [])
                if let place = keys.compactMap({ places[$0] }).first {
                    merge(run, into: place)
                    if place < before { joined.insert(place) }
                    for key in keys where places[key] == nil { places[key] = place }
                } else {
                    for key in keys { places[key] = runs.count }
                    // An evaluation may name the run by its id.
                    if let identity = run.log.identity { places["name \(identity)"] = runs.count }
                    if source > 0 { alone.append(run.log.name) }
                    runs.append(run)
                }
            }
            if source > 0, !joined.isEmpty || found.allSatisfy(\.log.series.isEmpty) {
                report(source: found.first?.log.source ?? "", joined, of: before, alone)
            }
        }
    }

    // A run without series says something of a run that has them.
    private mutating func merge(_ run: Found, into place: Int) {
        runs[place].log.settings += run.log.settings
        runs[place].log.notices += run.log.notices
        for format in run.formats where !runs[place].formats.contains(format) { runs[place].formats.append(format) }
        for series in run.log.series {
            if let known = runs[place].log.series.firstIndex(where: { $0.name == series.name }) {
                // The part of a run that was resumed; whoever stitches the series sees the step go back.
                let hasTimes = !runs[place].log.series[known].times.isEmpty && !series.times.isEmpty
                runs[place].log.series[known].steps += series.steps
                runs[place].log.series[known].values += series.values
                runs[place].log.series[known].times =
                    hasTimes ? runs[place].log.series[known].times + series.times : []
            } else {
                runs[place].log.series.append(series)
            }
        }
        if !run.log.series.isEmpty {
            runs[place].log.source += ", \(run.log.source)"
            runs[place].log.stepsBeforeZero = max(runs[place].log.stepsBeforeZero, run.log.stepsBeforeZero)
        }
    }

    private mutating func report(source: String, _ joined: Set<Int>, of before: Int, _ alone: [String]) {
        let missed = (0..<before).filter { !joined.contains($0) }.map { runs[$0].log.name }
        if !alone.isEmpty {
            let some = Array(missed.prefix(500))
            let near = alone.prefix(20).lazy.compactMap { name in
                Suggestion.nearest(to: name, among: some).map { (name, $0) }
            }.first
            notices.append(
                RunLog.Notice(
                    code: "source-not-joined",
                    message: "\(source): no run of the other sources is called \(Self.list(alone)), nor has that id",
                    hint: near.map { "'\($0.0)' may be '\($0.1)'; give them one name in both sources" }
                        ?? "runs are joined by their names and ids; give them the same name in both sources"))
        }
        if !missed.isEmpty, !joined.isEmpty {
            notices.append(
                RunLog.Notice(
                    code: "source-not-joined", message: "\(source) says nothing of \(Self.list(missed))",
                    hint: "their cells stay empty"))
        }
    }

    static func list(_ names: [String]) -> String {
        let shown = names.prefix(4).joined(separator: ", ")
        return names.count > 4 ? "\(shown) and \(names.count - 4) more" : shown
    }
}
