// A table by booktabs: as wide as its cells, at most as wide as the page; long ones go on over pages.

struct LaTeXTable {
    private let grid: Report.Grid

    /// More rows than this go on over pages.
    private static let mostRows = 40
    /// A last column of words that is longer than this is broken into lines.
    private static let longest = 45

    init(_ grid: Report.Grid) { self.grid = grid }

    var text: String {
        var columns = grid.columns.map { $0.alignment == .left ? "l" : "r" }
        if let last = grid.columns.indices.last, grid.columns[last].alignment == .left,
            (grid.rows.map { $0[last].count }.max() ?? 0) > Self.longest
        {
            columns[last] = "p{0.45\\linewidth}"
        }
        let head = line(grid.columns.map(\.title))
        let rows = grid.rows.map(line)
        let caption = grid.caption.isEmpty ? "" : "\\textit{\(LaTeXText.escaped(grid.caption))}\n\n"
        if grid.rows.count > Self.mostRows {
            return caption
                + LaTeXText.environment(
                    "longtable",
                    ["{\(columns.joined())}", "\\toprule", head, "\\midrule", "\\endhead"] + rows + ["\\bottomrule"]
                ).replacing("\\begin{longtable}\n", with: "\\begin{longtable}")
        }
        let table =
            LaTeXText.environment(
                "tabular", ["{\(columns.joined())}", "\\toprule", head, "\\midrule"] + rows + ["\\bottomrule"]
            ).replacing("\\begin{tabular}\n", with: "\\begin{tabular}")
        return "\(caption)\\begin{center}\n\\resizebox{\\ifdim\\width>\\linewidth\\linewidth\\else\\width\\fi}{!}{%\n"
            + table + "}\n\\end{center}"
    }

    private func line(_ cells: [String]) -> String { cells.map(cell).joined(separator: " & ") + " \\\\" }

    private func cell(_ text: String) -> String { text == "-" ? "--" : LaTeXText.escaped(text) }
}
