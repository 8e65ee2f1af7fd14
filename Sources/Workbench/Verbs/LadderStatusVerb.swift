// ladder status: the folder of a ladder, to what its finished runs say, and whether to go on.

import Reports
import Scaling

/// Reads a ladder back: what its finished runs say, and whether to go on.
public enum LadderStatusVerb: Verb {
    public static let name = "ladder status"

    /// - Throws: ``WorkbenchError``, `ScalingError`, `TableError`.
    public static func answer(_ request: LadderStatusRequest) throws -> Answer<LadderStatusReply> {
        let folder = LadderFolder(path: request.folder)
        let (law, options) = try LadderVerb.options(try folder.located())
        let design = try LadderDesign(law, options)
        let results = try LadderResults(folder, design)
        var made = try LadderStatus(design, of: law, options, measured: results.measured)
        (made.failed, made.begun, made.notices) = (results.failed, results.begun, results.notices)
        let status = made
        return Answer(LadderStatusReply(status, folder: request.folder)) {
            .ladderStatus(status, folder: request.folder)
        }
    }
}
