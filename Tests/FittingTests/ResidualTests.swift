// The three scales of a residual.

import Fitting
import Foundation
import Testing

struct ResidualTests {
    @Test(arguments: Residual.allCases) func aTransformedValueIsRestored(residual: Residual) {
        for y in [1e-9, 0.1, 0.5, 0.9, 1 - 1e-9] {
            let z = residual.transformed(y)
            #expect(SecondOpinion.close(z, SecondOpinion.scaled(residual, y), 1e-7))
            #expect(SecondOpinion.close(residual.restored(z), y, 1e-14))
        }
    }

    @Test func outsideOfItsDomainAScaleIsNaN() {
        for y in [0, -1, -Double.infinity, .nan] {
            #expect(Residual.log.transformed(y).isNaN)
            #expect(Residual.logit.transformed(y).isNaN)
        }
        #expect(Residual.logit.transformed(1).isNaN)
        #expect(Residual.logit.transformed(2).isNaN)
        #expect(Residual.raw.transformed(-1) == -1)
    }
}
