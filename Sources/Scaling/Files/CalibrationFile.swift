// The calibration of a law in its file: the section [calibration].

import Formulas

extension LawPrinter {
    mutating func print(_ calibration: Calibration) {
        header("calibration")
        entry("by", Self.written(calibration.scale))
        entry("limit", Expression.decimal(calibration.limit))
        entry("slope", Expression.decimal(calibration.slope))
        entry("factor", Expression.decimal(calibration.factor))
        entry("cutoffs", String(calibration.cutoffs))
        entry("tests", String(calibration.tests))
        entry("reach", calibration.reach.map(Expression.decimal))
        let widening = calibration.widening
        entry("widening", widening.name)
        entry("rate", Expression.decimal(widening.rate))
        entry("offset", Expression.decimal(widening.offset))
        entry("multiple", Expression.decimal(widening.multiple))
        entry("prior-weight", Expression.decimal(widening.priorWeight))
        entry("nearness", Expression.decimal(widening.nearness))
        entry("tail", Expression.decimal(widening.tail))
    }
}

extension LawReader {
    func readCalibration() throws(ScalingError) -> Calibration? {
        guard let section = file.sections.first(where: { $0.kind == "calibration" }) else { return nil }
        func value(_ key: String, atLeast least: Double = 0) throws(ScalingError) -> Double {
            let entry = try required(key, section)
            let value = try number(entry)
            guard value >= least, value.isFinite else {
                throw .lawFile(
                    .unreadable(entry.value, key: key, example: "a number of \(Expression.decimal(least)) or more"),
                    at: file.place(value: entry))
            }
            return value
        }
        func count(_ key: String) throws(ScalingError) -> Int {
            let entry = try required(key, section)
            guard let count = Int(entry.value), count >= 0 else { throw notANumber(entry) }
            return count
        }
        let widening = Widening(
            name: try required("widening", section).value, rate: try value("rate"), offset: try value("offset"),
            multiple: try value("multiple"), priorWeight: try value("prior-weight"),
            nearness: try value("nearness", atLeast: -100), tail: try value("tail", atLeast: 1))
        guard let scale = try formula("by", section) else {
            throw .lawFile(.missingKey("by", section: section.title), at: file.place(line: section.line))
        }
        return Calibration(
            scale: scale, limit: try value("limit", atLeast: 1e-300), slope: try value("slope"),
            factor: try value("factor", atLeast: 1), cutoffs: try count("cutoffs"), tests: try count("tests"),
            reach: try section.all("reach").isEmpty ? nil : value("reach", atLeast: 1), widening: widening)
    }
}
