// Which rows belong together.

import Formulas
import Tables
import Testing

@testable import Fitting

@Suite struct ClustersTests {
    private static func table(_ runs: [String?]) -> Table {
        Table(
            name: "runs.csv",
            columns: [
                Column(name: "x", numbers: runs.indices.map(Double.init)),
                Column(name: "y", numbers: runs.indices.map { Double($0 * $0 % 7) }),
                Column(name: "run", labels: runs),
                Column(name: "seed", numbers: runs.indices.map { Double($0 % 2) }),
            ])
    }

    private static func message(_ column: String, _ table: Table, where condition: String? = nil) throws -> String {
        let problem = try Laboratory.problem("y ~ a + b*x", table) {
            $0.condition = try condition.map { try Formula($0) }
        }
        do {
            _ = try Clusters(column: column, of: problem, in: table)
            return ""
        } catch { return "\(error)" }
    }

    @Test("only fitted rows count, and numbers serve as labels")
    func fittedRows() throws {
        let table = Self.table(["a", "b", nil, "b", "c", "a"])
        let problem = try Laboratory.problem("y ~ a + b*x", table) { $0.condition = try Formula("x != 2") }
        let clusters = try Clusters(column: "run", of: problem, in: table)
        #expect(clusters.codes == [0, 1, 1, 2, 0])
        #expect(clusters.count == 3)
        #expect(clusters.members == [[0, 4], [1, 2], [3]])
        #expect(try Clusters(column: "seed", of: problem, in: table).codes == [0, 1, 1, 0, 1])
    }

    @Test("a column that is not there, a row without a label and one cluster alone are told")
    func told() throws {
        let table = Self.table(["a", "a", nil, "a", "a", "b"])
        #expect(try Self.message("rum", table).contains("'rum'"))
        #expect(try Self.message("run", table).contains("runs.csv:\(table.lineNumber(ofRow: 2)) has no value of run"))
        #expect(
            try Self.message("run", table, where: "x < 2").contains(
                "all 2 fitted rows are of one run, 'a': nothing tells how one differs from another"))
    }
}
