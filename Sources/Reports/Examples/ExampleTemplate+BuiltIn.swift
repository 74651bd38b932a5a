extension ExampleTemplate {
    /// The whole text, to be continued: what jobs train on unless the site configuration says otherwise.
    public static let text = ExampleTemplate(name: "text", prompt: nil, response: "{text}")

    /// From findings to impression.
    public static let impression = ExampleTemplate(
        name: "impression",
        prompt: "Write the impression for these findings.\n\nFindings:\n{findings|microscopic|gross}\n\nImpression:\n",
        response: "{impression|diagnosis|assessment}")

    /// From a note to its key findings.
    public static let summary = ExampleTemplate(
        name: "summary", prompt: "Summarize the key findings of this note.\n\n{note}\n\nKey findings:\n",
        response: "{keyFindings}")

    /// From laboratory values to those outside of the reference ranges written with them.
    public static let labs = ExampleTemplate(
        name: "labs",
        prompt:
            "Which of these laboratory values are outside of their reference range?\n\n{labs|results}\n\nAbnormal values:\n",
        response: "{labs.abnormal}")

    /// From history and examination to the assessment.
    public static let assessment = ExampleTemplate(
        name: "assessment",
        prompt: """
            Write the assessment for this history and examination.

            History:
            {historyOfPresentIllness|subjective|history|clinicalHistory|chiefComplaint}

            Examination:
            {exam|objective}

            Assessment:

            """, response: "{assessment|assessmentAndPlan|impression|diagnosis}")

    /// The templates that a site configuration can name.
    public static let builtIn = [text, impression, summary, labs, assessment]
}
