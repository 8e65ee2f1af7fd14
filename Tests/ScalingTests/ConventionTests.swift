// Which N, which FLOPs, which unit: what is guessed, what is compared, what is said.

import Fitting
import Formulas
import Scaling
import Tables
import Testing

@Test(arguments: [
    ("params_non_embedding", "parameters non-embedding"), ("nonEmbeddingParams", "parameters non-embedding"),
    ("n_params_billion", "parameters 1e9 parameters"), ("params_m", "parameters 1e6 parameters"),
    ("active_params", "parameters active"), ("params_total", "parameters total"), ("params", "parameters"),
    ("transformer_params", "parameters transformer"), ("params_with_embeddings", "parameters all"),
    ("param_count", "parameters"), ("tokens", "tokens"), ("tokens_b", "tokens 1e9 tokens"),
    ("unique_tokens", "tokens"),
    ("flops", "compute"), ("flops_6nd_derived", "compute 6ND"), ("training_gflops", "compute GFLOP"),
    ("pf_days", "compute PF-days"), ("PFdays", "compute PF-days"), ("petaflops_days", "compute PF-days"),
    ("compute_exact", "compute exact"), ("zflops", "compute 1e21 FLOP"), ("flops_per_token", ""),
    ("tokens_per_param", ""),
    ("params_exponent", ""), ("loss", ""), ("N", ""), ("lr", ""), ("batch_size_tokens", ""), ("b_tokens", "tokens"),
])
func aColumnIsGuessedFromItsName(name: String, meaning: String) {
    let guess = ColumnMeaning(ofColumn: name)
    let words = [guess?.kind.rawValue, guess?.counting?.rawValue, guess?.unitName].compactMap(\.self)
    #expect(words.joined(separator: " ") == meaning)
}

@Test func everyUnitOfCountsInTheAtlasIsUnderstood() throws {
    for law in try formulaLaws() {
        for input in law.inputs {
            if let counting = input.counting {
                #expect(ColumnMeaning.Counting(rawValue: counting) != nil, "\(law.id): \(counting)")
            }
            let unit = input.unit ?? ""
            let isCount = unit.hasSuffix("parameters") || unit.hasSuffix("FLOP") || unit == "PF-days"
            if isCount { #expect(ColumnMeaning(input)?.unitName == unit, "\(law.id): \(unit)") }
        }
    }
}

private func runs(_ columns: [(String, [Double])]) -> Table {
    Table(name: "runs.csv", columns: columns.map { Column(name: $0, numbers: $1) })
}

private func formulas(_ columns: [String: String]) throws -> [String: Formula] {
    try columns.mapValues { try Formula($0) }
}

private let counted = runs([
    ("params", [1.5e8, 4e8, 1.3e9]), ("params_non_embedding", [1e8, 3.2e8, 1.2e9]), ("tokens", [3e9, 8e9, 2.6e10]),
])

@Test func theOtherCountingIsNamedWithItsFactorAndWhatItCosts() throws {
    let law = try Law.load("besiroglu-2024")
    let columns = try formulas(["N": "params_non_embedding", "D": "tokens"])
    let warning = try #require(Conventions.warnings(for: law, table: counted, columns: columns).first)
    #expect(warning.code == "counting-mismatch")
    #expect(
        warning.message
            == "N of the law counts all parameters, the column 'params_non_embedding' counts the parameters without "
            + "embeddings: 0.800 times 'params' in the middle, which moves the law's value by 1.4 %")
    #expect(warning.hint == "--column 'N=params'")
    let right = try formulas(["N": "params", "D": "tokens"])
    #expect(Conventions.warnings(for: law, table: counted, columns: right).isEmpty)
    #expect(
        try Conventions.warnings(for: law, table: counted, specification: law.specification(columns: columns)).count
            == 1)
}

