internal import Deidentification
internal import Federation
internal import Reports

/// Questions with known answers from the de-identified reports of held-out patients.
struct HeldOutExamples {
    /// The first of every patient, then the second of every patient, …: a few items are of many patients.
    let items: [GenerationItem]

    /// - Parameters:
    ///   - patients: those that no model was trained on; each is one unit of the figures.
    ///   - templates: the job's; sections are found by the clinic's own headings too.
    /// - Throws: ``ReportsError`` for a vault that can't be read.
    init(
        of patients: [PatientPseudonym], templates: [EvaluationPlan.Template], site: SiteConfiguration, vault: Vault,
        isCurrent: (DeidentificationReceipt) -> Bool
    ) throws {
        let wanted = templates.map(\.rawValue)
        let maker = try ExampleMaker(
            templates: ExampleTemplate.builtIn.filter { wanted.contains($0.name) }, catalog: site.sectionCatalog())
        var found: [PatientPseudonym: [TrainingExample]] = [:]
        let held = Set(patients)
        try vault.forEachDeidentified { _, report, patient in
            guard held.contains(patient), isCurrent(report.receipt) else { return }
            found[patient, default: []] += maker.examples(of: report, patient: patient)
        }
        var items: [GenerationItem] = []
        for turn in 0..<(found.values.map(\.count).max() ?? 0) {
            for (number, patient) in patients.enumerated() {
                guard let examples = found[patient], turn < examples.count, let prompt = examples[turn].prompt else {
                    continue
                }
                items.append(
                    GenerationItem(patient: "\(number)", prompt: prompt, response: examples[turn].response))
            }
        }
        self.items = items
    }
}
