internal import ConsiliumCore
internal import Deidentification
internal import FineTuning
internal import Foundation
internal import LanguageModels
internal import Reports
internal import Tokenizers

/// A clinic's de-identified reports as tokens, split by patient.
///
/// The order is that of the import, and the patients are sorted by pseudonym, so that the same vault always gives the same
/// dataset.
struct ClinicDataset: Sendable {
    struct Document: Sendable {
        let ids: [Int32]
        /// The ids, but `TokenSequence.ignored` where the model is given a token and does not learn it.
        let labels: [Int32]
        /// UTF-8 bytes of the text that is learned, for bits per byte.
        let bytes: Int

        var sequence: TrainingSequence { TrainingSequence(inputIDs: ids, labels: labels) }
        var isText: Bool { ids == labels }
    }

    /// Examples of each patient, as the clinic's templates make them.
    let train: [[Document]]
    let validation: [[Document]]
    /// Whole reports of each patient, whatever the templates: clinics and jobs are measured on the same thing.
    let test: [[Document]]
    /// Whose reports these are, in the same order.
    let testPatients: [PatientPseudonym]
    let duplicates: DuplicateFilter.Counts

    /// - Parameters:
    ///   - encoder: the tokenizer, with the base model's chat template where it has one.
    ///   - recipe: which examples are made.
    ///   - isCurrent: whether a receipt is of the policy and rules in force; reports with older ones are left out until
    ///     “import” has de-identified them again.
    /// - Throws: ``NodeError`` `.tooFewPatients` if a split by patient is impossible, or if no patient to train on has an
    ///   example.
    init(
        vault: Vault, splitKey: Data, encoder: ExampleEncoder, recipe: ExampleRecipe,
        isCurrent: (DeidentificationReceipt) -> Bool = { _ in true }
    ) throws {
        var collected = Collected(recipe)
        try vault.forEachDeidentified { id, report, patient in
            guard isCurrent(report.receipt) else { return }
            let kind = recipe.maker.needsKinds ? try vault.report(id)?.report.kind : nil
            try collected.add(report, patient, kind: kind, encoder)
        }
        let patients = collected.texts
        guard patients.count >= 3 else {
            throw NodeError(
                .tooFewPatients,
                "Only \(patients.count) patients have de-identified reports here; at least 3 are needed to train, tune and measure on "
                    + "different patients. Import more reports, or look at “consilium-node import” for why some are held back."
            )
        }
        let split = try PatientSplit(patients: patients.keys, key: splitKey)
        func part(_ part: PatientSplit.Part, _ documents: [PatientPseudonym: [Document]]) -> [[Document]] {
            split.patients(in: part).compactMap { documents[$0] }
        }
        train = part(.train, collected.examples)
        validation = part(.validation, collected.examples)
        test = part(.test, collected.texts)
        testPatients = split.patients(in: .test).filter { collected.texts[$0] != nil }
        duplicates = collected.filter.counts
        guard !train.isEmpty else {
            throw NodeError(
                .tooFewPatients,
                "No report of the patients to train on has the sections that “examples.templates” asks for. Look at "
                    + "“consilium-node data-card” for what there is, and add the template “text” or your own headings.")
        }
    }

    /// The same with continued text alone and duplicates of a patient left out.
    init(
        vault: Vault, splitKey: Data, tokenizer: Tokenizer, isCurrent: (DeidentificationReceipt) -> Bool = { _ in true }
    ) throws {
        try self.init(
            vault: vault, splitKey: splitKey, encoder: ExampleEncoder(tokenizer: tokenizer, chat: nil),
            recipe: ExampleRecipe(), isCurrent: isCurrent)
    }

    /// What is gathered while the vault is read.
    private struct Collected {
        let recipe: ExampleRecipe
        let plain: ExampleMaker?
        var filter: DuplicateFilter
        var texts: [PatientPseudonym: [Document]] = [:]
        var examples: [PatientPseudonym: [Document]] = [:]
        /// Whether a whole report is an example of its own already.
        let hasTexts: Bool

        init(_ recipe: ExampleRecipe) {
            self.recipe = recipe
            filter = DuplicateFilter(scope: recipe.duplicates)
            hasTexts = recipe.isTextOnly
            plain = hasTexts ? nil : try? ExampleMaker(templates: [.text], catalog: recipe.maker.catalog)
        }

        mutating func add(
            _ report: DeidentifiedReport, _ patient: PatientPseudonym, kind: String?, _ encoder: ExampleEncoder
        ) throws {
            for example in recipe.maker.examples(of: report, patient: patient, kind: kind) {
                guard filter.admit(example) == .kept else { continue }
                let count = examples[patient]?.count ?? 0
                if let maximum = recipe.maximumPerPatient, count >= maximum { break }
                let document = try encoder.document(example)
                examples[patient, default: []].append(document)
                if hasTexts { texts[patient, default: []].append(document) }
            }
            for example in plain?.examples(of: report, patient: patient) ?? [] where filter.admit(example) == .kept {
                texts[patient, default: []].append(try encoder.document(example))
            }
        }
    }
}
