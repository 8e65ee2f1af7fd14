// What a figure is asked for.

/// A request to draw a figure.
///
/// `law`, `table` and `columns` say what the figures of a law show; those of another verb take the request of that verb.
public struct PlotRequest: Codable, Hashable, Sendable {
    /// Which figure: see ``PlotVerb/kinds``.
    public var kind: String
    /// A law file, or the id of a law of the atlas.
    public var law: String?
    /// Folders with laws of one's own.
    public var atlas: [String]?
    /// The runs; the table that the law was fitted to unless given, if it is still where it was.
    public var table: TableSource?
    /// What a name of the law stands for in the table: a column, or an expression of columns.
    public var columns: [String: String]?
    /// The schedules of the runs of a curve, as for a fit.
    public var schedules: [String]?
    /// The input along the horizontal axis, or the first parameter of a ridge.
    public var x: String?
    /// The input along the vertical axis of contours or of next runs, or the second parameter of a ridge.
    public var y: String?
    /// The input or the column that colours tell; the first other input unless given.
    public var by: String?
    /// Points that the figure shows with their intervals: `N=70B, D=1.4T`; of contours, what other inputs are held at.
    public var at: [String]?
    /// A law that is drawn beside.
    public var published: String?
    /// Of `task`: laws that predict inputs of this one, as of a prediction.
    public var through: [String]?
    /// Of `task`: which published coefficients, where laws have several.
    public var set: String?
    /// What else has a profile: a formula of parameters, or the law at a point.
    public var profiles: [String]?
    /// An expression of columns: rows where it holds are shown too, though they were not fitted.
    public var show: String?
    /// One line above the figure; the law's title unless given.
    public var title: String?
    /// The probability of the intervals; 0.95 unless given.
    public var level: Double?
    /// `mean` (the law's value) or `new-run`; `mean` unless given.
    public var interval: String?
    /// In points; as large as the figure needs unless given.
    public var width: Double?
    public var height: Double?
    /// `automatic`, `dark`, `grey` or `light`; `automatic` unless given.
    public var ground: String?

    /// Of `backtest`, `comparison`, `forecast`, `isoflop`, `next` and `sensitivity`: what their verbs are asked.
    public var backtest: BacktestRequest?
    public var comparison: CompareRequest?
    public var forecast: ForecastRequest?
    public var isoflop: IsoFLOPRequest?
    public var next: NextRequest?
    public var sensitivity: SensitivityRequest?
    /// Of `contours` and `frontier`: the plan that is shown.
    public var plan: PlanRequest?
    /// Of `profile`, `residuals` and `ridge`: a fit, in place of a law that was fitted before.
    public var fit: FitRequest?

    public init(kind: String, law: String? = nil) {
        self.kind = kind
        self.law = law
    }
}

/// A figure as bytes, as numbers and in words.
public struct PlotReply: Codable, Hashable, Sendable {
    public struct Axis: Codable, Hashable, Sendable {
        public var label: String
        /// `linear`, `logarithmic` or `names`.
        public var scale: String
        /// What stands at 0, 1, …, where the scale is `names`.
        public var names: [String]?
    }

    public struct Point: Codable, Hashable, Sendable {
        @Nullable public var x: Double?
        @Nullable public var y: Double?
        public var lower: Double?
        public var upper: Double?
        public var label: String?
    }

    public struct Series: Codable, Hashable, Sendable {
        /// `dots`, `curve`, `band`, `interval`, `rule`, …
        public var mark: String
        public var name: String
        public var points: [Point]
    }

    public struct Panel: Codable, Hashable, Sendable {
        public var name: String
        public var x: Axis
        public var y: Axis
        public var series: [Series]
    }

    public var schema: Int
    public var version: String
    public var kind: String
    public var title: String
    public var subtitle: String
    /// What is to be seen, for readers who do not see it.
    public var description: String
    public var panels: [Panel]
    /// The figure as a document of its own.
    public var svg: String
}
