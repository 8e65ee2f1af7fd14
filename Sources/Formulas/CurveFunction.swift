// Functions of a run's whole schedule up to a step.

/// What a law of whole curves asks of the learning rates η₀, η₁, … of a run up to the step t.
///
/// Steps count from 0; a schedule says the rate of every step, also of those that nobody logged.
public enum CurveFunction: String, Hashable, Sendable, CaseIterable {
    /// Σᵢ mᵢ with mᵢ = λ mᵢ₋₁ + (ηᵢ₋₁ − ηᵢ) and i ≤ t: the annealing area of Tissue et al. 2024 (2408.11029). The
    /// differences before the rate falls for the first time, those of the warm-up, count as zero.
    case annealing
    /// Σₖ (ηₖ₋₁ − ηₖ) (1 − (1 + C ηₖ^−γ Sₖ)^−β) with Sₖ = ηₖ + … + η_t and 1 ≤ k ≤ t, of Luo et al. 2025 (2503.12811).
    /// The differences of the warm-up count.
    case multipower
    /// η_t
    case rate
    /// η₀ + … + η_t
    case ratesum

    /// The names of its arguments after the schedule and the step.
    public var arguments: [String] {
        switch self {
        case .annealing: ["lambda"]
        case .multipower: ["C", "beta", "gamma"]
        case .rate, .ratesum: []
        }
    }

    /// One line of help.
    public var summary: String {
        switch self {
        case .annealing: "sum of the momentum of the falling rate, with decay lambda"
        case .multipower: "multi-power sum over the changes of the rate"
        case .rate: "learning rate at the step"
        case .ratesum: "sum of the learning rates up to the step"
        }
    }
}

/// `annealing(schedule, step, lambda)`: a function of the schedule that a label column names, at the step of a column.
///
/// The arguments after those two are the same on all rows.
public struct CurveCall: Hashable, Sendable {
    public let function: CurveFunction
    public let schedule: String
    public let step: String
    public let arguments: [Expression]
}

extension Formula {
    /// The columns that name schedules, and those of their steps, each pair once.
    public var scheduleColumns: [(schedule: String, step: String)] {
        var found: [(schedule: String, step: String)] = []
        for expression in definitions.map(\.value) + [prediction] {
            expression.visitCurves { call in
                if !found.contains(where: { $0 == (call.schedule, call.step) }) {
                    found.append((call.schedule, call.step))
                }
            }
        }
        return found
    }
}

extension Expression {
    fileprivate func visitCurves(_ visit: (CurveCall) -> Void) {
        switch self {
        case .number, .label, .symbol, .bound, .member: break
        case .negate(let operand), .not(let operand): operand.visitCurves(visit)
        case .binary(_, let left, let right):
            left.visitCurves(visit)
            right.visitCurves(visit)
        case .call(_, let arguments): for argument in arguments { argument.visitCurves(visit) }
        case .repetition(let it): it.body.visitCurves(visit)
        case .lookup(let lookup):
            for part in [lookup.subject] + lookup.rows.map(\.value) + (lookup.otherwise.map { [$0] } ?? []) {
                part.visitCurves(visit)
            }
        case .solve(let it): for part in [it.from, it.to, it.left, it.right] { part.visitCurves(visit) }
        case .law(let call): for argument in call.arguments { argument.value.visitCurves(visit) }
        case .curve(let call):
            visit(call)
            for argument in call.arguments { argument.visitCurves(visit) }
        }
    }
}