@Test func aPlainCountBesideOneWithoutEmbeddingsCountsAll() throws {
    let law = try Law.load("kaplan-2020-parameters")
    let warnings = Conventions.warnings(for: law, table: counted, columns: try formulas(["N": "params"]))
    #expect(warnings.map(\.code) == ["counting-mismatch"])
    #expect(warnings.first?.message.contains("1.25 times 'params_non_embedding' in the middle") == true)
    let alone = runs([("params", [1.5e8, 4e8, 1.3e9])])
    #expect(Conventions.warnings(for: law, table: alone, columns: try formulas(["N": "params"])).isEmpty)
    let declared = ["params": ColumnMeaning(.parameters, counting: .active)]
    #expect(
        Conventions.warnings(for: law, table: alone, columns: try formulas(["N": "params"]), declared: declared)
            == [
                Warning(
                    code: "counting-mismatch",
                    message: "N of the law counts the parameters without embeddings, the column 'params' counts the "
                        + "parameters that are active for a token",
                    hint:
                        "give a column that counts the parameters without embeddings, or fit the law again with what "
                        + "you count")
            ])
}

@Test func anotherUnitIsNamedWithItsFactor() throws {
    let law = try Law.load("hoffmann-2022")
    let table = runs([("params_b", [0.1, 1, 7]), ("tokens_b", [2, 20, 140])])
    let warnings = Conventions.warnings(
        for: law, table: table, columns: try formulas(["N": "params_b", "D": "tokens_b"]))
    #expect(
        warnings.first
            == Warning(
                code: "unit-mismatch",
                message: "N of the law is in parameters, the column 'params_b' in 1e9 parameters: the factor is 1e9",
                hint: "--column 'N=1e9 * params_b'"))
    #expect(warnings.map(\.code) == ["unit-mismatch", "unit-mismatch"])
    let scaled = try formulas(["N": "1e9 * params_b", "D": "tokens_b * 1B"])
    #expect(Conventions.warnings(for: law, table: table, columns: scaled).isEmpty)
    let compute = runs([("flops", [1e21, 1e22])])
    let kaplan = try Law.load("kaplan-2020-compute")
    #expect(
        Conventions.warnings(for: kaplan, table: compute, columns: try formulas(["C": "flops / 8.64e19"])).isEmpty)
    let days = runs([("pf_days", [1, 100])])
    let hoffmann = try Law.load("hoffmann-2022-compute")
    #expect(
        Conventions.warnings(for: hoffmann, table: days, columns: try formulas(["C": "pf_days"])).first?.message
            == "C of the law is in FLOP, the column 'pf_days' in PF-days: the factor is 8.64e19")
}

@Test(arguments: [
    ("hoffmann-2022", "N=7, D=20B", "1e9 parameters"), ("hoffmann-2022", "N=7000, D=20B", "1e6 parameters"),
    ("hoffmann-2022", "N=7B, D=20", "1e9 tokens"), ("hoffmann-2022", "N=70B, D=1.4T", ""),
    ("hoffmann-2022", "N=1T, D=100T", ""), ("hoffmann-2022", "N=1M, D=20M", ""),
    ("hoffmann-2022", "N=1M..1T@9, D=1B", ""),
])
func aValueThatOneFactorBringsBackIsAskedAbout(law: String, at: String, unit: String) throws {
    let law = try Law.load(law)
    let warnings = Conventions.warnings(for: law, points: try Points(at, for: law))
    #expect(warnings.count == (unit.isEmpty ? 0 : 1))
    if let warning = warnings.first {
        #expect(warning.code == "unit-mismatch")
        #expect(warning.message.hasSuffix("is it in \(unit)?"))
    }
}

