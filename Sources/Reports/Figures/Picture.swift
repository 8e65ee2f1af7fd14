// One or several figures as one picture: what `plot` draws and a report holds.

import Tables

/// Figures side by side under one title.
public struct Picture: Hashable, Sendable {
    /// One line, above the picture.
    public var title: String
    /// A line below the title: what is shown, and how sure it is.
    public var subtitle: String
    /// What is to be seen, in sentences: for readers who do not see it.
    public var description: String
    /// What symbols and lines stand for, where labels beside them do not say it.
    public var key: [Figure.KeyEntry]
    /// Row by row.
    public var panels: [Figure]
    /// How many panels stand side by side.
    public var columns: Int
    /// The share of the height that each row has, and of the width that each column has; equal ones where empty.
    public var heights: [Double]
    public var widths: [Double]

    public init(
        title: String, subtitle: String = "", description: String, key: [Figure.KeyEntry] = [], panels: [Figure],
        columns: Int = 1, heights: [Double] = [], widths: [Double] = []
    ) {
        (self.title, self.subtitle, self.description) = (title, subtitle, description)
        (self.key, self.panels, self.columns, self.heights) = (key, panels, max(1, columns), heights)
        self.widths = widths
    }

    /// A picture of one figure, which brings its title and key.
    public init(_ figure: Figure) {
        self.init(
            title: figure.title, subtitle: figure.subtitle, description: figure.description, key: figure.key,
            panels: [figure])
    }

    /// A title in which a path is the name of its file: a picture is looked at far from its table.
    static func shortened(_ title: String) -> String {
        guard let start = title.firstRange(of: ", fitted to ")?.upperBound else { return title }
        return String(title[..<start]) + fileName(String(title[start...]))
    }

    /// The last part of a path.
    package static func fileName(_ path: String) -> String {
        path.split(separator: "/").last.map(String.init) ?? path
    }

    var rows: Int { (panels.count + columns - 1) / columns }

    /// A size in points at which everything is legible: 760 wide, and as high as the panels need.
    public var usualSize: (width: Double, height: Double) {
        let names =
            panels.compactMap { panel -> Int? in
                if case .names(let names) = panel.y.scale { names.count } else { nil }
            }.max() ?? 0
        let named = names > 0 ? 150 + 17 * Double(names) : 0
        switch rows {
        case ...1: return (760, max(columns > 1 ? 400 : 460, named))
        case 2: return (760, max(600, named))
        default: return (760, 110 + 215 * Double(rows))
        }
    }

    /// What is plotted, as a table: one row a point, in the order in which it is drawn.
    public var csv: String { Self.header + "\n" + rows(before: "") }

    static let header = "panel,mark,series,x,y,lower,upper,label"

    /// The rows of ``csv``, each after some cells more.
    func rows(before first: String) -> String {
        func number(_ value: Double?) -> String {
            value.flatMap { $0.isFinite ? Numbers.exact($0) : nil } ?? ""
        }
        var out = ""
        for panel in panels {
            for mark in panel.marks {
                for datum in mark.data {
                    let cells = [
                        CSVText.cell(panel.name), datum.mark, CSVText.cell(datum.series),
                        Self.place(datum.x, panel.x),
                        Self.place(datum.y, panel.y), number(datum.lower), number(datum.upper),
                        CSVText.cell(datum.label ?? ""),
                    ]
                    out += first + cells.joined(separator: ",") + "\n"
                }
            }
        }
        return out
    }

    // A place among names is the name.
    private static func place(_ value: Double, _ axis: Axis) -> String {
        guard value.isFinite else { return "" }
        if case .names(let names) = axis.scale {
            let name = names.indices.contains(Int(value.rounded())) ? names[Int(value.rounded())] : ""
            return CSVText.cell(name)
        }
        return Numbers.exact(value)
    }
}

extension Figure {
    /// What a panel is called among others: its title, else what it shows.
    public var name: String { title.isEmpty ? "\(y.label) over \(x.label)" : title }
}
