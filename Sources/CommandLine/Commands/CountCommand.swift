// allometry count

import ArgumentParser
import Formulas
import Workbench

struct CountCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "count",
        abstract: "Count the parameters and operations of a transformer, every way there is.",
        usage: "allometry count (<shape> | <config.json>) [--tokens <d>] [<options>]",
        discussion: """
            A shape is layers, width, heads, vocab and context; ffn is 4*width unless given. kv-heads, head-width, \
            experts, active-experts, and gated, tied, biases, positions (1 or 0) may be added. With a config.json, \
            --set changes parts of it.

            EXAMPLES:
              allometry count 'layers=32,width=4096,heads=32,vocab=32000,context=4096'
              allometry count config.json --tokens 2T
            """)

    @Argument(
        help: ArgumentHelp("A shape, or the path of a Hugging Face config.json.", valueName: "shape"),
        completion: .file(extensions: ["json"]))
    var shape: String

    @Option(
        name: .long, parsing: .singleValue,
        help: ArgumentHelp("Change parts of a config.json: 'context=2048'.", valueName: "part"))
    var set: [String] = []

    @Option(help: ArgumentHelp("Tokens of training, for operations in all.", valueName: "d"))
    var tokens: String?

    @OptionGroup var format: FormatOption

    func run() throws { try format.show(try CountVerb.answer(try request())) }

    func request() throws -> CountRequest {
        _ = try OutputForm.read(format.format, among: OutputForm.documents)
        let example = "layers=32, width=4096, heads=32, vocab=32000, context=4096"
        var request = CountRequest()
        if shape.allSatisfy({ $0 == " " || $0 == "," }) {
            throw OptionError.notAnAssignment(shape, option: "allometry count", example: example)
        } else if shape.contains("=") {
            request.shape = try Assignments.shape([shape] + set, option: "allometry count", example: example)
        } else {
            request.config = shape
            request.shape = try Assignments.shape(set, option: "--set", example: "context=2048")
        }
        request.tokens = try tokens.map { try number($0, "--tokens", example: "2T") }
        return request
    }
}

extension Assignments {
    /// Numbers by the parts of a shape, whose names may have a hyphen.
    static func shape(_ values: [String], option: String, example: String) throws(OptionError) -> [String: Double] {
        var numbers: [String: Double] = [:]
        for item in values.flatMap({ $0.split(whereSeparator: { $0 == "," || $0 == "\n" }) }) {
            let parts = item.split(separator: "=", omittingEmptySubsequences: false).map { part in
                String(part.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
            }
            guard parts.count == 2, !parts[0].isEmpty else {
                throw .notAnAssignment(String(item), option: option, example: example)
            }
            guard let value = Quantity.parse(parts[1]), value.isFinite else {
                throw .notAnAssignment(String(item), option: option, example: example)
            }
            if numbers.updateValue(value, forKey: parts[0]) != nil { throw .repeated(parts[0], option: option) }
        }
        return numbers
    }
}
