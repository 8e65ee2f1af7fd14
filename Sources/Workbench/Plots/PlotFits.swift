// Figures of a fit: what it leaves unexplained, and how sure its parameters are.

import Fitting
import Formulas
import Reports
import Scaling
import Tables

enum PlotFits {
    /// The fit of a request: as it says, else that of its law once more.
    private static func fitting(_ request: PlotRequest) throws -> FitRequest {
        if let fit = request.fit { return fit }
        let law = try PlotSubject.law(request)
        var fit = FitRequest(table: try PlotSubject.source(request, law), law: request.law)
        fit.atlas = request.atlas
        fit.columns = request.columns
        fit.level = request.level
        return fit
    }

    // MARK: - residuals

    /// Rows beyond this many are not left out one by one.
    private static let mostRefits = 5_000

    static func residuals(_ request: PlotRequest) throws -> Picture {
        let made = try FitVerb.fitted(try fitting(request))
        let (fit, problem) = (made.fit, made.fit.problem)
        guard fit.noise > 0, problem.rows.count > 2 else {
            throw WorkbenchError.plot(.noResiduals(table: made.table.name))
        }
        let points = try Points(made.table, for: made.law, columns: made.specification.columns)
        return ResidualsFigure(
            fit: fit, law: made.law, points: points, names: LeftOut.rowNames(problem.rows, made.table),
            influence: problem.rows.count <= mostRefits && fit.standardErrors != nil ? Influence(fit) : nil
        ).picture()
    }

    // MARK: - profile

    static func profile(_ request: PlotRequest) throws -> Picture {
        if request.fit == nil, request.profiles?.isEmpty != false, request.level == nil, request.table == nil {
            // What the law file keeps need not be computed again.
            let law = try PlotSubject.law(request)
            if let fit = law.fit, fit.profiles.contains(where: { $0.curve.count > 1 }) {
                return ProfileFigure(
                    fit.profiles, title: law.title, degreesOfFreedom: fit.estimates.degreesOfFreedom
                ).picture()
            }
        }
        var asked = try fitting(request)
        (asked.intervals, asked.profiles) = ("profile", request.profiles ?? asked.profiles)
        (asked.bootstrap, asked.save) = (nil, nil)
        let made = try FitVerb.fitted(asked)
        let uncertainty = try FitUncertainty(asked).answer(
            made.fit, law: made.law, table: made.table, progress: .silent)
        // Those that were asked for stand alone.
        let own = uncertainty.profiles.isEmpty ? uncertainty.parameterProfiles : uncertainty.profiles
        let profiles = own.map { SavedProfile($0) }
        guard profiles.contains(where: { $0.curve.count > 1 }) else {
            throw WorkbenchError.plot(.noProfile(law: made.law.id))
        }
        return ProfileFigure(profiles, title: made.law.title, degreesOfFreedom: made.fit.degreesOfFreedom).picture()
    }

    // MARK: - ridge

    static func ridge(_ request: PlotRequest, _ progress: Progress) throws -> Picture {
        var asked = try fitting(request)
        (asked.intervals, asked.save, asked.profiles) = ("profile", nil, nil)
        let made = try FitVerb.fitted(asked)
        let uncertainty = try FitUncertainty(asked).answer(
            made.fit, law: made.law, table: made.table, progress: progress)
        let names = made.fit.problem.parameterNames
        for (name, option) in [(request.x, "--x"), (request.y, "--y")] {
            if let name, !names.contains(name) {
                throw WorkbenchError.unknownChoice(name, option: option, choices: names)
            }
        }
        guard names.count > 1, let closest = RidgeFigure.closest(made.fit) else {
            throw WorkbenchError.plot(.noRidge(law: made.law.id, parameters: names))
        }
        let x = request.x ?? (request.y == closest.0 ? closest.1 : closest.0)
        let y = request.y ?? (x == closest.1 ? closest.0 : x == closest.0 ? closest.1 : closest.0)
        if x == y { throw WorkbenchError.unknownChoice(y, option: "--y", choices: names.filter { $0 != x }) }
        return RidgeFigure(uncertainty, x: x, y: y, title: made.law.title).picture()
    }
}
