// The 48 learning curves of Alabdulmohsin et al. 2022 by their own estimators and by broken power laws.

import Fitting
import Formulas
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

    @Test func oneBreakFitsEveryCurveAsWellAsFortyStartsByHand() throws {
        for curve in try LearningCurve.all() {
            let (x, y) = try curve.points("fit")
            let byHand = BrokenLawByHand(breaks: 1, x: x, y: y).bestObjective()
            let patient = try curve.refit("caballero-2022-1", starts: 40).fit.objective
            #expect(patient <= byHand * (1 + 1e-6), "\(curve)")
            #expect(try curve.refit("caballero-2022-1").fit.objective <= byHand * 1.001, "\(curve)")
        }
    }

    /// With nine and twelve parameters neither method always ends in the best valley.
    @Test(arguments: [2, 3]) func moreBreaksFitBetterThanByHandOnNineCurvesOfTen(breaks: Int) throws {
        var better = 0
        var errors: [Double] = []
        let clock = ContinuousClock()
        var time = Duration.zero
        for curve in try LearningCurve.all() {
            let (x, y) = try curve.points("fit")
            let start = clock.now
            let refit = try curve.refit("caballero-2022-\(breaks)")
            time += clock.now - start
            let byHand = BrokenLawByHand(breaks: breaks, x: x, y: y).bestObjective(starts: 12)
            if refit.fit.objective <= byHand * (1 + 1e-6) { better += 1 }
            let error = try LearningCurve.extrapolationError(refit, curve.table, LearningCurve.columns)
            errors.append(error)
        }
        print("\(breaks) breaks: 48 curves in \(time), \(better) at least as good as by hand")
        #expect(better >= 43)
        // Nine and twelve parameters for 9 to 71 points: worse than one break, and still no nonsense.
        #expect(errors.reduce(0, +) / 48 < 0.045)
    }
}
