// What one run left behind, as it was written, before anything is decided about it.
//
// A log is no table: which of its values is *the* loss of the run, and which row is its last, are decisions that come
// after. Readers of logs choose nothing, average nothing and derive nothing.

/// The log of one run: its settings, its series by step, and what a reader found wrong on the way.
public struct RunLog: Hashable, Sendable {
    /// What the run is called: by the software where it says so, else the folder or file it lies in.
    public var name: String
    /// The file or folder that it was read from, as its path was given.
    public var source: String
    /// What the run was told and what it said of itself, in the order in which it was found.
    public var settings: [Setting]
    /// What was measured while it ran, in the order of first appearance.
    public var series: [Series]
    /// What is to be distrusted: rows that were lost, values that could not be read.
    public var notices: [Notice]
    /// Steps that were done before the one a row is of, beyond its number: 1 where the software counts them from 0, so that
    /// a row of step 49 is of the fiftieth.
    public var stepsBeforeZero = 0

    public init(
        name: String, source: String, settings: [Setting] = [], series: [Series] = [], notices: [Notice] = []
    ) {
        self.name = name
        self.source = source
        self.settings = settings
        self.series = series
        self.notices = notices
    }
}

extension RunLog {
    /// One value of a configuration or a summary.
    public struct Setting: Hashable, Sendable {
        /// The path to it with points between its parts: `optimizer.lr`, `hidden_sizes.0`.
        public var key: String
        public var value: Value
        /// The file in which it stands.
        public var source: String

        public init(key: String, value: Value, source: String) {
            self.key = key
            self.value = value
            self.source = source
        }
    }

    public enum Value: Hashable, Sendable {
        case number(Double)
        case text(String)
        case truth(Bool)
    }

    /// One measured quantity over the steps of a run, in the order in which it was written.
    ///
    /// `steps`, `values` and, unless it is empty, `times` are of one length. Steps may repeat and go back where a run
    /// was resumed: nothing is stitched here.
    public struct Series: Hashable, Sendable {
        /// What the software calls it: `train/loss`.
        public var name: String
        /// The optimizer's steps, or whatever the software counts by.
        public var steps: [Int]
        public var values: [Double]
        /// Seconds since the beginning of 1970; empty where no times were written.
        public var times: [Double]

        public init(name: String, steps: [Int] = [], values: [Double] = [], times: [Double] = []) {
            self.name = name
            self.steps = steps
            self.values = values
            self.times = times
        }
    }

    /// Something that a reader met and went on after.
    public typealias Notice = Tables.Notice
}
