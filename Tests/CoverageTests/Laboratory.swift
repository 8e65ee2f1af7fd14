// What the tests of the scoring share: the frozen settings.

import Coverage
import Foundation

enum Laboratory {
    static func settingsText() throws -> String {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("Coverage/settings.txt")
        return try String(contentsOf: file, encoding: .utf8)
    }

    static func settings() throws -> Settings { try Settings(settingsText()) }

    /// The message for a fault in settings, or nil where there is none.
    static func fault(in text: String) -> String? {
        do {
            _ = try Settings(text)
            return nil
        } catch {
            return "\(error)"
        }
    }
}
