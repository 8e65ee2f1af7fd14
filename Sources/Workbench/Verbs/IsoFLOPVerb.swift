// isoflop: a table of runs at fixed budgets, to the best size for each and the power law through them.

import Fitting
import Formulas
import Reports
import Scaling

/// Finds the bottom of every valley of an isoFLOP table, and sets all approaches beside each other.
public enum IsoFLOPVerb: Verb {
    public static let name = "isoflop"

    /// - Throws: ``WorkbenchError``, `ScalingError`, `TableError`, `FitError` for a formula that cannot be read. A budget
    ///   without a valley is no error: it is left out with its reason.
    public static func answer(_ request: IsoFLOPRequest) throws -> Answer<IsoFLOPReply> {
        let result = try result(request)
        return Answer(IsoFLOPReply(result), report: { .isoFLOP(result) })
    }

    /// The valleys themselves.
    static func result(_ request: IsoFLOPRequest) throws -> IsoFLOP {
        var columns = IsoFLOPColumns(budget: try FitSpecification.formula(request.by, "--by"))
        for (name, text) in (request.columns ?? [:]).sorted(by: { $0.key < $1.key }) {
            let formula = try FitSpecification.formula(text, "--column")
            switch name {
            case "N": columns.size = formula
            case "D": columns.data = formula
            case "loss": columns.loss = formula
            default: throw WorkbenchError.columnOfNoInput(name, law: "isoflop", inputs: ["N", "D", "loss"])
            }
        }
        columns.condition = try request.condition.map { try FitSpecification.formula($0, "--where") }
        columns.run = request.run
        var options = IsoFLOPOptions(columns)
        options.method = try request.method.map { try Choice.read($0, "--method", ValleyMethod.allCases) } ?? .akima
        options.noise = try request.noise.map { try FitSpecification.formula($0, "--noise") }
        options.draws = request.draws ?? 1_000
        options.seed = request.seed ?? 1
        options.budgetTolerance = request.within ?? 0.01
        options.level = request.level ?? 0.95
        return try IsoFLOP(try request.table.read(), options)
    }
}
