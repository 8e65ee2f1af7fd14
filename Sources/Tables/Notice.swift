// What a reader or a fit met and went on after, in three strings.

/// A warning with a stable code.
public struct Notice: Hashable, Sendable {
    /// Stable, for programs: `log-truncated`, `weakly-identified`.
    public var code: String
    /// What and where: `run-3/events.out.tfevents.17.host, byte 81920: the record is cut off`.
    public var message: String
    /// What to type or look at next.
    public var hint: String

    public init(code: String, message: String, hint: String) {
        self.code = code
        self.message = message
        self.hint = hint
    }
}
