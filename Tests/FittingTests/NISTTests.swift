// The NIST Statistical Reference Datasets: certified values to eleven digits, from both certified starts.

import Fitting
import Formulas
import Foundation
import Tables
import Testing

struct NISTTests {
    /// Misra1a (Misra, D., NIST 1978), stated as facts: 14 observations of monomolecular adsorption.
    /// Source: https://www.itl.nist.gov/div898/strd/nls/data/misra1a.shtml
    @Test(arguments: [[500, 0.0001], [250, 0.0005]]) func misra1aReachesItsCertifiedValues(start: [Double]) throws {
        let table = Laboratory.table([
            (
                "y",
                [10.07, 14.73, 17.94, 23.93, 29.61, 35.18, 40.02, 44.82, 50.76, 55.05, 61.01, 66.40, 75.47, 81.78]
            ),
            (
                "x",
                [77.6, 114.9, 141.1, 190.8, 239.9, 289.0, 332.8, 378.4, 434.8, 477.3, 536.8, 593.1, 689.1, 760.0]
            ),
        ])
        let fit = try Laboratory.fit("y ~ b1*(1 - exp(-b2*x))", table) {
            $0.starts = ["b1": start[0], "b2": start[1]]
        }
        #expect(Laboratory.digits(fit.estimates["b1"] ?? 0, 2.3894212918E+02) >= 10)
        #expect(Laboratory.digits(fit.estimates["b2"] ?? 0, 5.5015643181E-04) >= 10)
        #expect(Laboratory.digits(fit.objective, 1.2455138894E-01) >= 10)
        let errors = try #require(fit.standardErrors)
        #expect(Laboratory.digits(errors[0], 2.7070075241E+00) >= 9)
        #expect(Laboratory.digits(errors[1], 7.2668688436E-06) >= 9)
    }

    /// BoxBOD (Box, Hunter & Hunter 1978), stated as facts; of the higher level of difficulty.
    /// Source: https://www.itl.nist.gov/div898/strd/nls/data/boxbod.shtml
    @Test(arguments: [[1, 1], [100, 0.75]]) func boxBODReachesItsCertifiedValues(start: [Double]) throws {
        let table = Laboratory.table([("y", [109, 149, 149, 191, 213, 224]), ("x", [1, 2, 3, 5, 7, 10])])
        let fit = try Laboratory.fit("y ~ b1*(1 - exp(-b2*x))", table) {
            $0.starts = ["b1": start[0], "b2": start[1]]
        }
        #expect(Laboratory.digits(fit.estimates["b1"] ?? 0, 2.1380940889E+02) >= 10)
        #expect(Laboratory.digits(fit.estimates["b2"] ?? 0, 5.4723748542E-01) >= 10)
        #expect(Laboratory.digits(fit.objective, 1.1680088766E+03) >= 10)
    }

    @Test(.enabled(if: Laboratory.publicData != nil, "the NIST files are not at hand"))
    func allTwentySevenProblemsReachEightDigitsFromBothStarts() throws {
        let models = try String(
            contentsOf: Laboratory.repository.appendingPathComponent("Benchmarks/nist/models.tsv"), encoding: .utf8)
        var solved = 0
        for line in models.split(separator: "\n") where !line.hasPrefix("#") && !line.hasPrefix("name\t") {
            let parts = line.split(separator: "\t").map(String.init)
            let problem = try NISTProblem(name: parts[0])
            for (index, start) in problem.starts.enumerated() {
                let fit = try Laboratory.fit(parts[1], problem.table) {
                    $0.starts = Dictionary(uniqueKeysWithValues: zip(problem.names, start))
                }
                let worst =
                    zip(problem.names, problem.certified)
                    .map { Laboratory.digits(fit.estimates[$0] ?? .nan, $1) }.min() ?? 0
                #expect(worst >= 8, "\(parts[0]) from start \(index + 1)")
                #expect(
                    fit.termination.isConverged, "\(parts[0]) from start \(index + 1): \(fit.termination.statement)")
                if worst >= 8 { solved += 1 }
            }
        }
        #expect(solved == 54)
    }
}

/// One file of the NIST StRD: data, starts and certified values.
struct NISTProblem {
    let table: Table
    private(set) var names: [String] = []
    private(set) var starts: [[Double]] = [[], []]
    private(set) var certified: [Double] = []

    init(name: String) throws {
        let path = "\(Laboratory.publicData ?? "")/nist/\(name).dat"
        let lines = try String(contentsOfFile: path, encoding: .isoLatin1).components(separatedBy: "\n")
        var columns: [String] = []
        var rows: [[Double]] = []
        for (number, line) in lines.enumerated() {
            let words = line.split(whereSeparator: \.isWhitespace).map(String.init)
            if words.first == "Data:", number > 50 {
                columns = Array(words.dropFirst())
            } else if !columns.isEmpty {
                let values = words.compactMap(Double.init)
                if values.count == columns.count, !values.isEmpty { rows.append(values) }
            } else if words.count >= 6, words[0].hasPrefix("b"), words[1] == "=" {
                names.append(words[0])
                for start in 0..<2 { starts[start].append(Double(words[2 + start]) ?? .nan) }
                certified.append(Double(words[4]) ?? .nan)
            }
        }
        table = Laboratory.table(columns.indices.map { k in (columns[k], rows.map { $0[k] }) })
    }
}
