// What a saved fit adds to a law file: the outcome in [fit], [estimates], and its warnings.

import Fitting
import Formulas

extension LawReader {
    func readSavedFit() throws(ScalingError) -> SavedFit? {
        let warnings = try readWarnings()
        let fit = file.sections.first { $0.kind == "fit" }
        guard let section = file.sections.first(where: { $0.kind == "estimates" }) else {
            if let entry = fit?.entries.first(where: { LawSchema.fitOutcome.contains($0.key) }) {
                throw .lawFile(.needsEstimates(entry.key), at: file.place(key: entry))
            }
            if let section = file.sections.first(where: {
                ["warning", "profile", "draws", "calibration"].contains($0.kind)
            }) {
                throw .lawFile(.needsEstimates(section.title), at: file.place(line: section.line))
            }
            return nil
        }
        guard let fit else {
            throw .lawFile(.missingKey("objective", section: "[fit]"), at: file.place(line: section.line))
        }
        let seed = try required("seed", fit)
        guard let seedValue = UInt64(seed.value) else { throw notANumber(seed) }
        let objective = try required("objective", fit)
        let observations = try required("observations", fit)
        let estimates = try readEstimates(section)
        var saved = SavedFit(
            estimates: estimates, objective: try number(objective),
            observations: try number(observations), omissions: try readOmissions(fit),
            table: try required("table", fit).value, noise: try number("noise", fit),
            termination: try required("ended", fit).value, warnings: warnings, seed: seedValue,
            version: try required("version", fit).value)
        saved.noiseSource = fit["noise-from"]?.value
        saved.evaluationNoise = try number("evaluation-noise", fit)
        saved.weakDirection = try readWeakDirection(fit)
        saved.profiles = try readProfiles()
        saved.draws = try readDraws(estimates)
        saved.calibration = try readCalibration()
        return saved
    }

    func number(_ entry: LawEntry) throws(ScalingError) -> Double {
        guard let value = Self.number(entry.value) else { throw notANumber(entry) }
        return value
    }

    private func readEstimates(_ section: LawSection) throws(ScalingError) -> Estimates {
        var (names, values): ([String], [Double]) = ([], [])
        var seen: Set<String> = []
        for entry in section.all("value") {
            // The last " = ": a label may hold one.
            let parts = entry.value.split(separator: " = ", omittingEmptySubsequences: false)
            guard parts.count > 1, let last = parts.last else {
                throw .lawFile(.notAnAssignment(entry.value), at: file.place(value: entry))
            }
            let name = parts.dropLast().joined(separator: " = ")
            guard let value = Self.number(String(last)) else {
                throw .lawFile(.notANumber(String(last), key: name), at: file.place(value: entry))
            }
            if !seen.insert(name).inserted {
                throw .lawFile(.repeatedAssignment(name), at: file.place(value: entry))
            }
            names.append(name)
            values.append(value)
        }
        return Estimates(
            names: names, values: values, covariance: try readCovariance(section, names.count),
            degreesOfFreedom: try number("degrees-of-freedom", section) ?? .infinity)
    }

    private func readCovariance(_ section: LawSection, _ count: Int) throws(ScalingError) -> [Double]? {
        let rows = section.all("covariance")
        guard let first = rows.first else { return nil }
        if rows.count != count {
            throw .lawFile(
                .covarianceShape(row: rows.count, found: rows.count, expected: count), at: file.place(key: first))
        }
        var matrix: [Double] = []
        for (row, entry) in rows.enumerated() {
            matrix += try numbers(entry, count) { .covarianceShape(row: row + 1, found: $0, expected: count) }
        }
        for (row, entry) in rows.enumerated() {
            for column in 0...row {
                let (a, b) = (matrix[row * count + column], matrix[column * count + row])
                let scale = (matrix[row * count + row] * matrix[column * count + column]).squareRoot()
                if row == column ? a < 0 : (a - b).magnitude > 1e-9 * scale {
                    throw .lawFile(
                        .covarianceValue("row \(row + 1), value \(column + 1)"), at: file.place(key: entry))
                }
            }
        }
        return matrix
    }

    /// The numbers of a row, as many as there are values.
    func numbers(_ entry: LawEntry, _ count: Int, fault: (_ found: Int) -> ScalingError.Fault)
        throws(ScalingError) -> [Double]
    {
        let words = entry.value.split(separator: " ")
        if words.count != count { throw .lawFile(fault(words.count), at: file.place(value: entry)) }
        return try words.map { word throws(ScalingError) in
            guard let value = Self.number(String(word)) else {
                throw .lawFile(.notANumber(String(word), key: entry.key), at: file.place(value: entry))
            }
            return value
        }
    }

    private func readOmissions(_ section: LawSection) throws(ScalingError) -> [Omission] {
        var omissions: [Omission] = []
        for entry in section.all("omitted") {
            let parts = entry.value.split(separator: " ", maxSplits: 1)
            guard parts.count == 2, let count = Int(parts[0]), count >= 0 else {
                throw .lawFile(.notAnOmission(entry.value), at: file.place(value: entry))
            }
            omissions.append(Omission(reason: String(parts[1]), count: count))
        }
        return omissions
    }

    private func readWarnings() throws(ScalingError) -> [Warning] {
        var warnings: [Warning] = []
        for section in file.sections where section.kind == "warning" {
            warnings.append(
                Warning(
                    code: section.name ?? "", message: try required("message", section).value,
                    hint: section["hint"]?.value ?? ""))
        }
        return warnings
    }
}
