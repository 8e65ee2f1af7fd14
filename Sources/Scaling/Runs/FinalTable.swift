// One row a run: its final loss, its sizes, and the settings in which runs differ.

import Formulas
import Tables

enum FinalTable {
    /// More settings than this that differ between runs are not all of interest.
    static let mostSettings = 24

    /// Columns: `run`, `loss` (and `loss_last`, … where every choice has one), `step`, `tokens`, `params`, … as far as any
    /// run has a value, then settings.
    static func table(_ reading: RunReading, name: String) -> Table {
        let runs = reading.kept
        var columns = Columns()
        columns.add("run", labels: runs.map(\.log.name))
        let finals = reading.choices.finals
        columns.add("loss", numbers: runs.map { $0.finals.first.flatMap(\.self) ?? .nan })
        if finals.count > 1 {
            for (place, final) in finals.enumerated() {
                columns.add("loss_\(final.columnEnding)", numbers: runs.map { $0.finals[place] ?? .nan })
            }
        }
        columns.add("step", numbers: runs.map { $0.step.map(Double.init) ?? .nan })
        for quantity in [RunQuantity.tokens, .parameters, .nonEmbedding] {
            columns.add(quantity.rawValue, numbers: runs.map { $0.facts[quantity] ?? .nan })
        }
        columns.add(
            "flops_6nd",
            numbers: runs.map { run in
                guard let size = run.facts[.parameters] ?? run.facts[.nonEmbedding], let tokens = run.facts[.tokens]
                else {
                    return .nan
                }
                return 6 * size * tokens
            })
        for quantity in [RunQuantity.operations, .batchTokens, .sequence, .rate, .warmup] {
            columns.add(quantity.rawValue, numbers: runs.map { $0.facts[quantity] ?? .nan })
        }
        columns.add(
            RunQuantity.schedule.rawValue,
            labels: runs.map { run in
                if case .text(let text)? = run.facts.fact(.schedule)?.value { text } else { nil }
            })
        if runs.contains(where: { $0.state != .ended }) { columns.add("state", labels: runs.map(\.state.word)) }
        settings(reading, runs, to: &columns)
        return Table(name: name, columns: columns.columns)
    }

    private static func settings(_ reading: RunReading, _ runs: [ReadRun], to columns: inout Columns) {
        let used = Set(RunQuantity.allCases.flatMap(\.names))
        var keys: [String] = []
        var values: [String: [Int: RunLog.Value]] = [:]
        for (place, run) in runs.enumerated() {
            for setting in run.log.settings {
                if values[setting.key] == nil { keys.append(setting.key) }
                values[setting.key, default: [:]][place] = setting.value
            }
        }
        var added = 0
        for key in reading.choices.kept ?? keys {
            guard let found = values[key] else { continue }
            if reading.choices.kept == nil {
                let plain = SettingLookup.plain(key[...])
                let last = plain.split { $0 == "." || $0 == "/" }.last.map(String.init) ?? plain
                if used.contains(last) || used.contains(plain) || Self.bookkeeping.contains(last) { continue }
                guard runs.count > 1, Set(found.values).count > 1, added < mostSettings else { continue }
                // A text that is another one for every run tells them apart as their names do.
                let texts = found.values.filter { if case .text = $0 { true } else { false } }
                if texts.count > 3, Set(texts).count == texts.count { continue }
            }
            let numbers = runs.indices.map { place -> Double? in
                switch found[place] {
                case .number(let number): number
                case .truth(let truth): truth ? 1 : 0
                case nil: .nan
                case .text: nil
                }
            }
            if numbers.contains(nil) {
                columns.add(
                    key,
                    labels: runs.indices.map { place in
                        switch found[place] {
                        case .text(let text): text
                        case .number(let number): Expression.decimal(number)
                        case .truth(let truth): truth ? "true" : "false"
                        case nil: nil
                        }
                    })
            } else {
                columns.add(key, numbers: numbers.compactMap(\.self), isSetting: true)
            }
            added += 1
        }
    }

    // What differs between runs and says nothing of them.
    private static let bookkeeping: Set<String> = [
        "run_id", "id", "state", "status", "experiment_id", "host", "startedat", "train_runtime",
        "train_samples_per_second",
        "train_steps_per_second", "eval_runtime", "eval_samples_per_second", "eval_steps_per_second", "global_step",
        "epoch",
        "git_hash", "git_commit", "output_dir", "run_name", "name", "run", "step",
    ]

    /// Columns of a table while they are made: names that a formula can read, none twice, none that is empty.
    struct Columns {
        private(set) var columns: [Column] = []
        private var names: Set<String> = []

        /// A setting that is called as a column is comes with the ending `_stated`.
        mutating func add(_ name: String, numbers: [Double], isSetting: Bool = false) {
            if numbers.allSatisfy(\.isNaN) && name != "loss" { return }
            if let name = free(name) ?? (isSetting ? free(name + "_stated") : nil) {
                columns.append(Column(name: name, numbers: numbers))
            }
        }

        mutating func add(_ name: String, labels: [String?]) {
            if labels.allSatisfy({ $0 == nil }) { return }
            if let name = free(name) { columns.append(Column(name: name, labels: labels)) }
        }

        // `arc_easy/acc` is arc_easy_acc.
        private mutating func free(_ name: String) -> String? {
            var plain = ""
            for character in name {
                let isPart = character.isASCII && (character.isLetter || character.isNumber) || character == "_"
                if isPart { plain.append(character) } else if plain.last != "_" { plain.append("_") }
            }
            while plain.last == "_" { plain.removeLast() }
            if plain.first?.isNumber ?? true { plain = "_" + plain }
            return names.insert(plain).inserted ? plain : nil
        }
    }
}
