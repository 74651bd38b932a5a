import Testing

@testable import Deidentification

/// One row of a table: a form in which a note may write what the record holds, and whether it is that.
struct KnownForm: Sendable, CustomTestStringConvertible {
    let text: String
    let form: String

    init(_ text: String, _ form: String) {
        self.text = text
        self.form = form
    }

    var testDescription: String { text }
}

@Suite("The forms in which notes write what the record holds")
struct KnownFormsTests {
    /// Whether every letter and digit of the form is covered by what the record's own search finds.
    private func covers(_ row: KnownForm, _ value: String, _ label: IdentifierLabel) -> Bool {
        let text = ScalarText(row.text)
        let found = KnownMatcher([KnownIdentifier(value: value, label: label)]).candidates(in: text)
        let wanted = ScalarText(row.form).scalars
        guard text.count >= wanted.count else { return false }
        for start in 0...(text.count - wanted.count)
        where text.scalars[start..<start + wanted.count].elementsEqual(wanted) {
            let range = start..<start + wanted.count
            if range.allSatisfy({ place in
                !text.kinds[place].isAlphanumeric || found.contains { $0.start <= place && place < $0.end }
            }) {
                return true
            }
        }
        return false
    }

    private func finds(_ text: String, _ value: String, _ label: IdentifierLabel) -> Bool {
        !KnownMatcher([KnownIdentifier(value: value, label: label)]).candidates(in: ScalarText(text)).isEmpty
    }

