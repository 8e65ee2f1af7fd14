// predict: a law and points, to values with intervals and distances.

import Fitting
import Formulas
import Reports
import Scaling

/// Evaluates a law, published or fitted, at points, on a grid, or on the rows of a table.
public enum PredictVerb: Verb {
    public static let name = "predict"

    /// - Throws: ``WorkbenchError``, `ScalingError`, `TableError`, `FitError` for a formula of `columns`. A value that
    ///   is not finite and a point far outside of the data are no errors.
    public static func answer(_ request: PredictRequest) throws -> Answer<PredictReply> {
        let kind = try request.interval.map { try IntervalKind(typed: $0) } ?? .mean
        let source = try request.intervalFrom.map { text in
            try Choice.read(text, "--interval-from", IntervalSource.allCases)
        }
        let law = try Law.load(request.law, atlas: try AtlasSource.atlas(request.atlas))
        if law.kind == .claim { throw law.noFormula }
        let chain = try ChainSteps.chain(law, through: request.through, atlas: request.atlas)
        let asked = chain?.asked ?? law
        let (points, doubts) = try points(request, asked)
        let (level, vectors) = (request.level ?? 0.95, try Choice.level(request.arithmetic))
        var made =
            try chain?.predict(
                points, set: request.set, level: level, interval: kind, source: source, vectorLevel: vectors)
            ?? law.predict(
                points, set: request.set, level: level, interval: kind, source: source, vectorLevel: vectors)
        made.warnings += doubts
        let predictions = made
        let shown = chain?.shown ?? law
        return Answer(
            PredictReply(predictions, shown, last: law), table: { predictions.csv },
            report: { .predictions(predictions, law: shown) })
    }

    /// The points, and what is doubtful about their units and countings.
    private static func points(_ request: PredictRequest, _ law: Law) throws -> (Points, [Warning]) {
        guard let source = request.table else {
            let points = try typedPoints(request, law)
            return (points, Conventions.warnings(for: law, points: points))
        }
        if request.at?.isEmpty == false { throw WorkbenchError.pointsAndTable }
        let given = try FitSpecification.formulas(request.columns, "--column")
        let known = law.inputs.map(\.name)
        if let unknown = given.keys.filter({ !known.contains($0) }).min() {
            throw WorkbenchError.columnOfNoInput(unknown, law: law.id, inputs: known)
        }
        if request.curve != nil { throw WorkbenchError.curveWithoutSchedule }
        var table = try source.read()
        var rates: [String: [Double]] = [:]
        let schedules = try ScheduleOption(request.schedules ?? [])
        if let name = law.formula?.scheduleColumns.first?.schedule {
            (table, rates) = try schedules.bind(table, name: name, column: request.columns?[name] ?? name)
        } else if request.schedules?.isEmpty == false {
            throw ScalingError.readsNoSchedule(law: law.id)
        }
        let kept = FitSpecification.keptColumns(law, table, besides: given)
        let columns = given.merging(kept) { given, _ in given }
        var points = try Points(table, for: law, columns: columns)
        points.schedules = rates
        return (points, Conventions.warnings(for: law, table: table, columns: columns))
    }

    private static func typedPoints(_ request: PredictRequest, _ law: Law) throws -> Points {
        let texts = request.at ?? []
        if request.columns?.isEmpty == false { throw WorkbenchError.columnsWithoutTable }
        if let schedules = request.schedules, !schedules.isEmpty {
            if let curve = request.curve, curve < 2 {
                throw WorkbenchError.badCount(curve, option: "--curve", example: 20)
            }
            let runs = try ScheduleOption(schedules).runs()
            let parts = try (texts.isEmpty ? [""] : texts).map {
                try Points($0, for: law, along: runs, curve: request.curve)
            }
            return Points(joining: parts)
        }
        if request.curve != nil { throw WorkbenchError.curveWithoutSchedule }
        if texts.isEmpty {
            if law.inputs.isEmpty { return try Points([Point()], for: law) }
            throw WorkbenchError.noPoints(inputs: law.inputs.map(\.name))
        }
        return Points(joining: try texts.map { try Points($0, for: law) })
    }
}

extension IntervalKind {
    /// As it is typed after `--interval`.
    init(typed text: String) throws(WorkbenchError) {
        guard let kind = Self.allCases.first(where: { $0.word == text }) else {
            throw .unknownChoice(text, option: "--interval", choices: Self.allCases.map(\.word))
        }
        self = kind
    }

    /// As it is typed and as replies say it.
    var word: String {
        switch self {
        case .mean: "mean"
        case .observation: "new-run"
        }
    }
}
