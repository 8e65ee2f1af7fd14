// A picture as data. Every key is documented in docs/json.md.

import Reports

extension PlotReply {
    init(_ kind: String, _ picture: Picture, svg: String) {
        schema = Version.schema
        version = Version.product
        self.kind = kind
        (title, subtitle, description) = (picture.title, picture.subtitle, picture.description)
        panels = picture.panels.map { panel in
            Panel(
                name: panel.name, x: Axis(panel.x), y: Axis(panel.y),
                series: panel.marks.flatMap { mark in Self.series(mark.data) })
        }
        self.svg = svg
    }

    // Neighbours of one name belong together.
    private static func series(_ data: [Datum]) -> [Series] {
        var series: [Series] = []
        for datum in data {
            let point = Point(
                x: datum.x.finite, y: datum.y.finite, lower: datum.lower?.finite, upper: datum.upper?.finite,
                label: datum.label)
            if let last = series.last, last.mark == datum.mark, last.name == datum.series {
                series[series.count - 1].points.append(point)
            } else {
                series.append(Series(mark: datum.mark, name: datum.series, points: [point]))
            }
        }
        return series
    }
}

extension PlotReply.Axis {
    init(_ axis: Axis) {
        label = axis.label
        switch axis.scale {
        case .linear: scale = "linear"
        case .logarithmic: scale = "logarithmic"
        case .names(let all): (scale, names) = ("names", all)
        }
    }
}
