// A verb: a request goes in, a reply and its report come out.
//
// No verb parses options or prints. A face (the command line, a library, a server) makes the request, and shows the
// reply as JSON or the report in a format.

import Reports

/// What the product does, as a function from a request to an answer.
public protocol Verb {
    associatedtype Request: Codable, Sendable
    associatedtype Reply: Codable, Sendable

    /// What the verb is called: `fit`.
    static var name: String { get }

    /// Answers a request. The same request over the same files gives the same answer.
    ///
    /// - Throws: ``WorkbenchError`` and the errors of the targets below, all of them with their message as description.
    static func answer(_ request: Request) throws -> Answer<Reply>
}

extension Verb {
    /// Answers a request that is JSON with a reply that is JSON.
    public static func answer(json request: String) throws -> String {
        try answer(JSON.decode(Request.self, from: request)).json
    }
}

/// All verbs, in alphabetical order of their files.
public enum Verbs {
    public static var all: [any Verb.Type] {
        [
            BacktestVerb.self, CompareVerb.self, CountVerb.self, DemoVerb.self, FitVerb.self, ForecastVerb.self,
            IsoFLOPVerb.self, LadderStatusVerb.self, LadderVerb.self, LawsLintVerb.self, LawsSearchVerb.self,
            LawsShowVerb.self, LawsVerb.self, NextVerb.self, PlanVerb.self, PlotVerb.self, PredictVerb.self,
            ReadVerb.self, ReportVerb.self, ScheduleVerb.self, SelectVerb.self, SensitivityVerb.self,
        ]
    }
}

/// What a verb gives: the same result as data and in words.
public struct Answer<Reply: Codable & Sendable>: Sendable {
    private let makeReply: @Sendable () -> Reply
    private let makeReport: @Sendable () -> Report
    private let makeTable: (@Sendable () -> String)?

    init(
        _ reply: @autoclosure @escaping @Sendable () -> Reply, table: (@Sendable () -> String)? = nil,
        report: @escaping @Sendable () -> Report
    ) {
        makeReply = reply
        makeReport = report
        makeTable = table
    }

    /// The result as data, made when it is asked for: a million points as CSV need none of it.
    public var reply: Reply { makeReply() }

    /// The result in words.
    public var report: Report { makeReport() }

    /// The result as CSV, where it is a table.
    public var csv: String? { makeTable?() }

    /// The reply as JSON; see ``JSON/encode(_:)``.
    public var json: String { JSON.encode(reply) }
}
