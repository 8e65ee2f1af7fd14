// The wording of every fault and warning of this target.

import Fitting
import Formulas

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

extension ScalingError: CustomStringConvertible {
    /// The message, of one or more lines, without a leading `error:`.
    public var description: String { diagnostic.text }

    private var diagnostic: Diagnostic {
        switch self {
        case .unreadable(let file, let code):
            return Diagnostic(
                summary: "cannot read '\(file)': \(String(cString: strerror(code)))",
                help: code == ENOENT ? "a law of the atlas has a name without slash and '.law': allometry laws" : nil)
        case .lawFile(let fault, let place): return fault.diagnostic(at: place)
        case .unknownLaw(let id, let near):
            let list = near.map { "'\($0)'" }.joined(separator: ", ")
            return Diagnostic(
                summary: "no law '\(id)'" + (near.isEmpty ? "" : "; did you mean \(list)?"), help: "allometry laws")
        case .claimHasNoFormula(let id):
            return Diagnostic(
                summary: "'\(id)' is a claim and has no formula", help: "allometry laws show \(id)")
        case .averageHasNoFormula(let id):
            return Diagnostic(
                summary: "'\(id)' is an average of laws and has no formula of its own",
                help: "an average is predicted; for anything else take one of its laws: allometry laws show \(id)")
        case .noCoefficients(let id):
            return Diagnostic(
                summary: "'\(id)' has no coefficients", help: "fit it first: allometry fit --law \(id) FILE")
        case .unknownSet(let name, let law, let sets):
            return Diagnostic(
                summary: "'\(law)' has no set '\(name)'",
                details: [sets.isEmpty ? "it has no sets" : "sets: " + sets.joined(separator: ", ")],
                help: Suggestion.nearest(to: name, among: sets).map { "did you mean '\($0)'?" })
        case .noValue(let parameter, let law, let known):
            return Diagnostic(
                summary: "'\(law)' has no value of \(parameter)",
                details: known.isEmpty ? [] : ["values: " + Self.list(known)],
                help: Suggestion.nearest(to: parameter, among: known).map { "did you mean '\($0)'?" })
        case .labelAsNumber(let name, let law):
            return Diagnostic(
                summary: "'\(law)': the formula takes the text '\(name)' as a number",
                help: "a label is compared, or stands between brackets: \(name) == \"a\", E[\(name)]")
        case .lawCall(let fault):
            let (summary, details, help) = fault.words
            return Diagnostic(summary: summary, details: details, help: help)
        case .chain(let fault): return fault.diagnostic
        case .isoFLOP(let fault): return fault.diagnostic
        case .next(let fault): return fault.diagnostic
        case .shape(let fault): return fault.diagnostic
        case .reading(let fault): return fault.diagnostic
        case .plan(let fault): return fault.diagnostic
        case .schedule(let fault, let text):
            return Diagnostic(
                summary: fault.words.summary, details: Diagnostic.excerpt(of: text, at: 0..<max(1, text.utf8.count)),
                help: fault.words.help)
        case .notTheSameEverywhere(let what, let law):
            return Diagnostic(
                summary: "'\(law)': \(what) differs between points",
                help: "functions of schedules take parameters and numbers there, and a column of steps")
        case .stepOutsideSchedule(let step, let schedule, let steps):
            return Diagnostic(
                summary: "step \(Expression.decimal(step)) is none of the \(steps) steps of the schedule",
                details: [schedule], help: "steps are whole numbers and count from 0: the last is \(steps - 1)")
        case .readsNoSchedule(let law):
            return Diagnostic(
                summary: "'\(law)' reads no schedule", help: "laws of whole curves do: allometry laws search schedule"
            )
        case .scheduleGivenTwice(let input):
            return Diagnostic(summary: "--schedule and --at both say the \(input)", help: "keep one")
        case .forecast(let fault):
            return Diagnostic(summary: fault.words.summary, details: fault.words.details, help: fault.words.help)
        case .points(let fault, let text, let range): return fault.diagnostic(in: text, at: range)
        case .missingInputs(let missing, let law, let inputs):
            return Diagnostic(
                summary: "\(missing.joined(separator: ", ")) \(missing.count == 1 ? "is" : "are") missing",
                details: [Self.inputs(law, inputs)],
                help: "--at '\(missing.map { "\(Symbol($0))=…" }.joined(separator: ", "))'")
        case .unknownPointInput(let name, let law, let inputs, let suggestion):
            return Diagnostic(
                summary: "'\(name)' is no input", details: [Self.inputs(law, inputs)],
                help: suggestion.map { "did you mean '\($0)'?" })
        case .noColumn(let name, let unit, let table, let header):
            let near = Suggestion.nearest(to: name, among: header)
            let need = "the law needs \(name)\(unit.map { " [\($0)]" } ?? "")"
            return Diagnostic(
                summary: "no column '\(name)'",
                details: [
                    "\(table), header: \(Self.list(header))", near.map { "\(need); did you mean '\($0)'?" } ?? need,
                ],
                help: Suggestion.column(name, near))
        case .wrongKind(let name, let isLabel, let law):
            return Diagnostic(
                summary: "'\(law)' takes \(isLabel ? "text" : "a number") for \(name)",
                help: isLabel ? "\(Symbol(name))=\"…\"" : "\(Symbol(name))=70B")
        case .table(let error): return Diagnostic(summary: "\(error)")
        case .noDraws(let law):
            return Diagnostic(
                summary: "\(law) keeps no draws of a bootstrap",
                help: "fit it with --bootstrap 4000 --save FILE, or leave out --interval-from draws")
        case .noCalibration(let law):
            return Diagnostic(
                summary: "\(law) has no calibration",
                help: "allometry backtest TABLE --law \(law) --save FILE writes one, or leave out --interval-from")
        case .calibrationElsewhere(let law, let scale, let names):
            return Diagnostic(
                summary:
                    "the calibration of \(law) is by '\(scale)', and the points have no \(names.joined(separator: ", "))",
                help: "predict it --through a law that reads them, or leave out --interval-from")
        case .noScale(let inputs):
            return Diagnostic(
                summary: "nothing says how large a run is",
                details: ["inputs of the law: \(inputs.joined(separator: ", "))"],
                help: "--by COLUMN, or an expression of columns: --by '6*params*tokens'")
        case .badLevel(let level):
            return Diagnostic(
                summary: "a level of \(Expression.decimal(level)) is no probability",
                help: "give a number between 0 and 1: --level 0.95")
        }
    }

