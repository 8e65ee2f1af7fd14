// What several tests read.

import Fitting
import Formulas
import Scaling
import Testing

/// The Chinchilla law with the estimates of Besiroglu et al. (2024), as a file.
let chinchilla = """
    allometry-law: 1
    title: A sample
    formula: loss ~ E + A / N^alpha + B / D^beta

    [input N]
    unit: parameters
    range: 44M..16B

    [input D]
    unit: tokens
    range: 1B..500B

    [response loss]
    unit: nats/token
    direction: decrease

    [parameter A]
    bound: 0..

    [fit]
    loss: huber:1e-3
    residual: log

    [set published]
    values: E = 1.8172, A = 482.01, B = 2085.43, alpha = 0.3478, beta = 0.3658
    certainty: EXACT-TEXT

    [golden]
    at: N = 1e9, D = 2e10
    value: 2.5

    """

/// A sample by its text, with a change.
func sample(replacing old: String = "", with new: String = "") throws -> Law {
    try LawFile.parse(old.isEmpty ? chinchilla : chinchilla.replacing(old, with: new), name: "sample.law")
}

/// The message that a law file is refused with, or "".
func refusal(_ text: String, name: String = "my.law") -> String {
    do {
        _ = try LawFile.parse(text, name: name)
        return ""
    } catch { return "\(error)" }
}

/// The message that some work ends with, or "".
func message(_ work: () throws -> some Any) -> String {
    do {
        _ = try work()
        return ""
    } catch { return "\(error)" }
}

/// The folder of the atlas beside the tests, where the sources are at hand.
let atlasFolder: String? = {
    var parts = "\(#filePath)".split(separator: "/", omittingEmptySubsequences: false)
    parts.removeLast(3)
    let folder = parts.joined(separator: "/") + "/Atlas"
    return (try? TextFile.paths(below: folder, suffix: ".law")) == nil ? nil : folder
}()

/// Every law of the atlas that has a formula.
func formulaLaws() throws -> [Law] {
    try Atlas.embedded.ids.map { try Atlas.embedded.law($0) }.filter { $0.kind == .law }
}
