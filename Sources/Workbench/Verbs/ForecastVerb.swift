// forecast: the rows of a run so far and a law of whole curves, to its end with an interval.

import Fitting
import Formulas
import Reports
import Scaling
import Tables

/// Forecasts the end of a run in progress.
public enum ForecastVerb: Verb {
    public static let name = "forecast"

    /// - Throws: ``WorkbenchError``, `ScalingError`, `FitError`, `TableError`. A run that leaves its band is a warning.
    public static func answer(_ request: ForecastRequest) throws -> Answer<ForecastReply> {
        let (forecast, law, name) = try result(request)
        return Answer(ForecastReply(forecast), table: { csv(forecast) }) {
            .forecast(forecast, law: law, table: name)
        }
    }

    /// What the answer is made of, with the name of the table.
    static func result(_ request: ForecastRequest) throws -> (Forecast, Law, String) {
        let law = try Law.load(request.law, atlas: try AtlasSource.atlas(request.atlas))
        _ = try law.curveInputs()
        if let points = request.points, points < 1 {
            throw WorkbenchError.badCount(points, option: "--curve", example: 20)
        }
        var fit = FitRequest(table: request.table, law: request.law)
        fit.columns = request.columns
        fit.schedules = request.schedules
        fit.fixed = request.fixed
        fit.priors = request.priors
        fit.arithmetic = request.arithmetic
        var form = law
        // The schedule of a run in progress is part of the question.
        form.fitting.schedules = []
        let prepared = try FitSpecification(fit, form, try chosen(request))
        var specification = prepared.specification
        // What chose the rows of a saved fit says nothing of another run.
        if law.fit != nil { specification.condition = nil }
        var options = ForecastOptions()
        options.set = request.set
        options.until = request.until
        options.level = request.level ?? options.level
        options.spread = request.spread ?? options.spread
        options.points = request.points ?? options.points
        let forecast = try Forecast(law, specification, table: prepared.table, options: options)
        return (forecast, law, prepared.table.name)
    }

    // Rows of other runs are no part of the curve, nor of its schedule.
    private static func chosen(_ request: ForecastRequest) throws -> Table {
        let table = try request.table.read()
        guard let text = request.condition else { return table }
        let condition = try FitSpecification.formula(text, "--where")
        do {
            let holds = try table.values(of: condition.prediction)
            let rows = (0..<table.rowCount).filter { holds[$0] != 0 && !holds[$0].isNaN }
            if rows.isEmpty {
                throw FitError.noRows(
                    table: table.name, omissions: [Omission(reason: "by --where", count: table.rowCount)])
            }
            return table.rows(at: rows)
        } catch let error as TableError { throw FitError.table(error) }
    }

    private static func csv(_ forecast: Forecast) -> String {
        func cell(_ value: Double?) -> String { value.flatMap { $0.finite }.map(Numbers.exact) ?? "" }
        let lines = forecast.values.map { value in
            [value.step, value.value].map { cell($0) }.joined(separator: ",")
                + ",\(cell(value.lower)),\(cell(value.upper))"
        }
        return (["step,value,lower,upper"] + lines).joined(separator: "\n") + "\n"
    }
}
