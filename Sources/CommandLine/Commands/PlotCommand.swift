// allometry plot

import ArgumentParser
import Workbench

struct PlotCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plot",
        abstract: "Draw a law, its runs, or what another command finds.",
        usage: "allometry plot <kind> …",
        discussion: """
            On a terminal the picture is drawn in characters; into a pipe or a file goes SVG, a picture that needs no \
            other: it follows the reader's light or dark ground, and every point tells its run when a pointer rests \
            on it. --to writes .svg, .png (by rsvg-convert), .csv (everything plotted), .json or .txt.

            EXAMPLES:
              allometry plot fit mine.law --at 'N=70B, D=1.4T' --to fit.svg
              allometry plot residuals mine.law
              allometry plot contours mine.law --flops 1e21 --to map.png
              allometry plot isoflop runs.csv --by flops --to valleys.svg
              allometry plot backtest runs.csv --law hoffmann-2022 --format csv
            """,
        subcommands: [
            PlotBacktest.self, PlotComparison.self, PlotContours.self, PlotCurve.self, PlotFit.self,
            PlotForecast.self, PlotFrontier.self, PlotIsoFLOP.self, PlotNext.self, PlotProfile.self,
            PlotResiduals.self, PlotRidge.self, PlotSensitivity.self, PlotTask.self,
        ])
}
