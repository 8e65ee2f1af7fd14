// Folders of TensorBoard that have no run of their own but the hyperparameters of the run above them: where add_hparams of
// PyTorch's and tensorboardX's SummaryWriter puts them, in a folder called by the time or by a name.

extension RunLogs {
    /// Gives hyperparameters to the run in whose folder theirs lies, with the results that stand beside them.
    ///
    /// Such a folder has settings, and no series of more than one value; the folder above it has a run.
    mutating func joinHyperparameters() {
        let name = RunLogFormat.tensorBoard.name
        var places: [String: Int] = [:]
        for (place, run) in runs.enumerated() where run.formats == [name] { places[run.log.source] = place }
        var joined: Set<Int> = []
        for (place, run) in runs.enumerated() where run.formats == [name] && !run.log.settings.isEmpty {
            guard run.log.series.allSatisfy({ $0.values.count == 1 }),
                let slash = run.log.source.lastIndex(of: "/"),
                let above = places[String(run.log.source[..<slash])], above != place, !joined.contains(above)
            else { continue }
            runs[above].log.settings += run.log.settings
            let measured = Set(runs[above].log.series.map(\.name))
            for series in run.log.series where !measured.contains(series.name) {
                runs[above].log.settings.append(
                    RunLog.Setting(key: series.name, value: .number(series.values[0]), source: run.log.source))
            }
            runs[above].log.notices += run.log.notices
            joined.insert(place)
        }
        runs = runs.enumerated().filter { !joined.contains($0.offset) }.map(\.element)
    }
}