    @Test(
        "a name in every order, case and spelling",
        arguments: [
            KnownForm("QUILLON^ADA^R", "QUILLON^ADA^R"), KnownForm("Quillon, Ada R.", "Quillon, Ada R"),
            KnownForm("then A. Quillon left", "A. Quillon"), KnownForm("Quillon, A. left", "Quillon, A"),
            KnownForm("seen with quillon today", "quillon"), KnownForm("Quillon's son", "Quillon"),
            KnownForm("Dr.Quillon came", "Quillon"), KnownForm("DrQuillon came", "Quillon"),
            KnownForm("PtAdaQuillonDOB 3", "AdaQuillon"), KnownForm("quillonada@", "quillonada"),
            KnownForm("Mrs. Quilon was seen", "Quilon"), KnownForm("Mrs. Qiullon was seen", "Qiullon"),
            KnownForm("Ada Quillan-Roe was", "Quillan"), KnownForm("Qui-\nllon went", "Qui-\nllon"),
            KnownForm("Quill0n went", "Quill0n"), KnownForm("Q U I L L O N", "Q U I L L O N"),
            KnownForm("Ada \"Addie\" Quillon went", "Ada \"Addie\" Quillon"),
            KnownForm("Ada Quillon, Jr. came", "Ada Quillon, Jr"), KnownForm("A.Q. was seen", "A.Q"),
        ])
    func names(_ row: KnownForm) { #expect(covers(row, "Ada Quillon", .name)) }

    @Test("what stands beside a name and is none of it stays", arguments: ["M.D.", "S/P stent", "W/ her son", "D.O."])
    func besideNames(_ rest: String) {
        let text = ScalarText("Ada Quillon " + rest)
        let found = KnownMatcher([KnownIdentifier(value: "Ada Quillon", label: .name)]).candidates(in: text)
        #expect(found.map(\.end).max() == 11)
    }

    @Test(
        "a listed name that is also a word is found where a name stands",
        arguments: [
            KnownForm("Seen by Dr. Case today.", "Case"), KnownForm("paged case x2", "case"),
            KnownForm("d/w case at noon", "case"), KnownForm("Then Case was called.", "Case"),
            KnownForm("case, rn at bedside", "case"), KnownForm("Last name: case", "case"),
            KnownForm("DR. CASE SAW THE PATIENT TODAY AND AGREED.", "CASE"), KnownForm("Case's wife", "Case"),
            KnownForm("Mr. Case slept. Case denies pain.", "Case denies"),
        ])
    func ambiguousNames(_ row: KnownForm) {
        let form = row.form.split(separator: " ").first.map(String.init) ?? row.form
        #expect(covers(KnownForm(row.text, form), "Peter Case", .name))
    }

    @Test(
        "the same word stays where none does",
        arguments: [
            "in that case we stop", "CASE DISCUSSED WITH THE TEAM AT LENGTH TODAY.",
            "case management consult",
        ])
    func ordinaryWords(_ text: String) { #expect(!finds(text, "Peter Case", .name)) }

    @Test(
        "a disease that is called as the person is stays",
        arguments: [
            ("Barrett's esophagus", "Ada Barrett"), ("Parkinson's disease", "Ada Parkinson"),
            ("has Parkinson disease", "Ada Parkinson"),
        ])
    func eponyms(_ text: String, _ name: String) { #expect(!finds(text, name, .name)) }

    @Test("a name is not put together of other words", arguments: [("as her son said", "Asher"), ("in man", "Inman")])
    func pieces(_ text: String, _ name: String) { #expect(!finds(text, name, .name)) }

    @Test(
        "a date of birth in every written form",
        arguments: [
            "09/10/1973", "9/10/73", "1973-09-10", "10.9.1973", "10.09.73", "19730910", "09101973", "091073", "730910",
            "10SEP1973", "10-Sep-73", "Sep 10, 1973", "Sept. 10th 1973", "10 September 1973",
            "the 10th of September, 1973",
            "September tenth nineteen seventy three", "september ten nineteen seventy three",
            "nine slash ten slash seventy three", "09 - 10 - 1973", "09/10/\n1973", "9/1O/1973", "1973.09.10",
            "9-10-73",
            "September 10", "10 de septiembre de 1973",
        ])
    func dates(_ form: String) {
        #expect(covers(KnownForm("Jo Li | \(form) | F", form), "1973-09-10", .date))
        #expect(covers(KnownForm("born \(form), seen", form), "09/10/1973", .date))
    }

    @Test(
        "other dates are not the birthday",
        arguments: ["09/11/1973", "9/10/74", "1973-10-08", "September 1973", "110973"])
    func otherDates(_ form: String) { #expect(!finds("seen \(form) here", "1973-09-10", .date)) }

    @Test(
        "a Social Security number whole, masked, and by its last four digits beside a word that says so",
        arguments: [
            KnownForm("433-70-1192", "433-70-1192"), KnownForm("433701192", "433701192"),
            KnownForm("433 70 1192", "433 70 1192"), KnownForm("SSN xxx-xx-1192", "xxx-xx-1192"),
            KnownForm("SSN ***-**-1192", "1192"), KnownForm("SSN ends in 1192", "1192"),
            KnownForm("last 4: 1192", "1192"), KnownForm("LAST4 1192", "1192"), KnownForm("L4 1192", "1192"),
            KnownForm("last four of social 1192", "1192"), KnownForm("last four one one nine two", "one one nine two"),
        ])
    func socialSecurityNumbers(_ row: KnownForm) { #expect(covers(row, "433-70-1192", .socialSecurityNumber)) }

    @Test("four digits alone are nothing", arguments: ["room 1192", "at 1192 hours", "gave 1192 mL"])
    func fourDigits(_ text: String) { #expect(!finds(text, "433-70-1192", .socialSecurityNumber)) }

    @Test(
        "a telephone number in every written form, with its extension",
        arguments: [
            KnownForm("(312) 555-0142", "312) 555-0142"), KnownForm("312.555.0142", "312.555.0142"),
            KnownForm("3125550142", "3125550142"), KnownForm("312 - 555 - 0142", "312 - 555 - 0142"),
            KnownForm("555-0142", "555-0142"), KnownForm("+1 312 555 0142", "312 555 0142"),
            KnownForm("312-555-0142 x31", "312-555-0142 x31"), KnownForm("312-555-0142, ext. 4471", "0142, ext. 4471"),
            KnownForm("312-555-\n0142", "312-555-\n0142"), KnownForm("cell ends in 0142", "0142"),
        ])
    func phones(_ row: KnownForm) { #expect(covers(row, "(312) 555-0142", .phone)) }

    @Test("an extension beside its word")
    func extensions() {
        #expect(covers(KnownForm("call x4471 please", "4471"), "(312) 555-0142 x4471", .phone))
        #expect(!finds("gave 4471 units", "(312) 555-0142 x4471", .phone))
    }

    @Test(
        "a record number with other separators, without its letters and zeros",
        arguments: [
            KnownForm("mrn 00 123 456", "00 123 456"), KnownForm("H-00123456", "H-00123456"),
            KnownForm("#123456", "123456"), KnownForm("00123-456", "00123-456"), KnownForm("HOO123456", "HOO123456"),
        ])
    func recordNumbers(_ row: KnownForm) { #expect(covers(row, "H00123456", .medicalRecordNumber)) }

    @Test(
        "an address in other forms, and in parts",
        arguments: [
            KnownForm("lives 17824 South 136th", "17824 South 136th"),
            KnownForm("17824 S. 136th Street, Apt 4B", "17824 S. 136th Street, Apt 4B"),
            KnownForm("17824 136TH ST", "17824 136TH ST"), KnownForm("fell on 136th St", "136th St"),
            KnownForm("17824 S\n136th St", "17824 S\n136th St"), KnownForm("ZIP 43001", "43001"),
            KnownForm("43001-1234", "43001-1234"), KnownForm("from Greyburn", "Greyburn"),
            KnownForm("GREYBURN, OH 43001", "GREYBURN, OH 43001"), KnownForm("Apt. 4B", "4B"),
        ])
    func addresses(_ row: KnownForm) {
        #expect(covers(row, "17824 S 136th St Apt 4B, Greyburn, OH 43001", .location))
    }

    @Test(
        "streets with words, boxes and routes",
        arguments: [
            (KnownForm("at 9 quarry head ln now", "9 quarry head ln"), "9 Quarry Head Lane"),
            (KnownForm("PO Box 771", "PO Box 771"), "P.O. Box 771"),
            (KnownForm("Rt 3, Box 88", "Rt 3, Box 88"), "Rt 3 Box 88"),
            (KnownForm("in Saint Quux", "Saint Quux"), "St. Quux"),
            (KnownForm("on Kestrel Ln", "Kestrel Ln"), "12 Kestrel Lane"),
        ])
    func streets(_ row: KnownForm, _ value: String) { #expect(covers(row, value, .location)) }

    @Test(
        "an e-mail address, also spelled",
        arguments: [
            "ada.quillon@example.org", "ada.quillon at example.org", "ada dot quillon at example dot org",
            "ADA.QUILLON@EXAMPLE.ORG", "ada.quillon @ example.org", "ada.quillon@\nexample.org",
        ])
    func emails(_ form: String) {
        #expect(covers(KnownForm("at \(form) now", form), "ada.quillon@example.org", .email))
    }
}