@Test func aSavedFitRemembersWhatItsColumnsCount() throws {
    let table = runs([
        ("params", [1e8, 2e8, 4e8, 8e8, 1.6e9, 3.2e9]),
        ("params_non_embedding", [0.7e8, 1.5e8, 3.2e8, 7e8, 1.5e9, 3e9]),
        ("loss", [4.1, 3.7, 3.42, 3.2, 3.01, 2.9]),
    ])
    var specification = Specification(formula: try Formula("loss ~ A * N^(-alpha)"))
    specification.columns = try formulas(["N": "params_non_embedding"])
    let fit = try Fit(try Problem(specification, table: table))
    let law = Law(fit, specification: specification, id: "mine", title: "Mine", version: "0", table: table)
    #expect(law.input("N")?.counting == "non-embedding")
    #expect(law.input("N")?.unit == "parameters")
    let read = try LawFile.parse(LawFile.print(law), name: "mine.law")
    let warnings = Conventions.warnings(for: read, table: table, columns: try formulas(["N": "params"]))
    #expect(warnings.map(\.code) == ["counting-mismatch"])
    #expect(warnings.first?.message.contains("which moves the law's value by") == true)
    #expect(Conventions.warnings(for: read, table: table, columns: read.columns).isEmpty)
    #expect(Conventions.warnings(for: read, points: try Points("N=3", for: read)).map(\.code) == ["unit-mismatch"])
}

@Test(
    .enabled(if: PublicTables.isAtHand, "the public tables are not at hand"),
    arguments: [
        ("besiroglu-2024", "chinchilla_digitized", ["N": "params", "D": "flops/(6*params)"]),
        ("hoffmann-2022", "chinchilla_digitized", ["N": "params", "D": "tokens_derived"]),
        ("hoffmann-2022-compute", "chinchilla_digitized", ["C": "flops"]),
        ("gadre-2024", "overtrain_gadre", ["C": "flops_6nd_derived", "M": "tokens/params"]),
        ("gadre-2024-error", "overtrain_gadre", ["L": "loss_c4_val"]),
        ("hoffmann-2022", "overtrain_gadre", ["N": "params", "D": "tokens"]),
        ("kaplan-2020", "overtrain_gadre", ["N": "params_non_embedding", "D": "tokens"]),
        ("hoffmann-2022", "isoflop_porian", ["N": "params", "D": "tokens"]),
        ("hoffmann-2022-allocation", "isoflop_porian", ["C": "flops"]),
        ("hoffmann-2022-allocation", "isoflop_porian_source_optima", ["C": "flops"]),
        ("porian-2024", "isoflop_porian", ["C": "flops"]),
        ("muennighoff-2023", "data_constrained", ["N": "params", "D": "tokens", "U": "unique_tokens"]),
        ("clark-2022", "moe_routing", ["N": "params_dense", "E": "experts"]),
        ("clark-2022-dense", "moe_routing", ["N": "params_dense"]),
        ("li-2025-steplaw-lr", "hparam_steplaw_dense", ["N": "params", "D": "tokens"]),
        ("li-2025-steplaw-batch", "hparam_steplaw_dense", ["D": "tokens"]),
        ("bhagia-2024", "task_ladder", ["N": "params", "D": "tokens"]),
        ("bhagia-2024-c4", "task_ladder", ["N": "params", "D": "tokens"]),
        ("caballero-2022-1", "addition_emergence", ["x": "train_examples"]),
        ("alabdulmohsin-2022-m2", "learning_curves", ["x": "seen_examples"]),
    ])
func noTableOfTheReferenceIsSuspected(law: String, table: String, columns: [String: String]) throws {
    let warnings = Conventions.warnings(
        for: try Law.load(law), table: try PublicTables.table(table), columns: try formulas(columns))
    #expect(warnings.isEmpty, "\(warnings.map(\.message))")
}

@Test func noGoldenOfTheAtlasIsSuspected() throws {
    for law in try formulaLaws() {
        for golden in law.goldens {
            let warnings = Conventions.warnings(for: law, points: try Points([golden.point], for: law))
            #expect(warnings.isEmpty, "\(law.id): \(warnings.map(\.message))")
        }
    }
}
