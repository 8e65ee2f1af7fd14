// What several tests read.

import Foundation
import Testing
import Workbench

/// `Tests/Fixtures`.
let fixtures = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Fixtures")

let inventedRuns = fixtures.appending(path: "invented-runs.csv").path

/// Valleys over six budgets.
func isoFLOPRequest() -> IsoFLOPRequest {
    var request = IsoFLOPRequest(table: .path(fixtures.appending(path: "invented-isoflop.csv").path), by: "flops")
    request.draws = 100
    return request
}

/// An accuracy through its loss, both published.
func chainRequest() -> PredictRequest {
    var request = PredictRequest(law: "bhagia-2024-accuracy", at: ["N=6887575552, D=3945065873408"])
    request.through = ["bhagia-2024"]
    return request
}

/// The fit that most tests begin with.
func chinchillaRequest() -> FitRequest {
    var request = FitRequest(table: .path(inventedRuns), formula: "loss ~ E + A/N^alpha + B/D^beta")
    request.columns = ["N": "params", "D": "tokens"]
    request.residual = "log"
    request.condition = "loss < 9"
    return request
}

/// A table that comes with the request: exactly 2 + 3 / x, and one row without a loss.
let tinyTable = TableSource.text("x,loss\n1,5\n2,3.5\n3,3\n6,2.5\n7,\n", name: "tiny.csv")

/// A folder of its own, removed at the end.
func withFolder<T>(_ body: (URL) throws -> T) throws -> T {
    let folder = FileManager.default.temporaryDirectory.appending(path: "allometry-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try body(folder)
}

/// What `read` answers of a folder with these files, by their paths in it.
func readAnswer(_ files: [String: String], _ change: (inout ReadRequest) -> Void = { _ in }) throws -> Answer<
    ReadReply
> {
    try withFolder { folder in
        for (name, text) in files {
            let file = folder.appending(path: name)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: file)
        }
        var request = ReadRequest(sources: [folder.path])
        change(&request)
        return try ReadVerb.answer(request)
    }
}

func isClose(_ value: Double?, _ expected: Double, _ tolerance: Double = 1e-7) -> Bool {
    guard let value else { return false }
    return (value - expected).magnitude <= tolerance * expected.magnitude
}

/// The message of the error that `body` throws.
func message(_ body: () throws -> some Any) -> String? {
    do {
        _ = try body()
        return nil
    } catch {
        return "\(error)"
    }
}
