// The root of the command: its name, its verbs, its version.

import ArgumentParser
import Workbench

struct Program: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "allometry",
        abstract: "Fit scaling laws to small runs, say how sure they are, predict large ones.",
        discussion: """
            EXAMPLES:
              allometry read wandb/ --to runs.csv
              allometry fit runs.csv --formula 'loss ~ E + A/N^alpha + B/D^beta' \\
                  --column N=params --column D=tokens --save mine.law
              allometry predict mine.law --at 'N=70B, D=1.4T'
              allometry predict hoffmann-2022 --at 'N=1B..100B@20, D=1.4T' --to grid.csv
              allometry plan mine.law --flops 1e24
              allometry report mine.law --at 'N=70B, D=1.4T' --to report.html
              allometry laws search 'repeated data'

            COMPLETIONS:
              allometry --generate-completion-script bash    (or zsh, fish)

            EXIT STATUS:
              0  done, with or without warnings
              1  a file is wrong: missing, damaged, or without what the formula needs
              2  an option is wrong
            """,
        version: Version.product,
        subcommands: [
            ReadCommand.self, FitCommand.self, PredictCommand.self, ForecastCommand.self, ScheduleCommand.self,
            PlanCommand.self, IsoFLOPCommand.self, CountCommand.self, NextCommand.self, LadderCommand.self,
            BacktestCommand.self, SelectCommand.self, CompareCommand.self, SensitivityCommand.self,
            PlotCommand.self, ReportCommand.self, LawsCommand.self, DemoCommand.self,
        ])
}
