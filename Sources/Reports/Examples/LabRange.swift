/// A reference range: `135-145`, `0.4 to 4.0`, `<5`, `> 60`.
struct LabRange {
    let low: Double?
    let high: Double?
    let written: String
    /// The token behind it.
    let next: Int

    init?(_ tokens: [LabToken], _ place: Int) {
        guard tokens.indices.contains(place) else { return nil }
        if let sign = tokens[place].sign {
            var number = place + 1
            if number < tokens.count, tokens[number].sign == UInt8(ascii: "=") { number += 1 }
            guard number < tokens.count, let bound = tokens[number].value else { return nil }
            low = sign == UInt8(ascii: ">") ? bound : nil
            high = sign == UInt8(ascii: "<") ? bound : nil
            guard low != nil || high != nil else { return nil }
            written = (sign == UInt8(ascii: ">") ? ">" : "<") + tokens[number].text
            next = number + 1
            return
        }
        guard place + 2 < tokens.count, let low = tokens[place].value, let high = tokens[place + 2].value, low < high
        else {
            return nil
        }
        let joint = tokens[place + 1]
        guard joint.sign == UInt8(ascii: "-") || ["to", "a"].contains(joint.text.lowercased()) else { return nil }
        // `1-2-2024` is a date.
        if place + 3 < tokens.count, tokens[place + 3].sign == UInt8(ascii: "-"),
            tokens[place + 3].start == tokens[place + 2].end
        {
            return nil
        }
        self.low = low
        self.high = high
        written = "\(tokens[place].text)-\(tokens[place + 2].text)"
        next = place + 3
    }

    /// Words that announce a range.
    static func isCue(_ word: String) -> Bool {
        [
            "ref", "ref.", "reference", "range", "nl", "interval", "normal", "rango", "referencia", "vr", "vn",
            "valores",
            "de", "rr", "limits", "limit", "expected",
        ].contains(word.lowercased())
    }
}
