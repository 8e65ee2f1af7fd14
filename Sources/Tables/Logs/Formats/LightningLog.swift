// What Lightning's CSVLogger leaves: metrics.csv, whose cells are empty where a step did not log, and hparams.yaml.

extension RunLogFormat {
    /// A folder of Lightning's `CSVLogger`, such as `lightning_logs/version_0`.
    ///
    /// `metrics.csv` has the columns `step` and `epoch` and one for every metric; `hparams.yaml` what `save_hyperparameters`
    /// kept. The run is called by its folder. Lightning counts from 0: a row of step 49 is of the fiftieth.
    public static let lightning = RunLogFormat(
        name: "Lightning", summary: "metrics.csv and hparams.yaml of CSVLogger",
        claims: { folder in
            guard folder.files.contains("metrics.csv"),
                folder.files.contains("hparams.yaml") || folder.name.hasPrefix("version_")
            else { return [] }
            return Set(["metrics.csv", "hparams.yaml"]).intersection(folder.files)
        },
        readFolder: { (folder: LogFolder) throws(TableError) -> [RunLog] in
            let path = folder.path(of: "metrics.csv")
            let file = try LogFile(reading: path)
            var log = RunLog(name: folder.name, source: folder.path)
            if !file.bytes.isEmpty {
                let read = try TolerantTable(file)
                if let found = StepTable(read.table)?.runs(name: folder.name, source: path).first { log = found }
                log.notices += read.notices
            }
            (log.name, log.source) = (folder.name, folder.path)
            // The step is what the loop counted before the batch, of training and of the validation behind it:
            // _batches_that_stepped in lightning/pytorch/loops/training_epoch_loop.py, raised at the end of on_advance_end.
            log.stepsBeforeZero = 1
            if folder.files.contains("hparams.yaml") {
                let settings = try SettingsFile(folder.path(of: "hparams.yaml"))
                log.settings += settings.settings
                log.notices += settings.notices
            }
            return [log]
        })
}
