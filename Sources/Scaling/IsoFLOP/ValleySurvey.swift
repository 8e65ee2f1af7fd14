// Every valley by every method, with copies of the losses that carry noise.

import Fitting
import Formulas

struct ValleySurvey {
    private(set) var valleys: [IsoFLOP.Valley] = []
    /// The relative standard deviation of a loss, where none was given.
    private(set) var noise: Double?
    let groups: [IsoFLOPRuns.Group]
    let shape: LawShape
    private let options: IsoFLOPOptions
    /// By method and valley: ln N* and its standard deviation; nil where there is no bottom.
    private var found: [ValleyMethod: [(x: Double, error: Double)?]] = [:]

    init(_ groups: [IsoFLOPRuns.Group], _ options: IsoFLOPOptions) {
        (self.groups, self.options) = (groups, options)
        shape = LawShape(
            groups.map(\.points).filter { $0.x.count >= 5 && $0.lowest > 0 && $0.lowest < $0.x.count - 1 }
                .map { $0.window(9) })
        if options.noise == nil { noise = Self.scatter(groups) }
        for (number, group) in groups.enumerated() { survey(group, number) }
    }

    // The scatter about cubics through the nine points next to each bottom, pooled.
    private static func scatter(_ groups: [IsoFLOPRuns.Group]) -> Double {
        var (squares, freedom) = (0.0, 0)
        for group in groups {
            guard let own = Polynomial.residuals(group.points.window(9)) else { continue }
            squares += own.squares
            freedom += own.degreesOfFreedom
        }
        // Nobody knows the noise of valleys of a handful of points: two parts in a thousand is common.
        return freedom > 0 ? (squares / Double(freedom)).squareRoot() : 0.002
    }

    private mutating func survey(_ group: IsoFLOPRuns.Group, _ number: Int) {
        var valley = IsoFLOP.Valley(budget: group.budget, runs: group.runs, sizes: group.points.x.count)
        valley.points = zip(group.points.x, group.points.loss).map { (Elementary.exp($0), $1) }
        var faults: [ValleyMethod: String] = [:]
        for method in ValleyMethod.allCases {
            let place = found[method, default: []].count
            found[method, default: []].append(nil)
            if group.points.x.count < method.fewestPoints {
                let count = group.points.x.count
                faults[method] = "\(count) size\(count == 1 ? "" : "s"); it takes \(method.fewestPoints)"
                continue
            }
            do throws(ValleyFault) {
                let bottom = try method.bottom(group.points, shape: shape)
                let copies = self.copies(group, number, method)
                let failed = options.draws - copies.count
                if 2 * failed > options.draws {
                    faults[method] = "no bottom in \(100 * failed / options.draws) % of noisy copies"
                    continue
                }
                let sizes = DrawnDistribution(copies.map(\.x), estimate: bottom.x)
                found[method]?[place] = (bottom.x, max(sizes.standardError, 1e-6))
                valley.bottoms[method] = Elementary.exp(bottom.x)
                if method == options.method {
                    fill(&valley, group, bottom, copies)
                    valley.curve = method.curve(group.points, shape: shape)
                }
            } catch { faults[method] = Self.words(error) }
        }
        if valley.size == nil { valley.reason = faults[options.method] ?? "no bottom" }
        valleys.append(valley)
    }

    private static func words(_ fault: ValleyFault) -> String {
        switch fault {
        case .atEdge(let isLargest): "the least loss is at the \(isLargest ? "largest" : "smallest") size"
        case .curvesDown: "the fitted curve opens downwards"
        case .overshoots: "the curve swings far below the points"
        case .singular: "the sizes are too close to each other"
        }
    }

    // Bottoms of copies of the valley whose losses carry noise.
    private func copies(_ group: IsoFLOPRuns.Group, _ number: Int, _ method: ValleyMethod) -> [ValleyBottom] {
        (0..<options.draws).compactMap { draw in
            // The same noise for every method, whatever the others do.
            var random = RandomSource(seed: options.seed, replicate: number * options.draws + draw)
            var points = group.points
            for k in points.loss.indices {
                let sd = noise.map { $0 * points.loss[k] } ?? group.noise[k]
                points.loss[k] = max(points.loss[k] + sd * random.normal(), 1e-300)
            }
            return try? method.bottom(points, shape: shape)
        }
    }

    private func fill(
        _ valley: inout IsoFLOP.Valley, _ group: IsoFLOPRuns.Group, _ bottom: ValleyBottom, _ copies: [ValleyBottom]
    ) {
        func value(_ best: Double, _ all: [Double]) -> Plan.Value {
            let drawn = DrawnDistribution(all, estimate: best)
            return Plan.Value(
                best, lower: drawn.quantile((1 - options.level) / 2), upper: drawn.quantile((1 + options.level) / 2))
        }
        valley.size = value(Elementary.exp(bottom.x), copies.map { Elementary.exp($0.x) })
        valley.data = value(
            Elementary.exp(Self.data(group, bottom.x)), copies.map { Elementary.exp(Self.data(group, $0.x)) })
        valley.loss = value(bottom.loss, copies.map(\.loss))
        valley.error = DrawnDistribution(copies.map(\.x), estimate: bottom.x).standardError
    }

    /// ln D at ln N, between the neighbours in proportion; exact where C = k·N·D.
    static func data(_ group: IsoFLOPRuns.Group, _ x: Double) -> Double {
        let places = group.points.x
        let k = max(0, min(places.count - 2, (places.firstIndex { $0 > x } ?? places.count) - 1))
        let share = (x - places[k]) / (places[k + 1] - places[k])
        return group.data[k] + share * (group.data[k + 1] - group.data[k])
    }

    /// The lines through the bottoms of a method.
    func lines(_ method: ValleyMethod) -> (size: FrontierLine, data: FrontierLine?)? {
        let used = (found[method] ?? []).enumerated().compactMap { k, bottom in
            bottom.map { (groups[k], $0.x, $0.error) }
        }
        let budgets = used.map(\.0.budget)
        guard
            let size = FrontierLine(
                budgets, used.map { Elementary.exp($0.1) }, errors: used.map(\.2), level: options.level)
        else { return nil }
        let data = FrontierLine(
            budgets, used.map { Elementary.exp(Self.data($0.0, $0.1)) }, errors: used.map(\.2), level: options.level)
        return (size, data)
    }

    /// The exponent of N that a method finds in valleys of other losses, with the weights of these.
    func exponent(_ method: ValleyMethod, losses: (IsoFLOPRuns.Group) -> [Double]) -> Double? {
        var (budgets, sizes, errors): ([Double], [Double], [Double]) = ([], [], [])
        // Shared exponents are those of the valleys at hand.
        let shape =
            method == .law
            ? LawShape(
                groups.map { ValleyPoints(x: $0.points.x, loss: losses($0)).window(9) }.filter { $0.x.count >= 5 })
            : self.shape
        for (k, bottom) in (found[method] ?? []).enumerated() {
            guard let bottom else { continue }
            let points = ValleyPoints(x: groups[k].points.x, loss: losses(groups[k]))
            guard let there = try? method.bottom(points, shape: shape) else { continue }
            budgets.append(groups[k].budget)
            sizes.append(Elementary.exp(there.x))
            errors.append(bottom.error)
        }
        return FrontierLine(budgets, sizes, errors: errors, level: options.level)?.exponent
    }
}
