import Testing

@testable import Deidentification

@Suite("Identifiers in the style of hurried notes")
struct MessyNotesTests {
    @Test(
        "names by role, relation, field, initials and signature",
        arguments: [
            Expectation("Surname: Clerk  Forename(s): Meera", "NAME=Clerk", "NAME=Meera"),
            Expectation("PCP\tVictoria Okonedo\n", "NAME=Victoria Okonedo"),
            Expectation("asked by RN Ruth to see him", "NAME=Ruth"),
            Expectation("per daughter Giulia, no falls", "NAME=Giulia"),
            Expectation("seen by L.Juric today", "NAME=L.Juric"),
            Expectation("Santoro,Giulia was seen", "NAME=Santoro,Giulia"),
            Expectation("/es/ ADA ROE", "NAME=ADA ROE"),
            Expectation("Mr. Silver was placed supine. Then Silver left.", "NAME=Silver", "NAME=Silver"),
            Expectation("Blanca (wife) is at bedside", "NAME=Blanca"),
            Expectation("Dictated.\nAKC:les\n", "NAME=AKC", "NAME=les"),
            Expectation("Ronan Pfann III came", "NAME=Ronan Pfann III"),
        ])
    func names(_ row: Expectation) throws { #expect(try Fixtures.found(row.text) == row.expected) }

    @Test(
        "dates without a year, stamps and holidays",
        arguments: [
            Expectation("f/u 12/10 with neuro", "DATE=12/10"),
            Expectation("OR 2/12 for repair", "DATE=2/12"),
            Expectation("away 7/20-8/9 at home", "DATE=7/20-8/9"),
            Expectation("seen 5/28/'25 here", "DATE=5/28/'25"),
            Expectation("DOB: 7.2.73 M", "DATE=7.2.73"),
            Expectation("before Apr-02-2025 please", "DATE=Apr-02-2025"),
            Expectation("at 2017-01-12T10:59:00-05:00 sent", "DATE=2017-01-12T10:59:00-05:00"),
            Expectation("at 2006-04-07 09:00:27 sent", "DATE=2006-04-07 09:00:27"),
            Expectation("since Father's Day he", "DATE=Father's Day"),
            Expectation("on Sat., June 20, 2015 at home", "DATE=Sat., June 20, 2015"),
            Expectation("9-27 biopsy done\n10-3 went home", "DATE=9-27", "DATE=10-3"),
            Expectation("moved from 3.12 @ 0730 to later", "DATE=3.12"),
            Expectation("tremor since spring 2021", "DATE=spring 2021"),
            Expectation("Sent l0/l2/2024 by mail", "DATE=l0/l2/2024"),
        ])
    func dates(_ row: Expectation) throws { #expect(try Fixtures.found(row.text) == row.expected) }

    @Test(
        "ages over 89 of patients and relatives",
        arguments: [
            Expectation("Jessup 93M with a fall", "AGE_OVER_89=93"),
            Expectation("mother d. 96 of a stroke", "AGE_OVER_89=96"),
            Expectation("his grandmother lived to 97.", "AGE_OVER_89=97"),
            Expectation("He turns 90 next month.", "AGE_OVER_89=90"),
            Expectation("Grandma Lucille, 91, holds the box.", "AGE_OVER_89=91"),
            Expectation("He lives with an aunt, who is ninety-two.", "AGE_OVER_89=ninety-two"),
            Expectation("Fall #3. 94M in long-term care", "AGE_OVER_89=94"),
            Expectation("Resting sat, 94, on room air; weight 96 kg; Trails 92 s."),
        ])
    func ages(_ row: Expectation) throws {
        #expect(try Fixtures.found(row.text).filter { $0.hasPrefix("AGE") } == row.expected)
    }

    @Test(
        "codes of every kind",
        arguments: [
            Expectation("MRN572704 here", "MRN=MRN572704"),
            Expectation("MRN 224 590 6", "MRN=224 590 6"),
            Expectation("drove a gray sedan, plate VTR-036", "VEHICLE=VTR-036"),
            Expectation("gray Honda Civic (A07-5EF) struck", "VEHICLE=A07-5EF"),
            Expectation(
                "head UDI (01)00843210012345(17)240831(21)7765KL2", "DEVICE=01)00843210012345(17)240831(21)7765KL2"),
            Expectation("fem #5 lot HRX7L, then", "DEVICE=HRX7L"),
            Expectation("fingerprint FT-EVLHYP stored", "BIOMETRIC=FT-EVLHYP"),
            Expectation("photo IMG_6709.HEIC taken", "BIOMETRIC=IMG_6709.HEIC"),
            Expectation("Veteran, last 4 5858, seen", "SSN=5858"),
            Expectation("pager 6-3107 please", "PHONE=6-3107"),
            Expectation("call x4691 please", "PHONE=x4691"),
            Expectation("mail grammy6 at sbcglobal dot net", "EMAIL=grammy6 at sbcglobal dot net"),
            Expectation("Printed by khuang on a desk", "OTHER_ID=khuang"),
            Expectation("Member ID# SLF 0093 1182 07 there", "HEALTH_PLAN=SLF 0093 1182 07"),
            Expectation("unit W0417 24 118223 given", "OTHER_ID=W0417 24 118223"),
            Expectation("flew in N771TK today", "VEHICLE=N771TK"),
            Expectation("Medicare 6FR3 MK1 PV88 here", "HEALTH_PLAN=6FR3 MK1 PV88"),
            Expectation("ph 919.555.0143 today", "PHONE=919.555.0143"),
            Expectation("portal capeverity.example/mychart today", "URL=capeverity.example/mychart"),
            Expectation("file quill_face_0007.CR2 saved", "BIOMETRIC=quill_face_0007.CR2"),
        ])
    func codes(_ row: Expectation) throws { #expect(try Fixtures.found(row.text) == row.expected) }

    @Test(
        "places by context and form",
        arguments: [
            Expectation("respite at The Lone Star Terrace today", "LOCATION=The Lone Star Terrace"),
            Expectation("She lives in Newmouth.", "LOCATION=Newmouth"),
            Expectation("CT from Lancaster Ridge Imaging", "LOCATION=Lancaster Ridge Imaging"),
            Expectation("Mail to P O Box 81296 please", "LOCATION=P O Box 81296"),
            Expectation("lives at Rua do Arenque 1634", "LOCATION=Rua do Arenque 1634"),
            Expectation("in Surrey, BC L4G 6L1 now", "LOCATION=Surrey, BC", "LOCATION=L4G 6L1"),
            Expectation("near Willowport County line", "LOCATION=Willowport County"),
            Expectation("fell in the bathroom at Larkmoor.", "LOCATION=Larkmoor"),
            Expectation("letter to 70 Widow's Walk please", "LOCATION=70 Widow's Walk"),
        ])
    func places(_ row: Expectation) throws { #expect(try Fixtures.found(row.text) == row.expected) }

    @Test(
        "scores, ratios, obstetric counts and eponyms in a hurry are left alone",
        arguments: [
            "G3P2012 at 38w4d, EFW 3200 g.", "pain 6/10, strength 5/5, MMSE 28/30", "day 5/25 of radiation, wk 5/8",
            "Peak flow 250-300-350", "FSBS 145 / 182 / 220 / 166", "Hill-Sachs lesion; Bankart tear.",
            "Osgood-Schlatter disease.", "Drinks Dr. Pepper.", "Miller Fisher test negative.",
            "Christmas tree pattern; Christmas disease.", "1/2 tab daily, feeds down 1/3",
            "Sensory loss, Hughes 4. Berger ok. Dravet n/a. Prep Boston 2/3/2.",
            "Kirby-Bauer d-test neg. Marcus Gunn no.",
            "Bishop 9/13, Aldrete 7/10, GDS 4/15, pain 8/10 -> 3/10", "UF 400  150  -190, off 0205-0248",
            "pH 7.24/68/171 on vent", "-2.25 +0.50 x 090",
        ])
    func negatives(_ text: String) throws { #expect(try Fixtures.found(text) == []) }

    @Test("a known name of an ordinary word is one at the start of a sentence too")
    func knownOrdinaryNames() throws {
        let known = [KnownIdentifier(value: "May Long", label: .name)]
        #expect(try Fixtures.found("May will stop the pills.", known: known) == ["NAME=May"])
        #expect(try Fixtures.found("May repeat in 3 weeks. Long term goals.", known: known) == [])
    }
}
