// docs/laws is what the law files give. ALLOMETRY_RECORD=1 writes it again.

import Foundation
import Scaling
import Testing

private func pages() throws -> [String: String] {
    let laws = try Atlas.embedded.ids.map { try Atlas.embedded.law($0) }
    var pages = Dictionary(uniqueKeysWithValues: laws.map { ($0.id + ".md", LawMarkdown.page(of: $0)) })
    pages["README.md"] = LawMarkdown.index(of: laws)
    return pages
}

@Test func everyLawHasItsPage() throws {
    guard let atlasFolder else { return }
    let folder = URL(fileURLWithPath: atlasFolder).deletingLastPathComponent().appendingPathComponent("docs/laws")
    let pages = try pages()
    let files = FileManager.default
    if ProcessInfo.processInfo.environment["ALLOMETRY_RECORD"] == "1" {
        try files.createDirectory(at: folder, withIntermediateDirectories: true)
        for name in try files.contentsOfDirectory(atPath: folder.path) where pages[name] == nil {
            try files.removeItem(at: folder.appendingPathComponent(name))
        }
        for (name, text) in pages {
            try Data(text.utf8).write(to: folder.appendingPathComponent(name))
        }
    }
    let found = Set(try files.contentsOfDirectory(atPath: folder.path))
    #expect(found == Set(pages.keys))
    for (name, text) in pages.sorted(by: { $0.key < $1.key }) where found.contains(name) {
        let kept = try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
        #expect(kept == text, "docs/laws/\(name) is not what the law file gives; ALLOMETRY_RECORD=1 writes it again")
    }
}

@Test func aPageSaysAllOfItsLaw() throws {
    for id in Atlas.embedded.ids {
        let law = try Atlas.embedded.law(id)
        let page = LawMarkdown.page(of: law)
        #expect(page.hasPrefix("# "))
        #expect(law.sets.allSatisfy { page.contains("### ") && page.contains($0.certainty?.rawValue ?? "") }, "\(id)")
        #expect(page.components(separatedBy: "$$").count % 2 == 1, "\(id)")
        if law.kind == .law { #expect(page.contains("allometry fit TABLE --law \(id)"), "\(id)") }
    }
}

@Test func marksOfMarkdownInTextsAreText() throws {
    let law = try sample(replacing: "title: A sample", with: "title: A *sample* of a_b | c")
    #expect(LawMarkdown.page(of: law).hasPrefix("# A \\*sample\\* of a\\_b \\| c\n"))
}

@Test func anEntryForBibTeXNamesTheAuthors() throws {
    let law = try Law.load("hoffmann-2022")
    #expect(
        Bibliography.entry(for: law) == """
            @misc{hoffmann-2022,
              title         = {{\(law.title)}},
              author        = {Jordan Hoffmann and Sebastian Borgeaud and Arthur Mensch and others},
              year          = {2022},
              eprint        = {2203.15556},
              archivePrefix = {arXiv},
              note          = {approach 3, equation 10}
            }
            """)
}
