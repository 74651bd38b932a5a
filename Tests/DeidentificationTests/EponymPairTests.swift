import Testing

@testable import Deidentification

@Suite("Eponyms of two names")
struct EponymPairTests {
    private static func contains(_ part: String, in sentence: String) throws -> Bool {
        let (text, scalars) = try Fixtures.locate(part, in: sentence)
        return EponymPairs.contain(text.tokenRange(scalars.lowerBound, scalars.upperBound), in: text)
    }

    @Test(
        "what a tagger takes for a name is none where medicine knows the pair, nor is a part of it",
        arguments: [
            ("Kirby-Bauer", "resistance by Kirby-Bauer"), ("Bauer", "resistance by Kirby-Bauer"),
            ("Kirby", "resistance by Kirby-Bauer"), ("Rey-Osterrieth", "Rey-Osterrieth 29 of 36"),
            ("Campbell de Morgan", "two Campbell de Morgan spots"), ("Heller/Dor", "Heller/Dor at 0730"),
            ("Caldwell-Luc", "no prior Caldwell-Luc"), ("Ivor Lewis", "s/p Ivor Lewis 2022"),
        ])
    func pairs(_ part: String, _ sentence: String) throws { #expect(try Self.contains(part, in: sentence)) }

    @Test(
        "other names, names beside a pair, and pairs that may be a person are left to the tagger",
        arguments: [
            ("Ann Kirby", "seen by Ann Kirby"), ("Bauer", "seen by Bauer"), ("Kirby Bauer", "son Kirby Bauer called"),
            ("Kirby-Bauer and Roe", "per Kirby-Bauer and Roe"), ("Paul Bunnell", "Paul Bunnell called"),
            ("Kirby\nBauer", "Kirby\nBauer"), ("Bauer-Kirby", "seen by Bauer-Kirby"),
        ])
    func others(_ part: String, _ sentence: String) throws { #expect(try !Self.contains(part, in: sentence)) }
}
