// What to distrust in a result, as data with a stable code.

/// A reason for doubt. It never stops anything; every format shows it.
public struct Warning: Hashable, Sendable, Codable {
    /// Stable, for programs: `weakly-identified`.
    public let code: String
    /// What is wrong, in a sentence.
    public let message: String
    /// What can be done, in a sentence.
    public let hint: String

    public init(code: String, message: String, hint: String) {
        self.code = code
        self.message = message
        self.hint = hint
    }
}
