// What can be wrong with a law, a law file, a name or a point, as data. The wording is in ScalingMessages.swift.

import Fitting
import Formulas
import Tables

/// A fault in what was asked of a law. Extrapolation and doubtful coefficients are no faults: they are warnings.
public enum ScalingError: Error, Sendable {
    /// Where a fault of a law file stands.
    public struct Place: Equatable, Sendable {
        /// The name of the file, as it was given.
        public let file: String
        /// The line, counted from 1.
        public let line: Int
        /// The line itself.
        public let text: String
        /// The bytes of the line that are at fault.
        public let range: Range<Int>
    }

    /// What can be wrong in a law file.
    public enum Fault: Sendable {
        case notALawFile
        case newerVersion(String)
        case notALine
        case continuesNothing
        case unclosedSection
        case unknownSection(String)
        case sectionNeedsName(String)
        case sectionTakesNoName(String)
        case repeatedSection(String)
        case unknownKey(String, section: String)
        case repeatedKey(String, section: String)
        case missingKey(String, section: String)
        case emptyValue(String)
        case notANumber(String, key: String)
        case notAChoice(String, key: String, choices: [String])
        case notABound(String, key: String)
        case notAnAssignment(String)
        case repeatedAssignment(String)
        case formula(FormulaError, key: String)
        case loss(String)
        case schedule(String)
        case claimWithFormula
        case claimWithSection(String)
        case belongsToClaims(String)
        case belongsToAverages(String)
        case averageWithFormula
        case severalLaws
        case memberCount(members: Int, laws: Int)
        case memberWithoutFormula(String)
        case notAWeight(String)
        case weightSum(Double)
        case missingFormula
        case noResponse
        case responseDiffers(file: String, formula: String)
        case unusedInput(String, symbols: [String])
        case inputAndParameter(String)
        case indexIsNoInput(String, symbol: String)
        case unknownParameter(String, parameters: [String])
        case labelCount(String, indices: [String])
        case tieCycle(String)
        case missingParameter(String, section: String)
        case unknownGoldenSet(String, sets: [String])
        case unknownGoldenInput(String, inputs: [String])
        case missingGoldenInput(String)
        case notAnOmission(String)
        case covarianceShape(row: Int, found: Int, expected: Int)
        case covarianceValue(String)
        case needsEstimates(String)
        case drawShape(row: Int, found: Int, expected: Int)
        case unreadable(String, key: String, example: String)
        case call(LawCallFault)
    }

    /// What can be wrong with a text that names points, such as `N=1B..100B@20`.
    public enum PointFault: Equatable, Sendable {
        case empty
        case expectedName
        /// `meant` is an input whose name goes on after a space.
        case expectedEquals(name: String, meant: String?)
        case expectedValue(name: String)
        case expectedComma
        case unclosedQuote
        case notANumber(String, name: String)
        case rangeWithoutCount
        case badCount(String)
        case unknownSpacing(String)
        case logarithmicRange
        case rangeOfLabels(name: String)
        case repeated(String)
        case tooMany(limit: Int)
        case unknownInput(String, law: String, inputs: [String], suggestion: String?)
    }

    // Files and names.

    case unreadable(file: String, code: Int32)
    case lawFile(Fault, at: Place)
    case unknownLaw(String, near: [String])

    // What a law cannot do.

    case claimHasNoFormula(id: String)
    case averageHasNoFormula(id: String)
    case noCoefficients(id: String)
    case unknownSet(String, law: String, sets: [String])
    case noValue(parameter: String, law: String, known: [String])
    case labelAsNumber(String, law: String)
    case lawCall(LawCallFault)
    case chain(ChainFault)
    case isoFLOP(IsoFLOPFault)
    case next(NextFault)
    case plan(PlanFault)
    case schedule(ScheduleFault, text: String)
    case shape(ShapeFault)
    case reading(ReadingFault)
    /// A function of a schedule met something that differs between points.
    case notTheSameEverywhere(String, law: String)
    case stepOutsideSchedule(Double, schedule: String, steps: Int)
    /// A schedule was given to a law that reads none.
    case readsNoSchedule(law: String)
    case scheduleGivenTwice(input: String)
    case forecast(ForecastFault)

    // Points.

    case points(PointFault, in: String, at: Range<Int>)
    /// The inputs as a message lists them, with their units.
    case missingInputs([String], law: String, inputs: [String])
    case unknownPointInput(String, law: String, inputs: [String], suggestion: String?)
    case noColumn(String, unit: String?, table: String, header: [String])
    case wrongKind(String, isLabel: Bool, law: String)
    case table(TableError)
    case badLevel(Double)
    case noDraws(law: String)
    /// Nothing in a law of these inputs says how large a run is.
    case noScale(inputs: [String])
    case noCalibration(law: String)
    /// The calibration is by something that the points do not have.
    case calibrationElsewhere(law: String, scale: String, names: [String])
}
