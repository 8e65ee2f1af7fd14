// What to type so that a name finds its column: names that are no plain words stand in quotes.

extension Suggestion {
    /// `--column N=params`, as it is typed in a shell.
    ///
    /// The right side is a formula, so a column such as `train tokens` stands in backquotes there, and the whole in
    /// single quotes, as a shell runs what stands in backquotes.
    ///
    /// - Parameters:
    ///   - name: what a formula or a law calls it.
    ///   - column: what the table calls it; nil for a placeholder.
    public static func column(_ name: String, _ column: String?) -> String {
        let right = column.map { "\(Symbol($0))" } ?? "COLUMN"
        let isPlain = "\(Symbol(name))" == name && right == column ?? right
        let assignment = "\(name)=\(right)"
        return "--column " + (isPlain ? assignment : "'\(assignment.replacing("'", with: "'\\''"))'")
    }
}
