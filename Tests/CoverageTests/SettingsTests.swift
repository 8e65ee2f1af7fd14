// The settings file: what is frozen, and how faults in it are told.

import Testing

@testable import Coverage

@Suite struct SettingsTests {
    @Test("The frozen settings make 48 cells of 2,000 worlds at 90 %")
    func frozen() throws {
        let settings = try Settings(Laboratory.settingsText())
        #expect(settings.cells.count == 48)
        #expect(settings.worlds == 2_000)
        #expect(settings.level == 0.9)
        #expect(settings.runs == [12, 35, 200])
        #expect(settings.designs == [.isoFLOP, .random, .nearCollinear, .collinear])
        #expect(settings.deviations == [0.004, 0.02])
        #expect(settings.recipes.map(\.name) == ["squared-bounded", "squared", "huber", "squared-log"])
        #expect(settings.range(.smallestCompute) == 1e17...1e19)
    }

    @Test("A fault in the settings is named with its line and what would do")
    func faults() throws {
        let text = try Laboratory.settingsText()
        #expect(Laboratory.fault(in: text + "\ncolour: red\n")?.contains("unknown setting 'colour'") == true)
        #expect(
            Laboratory.fault(in: "seed: 5\nnonsense")
                == "settings, line 2: 'nonsense' is no setting\n  help: write key: value, or begin the line with #")
        #expect(Laboratory.fault(in: "# nothing\n") == "settings: no line 'seed: …'")
        let wrong = text.replacing("level: 0.9", with: "level: 90")
        #expect(
            Laboratory.fault(in: wrong)
                == "settings: 'level: 90' cannot be used\n  help: a share between 0 and 1")
        let design = text.replacing("designs: isoflop,", with: "designs: grid,")
        #expect(Laboratory.fault(in: design)?.hasSuffix("help: isoflop, random, near-collinear, collinear") == true)
    }

    @Test("Cells are chosen by the parts of their names")
    func patterns() {
        let cell = Cell(runs: 12, design: .isoFLOP, noise: .heavyTailed, deviation: 0.02)
        #expect(cell.name == "isoflop/12/t3/0.02")
        for pattern in ["isoflop", "12", "isoflop/12", "12/*/0.02", "*/*/t3", "0.02"] {
            #expect(cell.matches(pattern))
        }
        for pattern in ["random", "2", "isoflop/t3", "normal", "isoflop/12/t3/0.02/x"] {
            #expect(!cell.matches(pattern))
        }
    }
}
