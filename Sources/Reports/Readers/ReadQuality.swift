/// How well a report's text could be recognized. Only texts that came out of a scan have it.
public struct ReadQuality: Sendable, Hashable, Codable {
    /// The mean confidence of the words that were recognized optically, 0…100, by Tesseract's own measure.
    public var confidence: Double
    /// Pages that were recognized optically; the others had a text of their own.
    public var recognizedPages: Int
    /// The pages, from 1, whose recognition is below the limits of ``TextRecognition``: a person should compare them with
    /// the scan.
    public var lowConfidencePages: [Int]

    public init(confidence: Double, recognizedPages: Int, lowConfidencePages: [Int]) {
        self.confidence = confidence
        self.recognizedPages = recognizedPages
        self.lowConfidencePages = lowConfidencePages
    }

    /// Whether a person should look at the report before it is used.
    public var needsReview: Bool { !lowConfidencePages.isEmpty }
}
