// schedule: a law of whole curves and families of schedules, to the best of each.

import Fitting
import Formulas
import Reports
import Scaling

/// Finds the schedules under which a law's last loss is lowest.
public enum ScheduleVerb: Verb {
    public static let name = "schedule"

    /// - Throws: ``WorkbenchError``, `ScalingError`. An optimum at the end of a range is a warning.
    public static func answer(_ request: ScheduleRequest) throws -> Answer<ScheduleReply> {
        let law = try Law.load(request.law, atlas: try AtlasSource.atlas(request.atlas))
        _ = try law.curveInputs()
        if request.families.isEmpty { throw WorkbenchError.noFamily }
        if let steps = request.steps, steps < 1 {
            throw WorkbenchError.badCount(steps, option: "--steps", example: 24_000)
        }
        let level = try Choice.level(request.arithmetic)
        let found = try request.families.map { text in
            let isOpen = !text.split(separator: " ").contains { $0.hasPrefix("steps=") }
            let whole = isOpen ? text + (request.steps.map { " steps=\($0)" } ?? "") : text
            return try BestSchedule(
                of: try ScheduleFamily(whole), under: law, inputs: request.at ?? "", set: request.set,
                level: request.level ?? 0.95, vectorLevel: level)
        }
        let set = law.fit == nil ? request.set ?? law.defaultSet?.name : request.set
        return Answer(ScheduleReply(found, law: law.id, set: set)) { .schedules(found, law: law, set: set) }
    }
}
