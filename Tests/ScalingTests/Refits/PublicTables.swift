// The tables of runs that others published, and fits of laws of the atlas to them.

import Fitting
import Formulas
import Foundation
import Scaling
import Tables

/// The public tables that tests may read when they are at hand, never need: `shared/data` beside the repository, or
/// ALLOMETRY_DATA.
enum PublicTables {
    static let folder: String? = {
        let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let path =
            ProcessInfo.processInfo.environment["ALLOMETRY_DATA"]
            ?? repository.deletingLastPathComponent().appendingPathComponent("shared/data").path
        return FileManager.default.fileExists(atPath: path + "/REFERENCE.md") ? path : nil
    }()

    static var isAtHand: Bool { folder != nil }

    static func table(_ name: String) throws -> Table { try Table.read(path: "\(folder ?? "")/\(name).csv") }
}

/// A law of the atlas bound to a table, with no start given.
struct Refit {
    let law: Law
    let specification: Specification
    let fit: Fit

    /// - Parameters:
    ///   - columns: what each name of the law stands for in the table.
    ///   - condition: the rows that are fitted.
    ///   - fixed: parameters that are held.
    ///   - starts: how many starts are polished; nil leaves it to the fit.
    init(
        _ id: String, _ table: Table, columns: [String: String], where condition: String? = nil,
        fixed: [String: Double] = [:], starts: Int? = nil
    ) throws {
        law = try Law.load(id)
        specification = try Self.specification(law, columns, condition, fixed)
        fit = try Fit(try Problem(specification, table: table), starts: starts)
    }

    static func specification(
        _ law: Law, _ columns: [String: String], _ condition: String?, _ fixed: [String: Double] = [:]
    ) throws -> Specification {
        var specification = try law.specification(columns: columns.mapValues { try Formula($0) })
        specification.condition = try condition.map { try Formula($0) } ?? specification.condition
        specification.fixed.merge(fixed) { _, new in new }
        for name in fixed.keys { specification.bounds[name] = nil }
        return specification
    }

    subscript(name: String) -> Double { fit.estimates[name] ?? .nan }

    /// The law's values at points, with the estimates.
    func values(_ points: [Point]) throws -> [Double] {
        try law.predict(try Points(points, for: law), estimates: complete).values
    }

    func value(_ point: Point) throws -> Double { try values([point])[0] }

    private var complete: Estimates {
        let held = specification.fixed.sorted { $0.key < $1.key }
        return Estimates(
            names: fit.estimates.names + held.map(\.key), values: fit.estimates.values + held.map(\.value))
    }
}

/// |a / b − 1|.
func deviation(_ a: Double, _ b: Double) -> Double { (a / b - 1).magnitude }

extension Refit {
    /// The objective of the rows that were fitted at the coefficients of a set of the law.
    func objective(withSet name: String) throws -> Double {
        let set = try law.estimates(set: name)
        let values = fit.problem.parameterNames.map { set[$0] ?? .nan }
        return Objective(fit.problem).value(values)
    }
}
