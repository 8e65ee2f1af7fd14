// What a figure is asked for.

/// A request to draw a figure.
public struct PlotRequest: Codable, Hashable, Sendable {
    /// Which figure: `fit`.
    public var kind: String
    /// A law file, or the id of a law of the atlas.
    public var law: String
    /// Folders with laws of one's own.
    public var atlas: [String]?
    /// The runs; the table that the law was fitted to unless given, if it is still where it was.
    public var table: TableSource?
    /// What a name of the law stands for in the table: a column, or an expression of columns.
    public var columns: [String: String]?
    /// The input along the horizontal axis; the last of the law's unless given.
    public var x: String?
    /// The input that colours tell; the first other one unless given.
    public var by: String?
    /// Points that the figure shows with their intervals: `N=70B, D=1.4T`.
    public var at: [String]?
    /// An expression of columns: rows where it holds are shown too, though they were not fitted.
    public var show: String?
    /// One line above the figure; the law's title unless given.
    public var title: String?
    /// The probability of the intervals; 0.95 unless given.
    public var level: Double?
    /// `mean` (the law's value) or `new-run`; `mean` unless given.
    public var interval: String?
    /// In points; 760 and 460 unless given.
    public var width: Double?
    public var height: Double?

    public init(kind: String, law: String) {
        self.kind = kind
        self.law = law
    }
}

/// A figure as bytes and in words.
public struct PlotReply: Codable, Hashable, Sendable {
    public var kind: String
    public var title: String
    /// What is to be seen, for readers who do not see it.
    public var description: String
    /// The figure as a document of its own.
    public var svg: String
}
