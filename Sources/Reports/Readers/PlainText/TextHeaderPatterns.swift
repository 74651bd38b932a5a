internal import Foundation

/// How the header of a plain text report names the patient: regular expressions (ICU syntax) whose first group is the value.
public struct TextHeaderPatterns: Sendable, Hashable, Codable {
    public var patterns: [RecordField: [String]]
    /// Where the header holds no patient key: a pattern for the file's name, for instance `^(\d+)_`.
    public var fileName: String?

    public init(patterns: [RecordField: [String]] = Self.standard, fileName: String? = nil) {
        self.patterns = patterns
        self.fileName = fileName
    }

    /// Headers as most systems print them: `MRN:`, `Medical Record Number:`, `Patient ID:`, and `Re: NAME (MRN)`.
    public static let standard: [RecordField: [String]] = {
        let number = #"([A-Za-z0-9](?:[A-Za-z0-9./-]*[A-Za-z0-9])?)"#
        let date =
            #"(\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|[A-Za-z]{3,9}\.? \d{1,2},? \d{4}|\d{1,2}\.? [A-Za-z]{3,9}\.? \d{4})"#
        let untilBar = #"([^|\n]+?)[ \t]*(?:\||\n|$|[ \t]{3})"#
        return [
            .patientKey: [
                #"(?im)\bMRN(?: ?(?:No\.?|Number|#))?[ \t]*[:#=][ \t]*"# + number,
                #"(?im)\bMedical Record (?:Number|No\.?|#)[ \t]*[:#]?[ \t]*"# + number,
                #"(?im)\bPatient (?:ID|Identifier|Number|No\.?)[ \t]*[:#][ \t]*"# + number,
                #"(?im)^[ \t]*(?:Re|Regarding)[ \t]*:[^()\n]+\([ \t]*"# + number + #"[ \t]*\)"#,
            ],
            .patientName: [
                #"(?im)^[ \t]*(?:Patient(?:'s)? Name|Patient|Name)[ \t]*:[ \t]*"# + untilBar,
                #"(?im)^[ \t]*(?:Re|Regarding)[ \t]*:[ \t]*([^()|\n]+?)[ \t]*[(|\n]"#,
            ],
            .birthDate: [#"(?im)\b(?:DOB|D\.O\.B\.|Date of Birth|Birth ?date|Born)[ \t]*:?[ \t]*"# + date],
            .date: [
                #"(?im)\b(?:Date of (?:Service|Visit|Exam(?:ination)?|Report)|Service Date|Visit(?: Date)?|Exam Date|Report Date|Seen|DOS)[ \t]*:?[ \t]*"#
                    + date, #"(?im)^[ \t]*Date[ \t]*:[ \t]*"# + date,
            ],
            .phone: [#"(?im)\b(?:Phone|Telephone|Tel|Mobile|Cell)\b\.?[ \t]*:?[ \t]*(\+?[0-9(][0-9 ().+-]{5,}[0-9])"#],
            .email: [#"(?im)\b([A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)"#],
            .socialSecurityNumber: [
                #"(?im)\b(?:SSN|Social Security(?: Number| No\.?)?)[ \t]*[:#]?[ \t]*(\d{3}-?\d{2}-?\d{4})"#
            ],
            .recordIdentifier: [
                #"(?im)\b(?:Accession|Encounter|Case)(?: (?:Number|No\.?|#|ID))?[ \t]*:[ \t]*"# + number
            ],
            .provider: [
                #"(?im)\b(?:Attending|Referring|Ordering|Dictating|Primary Care|Consulting|Reading)?[ \t]*(?:Attending|Physician|Provider|Surgeon|Pathologist|Radiologist|Cardiologist)[ \t]*:[ \t]*"#
                    + untilBar
            ],
            .facility: [#"(?im)^[ \t]*(?:Facility|Hospital|Clinic|Location)[ \t]*:[ \t]*"# + untilBar],
            .address: [#"(?im)^[ \t]*(?:Address[ \t]*:[ \t]*)?(\d{1,5} [^\n|]+, [A-Z]{2} \d{5}(?:-\d{4})?)[ \t]*$"#],
        ]
    }()

    /// - Throws: ``ReportsError`` `.badConfiguration` naming the field whose pattern is no regular expression with a group.
    public func validate() throws { _ = try CompiledTextHeader(self) }
}

/// The patterns compiled once for a whole import.
struct CompiledTextHeader: @unchecked Sendable {
    // NSRegularExpression is immutable and documented as safe for concurrent matching; Linux's Foundation only lacks the mark.
    private let expressions: [(field: RecordField, expression: NSRegularExpression)]
    private let fileName: NSRegularExpression?

    init(_ patterns: TextHeaderPatterns) throws {
        var expressions: [(RecordField, NSRegularExpression)] = []
        for field in RecordField.allCases {
            for pattern in patterns.patterns[field] ?? [] {
                expressions.append((field, try Self.compile(pattern, name: field.rawValue)))
            }
        }
        self.expressions = expressions
        fileName = try patterns.fileName.map { try Self.compile($0, name: "fileName") }
    }

    private static func compile(_ pattern: String, name: String) throws -> NSRegularExpression {
        guard let expression = try? NSRegularExpression(pattern: pattern), expression.numberOfCaptureGroups >= 1 else {
            throw ReportsError(
                .badConfiguration,
                "The text header pattern for “\(name)” is not a regular expression with a group in parentheses. Correct it in the site configuration."
            )
        }
        return expression
    }

    /// The values in the head of the text, in the order of the fields.
    func values(in text: String) -> [(field: RecordField, value: String)] {
        // A header is at the top. Looking further would take another person's number for the patient's.
        let head = String(text.prefix(2000))
        let whole = NSRange(head.startIndex..., in: head)
        var found: [(RecordField, String)] = []
        for (field, expression) in expressions {
            let limit = field == .patientKey ? 1 : 4
            for match in expression.matches(in: head, range: whole).prefix(limit) {
                if let range = Range(match.range(at: 1), in: head) { found.append((field, String(head[range]))) }
            }
        }
        return found
    }

    func patientKey(fileName name: String) -> String? {
        guard let fileName else { return nil }
        let whole = NSRange(name.startIndex..., in: name)
        guard let match = fileName.firstMatch(in: name, range: whole), let range = Range(match.range(at: 1), in: name)
        else { return nil }
        return String(name[range])
    }
}
