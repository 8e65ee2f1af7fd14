// Accelerators and what an hour of them computes.

import Formulas
import Tables

/// A kind of accelerator, as the catalogue has it.
public struct Accelerator: Hashable, Sendable {
    public let name: String
    public let aliases: [String]
    /// Peak operations a second, without sparsity.
    public let flops: Double
    /// Of which number format the peak is.
    public let precision: String?
    /// Of one device, in 1e9 bytes.
    public let memory: Double?
    public let source: String?
    public let date: String?
    /// Where the peak was read again when it was entered: `vendor documentation`, `quoted elsewhere` (in tables that name
    /// the data sheet), or `memory`; nil where nobody says.
    public let checked: String?

    /// Whether nobody read the peak again.
    public var isFromMemory: Bool { checked == "memory" }
}

/// Accelerators by name: those of the program, and one's own.
public struct Hardware: Sendable {
    /// In the order of the files, a later row of the same name in the place of an earlier one.
    public private(set) var accelerators: [Accelerator] = []

    /// The catalogue that the program carries: `Hardware/accelerators.csv`.
    public static let catalogue = Hardware(text: "\(EmbeddedHardware.table)")

    private init(text: String) {
        guard let table = try? Table.read(bytes: Array(text.utf8), name: "accelerators.csv"),
            let known = try? Hardware.read(table)
        else { preconditionFailure("the catalogue is a table with name and flops") }
        accelerators = known
    }

    /// The catalogue with the rows of a table: `name` and `flops`, and where they are there `aliases` (separated by
    /// spaces), `precision`, `memory_gb`, `source`, `date` and `checked`.
    ///
    /// - Throws: ``ScalingError/plan(_:)`` for a table without `name` or `flops`, and for a peak that is not above zero.
    public func adding(_ table: Table) throws(ScalingError) -> Hardware {
        var result = self
        for own in try Hardware.read(table) {
            result.accelerators.removeAll { $0.name == own.name }
            result.accelerators.append(own)
        }
        return result
    }

    /// The accelerator of a name or alias, whatever its case.
    ///
    /// - Throws: ``PlanFault/unknownHardware(_:names:)``.
    public func accelerator(_ name: String) throws(ScalingError) -> Accelerator {
        let wanted = name.lowercased()
        if let found = accelerators.first(where: { $0.name == wanted || $0.aliases.contains(wanted) }) {
            return found
        }
        throw .plan(.unknownHardware(name, names: accelerators.map(\.name)))
    }

    private static func read(_ table: Table) throws(ScalingError) -> [Accelerator] {
        func texts(_ name: String) -> [String?]? {
            table[name].map { column in
                let labels = column.labels()
                return (0..<table.rowCount).map { labels[$0] }
            }
        }
        guard let names = texts("name") else { throw .plan(.hardwareFile(table.name, problem: "no column 'name'")) }
        guard let peaks = try? table.numbers("flops") else {
            throw .plan(.hardwareFile(table.name, problem: "no column 'flops' of numbers"))
        }
        let memory = try? table.numbers("memory_gb")
        let columns = ["aliases", "precision", "source", "date", "checked"].map { texts($0) }
        var found: [Accelerator] = []
        for row in 0..<table.rowCount {
            guard let name = names[row], peaks[row] > 0, peaks[row].isFinite else {
                throw .plan(
                    .hardwareFile(
                        "\(table.name):\(table.lineNumber(ofRow: row))",
                        problem: "an accelerator needs a name and a peak above zero"))
            }
            func text(_ column: Int) -> String? { columns[column].flatMap { $0[row] } }
            found.append(
                Accelerator(
                    name: name.lowercased(),
                    aliases: (text(0) ?? "").lowercased().split(separator: " ").map(String.init), flops: peaks[row],
                    precision: text(1), memory: memory.flatMap { $0[row].isFinite ? $0[row] : nil }, source: text(2),
                    date: text(3), checked: text(4)))
        }
        return found
    }
}

/// Accelerators at work: how many, and how well they are used.
public struct Fleet: Hashable, Sendable {
    public let accelerator: Accelerator
    /// Operations done over peak operations (model FLOPs utilisation).
    public let utilisation: Double
    /// How many run at once; nil where that is not said.
    public let count: Double?

    /// What a utilisation is taken to be where nobody says: large dense runs reach 0.3 to 0.5.
    public static let usualUtilisation = 0.4

    public init(_ accelerator: Accelerator, utilisation: Double = usualUtilisation, count: Double? = nil) {
        (self.accelerator, self.utilisation, self.count) = (accelerator, utilisation, count)
    }

    /// The operations of so many hours of one accelerator.
    public func operations(hours: Double) -> Double { hours * 3_600 * accelerator.flops * utilisation }

    /// The hours of one accelerator that so many operations take.
    public func hours(operations: Double) -> Double { operations / (3_600 * accelerator.flops * utilisation) }
}
