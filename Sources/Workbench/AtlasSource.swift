// The atlas that a verb works with: the laws of the program and those of the user's folders.

import Scaling

enum AtlasSource {
    /// The embedded atlas with the law files of the folders; a later folder wins.
    static func atlas(_ folders: [String]?) throws(ScalingError) -> Atlas {
        var atlas = Atlas.embedded
        for folder in folders ?? [] { atlas = try atlas.adding(directory: folder) }
        return atlas
    }
}