    static func inputs(_ law: String, _ inputs: [String]) -> String {
        inputs.isEmpty ? "\(law) has no inputs" : "inputs of \(law): \(inputs.joined(separator: ", "))"
    }

    static func list(_ words: [String]) -> String {
        words.prefix(20).joined(separator: ", ") + (words.count > 20 ? ", … (\(words.count))" : "")
    }
}

extension ScalingError.PointFault {
    fileprivate func diagnostic(in text: String, at range: Range<Int>) -> Diagnostic {
        var (summary, help, details): (String, String?, [String]) = ("", nil, [])
        switch self {
        case .empty: (summary, help) = ("no point is given", "write one such as 'N=70B, D=1.4T'")
        case .expectedName: (summary, help) = ("expected the name of an input", "write 'N=70B, D=1.4T'")
        case .expectedEquals(let name, let meant):
            (summary, help) = ("expected '=' after \(name)", "write \(Symbol(meant ?? name))=70B")
        case .expectedValue(let name): (summary, help) = ("\(name) has no value", "write \(Symbol(name))=70B")
        case .expectedComma: (summary, help) = ("expected ',' before the next input", nil)
        case .unclosedQuote: summary = "this quote is not closed"
        case .notANumber(let written, let name):
            (summary, help) = ("'\(written)' is no number for \(name)", "write 70B, 1.4e12 or 1B..100B@20")
        case .rangeWithoutCount:
            (summary, help) = ("a range needs a number of points", "write it after the range: 1B..100B@20")
        case .badCount(let written):
            (summary, help) = ("'@\(written)' is no number of points", "write 2 or more: @20, or @20lin")
        case .unknownSpacing(let written):
            (summary, help) = ("'\(written)' is no spacing", "write @20 (equal factors) or @20lin (equal steps)")
        case .logarithmicRange:
            (summary, help) = ("equal factors need both ends above zero", "write @20lin for equal steps")
        case .rangeOfLabels(let name):
            (summary, help) = ("\(name) is text and has no range", "quote it: \(Symbol(name))=\"…\"")
        case .repeated(let name): summary = "\(name) is given twice"
        case .tooMany(let limit): summary = "these are more than \(limit) points"
        case .unknownInput(let name, let law, let inputs, let suggestion):
            summary = "'\(name)' is no input"
            details = [ScalingError.inputs(law, inputs)]
            help = suggestion.map { "did you mean '\($0)'?" }
        }
        return Diagnostic(summary: summary, details: Diagnostic.excerpt(of: text, at: range) + details, help: help)
    }
}

