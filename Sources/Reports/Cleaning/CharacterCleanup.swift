/// Characters that nobody sees or that only look like a space.
enum CharacterCleanup {
    private enum Fate { case keep, remove, space, hyphen, lineBreak }

    static func cleaned(_ text: [UInt8], _ report: inout CleaningReport) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(text.count)
        var removed = 0
        var spaces = 0
        var place = 0
        while place < text.count {
            let (fate, length) = fate(text, at: place)
            switch fate {
            case .keep: result.append(contentsOf: text[place..<min(place + length, text.count)])
            case .remove: removed += 1
            case .space:
                result.append(32)
                spaces += 1
            case .hyphen:
                result.append(UInt8(ascii: "-"))
                spaces += 1
            case .lineBreak:
                endLine(&result)
                result.append(10)
                if text[place] != 10 { spaces += 1 }
            }
            place += length
        }
        endLine(&result)
        report.count(.removedControlCharacters, removed)
        report.count(.normalizedSpaces, spaces)
        return result
    }

    private static func endLine(_ text: inout [UInt8]) {
        while let last = text.last, ASCII.isBlank(last) { text.removeLast() }
    }

    private static func fate(_ text: [UInt8], at place: Int) -> (Fate, Int) {
        let first = text[place]
        let second = place + 1 < text.count ? text[place + 1] : 0
        let third = place + 2 < text.count ? text[place + 2] : 0
        switch first {
        case 10: return (.lineBreak, 1)
        // A form feed ends a page; the step for pages needs it.
        case 9, 12: return (.keep, 1)
        case 13: return (.lineBreak, second == 10 ? 2 : 1)
        case 11, 28, 29, 30: return (.lineBreak, 1)
        case 0..<32, 127: return (.remove, 1)
        case 0xC2:
            if second == 0xA0 { return (.space, 2) }
            if second == 0x85 { return (.lineBreak, 2) }
            // At a line's end a soft hyphen is seen, and the word goes on behind it.
            if second == 0xAD, third == 10 { return (.hyphen, 2) }
            return (second == 0xAD || (0x80..<0xA0).contains(second) ? .remove : .keep, 2)
        case 0xE2:
            if second == 0x80 {
                switch third {
                case 0x80...0x8A, 0xAF: return (.space, 3)
                case 0x8B...0x8F, 0xAA...0xAE: return (.remove, 3)
                case 0xA8, 0xA9: return (.lineBreak, 3)
                default: return (.keep, 3)
                }
            }
            if second == 0x81 {
                if third == 0x9F { return (.space, 3) }
                return (third >= 0xA0 && third <= 0xAF ? .remove : .keep, 3)
            }
            return (.keep, 3)
        case 0xE3: return (second == 0x80 && third == 0x80 ? .space : .keep, 3)
        case 0xEF:
            let isMark = second == 0xBB && third == 0xBF, isObject = second == 0xBF && third == 0xBC
            return (isMark || isObject ? .remove : .keep, 3)
        default: return (.keep, 1)
        }
    }
}
