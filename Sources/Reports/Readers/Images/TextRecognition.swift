/// How scans are recognized and when the result is too doubtful to be used unseen.
public struct TextRecognition: Sendable, Hashable, Codable {
    /// Tesseract's names of the languages of the reports: `eng`, `spa`, … Each needs its package.
    public var languages: [String]
    /// A page whose words have a lower mean confidence than this (0…100) goes to review.
    public var pageConfidence: Double
    /// A word below this confidence (0…100) counts as doubtful.
    public var wordConfidence: Double
    /// A page of which a larger share (0…1) of the words is doubtful goes to review.
    public var doubtfulWords: Double
    /// Pages of one document that are recognized; longer scans are refused.
    public var maximumPages: Int
    /// Seconds that one page may take.
    public var secondsPerPage: Double

    public init(
        languages: [String] = ["eng"], pageConfidence: Double = 70, wordConfidence: Double = 60,
        doubtfulWords: Double = 0.25, maximumPages: Int = 500, secondsPerPage: Double = 90
    ) {
        self.languages = languages
        self.pageConfidence = pageConfidence
        self.wordConfidence = wordConfidence
        self.doubtfulWords = doubtfulWords
        self.maximumPages = maximumPages
        self.secondsPerPage = secondsPerPage
    }

    /// Whether the languages have the form of Tesseract's names: they become words of a command.
    var hasValidLanguages: Bool {
        !languages.isEmpty
            && languages.allSatisfy { name in
                (3...16).contains(name.utf8.count)
                    && name.utf8.allSatisfy { (97...122).contains($0) || $0 == UInt8(ascii: "_") }
            }
    }
}