extension ScalingError.Fault {
    fileprivate func diagnostic(at place: ScalingError.Place) -> Diagnostic {
        let (summary, details, help) = words
        var excerpt = place.text.isEmpty ? [] : Diagnostic.excerpt(of: place.text, at: place.range)
        if case .formula = self { excerpt = [] }  // the formula's own message quotes it
        return Diagnostic(
            summary: "\(place.file):\(place.line): \(summary)", details: excerpt + details, help: help)
    }

    private var words: (summary: String, details: [String], help: String?) {
        switch self {
        case .notALawFile: return ("not a law file", [], "its first line is 'allometry-law: 1'")
        case .newerVersion(let version):
            return ("format \(version) was written by a newer version; this one reads \(LawFile.version)", [], nil)
        case .notALine:
            return (
                "neither a key, a section, a comment nor a continuation", [],
                "write 'key: value'; a line that "
                    + "continues the value above it starts with a space"
            )
        case .continuesNothing:
            return ("this line continues nothing", [], "a key or a section starts in the first column")
        case .unclosedSection: return ("this section is not closed", [], "write '[input N]' on a line of its own")
        case .unknownSection(let kind):
            let known = LawSchema.sections.map(\.kind)
            let near = Suggestion.nearest(to: kind, among: known)
            return (
                "unknown section '\(kind)'", [],
                near.map { "did you mean '\($0)'?" } ?? "sections are " + known.joined(separator: ", ")
            )
        case .sectionNeedsName(let kind): return ("this section needs a name", [], "write '[\(kind) NAME]'")
        case .sectionTakesNoName(let kind): return ("this section takes no name", [], "write '[\(kind)]'")
        case .repeatedSection(let title): return ("a second \(title)", [], "keep one")
        case .unknownKey(let key, let section): return ("unknown key '\(key)'", [], Self.help(key, in: section))
        case .repeatedKey(let key, let section): return ("'\(key)' stands twice in \(section)", [], "keep one")
        case .missingKey(let key, let section): return ("\(section) needs '\(key)'", [], "add '\(key): …'")
        case .emptyValue(let key): return ("'\(key)' has no value", [], "leave the line out if nothing is known")
        case .notANumber(let text, let key):
            return ("'\(text)' is no number for \(key)", [], "write 0.34, 70B or 1e20")
        case .notAChoice(let text, let key, let choices):
            let near = Suggestion.nearest(to: text, among: choices)
            return (
                "'\(text)' is no value of '\(key)'", [],
                near.map { "did you mean '\($0)'?" } ?? "write one of " + choices.joined(separator: ", ")
            )
        case .notABound(let text, let key):
            return ("'\(text)' is no range for '\(key)'", [], "write 0.., ..2 or 0.1..0.9")
        case .notAnAssignment(let text):
            return ("'\(text)' is no assignment", [], "write 'A = 406.4, alpha = 0.34'")
        case .repeatedAssignment(let name): return ("\(name) is given twice", [], "keep one")
        case .formula(let error, let key):
            return ("'\(key)' is no formula", "\(error)".split(separator: "\n").map(String.init), nil)
        case .loss(let text):
            return ("'\(text)' is no loss", [], "write squared, huber:1e-3, absolute or quantile:0.9")
        case .schedule(let text):
            return ("'\(text)' is no schedule", [], "write 'column rate=lr' or 'LABEL=cosine peak=3e-4 steps=24k'")
        case .claimWithFormula: return ("a claim has no formula", [], "leave out 'kind: claim'")
        case .claimWithSection(let title):
            return ("a claim has no section such as \(title)", [], "leave out 'kind: claim'")
        case .belongsToClaims(let key):
            return ("'\(key)' belongs to claims", [], "write it under notes, or add 'kind: claim'")
        case .belongsToAverages(let title): return ("\(title) belongs to averages", [], "add 'kind: average'")
        case .averageWithFormula:
            return ("an average has no formula of its own", [], "its laws stand below, each with the formula it has")
        case .severalLaws:
            return (
                "a second law begins further down", [], "one law a file; several make an average: 'kind: average'"
            )
        case .memberCount(let members, let laws):
            return (
                "\(members) [member …] and \(laws) laws below", [],
                "every member has its law, in the same order, each from its line 'allometry-law: 1' on"
            )
        case .memberWithoutFormula(let name):
            return ("'\(name)' has no formula", [], "an average is of laws that can be predicted")
        case .notAWeight(let text): return ("'\(text)' is no weight", [], "write a number above zero")
        case .weightSum(let sum):
            return ("the weights sum to \(Numeral.short(sum, digits: 6))", [], "they must sum to 1")
        case .missingFormula: return ("a law needs a formula", [], "add 'formula: loss ~ …', or 'kind: claim'")
        case .noResponse: return ("the formula does not say what it predicts", [], "write 'loss ~ …'")
        case .responseDiffers(let name, let formula):
            return ("the formula predicts \(formula), not \(name)", [], "write '[response \(formula)]'")
        case .unusedInput(let name, let symbols):
            let near = Suggestion.nearest(to: name, among: symbols).map { "did you mean '\($0)'?" }
            return ("the formula has no '\(name)'", ["names: " + ScalingError.list(symbols)], near)
        case .inputAndParameter(let name): return ("'\(name)' is an input and a parameter at once", [], "keep one")
        case .indexIsNoInput(let index, let symbol):
            return ("the index of \(symbol) is no input", [], "add '[input \(index)]' with 'unit: label'")
        case .unknownParameter(let name, let parameters):
            let near = Suggestion.nearest(to: name, among: parameters).map { "did you mean '\($0)'?" }
            return ("the formula has no parameter '\(name)'", ["parameters: " + ScalingError.list(parameters)], near)
        case .labelCount(let name, let indices):
            let shape = indices.isEmpty ? "no label" : "labels of \(indices.joined(separator: ", "))"
            return ("\(name) needs \(shape)", [], nil)
        case .tieCycle(let name):
            return ("'\(name)' is tied to itself, or by too long a chain", [], "tie parameters to one that is free")
        case .missingParameter(let name, let section):
            return ("\(section) has no value of \(name)", [], "add '\(name) = …'")
        case .unknownGoldenSet(let name, let sets):
            let near = Suggestion.nearest(to: name, among: sets).map { "did you mean '\($0)'?" }
            return ("no set '\(name)'", ["sets: " + ScalingError.list(sets)], near)
        case .unknownGoldenInput(let name, let inputs):
            let near = Suggestion.nearest(to: name, among: inputs).map { "did you mean '\($0)'?" }
            return ("'\(name)' is no input", ["inputs: " + ScalingError.list(inputs)], near)
        case .missingGoldenInput(let name): return ("\(name) is missing", [], "add '\(name) = …'")
        case .unreadable(let text, let key, let example):
            return ("'\(text)' cannot be read as '\(key)'", [], "write \(example)")
        case .drawShape(let row, let found, let expected):
            return (
                "draw \(row): \(found) numbers where \(expected) are needed", [],
                "one number a parameter, in their order"
            )
        case .notAnOmission(let text): return ("'\(text)' is no omission", [], "write '12 no value of loss'")
        case .covarianceShape(let row, let found, let expected):
            return (
                "covariance: \(found) where \(expected) are needed, row \(row)", [],
                "one row a value, one number a value"
            )
        case .covarianceValue(let place):
            return ("this is no covariance: \(place)", [], "the matrix is symmetric, its diagonal not negative")
        case .call(let fault): return fault.words
        case .needsEstimates(let what): return ("\(what) belongs to a saved fit, which has [estimates]", [], nil)
        }
    }

