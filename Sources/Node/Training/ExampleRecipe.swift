internal import Reports

/// Which examples a clinic makes of its reports.
struct ExampleRecipe: Sendable {
    let maker: ExampleMaker
    let duplicates: DuplicateFilter.Scope
    /// The first ones of the import; `nil`: all.
    let maximumPerPatient: Int?
    /// Whether examples are whole reports and nothing else.
    let isTextOnly: Bool

    /// Continued text, without what a patient's reports repeat.
    init() throws {
        maker = try ExampleMaker()
        duplicates = .patient
        maximumPerPatient = nil
        isTextOnly = true
    }

    /// What the site configuration says.
    /// - Parameter isPrivate: whether the examples are for training with differential privacy.
    init(_ site: SiteConfiguration, isPrivate: Bool) throws {
        maker = try site.exampleMaker()
        duplicates = site.duplicateScope(isPrivate: isPrivate)
        maximumPerPatient = site.examples.maximumPerPatient
        isTextOnly = site.examples.templates == [.text]
    }
}
