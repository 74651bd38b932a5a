import Foundation
import Testing

@testable import Deidentification

@Suite("Known identifiers of the record")
struct KnownIdentifierTests {
    private func found(_ text: String, _ value: String, _ label: IdentifierLabel) throws -> [String] {
        try Fixtures.found(text, known: [KnownIdentifier(value: value, label: label)])
    }

    @Test(
        "a name is found in every order, case and spelling",
        arguments: [
            Expectation("zörgiebel, anouk l. came", "NAME=zörgiebel, anouk l"),
            Expectation("ZORGIEBEL came", "NAME=ZORGIEBEL"),
            Expectation("Zorgiebel^Anouk^L", "NAME=Zorgiebel^Anouk^L"),
            Expectation("then anouk left", "NAME=anouk"),
            Expectation("Seen: Zörgiebl today", "NAME=Zörgiebl"),
            Expectation("A.Z. was seen", "NAME=A.Z"),
        ])
    func names(_ row: Expectation) throws { #expect(try found(row.text, "Zörgiebel^Anouk^L", .name) == row.expected) }

    @Test("nicknames and hyphen parts are found")
    func nicknames() throws {
        #expect(try found("he is bobby at home", "Robert Quux", .name) == ["NAME=bobby"])
        #expect(try found("the vega family", "Ortiz-Vega, Ana", .name) == ["NAME=vega"])
        #expect(try found("Van-der-Berg", "Hannah Van-der-Berg", .name) == ["NAME=Van-der-Berg"])
        #expect(try found("van der Berg", "Hannah Van-der-Berg", .name) == ["NAME=van der Berg"])
    }

    @Test("a name that is also a word needs a capital and a place where a name stands")
    func ambiguous() throws {
        #expect(try found("She may go. It will be long.", "May, Will", .name) == [])
        #expect(try found("Then May was called.", "May, Will", .name) == ["NAME=May"])
        #expect(try found("Mr. Long came; long wait.", "Long, Peter", .name) == ["NAME=Long"])
        #expect(try found("May repeat the dose.", "May, Will", .name) == [])
    }

    @Test(
        "a date of birth is found in every written form",
        arguments: [
            "03/04/1961", "3/4/61", "1961-03-04", "4 March 1961", "March 4th, 1961", "04-Mar-1961", "19610304",
            "03041961", "3 4 1961",
            "4.3.1961", "March 4",
        ])
    func dates(_ form: String) throws {
        #expect(try found("born \(form) here", "1961-03-04", .date) == ["DATE=\(form)"])
    }

    @Test(
        "separators don't matter in numbers",
        arguments: [
            Expectation("no 3125550142.", "3125550142"), Expectation("no 312 555-0142.", "312 555-0142"),
            Expectation("no 312/555/0142.", "312/555/0142"), Expectation("no 555 0142.", "555 0142"),
        ])
    func phones(_ row: Expectation) throws {
        let texts = try found(row.text, "(312) 555-0142", .phone)
        #expect(texts == ["PHONE=\(row.expected[0])"])
    }

    @Test("a record number is found without its letter and leading zeros, not inside a longer number")
    func records() throws {
        #expect(try found("see 00-12345 there", "H0012345", .medicalRecordNumber) == ["MRN=00-12345"])
        #expect(try found("n 4471 x", "4471", .other) == ["OTHER_ID=4471"])
        #expect(try found("n 144719 x", "4471", .other) == [])
    }

    @Test("a street is found by number and name, a city as a word")
    func places() throws {
        #expect(
            try found("lives 12 kestrel ln", "12 Kestrel Lane^^Greyburn^OH^43001", .location).first?.hasPrefix(
                "LOCATION=12 kestrel") == true)
        #expect(
            try found("in Greyburn, 43001", "12 Kestrel Lane^^Greyburn^OH^43001", .location) == [
                "LOCATION=Greyburn", "LOCATION=43001",
            ])
    }

    @Test("invisible characters and full-width digits don't hide an identifier")
    func hidden() throws {
        #expect(try found("Zor\u{200b}giebel came", "Zorgiebel", .name) == ["NAME=Zor\u{200b}giebel"])
        #expect(
            try found("no \u{ff14}\u{ff14}\u{ff17}\u{ff11}\u{ff19} x", "44719", .other) == [
                "OTHER_ID=\u{ff14}\u{ff14}\u{ff17}\u{ff11}\u{ff19}"
            ])
    }
}