    // The near key of this section, else the section that has this key, else all keys.
    private static func help(_ key: String, in section: String) -> String? {
        guard let schema = LawSchema.named(section) else { return nil }
        if let owner = LawSchema.sections.first(where: { $0.keys.contains(key) })
            ?? (LawSchema.top.keys.contains(key) ? .top : nil)
        {
            return "'\(key)' belongs to \(owner.title)"
        }
        if let near = Suggestion.nearest(to: key, among: schema.keys) { return "did you mean '\(near)'?" }
        return "keys of \(schema.title): " + schema.keys.joined(separator: ", ")
    }
}

extension Warning {
    static func beyondCalibration(_ calibration: Calibration, factor: Double) -> Warning {
        let reach = Numeral.short(calibration.testedReach, digits: 3)
        return Warning(
            code: "beyond-calibration",
            message:
                "\(Numeral.short(factor, digits: 3)) times the largest fitted \(calibration.scale); intervals are calibrated to \(reach) times",
            hint: "the width goes on growing with ln(distance), untested; a run between would test it")
    }

    static func calibrationUnused(_ scale: Formula, _ names: [String]) -> Warning {
        Warning(
            code: "calibration-unused",
            message: "intervals are calibrated by \(scale), and the points have no \(names.joined(separator: ", "))",
            hint:
                "they hold no doubt of extrapolation; predict --through a law that reads \(names.joined(separator: ", "))"
        )
    }

