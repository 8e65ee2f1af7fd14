// Which runs are at the same point of the design.

import Testing

@testable import Scaling

@Suite struct DesignCellTests {
    @Test func `inputs within 5 per cent are one cell`() {
        let cells = DesignCells(
            columns: [[25_248, 24_736, 55_536, 55_536], [5e5, 5e5, 5e5, 1e6]], recipes: [0, 1, 0, 1])
        #expect(cells.codes == [0, 0, 1, 2])
        #expect(cells.count == 3 && cells.shared == 1 && !cells.isPaired)
    }

    @Test func `a chain of near inputs is no cell`() {
        let sizes = (0..<20).map { 1e6 * (1 + 0.04 * Double($0)) }
        let cells = DesignCells(columns: [sizes + sizes], recipes: (0..<40).map { $0 / 20 })
        #expect(cells.count == 20 && cells.shared == 20 && cells.isPaired)
    }

    @Test func `inputs that are not above zero must be equal`() {
        let cells = DesignCells(columns: [[0, 0, 0.01, 5]], recipes: [0, 1, 0, 1])
        #expect(cells.codes == [0, 0, 1, 2])
    }

    @Test func `cells may be named`() {
        let cells = DesignCells(labels: ["a", "b", "a", "c", "c"], recipes: [0, 0, 1, 0, 1])
        #expect(cells.codes == [0, 1, 0, 2, 2] && cells.shared == 2)
    }

    @Test func `residuals that go together correlate`() throws {
        let cells = DesignCells(labels: ["a", "a", "b", "b"], recipes: [0, 1, 0, 1])
        #expect(cells.correlation(of: [1, 2, -1, -2], recipes: [0, 1, 0, 1]) == 1)
        #expect(cells.correlation(of: [1, -2, 1, -2], recipes: [0, 1, 0, 1]) == -1)
        #expect(cells.correlation(of: [1, 2, 3, 4], recipes: [0, 0, 0, 0]) == nil)
    }
}
