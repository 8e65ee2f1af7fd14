// plot: a law and runs, or what another verb finds, to a figure.

import Fitting
import Reports
import Scaling

/// Draws a figure.
public enum PlotVerb: Verb {
    public static let name = "plot"
    /// The figures that there are.
    public static var kinds: [String] { makers.map(\.name) }

    /// A figure by its name. A new one is a function in `Plots/` and its line here.
    private static let makers: [(name: String, make: @Sendable (PlotRequest, Progress) throws -> Picture)] = [
        ("backtest", { request, _ in try PlotChecks.backtest(request) }),
        ("comparison", { request, progress in try PlotChecks.comparison(request, progress) }),
        ("contours", { request, _ in try PlotLaws.contours(request) }),
        ("curve", { request, _ in try PlotCurves.curve(request) }),
        ("fit", { request, _ in try PlotLaws.fit(request) }),
        ("forecast", { request, _ in try PlotCurves.forecast(request) }),
        ("frontier", { request, _ in try PlotLaws.frontier(request) }),
        ("isoflop", { request, _ in try PlotChecks.isoFLOP(request) }),
        ("next", { request, progress in try PlotNext.next(request, progress) }),
        ("profile", { request, _ in try PlotFits.profile(request) }),
        ("residuals", { request, _ in try PlotFits.residuals(request) }),
        ("ridge", { request, progress in try PlotFits.ridge(request, progress) }),
        ("sensitivity", { request, _ in try PlotChecks.sensitivity(request) }),
        ("task", { request, _ in try PlotTask.task(request) }),
    ]

    /// - Throws: ``WorkbenchError``, `ScalingError`, `TableError`, `FitError`, `ComparisonError`.
    public static func answer(_ request: PlotRequest) throws -> Answer<PlotReply> {
        let picture = try picture(request)
        let svg = try svg(picture, request)
        return Answer(PlotReply(request.kind, picture, svg: svg), table: { picture.csv }) {
            Report([.sentence(.strong(picture.title)), .sentence(Words(picture.description))])
        }
    }

    /// The figure before it has a form.
    ///
    /// - Throws: as ``answer(_:)``; where a figure lacks data the message says what it needs.
    public static func picture(_ request: PlotRequest, progress: Progress = .silent) throws -> Picture {
        guard let maker = makers.first(where: { $0.name == request.kind }) else {
            throw WorkbenchError.unknownChoice(request.kind, option: "plot", choices: kinds)
        }
        for (value, option) in [(request.width, "--width"), (request.height, "--height")] {
            if let value, !(value >= 200 && value <= 10_000) { throw WorkbenchError.badSize(value, option: option) }
        }
        _ = try theme(request)
        var picture = try maker.make(request, progress)
        if let title = request.title { picture.title = title }
        return picture
    }

    /// A picture in the size and on the ground that were asked for.
    public static func svg(_ picture: Picture, _ request: PlotRequest) throws -> String {
        picture.drawing(width: request.width, height: request.height).svg(try theme(request))
    }

    /// A picture as JSON.
    public static func reply(_ picture: Picture, _ request: PlotRequest) throws -> String {
        JSON.encode(PlotReply(request.kind, picture, svg: try svg(picture, request)))
    }

    private static func theme(_ request: PlotRequest) throws -> Theme {
        try request.ground.map { try Choice.read($0, "--ground", Theme.allCases) } ?? .automatic
    }
}
