/// The canonical sections of clinical reports. The raw values are the names in the site configuration.
public enum SectionKind: String, Sendable, Hashable, Codable, CaseIterable, CodingKeyRepresentable {
    // MARK: Why and before
    case chiefComplaint, indication, clinicalHistory, history, historyOfPresentIllness, subjective
    case pastMedicalHistory, pastSurgicalHistory, familyHistory, socialHistory, obstetricHistory, birthHistory
    case immunizations, allergies, medications, problemList, reviewOfSystems

    // MARK: What was seen
    case objective, vitals, exam, labs, imaging, results, findings, technique, comparison

    // MARK: What was done
    case procedure, procedureDetails, anesthesia, preoperativeDiagnosis, postoperativeDiagnosis, complications
    case bloodLoss, hospitalCourse, emergencyCourse

    // MARK: Pathology
    case specimen, gross, microscopic, immunohistochemistry, synoptic

    // MARK: What it means and what follows
    case impression, assessment, plan, assessmentAndPlan, diagnosis, differentialDiagnosis, recommendations
    case admissionDiagnosis, dischargeDiagnosis, dischargeCondition, dischargeMedications, dischargeInstructions
    case disposition, followUp, comment, addendum

    // MARK: About the paper
    case administrative, signature
}
