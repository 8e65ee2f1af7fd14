// What --schedule says: a schedule by its family, or one that a table holds, perhaps under the name of a run.

import Formulas
import Tables

/// Where the rates of a run come from.
public enum ScheduleSource: Hashable, Sendable {
    case generator(Schedule)
    case column(ScheduleColumn)

    private static let grammar = Schedule.grammar + [(ScheduleColumn.name, ScheduleColumn.keys)]

    /// - Throws: ``ScalingError/schedule(_:text:)``.
    public init(_ text: String) throws(ScalingError) {
        do throws(ScheduleFault) {
            let words = try ScheduleWords(text, families: Self.grammar)
            if words.family == ScheduleColumn.name {
                self = .column(try ScheduleColumn(words))
                return
            }
        } catch { throw .schedule(error, text: text) }
        self = .generator(try Schedule(text))
    }

    /// A text with the label of a run before it: `run-7=cosine peak=3e-4 steps=24000`.
    ///
    /// - Returns: the label, or nil where the text begins with a family, and the rest.
    public static func labelled(_ text: String) -> (label: String?, rest: String) {
        let first = text.split(separator: " ").first.map(String.init) ?? ""
        guard !grammar.contains(where: { $0.name == first }), let equals = text.firstIndex(of: "="),
            let last = text[text.index(after: equals)...].split(separator: " ").first,
            grammar.contains(where: { $0.name == last })
        else { return (nil, text) }
        return (String(text[..<equals]), String(text[text.index(after: equals)...]))
    }
}

extension ScheduleSource: CustomStringConvertible {
    /// As it is typed, in full.
    public var description: String {
        switch self {
        case .generator(let schedule): schedule.description
        case .column(let column): column.description
        }
    }
}
