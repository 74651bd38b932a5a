import Foundation
import Testing

@testable import Deidentification

@Suite("Rules for the eighteen identifiers")
struct IdentifierRulesTests {
    @Test(
        "names are found by title, heading, degree, phrase and list",
        arguments: [
            Expectation("Seen by Dr. Okonkwo today.", "NAME=Okonkwo"),
            Expectation("PATIENT NAME: GARCIA, MARIA L.", "NAME=GARCIA, MARIA L"),
            Expectation("Re: Wei Tanaka", "NAME=Wei Tanaka"),
            Expectation("Dictated by Jane Q. Roe, MD.", "NAME=Jane Q. Roe"),
            Expectation("The patient, named Zorblat Quux, was seen.", "NAME=Zorblat Quux"),
            Expectation("a 60-year-old woman, Sarah P., with gout", "NAME=Sarah P"),
            Expectation("Mr. O'Brien and Mrs. Ortiz-Vega came.", "NAME=O'Brien", "NAME=Ortiz-Vega"),
            Expectation("Attending: Ludwig van Beethoven", "NAME=Ludwig van Beethoven"),
            Expectation("Referred by dr. kowalski for review", "NAME=kowalski"),
            Expectation("Dr. Hannah Van-der-Berg agrees.", "NAME=Hannah Van-der-Berg"),
            Expectation("I spoke with john smith about it.", "NAME=john smith"),
        ])
    func names(_ row: Expectation) throws { #expect(try Fixtures.found(row.text) == row.expected) }

    @Test(
        "dates are found in every written form",
        arguments: [
            Expectation("seen 03/04/2021 here", "DATE=03/04/2021"),
            Expectation("seen 3/4/21 here", "DATE=3/4/21"),
            Expectation("seen 2021-03-04 here", "DATE=2021-03-04"),
            Expectation("seen 04.03.2021 here", "DATE=04.03.2021"),
            Expectation("seen 20210304 here", "DATE=20210304"),
            Expectation("seen March 4, 2021 here", "DATE=March 4, 2021"),
            Expectation("seen Mar. 4th 2021 here", "DATE=Mar. 4th 2021"),
            Expectation("seen 4 March 2021 here", "DATE=4 March 2021"),
            Expectation("seen on the 4th of March here", "DATE=4th of March"),
            Expectation("seen 04-MAR-2021 here", "DATE=04-MAR-2021"),
            Expectation("seen in May 2021 here", "DATE=May 2021"),
            Expectation("seen Jan 15 '23 here", "DATE=Jan 15 '23"),
            Expectation("seen 03/2021 here", "DATE=03/2021"),
            Expectation("admitted on 3/4 with pain", "DATE=3/4"),
            Expectation("since last October she", "DATE=October"),
            Expectation("returns on Tuesday", "DATE=Tuesday"),
            Expectation("visto el 4 de marzo de 2021", "DATE=4 de marzo de 2021"),
        ])
    func dates(_ row: Expectation) throws { #expect(try Fixtures.found(row.text) == row.expected) }

    @Test(
        "ages over 89 are found in digits and in words",
        arguments: [
            Expectation("a 92-year-old man", "AGE_OVER_89=92"),
            Expectation("a 101 y/o man", "AGE_OVER_89=101"),
            Expectation("93yo F", "AGE_OVER_89=93"),
            Expectation("at age 95 she fell", "AGE_OVER_89=95"),
            Expectation("a ninety-two year old man", "AGE_OVER_89=ninety-two"),
            Expectation("one hundred and one years old", "AGE_OVER_89=one hundred and one"),
        ])
    func ages(_ row: Expectation) throws { #expect(try Fixtures.found(row.text) == row.expected) }

    @Test(
        "places are found",
        arguments: [
            Expectation(
                "She lives at 12 Maple Street, Fairhaven, MA 02139.", "LOCATION=12 Maple Street, Fairhaven, MA",
                "LOCATION=02139"),
            Expectation("He moved to Vale Crossing, OR last year.", "LOCATION=Vale Crossing, OR"),
            Expectation("Seen at Boston General Hospital today.", "LOCATION=Boston General Hospital"),
            Expectation("treated at St. Mary's Hospital", "LOCATION=St. Mary's Hospital"),
            Expectation("resident of Orange County", "LOCATION=Orange County"),
            Expectation("travels from New York often", "LOCATION=New York"),
            Expectation("FACILITY: Willow Family and Community Care", "LOCATION=Willow Family and Community Care"),
        ])
    func places(_ row: Expectation) throws { #expect(try Fixtures.found(row.text) == row.expected) }

    @Test(
        "numbers, addresses of the network and cued identifiers are found",
        arguments: [
            Expectation("Call (312) 555-0142.", "PHONE=(312) 555-0142"),
            Expectation("Call +1 312 555 0142 x77 now", "PHONE=+1 312 555 0142 x77"),
            Expectation("Pager: 555-0199", "PHONE=555-0199"),
            Expectation("Fax 312.555.0143", "FAX=312.555.0143"),
            Expectation("Write to j.roe+x@example.org.", "EMAIL=j.roe+x@example.org"),
            Expectation("SSN 987-65-4321", "SSN=987-65-4321"),
            Expectation("SSN ending in 4321", "SSN=4321"),
            Expectation("MRN: H0012345", "MRN=H0012345"),
            Expectation("Medical Record Number 12-34-56", "MRN=12-34-56"),
            Expectation("Insurance ID: WP-98765", "HEALTH_PLAN=WP-98765"),
            Expectation("Acct# 4456781", "ACCOUNT=4456781"),
            Expectation("card 4111 1111 1111 1111", "ACCOUNT=4111 1111 1111 1111"),
            Expectation("DEA number AB1234563", "LICENSE=AB1234563"),
            Expectation("Driver's license D1234567", "LICENSE=D1234567"),
            Expectation("VIN 1HGCM82633A004352", "VEHICLE=1HGCM82633A004352"),
            Expectation("license plate ABC 1234", "VEHICLE=ABC 1234"),
            Expectation("Pacemaker serial number PJN-4471902", "DEVICE=PJN-4471902"),
            Expectation("fingerprint ID FP-88213", "BIOMETRIC=FP-88213"),
            Expectation("see https://example.org/a?b=1 now", "URL=https://example.org/a?b=1"),
            Expectation("on example.com today", "URL=example.com"),
            Expectation(
                "from 192.168.10.4 and 2001:db8::8a2e:370:7334", "IP=192.168.10.4", "IP=2001:db8::8a2e:370:7334"),
            Expectation("Accession: S21-00417", "OTHER_ID=S21-00417"),
            Expectation("encounter number 99182734", "OTHER_ID=99182734"),
        ])
    func numbers(_ row: Expectation) throws { #expect(try Fixtures.found(row.text) == row.expected) }

    @Test(
        "measurements, doses, codes, eponyms and ordinary words are left alone",
        arguments: [
            "Blood pressure 120/80, pulse 72, temperature 98.6.",
            "Motor strength is 5/5 in all groups; a 2/6 systolic murmur.",
            "Lisinopril 10 mg p.o. daily, heparin 5000 units, 1,000 mL of saline.",
            "WBC 12.4, platelets 250,000, creatinine 1.2 mg/dL, HbA1c 7.2%.",
            "Gleason 3+4, GCS 15, Apgar 8 and 9, NYHA class III.",
            "Disc herniation at L4-L5 and C5-6.",
            "ICD-10 E11.65, CPT 99213, LOINC 11526-1, NDC 0002-8215-01.",
            "Parkinson's disease, Crohn's disease and Foley catheter.",
            "Wilson disease was excluded; Murphy sign negative.",
            "She may return in 3 weeks. He will march on.",
            "A 45-year-old man, diagnosed in 2018, weighs 95 kg.",
            "PAST MEDICAL HISTORY: None. Long Term Goals: walk.",
            "Vision 20/20. Pain 3/10 at 10:30 a.m.",
            "Will follow up. May repeat. Brown sputum.",
            "He takes Aspirin, Lipitor and Metformin for COPD.",
            "EF 55-60%, 1-2 tablets, ratio 1:40.",
        ])
    func negatives(_ text: String) throws { #expect(try Fixtures.found(text) == []) }

    @Test("a name found once is found everywhere in the text")
    func consistency() throws {
        let found = try Fixtures.found("Dr. Zorblat saw her. Later ZORBLAT left.")
        #expect(found == ["NAME=Zorblat", "NAME=ZORBLAT"])
    }
}
