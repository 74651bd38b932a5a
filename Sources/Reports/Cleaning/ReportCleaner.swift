/// Makes text that people and machines wrote in many ways readable in one way, before it is de-identified.
///
/// It is a pure function: the same text gives the same result, a cleaned text comes back unchanged, and time and memory grow
/// linearly with the length. Letters and digits stay, in their order, but for what ``CleaningReport`` counts.
public struct ReportCleaner: Sendable, Hashable {
    public let steps: Set<CleaningStep>

    /// Passes over the text until nothing changes any more. One repair can uncover another (`&amp;lt;`); real texts need two.
    private static let maximumPasses = 8

    public init(steps: Set<CleaningStep> = CleaningStep.standard) { self.steps = steps }

    /// The cleaner for reports of this format: scans and PDF are repaired for what text recognition confuses.
    public init(steps: Set<CleaningStep> = CleaningStep.standard, for format: ReportFormat) {
        self.steps = format == .pdf || format == .image ? steps.union([.ocr]) : steps
    }

    /// - Parameter known: values of the record, such as names and numbers. A value that could be found in the text before can
    ///   be found after, white space and case aside; a step that would break that is undone.
    public func clean(_ text: String, protecting known: [String] = []) -> CleanedText {
        let original = Array(text.utf8)
        let (bytes, report) = clean(original, with: steps)
        guard bytes != original else { return CleanedText(text: text, report: report) }
        let guarded = KnownValues(known, in: original)
        if guarded.areAll(in: bytes) {
            return CleanedText(text: String(decoding: bytes, as: UTF8.self), report: report)
        }
        return cleanCarefully(original, guarding: guarded)
    }

    /// Adds one step after the other and leaves out those that would hide a known value.
    private func cleanCarefully(_ original: [UInt8], guarding known: KnownValues) -> CleanedText {
        var allowed: Set<CleaningStep> = []
        var best = (bytes: original, report: CleaningReport())
        for step in CleaningStep.order where steps.contains(step) {
            let result = clean(original, with: allowed.union([step]))
            guard known.areAll(in: result.bytes) else { continue }
            allowed.insert(step)
            best = result
        }
        best.report.undone = steps.subtracting(allowed)
        return CleanedText(text: String(decoding: best.bytes, as: UTF8.self), report: best.report)
    }

    private func clean(_ original: [UInt8], with steps: Set<CleaningStep>) -> (bytes: [UInt8], report: CleaningReport) {
        var bytes = original
        var report = CleaningReport()
        for _ in 0..<Self.maximumPasses {
            let before = bytes
            for step in CleaningStep.order where steps.contains(step) { bytes = step.apply(to: bytes, &report) }
            if bytes == before { break }
        }
        return (bytes, report)
    }
}

extension CleaningStep {
    func apply(to text: [UInt8], _ report: inout CleaningReport) -> [UInt8] {
        switch self {
        case .encoding: MojibakeRepair.repaired(text, &report)
        case .markup: MarkupRemnants.removed(from: text, &report)
        case .characters: CharacterCleanup.cleaned(text, &report)
        case .pages: PageFurniture.removed(from: text, &report)
        case .ocr: OCRRepair.repaired(text, &report)
        case .reflow: LineReflow.reflowed(text, &report)
        }
    }
}
