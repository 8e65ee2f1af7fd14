// The version of the product and of the JSON that it writes.

public enum Version {
    /// The version of the product, as `--version` prints it and law files record it.
    public static let product = "0.1.0"
    /// The version of the replies; it rises when a field changes its meaning or goes away, not when one is added.
    public static let schema = 1
}
