// Runs that the program carries, for those who have none at hand.

/// The runs of our own ladder of small language models: `Examples/byte-ladder/runs.csv`, made by `Examples/ByteLadder`.
package enum ShippedRuns {
    package static var byteLadder: String { "\(EmbeddedRuns.table)" }
}
