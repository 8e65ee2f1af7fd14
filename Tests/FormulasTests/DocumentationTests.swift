// Every example of docs/formulas.md, executed.

import Testing

@testable import Formulas

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

private struct Page {
    let lines: [String]

    /// docs/formulas.md beside the folder of the tests.
    init(file: String = #filePath) throws {
        let root = file.split(separator: "/").dropLast(3).joined(separator: "/")
        let handle = try #require(fopen("/\(root)/docs/formulas.md", "r"))
        defer { fclose(handle) }
        var bytes = [UInt8](repeating: 0, count: 100_000)
        bytes.removeLast(bytes.count - fread(&bytes, 1, bytes.count, handle))
        lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
            .map(String.init)
    }

    /// The lines inside the fences of one kind, with an empty line after each fence.
    func examples(_ kind: String) -> [String] {
        var (inside, found): (Bool, [String]) = (false, [])
        for line in lines {
            if line == "```" + kind {
                inside = true
            } else if line.hasPrefix("```") {
                if inside { found.append("") }
                inside = false
            } else if inside {
                found.append(line)
            }
        }
        return found
    }

    /// The lines of one kind, cut at a mark.
    func pairs(_ kind: String, at mark: String) throws -> [(String, String)] {
        try examples(kind).filter { !$0.isEmpty }.map { line in
            let cut = try #require(line.firstRange(of: mark))
            return (String(line[..<cut.lowerBound]), String(line[cut.upperBound...].drop { $0 == " " }))
        }
    }
}

@Test func theFormulasOfThePageAreFormulas() throws {
    let formulas = try Page().examples("formula").filter { !$0.isEmpty }
    #expect(formulas.count >= 10)
    for text in formulas { #expect(throws: Never.self, "\(text)") { try Formula(text) } }
}

@Test func theEqualFormulasOfThePageAreEqual() throws {
    for (text, other) in try Page().pairs("same", at: " is ") { #expect(try Formula(text) == Formula(other)) }
}

@Test func theValuesOfThePageAreRight() throws {
    for (text, value) in try Page().pairs("value", at: "→") {
        let computed = try Laboratory(rowCount: 1, seed: 1).values(text)[0]
        let expected = try #require(Double(value))
        #expect((computed - expected).magnitude <= 1e-12 * expected.magnitude, "\(text)")
    }
}

@Test func theDerivativesOfThePageAreRight() throws {
    for (question, derivative) in try Page().pairs("derivative", at: "→") {
        let cut = try #require(question.firstRange(of: " by "))
        let name = question[cut.upperBound...].filter { $0 != " " }
        let printed = try Formula(String(question[..<cut.lowerBound])).derivative(by: name).description
        #expect(printed == derivative)
    }
}

@Test func theErrorsOfThePageAreExact() throws {
    for example in try Page().examples("error").split(separator: "") {
        let lines = Array(example)
        let text = String(lines[0].dropFirst(2))
        let message = lines.dropFirst().joined(separator: "\n")
        #expect { try Formula(text) } throws: { "\($0)" == message }
    }
}

@Test func theTableOfFunctionsIsComplete() throws {
    let rows = try Page().lines.filter { $0.hasPrefix("| `") }
    #expect(rows == Function.all.map { "| `\($0.name)` | \($0.summary) |" })
}

@Test func functionsStandInAlphabeticalOrder() {
    #expect(Function.all.map(\.name) == Function.all.map(\.name).sorted())
}
