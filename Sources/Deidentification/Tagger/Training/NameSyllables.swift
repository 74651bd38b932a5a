internal import ConsiliumCore

/// Invents words that sound like the names it has seen, from their syllables.
struct NameSyllables {
    private var first: [[UInt32]] = []
    private var middle: [[UInt32]] = []
    private var last: [[UInt32]] = []

    /// - Parameter names: as written in training texts; repeated ones count once.
    init(_ names: some Sequence<[UInt32]>) {
        var seen: Set<[UInt32]> = []
        for name in names {
            let folded = name.map { NoteAugmenter.lower($0) }
            guard folded.count >= 4, seen.insert(folded).inserted else { continue }
            let parts = Self.split(folded)
            guard parts.count >= 2, let begin = parts.first, let end = parts.last else { continue }
            first.append(begin)
            last.append(end)
            middle += parts.dropFirst().dropLast()
        }
    }

    /// Three letters or more, small.
    func word(_ generator: inout ReproducibleGenerator) -> [UInt32] {
        func draw(_ parts: [[UInt32]]) -> [UInt32] {
            parts.isEmpty ? [] : parts[Int(generator.next() % UInt64(parts.count))]
        }
        var word = draw(first)
        if generator.unit() < 0.35 { word += draw(middle) }
        word += draw(last)
        return word.count >= 3 ? word : Array("zorban".unicodeScalars.map(\.value))
    }

    /// Before each consonant that a vowel follows.
    private static func split(_ word: [UInt32]) -> [[UInt32]] {
        let vowels: Set<UInt32> = Set("aeiouyáéíóúàèäëïöüâêôåøæ".unicodeScalars.map(\.value))
        var parts: [[UInt32]] = []
        var part: [UInt32] = []
        for (index, letter) in word.enumerated() {
            if !vowels.contains(letter), index + 1 < word.count, vowels.contains(word[index + 1]),
                part.contains(where: vowels.contains)
            {
                parts.append(part)
                part = []
            }
            part.append(letter)
        }
        if !part.isEmpty { parts.append(part) }
        return parts
    }
}
