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
        let kind = try request.interval.map(intervalKind) ?? .mean
        let law = try Law.load(request.law, atlas: try AtlasSource.atlas(request.atlas))
        if law.formula == nil { throw ScalingError.claimHasNoFormula(id: law.id) }
        let predictions = try law.predict(
            try points(request, law), set: request.set, level: request.level ?? 0.95, interval: kind,
            vectorLevel: try Choice.level(request.arithmetic))
        let reply = PredictReply(predictions, law)
        return Answer(reply, table: { predictions.csv }, report: { .predictions(predictions, law: law) })
    }

    private static func points(_ request: PredictRequest, _ law: Law) throws -> Points {
        let texts = request.at ?? []
        guard let source = request.table else {
            if request.columns?.isEmpty == false { throw WorkbenchError.columnsWithoutTable }
            if texts.isEmpty {
                if law.inputs.isEmpty { return try Points([Point()], for: law) }
                throw WorkbenchError.noPoints(inputs: law.inputs.map(\.name))
            }
            if texts.count == 1 { return try Points(texts[0], for: law) }
            return try Points(try texts.flatMap { Array(try Points($0, for: law)) }, for: law)
        }
        if !texts.isEmpty { throw WorkbenchError.pointsAndTable }
        let given = try FitSpecification.formulas(request.columns, "--column")
        let known = law.inputs.map(\.name)
        if let unknown = given.keys.filter({ !known.contains($0) }).min() {
            throw WorkbenchError.columnOfNoInput(unknown, law: law.id, inputs: known)
        }
        let table = try source.read()
        let kept = FitSpecification.keptColumns(law, table, besides: given)
        return try Points(table, for: law, columns: given.merging(kept) { given, _ in given })
    }

    private static func intervalKind(_ text: String) throws(WorkbenchError) -> IntervalKind {
        guard let kind = IntervalKind.allCases.first(where: { $0.word == text }) else {
            throw .unknownChoice(text, option: "--interval", choices: IntervalKind.allCases.map(\.word))
        }
        return kind
    }
}

extension IntervalKind {
    /// As it is typed and as replies say it.
    var word: String {
        switch self {
        case .mean: "mean"
        case .observation: "new-run"
        }
    }
}
