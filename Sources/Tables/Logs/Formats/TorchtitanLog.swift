// Text logs of torchtitan: step: 10  loss: 7.4  grad_norm: 1.2  memory: …  tps: 1,234, with the colours of a terminal.

extension RunLogFormat {
    /// What torchtitan logs.
    ///
    /// A line `step: N  loss: …` gives `loss` and `grad_norm`; `validate step: N  loss: …` gives `validation/loss`. Settings are
    /// the size of the model and the batch, the length of a sequence and the number of steps, as it says them at its start.
    public static let torchtitan = RunLogFormat(
        name: "torchtitan", summary: "text logs of torchtitan",
        confidence: { file in
            let isOurs = file.contains("torchtitan") || file.contains("Training starts at step")
            let hasSteps = file.contains("step: ") && file.contains("loss: ") && file.contains("tps: ")
            return hasSteps ? 2 : isOurs && file.contains("loss: ") ? 1 : 0
        },
        readFile: { (file: LogFile) throws(TableError) -> [RunLog] in
            [
                TextLog.read(file) { log, fields in
                    if fields.contains("loss:"), let step = log.step(fields.number(after: "step:")) {
                        let isValidation = fields.contains("validate")
                        for name in ["loss", "grad_norm", "lr"] {
                            guard let value = fields.number(after: "\(name):") else { continue }
                            log.builder.append(isValidation ? "validation/\(name)" : name, step: step, value: value)
                        }
                    } else if fields.contains("total parameters"), let size = fields.number(after: "size:") {
                        log.set("total parameters", .number(size))
                    } else if fields.contains("global batch size") {
                        for (label, key) in [
                            ("global batch size", "global_batch_size"), ("sequence length", "seq_len"),
                            ("total steps", "training.steps"), ("(warmup", "warmup_steps"),
                        ] {
                            if let value = fields.number(after: label) { log.set(key, .number(value)) }
                        }
                    } else if fields.contains("Training completed") {
                        log.set("state", .text("finished"))
                    }
                }
            ]
        })
}
