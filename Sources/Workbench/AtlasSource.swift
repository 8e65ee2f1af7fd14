// The atlas that a verb works with: the laws of the program and those of the user's folders.

import Scaling

enum AtlasSource {
    /// The embedded atlas with the law files of the folders; a later folder wins.
    ///
    /// - Throws: ``WorkbenchError/unreadableAtlas(folder:code:)``.
    static func atlas(_ folders: [String]?) throws(WorkbenchError) -> Atlas {
        var atlas = Atlas.embedded
        for folder in folders ?? [] {
            do throws(ScalingError) {
                atlas = try atlas.adding(directory: folder)
            } catch {
                guard case .unreadable(_, let code) = error else { preconditionFailure("\(error)") }
                throw .unreadableAtlas(folder: folder, code: code)
            }
        }
        return atlas
    }
}
