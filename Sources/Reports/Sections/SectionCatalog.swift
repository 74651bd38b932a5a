internal import Foundation

/// Which headings mean which section. English and Spanish are built in; a clinic adds its own.
public struct SectionCatalog: Sendable {
    private let kinds: [String: SectionKind]

    /// English and Spanish.
    public static let standard: SectionCatalog = {
        var kinds: [String: SectionKind] = [:]
        for table in [SectionTitles.spanish, SectionTitles.english] {
            for (kind, titles) in table { for title in titles { kinds[title] = kind } }
        }
        return SectionCatalog(kinds: kinds)
    }()

    private init(kinds: [String: SectionKind]) { self.kinds = kinds }

    /// - Parameter headings: further spellings by section name, such as `["impression": ["Beurteilung"]]`. They win over the
    ///   built-in ones.
    /// - Throws: ``ReportsError`` `.badConfiguration` for an unknown section or a spelling that can't be a heading.
    public init(adding headings: [String: [String]]) throws {
        var kinds = Self.standard.kinds
        for (name, spellings) in headings.sorted(by: { $0.key < $1.key }) {
            let kind = try Self.kind(named: name)
            for spelling in spellings {
                let title = TitleForm.normalized(spelling)
                guard title.utf8.count >= 2, spelling.utf8.count <= TitleForm.maximum else {
                    throw ReportsError(
                        .badConfiguration,
                        "sections.headings.\(name): every heading must have 2 to \(TitleForm.maximum) letters or digits."
                    )
                }
                kinds[title] = kind
            }
        }
        self.init(kinds: kinds)
    }

    /// - Throws: ``ReportsError`` `.badConfiguration` that lists the names there are.
    static func kind(named name: String) throws -> SectionKind {
        guard let kind = SectionKind(rawValue: name) else {
            let known = SectionKind.allCases.map(\.rawValue).joined(separator: ", ")
            throw ReportsError(
                .badConfiguration, "“\(name.prefix(60))” is no section; the sections are: \(known).")
        }
        return kind
    }

    /// What a heading means, whatever its case, accents and punctuation; `nil` if it is not known.
    public func kind(of heading: String) -> SectionKind? {
        guard heading.utf8.count <= TitleForm.maximum else { return nil }
        return kind(ofNormalized: TitleForm.normalized(heading))
    }

    func kind(ofNormalized title: String) -> SectionKind? {
        if let kind = kinds[title] { return kind }
        var rest = title[...]
        for _ in 0..<2 {
            guard let space = rest.firstIndex(of: " "), Self.qualifiers.contains(rest[..<space]) else { return nil }
            rest = rest[rest.index(after: space)...]
            if let kind = kinds[String(rest)] { return kind }
        }
        return nil
    }

    /// Words before a heading that do not change what it means.
    private static let qualifiers: Set<Substring> = [
        "final", "preliminary", "current", "brief", "pertinent", "relevant", "significant", "interval", "additional",
        "initial",
        "updated", "other", "patient", "patients", "ct", "mr", "mri", "us", "ultrasound", "mammographic",
        "radiographic", "pet",
        "echocardiographic", "overall", "general", "new", "limited", "focused", "complete", "admission",
        "pathologic",
        "sonographic", "angiographic", "clinical", "medical", "dictated",
    ]

    /// Titles that are ordinary words too: in mixed case they need a line of their own.
    static let weak: Set<String> = [
        "all", "source", "stage", "details", "body", "report", "data", "note", "notes", "orders", "goals", "course",
        "condition", "development", "study", "habits", "activity", "diet", "surgery", "treatment", "management",
        "contrast",
        "discussion", "evaluation", "studies", "problems", "chemistry", "description", "summary", "details",
        "instructions",
        "drugs", "source of specimen", "staging", "surgeries", "lifestyle", "correction", "identification",
        "differential",
        "physical", "complaint", "complaints", "vital", "background", "measurements", "operations", "vs", "sh", "fh",
        "cc",
        "ap", "a p", "dx", "control", "revision", "estudio", "informe", "motivo", "destino", "nota", "notas", "resumen",
        "manejo", "firma", "dieta", "cirugia", "operacion", "desarrollo psicomotor", "citas", "objetivo", "objective",
        "analisis", "radiologia", "sangrado", "microscopic", "gross", "narrative", "comment", "comments", "imp", "pe",
        "lab",
        "coagulacion", "bioquimica", "hemograma", "hematology", "source", "remark", "remarks", "observation", "finding",
        "x ray", "x rays", "ekg", "ecg", "radiographs", "advice", "recommend", "sedation", "protocol", "method",
        "methods",
        "smoking history", "cytology", "histology", "anesthetic", "labs", "imaging", "results",
    ]

    /// Single words that are headings even inside a paragraph, behind the end of a sentence.
    static let strong: Set<String> = [
        "impression", "impressions", "findings", "plan", "assessment", "technique", "comparison", "indication",
        "indications",
        "recommendations", "recommendation", "conclusion", "conclusions", "diagnosis", "diagnoses", "allergies",
        "medications",
        "addendum", "procedure", "hpi", "pmh", "psh", "ros", "subjective", "vitals", "specimen", "specimens",
        "interpretation",
        "hallazgos", "impresion", "conclusiones", "diagnostico", "tecnica", "recomendaciones", "antecedentes",
        "alergias",
        "disposition", "complications", "anesthesia", "exploracion", "evolucion", "tratamiento", "medicacion",
        "analitica",
    ]

    /// Parts of an examination, of a list of systems or of the body: labels inside a section, never sections.
    static let parts: Set<String> = [
        "general", "constitutional", "heent", "head", "eyes", "ears", "nose", "throat", "mouth", "neck", "chest",
        "lungs",
        "lung", "heart", "cardiovascular", "cardiac", "cv", "respiratory", "resp", "pulmonary", "abdomen", "abdominal",
        "gi",
        "gu", "gastrointestinal", "genitourinary", "genitalia", "rectal", "back", "spine", "extremities", "ext",
        "musculoskeletal", "msk", "skin", "integumentary", "neurologic", "neurological", "neuro", "psychiatric",
        "psych",
        "lymphatic", "lymph nodes", "hematologic", "endocrine", "breasts", "breast", "vascular", "pelvis", "pelvic",
        "bones",
        "liver", "gallbladder", "spleen", "pancreas", "kidneys", "adrenals", "bladder", "bowel", "uterus", "ovaries",
        "prostate", "aorta", "mediastinum", "pleura", "brain", "ventricles", "sinuses", "soft tissues",
        "osseous structures",
        "mental status", "cranial nerves", "motor", "sensory", "reflexes", "gait", "coordination", "vital signs",
        "vitals",
        "vs", "rectal exam", "pelvic exam", "neurologic exam", "neurological exam", "skin exam",
    ]
}
