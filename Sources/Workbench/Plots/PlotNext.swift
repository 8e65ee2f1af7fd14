// The figure of the runs that are worth making.

import Reports
import Scaling

enum PlotNext {
    static func next(_ request: PlotRequest, _ progress: Progress) throws -> Picture {
        guard var asked = request.next else { throw WorkbenchError.plot(.noRequest(kind: request.kind)) }
        asked.fit.save = nil
        let findings = try NextVerb.findings(asked, progress: progress)
        if findings.next.purchases.isEmpty {
            throw WorkbenchError.plot(
                .noNext(target: findings.next.target, candidates: findings.next.candidates.count))
        }
        return try picture(findings, request)
    }

    /// Over the inputs that a request names, if any; else over those that make up the compute.
    static func picture(_ findings: NextFindings, _ request: PlotRequest) throws -> Picture {
        let law = findings.next.law
        let numbers = law.inputs.filter { !$0.isLabel }.map(\.name)
        guard let first = numbers.first else { throw WorkbenchError.nothingToDraw(table: law.id) }
        if numbers.count == 1 {
            for (given, option) in [(request.x, "--x"), (request.y, "--y")] {
                if let given, given != first || option == "--y" {
                    throw WorkbenchError.unknownChoice(given, option: option, choices: numbers)
                }
            }
            return try NextFigure(findings, x: first, y: nil).picture()
        }
        let (x, y) = try PlotLaws.plane(request, law)
        return try NextFigure(findings, x: x, y: y).picture()
    }
}