    static func extrapolation(_ input: LawInput, at x: Double, factor: Double) -> Warning {
        Warning(
            code: "extrapolation",
            message:
                "\(input.name) = \(Numeral.quantity(x, digits: 3)) is \(Numeral.significant(factor, digits: 3)) times outside of "
                + "the fitted range \(Numeral.quantities(input.range, digits: 3))",
            hint: "the interval does not know how the law fails out there; measure a point in between")
    }

    static func outsideDesign(_ direction: WeakDirection, at x: Double, factor: Double) -> Warning {
        Warning(
            code: "outside-design",
            message:
                "\(direction.name) = \(Numeral.quantity(x, digits: 3)) is \(Numeral.short(factor, digits: 3)) times "
                + "outside of \(Numeral.quantity(direction.range.lowerBound, digits: 3)).."
                + "\(Numeral.quantity(direction.range.upperBound, digits: 3)), the direction in which the runs vary least",
            hint: "add a run at such a \(direction.name): what the law says there rests on its form alone")
    }

    static func outsideDomain(_ input: LawInput, at x: Double) -> Warning {
        Warning(
            code: "outside-domain",
            message: "\(input.name) = \(Numeral.quantity(x, digits: 3)) lies outside of the fitted range "
                + "\(Numeral.quantities(input.range, digits: 3))",
            hint: "choose a value within the range")
    }

    static func notFinite(_ value: Double) -> Warning {
        Warning(
            code: "not-finite", message: "the law has no finite value here (\(value))",
            hint: "a logarithm or a power met a number that it is not defined for")
    }

    static func uncertain(_ set: LawSet) -> Warning? {
        guard let certainty = set.certainty, certainty.isUncertain else { return nil }
        let why =
            switch certainty {
            case .secondary: "were read in somebody else's paper"
            case .memoryHigh, .memoryMiddle, .memoryLow: "were remembered, not read"
            case .abstract: "come from the abstract alone"
            case .illustration: "were invented to show the shape of the law"
            case .exactText, .exactCode, .recomputed: "are certain"
            }
        return Warning(
            code: "uncertain-coefficients",
            message: "the coefficients of set \(set.name) \(why) (\(certainty.rawValue))",
            hint: certainty == .illustration
                ? "fit the law to measurements of your own" : "check them against the source before you rely on them")
    }
}
