import ConsiliumCore
import Foundation
import Testing

@testable import Deidentification

@Suite("Replacement under the policies")
struct ReplacementTests {
    @Test("Safe Harbor keeps years, aggregates ages, cuts ZIP codes and tags the rest")
    func safeHarbor() throws {
        #expect(try Fixtures.output("Mr. Tanaka, seen 03/04/2021.") == "Mr. [NAME], seen 2021.")
        #expect(try Fixtures.output("seen March 4 here, 3/4/21") == "seen [DATE] here, [DATE]")
        #expect(try Fixtures.output("a 92-year-old") == "a 90+-year-old")
    }

    @Test("a year that tells an age over 89 is not kept")
    func oldYears() throws {
        #expect(try Fixtures.output("born 03/04/1931") == "born [DATE]")
        #expect(try Fixtures.output("born 03/04/1961") == "born 1961")
    }

    @Test(
        "ZIP codes keep three digits, the restricted ones none",
        arguments: DeidentificationPolicy.censusRestrictedPrefixes)
    func postalCodes(_ prefix: String) throws {
        #expect(try Fixtures.output("Fairhaven, MA 02139") == "[LOCATION] 021")
        #expect(try Fixtures.output("Fairhaven, MA \(prefix)45-1234") == "[LOCATION] 000")
    }

    @Test("the same person gets the same surrogate in all reports, another patient another one")
    func consistentSurrogates() throws {
        let first = try Fixtures.output("Mr. Tanaka came. TANAKA left.", .limitedDataSet, patient: "p1")
        let words = first.split(separator: " ")
        let name = try #require(words.dropFirst().first.map(String.init))
        #expect(name.lowercased() != "tanaka")
        #expect(first == "Mr. \(name) came. \(name.uppercased()) left.")
        #expect(try Fixtures.output("Dr. Tanaka wrote.", .limitedDataSet, patient: "p1") == "Dr. \(name) wrote.")
        let others = try (0..<20).map { try Fixtures.output("Dr. Tanaka wrote.", .limitedDataSet, patient: "q\($0)") }
        #expect(Set(others).count > 5)
        let otherKey = try Fixtures.deidentifier(.limitedDataSet, key: Data(repeating: 9, count: 16))
        #expect(
            try otherKey.deidentify(text: "MRN 1234567890", patient: "p1").text
                != Fixtures.output("MRN 1234567890", .limitedDataSet, patient: "p1"))
    }

    @Test("shifted dates keep their intervals and their form", arguments: ["p1", "p2", "p3", "a long patient key"])
    func shift(_ patient: String) throws {
        let output = try Fixtures.output(
            "from 2021-02-20 to 2021-03-04 and March 4, 2021.", .limitedDataSet, patient: patient)
        let words = output.split(whereSeparator: { " .".contains($0) }).map(String.init)
        func day(_ text: String) throws -> Int {
            let parts = text.split(separator: "-").compactMap { Int($0) }
            try #require(parts.count == 3)
            return CivilDay.number(year: parts[0], month: parts[1], day: parts[2])
        }
        let first = try day(words[1])
        let second = try day(words[3])
        #expect(second - first == 12)
        let moved = second - CivilDay.number(year: 2021, month: 3, day: 4)
        #expect(moved != 0 && abs(moved) <= 365)
        let date = CivilDay.date(second)
        #expect(output.hasSuffix("\(MonthNames.long[date.month - 1]) \(date.day), \(date.year)."))
    }

    @Test("surrogates keep the form of numbers and never the number")
    func numbers() throws {
        let output = try Fixtures.output(
            "SSN 987-65-4321, phone (312) 555-0142, MRN H0012345", .limitedDataSet, patient: "p")
        #expect(output.hasPrefix("SSN 000-"))
        #expect(!output.contains("4321") && !output.contains("0012345") && output.contains(") 555-01"))
    }

    @Test("HMAC-SHA256 equals RFC 4231, cases 1 and 6")
    func hmac() {
        #expect(
            KeyedHash(key: Data(repeating: 0x0b, count: 20)).hash(Array("Hi There".utf8)).hex
                == "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7")
        #expect(
            KeyedHash(key: Data(repeating: 0xaa, count: 131)).hash(
                Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8)
            ).hex
                == "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54")
    }

    @Test("civil days go there and back", arguments: Array(stride(from: -40_000, to: 60_000, by: 997)))
    func civilDays(_ number: Int) {
        let date = CivilDay.date(number)
        #expect(CivilDay.number(year: date.year, month: date.month, day: date.day) == number)
    }

    @Test(
        "the policies in site-config are the ones built in", arguments: ["safe-harbor", "limited-data-set", "gdpr"])
    func policyFiles(_ name: String) throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let file = root.appendingPathComponent("site-config/policies/\(name).yaml")
        let policy = try #require(DeidentificationPolicy.builtIn[name])
        var fields: [String: String] = [:]
        for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") where !line.hasPrefix("#") {
            let parts = line.split(separator: ":", maxSplits: 1).map(String.init)
            try #require(parts.count == 2)
            fields[parts[0]] = String(parts[1].split(separator: "#")[0]).trimmingCharacters(in: .whitespaces)
        }
        let prefixes = fields["restrictedPrefixes"]?.filter { $0.isNumber || $0 == "," }.split(separator: ",").map(
            String.init)
        #expect(prefixes == policy.restrictedPrefixes)
        fields["restrictedPrefixes"] = nil
        #expect(
            fields == [
                "name": policy.name, "version": "\(policy.version)",
                "languages": "[\(policy.languages.map(\.rawValue).joined(separator: ", "))]",
                "replacement": policy.replacement.rawValue,
                "dates": policy.dates.rawValue, "ages": policy.ages.rawValue,
                "postalCodes": policy.postalCodes.rawValue,
                "maximumShiftDays": "\(policy.maximumShiftDays)", "reviewBelow": "\(policy.reviewBelow)",
                "maximumBytes": "\(policy.maximumBytes)",
                "requireKnownIdentifiers": "\(policy.requireKnownIdentifiers)",
            ])
    }
}
