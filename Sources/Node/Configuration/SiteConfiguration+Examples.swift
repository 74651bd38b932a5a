internal import ConsiliumCore
internal import Foundation
internal import Reports

/// What the site configuration says about sections, terms and examples, as the types that do it.
extension SiteConfiguration {
    /// - Throws: ``ReportsError`` `.badConfiguration` for a section that does not exist.
    func sectionCatalog() throws -> SectionCatalog { try SectionCatalog(adding: sections.headings) }

    /// - Throws: ``ReportsError`` `.badConfiguration` for a template that can't be used.
    func exampleMaker() throws -> ExampleMaker {
        try ExampleMaker(
            templates: examples.templates, catalog: sectionCatalog(),
            abbreviations: AbbreviationExpander.Mode(rawValue: terminology.abbreviations) ?? .none)
    }

    /// The built-in terms and those of the clinic's own files.
    ///
    /// - Parameter loaded: told for each file what it brought.
    /// - Throws: ``ReportsError`` `.fileUnreadable` or `.badTerminology` for files that can't be used.
    func terms(loaded: (String, ClinicalTerms.Loaded) -> Void = { _, _ in }) throws -> ClinicalTerms {
        var terms = ClinicalTerms.standard
        if let snomed = terminology.snomed {
            loaded("SNOMED CT", try terms.loadSNOMED(URL(fileURLWithPath: snomed)))
        }
        if let rxnorm = terminology.rxnorm {
            loaded("RxNorm", try terms.loadRxNorm(URL(fileURLWithPath: rxnorm)))
        }
        return terms
    }

    /// - Parameter isPrivate: under differential privacy nothing of one patient may depend on another being there.
    func duplicateScope(isPrivate: Bool) -> DuplicateFilter.Scope {
        let scope = DuplicateFilter.Scope(rawValue: examples.duplicates) ?? .patient
        return isPrivate && scope == .clinic ? .patient : scope
    }

    /// Sentences about settings that can't be used.
    func exampleProblems() -> [String] {
        var problems: [String] = []
        let steps = CleaningStep.allCases.map(\.rawValue)
        if let step = cleaning.steps.first(where: { !steps.contains($0) }) {
            problems.append(
                "cleaning.steps: “\(step.prefix(40))” is no step; there are: \(steps.joined(separator: ", ")).")
        }
        if AbbreviationExpander.Mode(rawValue: terminology.abbreviations) == nil {
            problems.append("terminology.abbreviations must be none, annotate or normalize.")
        }
        if DuplicateFilter.Scope(rawValue: examples.duplicates) == nil {
            problems.append("examples.duplicates must be none, patient or clinic.")
        }
        if let maximum = examples.maximumPerPatient, maximum < 1 {
            problems.append("examples.maximumPerPatient must be at least 1.")
        }
        do {
            _ = try exampleMaker()
        } catch {
            problems.append((error as? any ConsiliumError)?.message ?? "examples.templates can't be used.")
        }
        return problems
    }
}
