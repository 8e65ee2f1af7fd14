// The atlas as a whole: every file reads, says what it must, and gives its goldens.

import Scaling
import Testing

@Test func everyGoldenOfEveryLawHolds() throws {
    var checked = 0
    for law in try formulaLaws() {
        #expect(!law.goldens.isEmpty, "\(law.id) has no golden")
        for golden in law.goldens {
            let value = try law.predict(at: golden.point, set: golden.set).value
            let scale = golden.value == 0 ? 1 : golden.value.magnitude
            let deviation = (value - golden.value).magnitude / scale
            #expect(deviation <= golden.tolerance, "\(law.id) at \(golden.point): \(value), not \(golden.value)")
            checked += 1
        }
    }
    #expect(checked >= 398)
}

@Test func everyLawFileIsCleanToTheLinter() throws {
    for id in Atlas.embedded.ids {
        let remarks = try LawFile.lint(try Atlas.embedded.text(of: id), name: id + ".law")
        #expect(remarks.isEmpty, "\(id): \(remarks.map { "\($0.line ?? 0): \($0.message)" })")
    }
}

@Test func everyLawFileComesBackFromPrint() throws {
    for id in Atlas.embedded.ids {
        let law = try Atlas.embedded.law(id)
        let text = LawFile.print(law)
        #expect(try LawFile.parse(text, name: id) == law, "\(id)")
        #expect(LawFile.print(try LawFile.parse(text, name: id)) == text, "\(id)")
        #expect(text.split(separator: "\n").allSatisfy { $0.count <= 118 }, "\(id)")
    }
}

@Test func theEmbeddedLawsAreThoseOfTheFolder() throws {
    guard let atlasFolder else { return }
    let paths = try TextFile.paths(below: atlasFolder, suffix: ".law")
    #expect(Atlas.embedded.ids == paths.map(LawFile.id).sorted())
    for path in paths {
        #expect(try Atlas.embedded.text(of: LawFile.id(ofFile: path)) == TextFile.read(path), "\(path)")
    }
}

@Test func everyLawLiesInTheFolderOfItsField() throws {
    guard let atlasFolder else { return }
    for path in try TextFile.paths(below: atlasFolder, suffix: ".law") {
        let law = try Law.load(path)
        #expect(path == "\(atlasFolder)/\(law.field ?? "")/\(law.id).law")
    }
}

@Test func everyLawCanBeFitted() throws {
    for law in try formulaLaws() {
        let specification = try law.specification()
        #expect(specification.formula == law.formula)
        #expect(specification.declaredInputs.count == law.inputs.count)
        #expect(specification.loss == law.fitting.loss ?? .squared)
    }
}

@Test func aNameIsALawOfTheAtlas() throws {
    #expect(try Law.load("hoffmann-2022").equation == "approach 3, equation 10")
    #expect(Atlas.embedded.ids == Atlas.embedded.ids.sorted())
}

@Test func aMissedNameIsAnsweredWithTheNearOne() {
    #expect(
        message { try Law.load("hofmann-2022") } == """
            no law 'hofmann-2022'; did you mean 'hoffmann-2022', 'hoffmann-2022-allocation', 'hoffmann-2022-compute'?
              help: allometry laws
            """)
    #expect(message { try Law.load("xyz") } == "no law 'xyz'\n  help: allometry laws")
    #expect(
        message { try Law.load("muennighoff") } == """
            no law 'muennighoff'; did you mean 'muennighoff-2023'?
              help: allometry laws
            """)
}

@Test func aNameWithASlashIsAFile() {
    #expect(
        message { try Law.load("nowhere/mine.law") } == """
            cannot read 'nowhere/mine.law': No such file or directory
              help: a law of the atlas has a name without slash and '.law': allometry laws
            """)
}

@Test func aFolderOfOnesOwnJoinsTheAtlas() throws {
    guard let atlasFolder else { return }
    let own = try Atlas.embedded.adding(directory: atlasFolder + "/language")
    #expect(own.ids == Atlas.embedded.ids)
    #expect(try own.law("hoffmann-2022") == Atlas.embedded.law("hoffmann-2022"))
    #expect(throws: ScalingError.self) { try Atlas.embedded.adding(directory: "/nowhere") }
}

@Test func noAuthorIsInventedAndWhatIsRememberedSaysSo() throws {
    for id in Atlas.embedded.ids {
        let law = try Atlas.embedded.law(id)
        #expect(law.authors?.lowercased().hasPrefix("the ") != true, "\(id): \(law.authors ?? "")")
        for set in law.sets {
            let isRemembered = [Certainty.memoryHigh, .memoryMiddle, .memoryLow].contains(set.certainty)
            let saysSo = set.source?.contains("memory") == true
            #expect(isRemembered == saysSo, "\(id), \(set.name)")
            // Whatever was read at second hand does not claim to be the paper itself.
            if set.certainty == .secondary { #expect(set.source?.hasSuffix("of the paper") != true, "\(id)") }
        }
    }
}
