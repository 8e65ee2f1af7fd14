// The 48 learning curves of Alabdulmohsin et al. 2022 by their own estimators and by broken power laws.

import Fitting
import Formulas
import Foundation
import Scaling
import Tables
import Testing

@Suite(.enabled(if: PublicTables.isAtHand, "the public tables are not at hand"))
struct LearningCurveTests {
    /// Mean extrapolation errors of converged fits, as REFERENCE.md has them; M1 is a straight line.
    @Test(arguments: [
        ("alabdulmohsin-2022-m1", 0.1012), ("alabdulmohsin-2022-m2", 0.0497), ("alabdulmohsin-2022-m3", 0.0358),
        ("alabdulmohsin-2022-m4", 0.0294),
        ("caballero-2022-1", 0.0284),
    ])
    func extrapolatesAsTheConvergedReference(id: String, mean: Double) throws {
        var errors: [Double] = []
        for curve in try LearningCurve.all() {
            let refit = try curve.refit(id)
            errors.append(try LearningCurve.extrapolationError(refit, curve.table, LearningCurve.columns))
        }
        #expect(errors.count == 48)
        #expect(errors.reduce(0, +) / 48 <= mean * 1.05)
    }

    @Test func aFloorAndAFlatteningNeverFitWorseThanTheLineTheyContain() throws {
        for curve in try LearningCurve.all() {
            let line = try curve.refit("alabdulmohsin-2022-m1").fit.objective
            for id in ["alabdulmohsin-2022-m2", "alabdulmohsin-2022-m3"] {
                #expect(try curve.refit(id).fit.objective <= line * (1 + 1e-9), "\(id) on \(curve)")
            }
        }
    }

    /// How many starts by hand: 12, or what ALLOMETRY_HAND_STARTS says; the bar is stated for 40.
    private var startsByHand: Int {
        ProcessInfo.processInfo.environment["ALLOMETRY_HAND_STARTS"].flatMap(Int.init) ?? 12
    }

    /// With three breaks, twelve parameters, one curve ends in another valley, by less than one per cent.
    @Test(arguments: [(breaks: 1, missed: 0), (breaks: 2, missed: 0), (breaks: 3, missed: 1)])
    func breaksFitAsWellAsManyStartsByHand(breaks: Int, missed: Int) throws {
        var worse: [String] = []
        var errors: [Double] = []
        let clock = ContinuousClock()
        var time = Duration.zero
        for curve in try LearningCurve.all() {
            let (x, y) = try curve.points("fit")
            let start = clock.now
            let refit = try curve.refit("caballero-2022-\(breaks)")
            time += clock.now - start
            let byHand = BrokenLawByHand(breaks: breaks, x: x, y: y).bestObjective(starts: startsByHand)
            let excess = refit.fit.objective / byHand - 1
            if excess > 1e-6 { worse.append("\(curve) by \(excess)") }
            #expect(excess < 0.01, "\(curve)")
            errors.append(try LearningCurve.extrapolationError(refit, curve.table, LearningCurve.columns))
        }
        print(
            "\(breaks) breaks: 48 curves in \(time), above the best of \(startsByHand) starts by hand: "
                + (worse.isEmpty ? "none" : worse.joined(separator: ", ")))
        #expect(worse.count <= missed)
        // Nine and twelve parameters for 9 to 71 points: worse than one break, and still no nonsense.
        #expect(errors.reduce(0, +) / 48 < 0.045)
    }
}
