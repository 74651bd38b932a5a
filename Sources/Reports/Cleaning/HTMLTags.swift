/// Takes out HTML tags. Tags that end a line or a cell leave a line break or a tab.
enum HTMLTags {
    private enum Trace { case nothing, lineBreak, tab, item, skipContent }

    private static let known: [String: Trace] = [
        "p": .lineBreak, "br": .lineBreak, "div": .lineBreak, "tr": .lineBreak, "table": .lineBreak, "ul": .lineBreak,
        "ol": .lineBreak, "h1": .lineBreak, "h2": .lineBreak, "h3": .lineBreak, "h4": .lineBreak, "h5": .lineBreak,
        "h6": .lineBreak, "hr": .lineBreak, "pre": .lineBreak, "blockquote": .lineBreak, "section": .lineBreak,
        "header": .lineBreak, "footer": .lineBreak, "article": .lineBreak, "title": .lineBreak, "body": .lineBreak,
        "head": .lineBreak, "html": .lineBreak, "dl": .lineBreak, "dt": .lineBreak, "dd": .lineBreak,
        "caption": .lineBreak, "thead": .nothing, "tbody": .nothing, "tfoot": .nothing, "td": .tab, "th": .tab,
        "li": .item, "b": .nothing, "i": .nothing, "u": .nothing, "s": .nothing, "em": .nothing, "strong": .nothing,
        "span": .nothing, "font": .nothing, "a": .nothing, "sup": .nothing, "sub": .nothing, "small": .nothing,
        "big": .nothing, "center": .lineBreak, "img": .nothing, "meta": .nothing, "link": .nothing, "col": .nothing,
        "colgroup": .nothing, "code": .nothing, "tt": .nothing, "label": .nothing, "o:p": .nothing, "main": .lineBreak,
        "style": .skipContent, "script": .skipContent,
    ]

    /// Longer “tags” are text with an angle bracket in it.
    private static let maximumTag = 1000
    /// A style or script that has no end within this is not skipped.
    private static let maximumContent = 100_000

    static func removed(from text: [UInt8], _ report: inout CleaningReport) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(text.count)
        var place = 0
        var found = 0
        // Up to here no style or script ends, so a thousand of them are not looked through a thousand times.
        var endless = 0
        while place < text.count {
            guard text[place] == UInt8(ascii: "<"), let (trace, isEnd, next) = tag(text, at: place) else {
                result.append(text[place])
                place += 1
                continue
            }
            found += 1
            place = next
            switch trace {
            case .nothing: break
            case .lineBreak: endLine(&result)
            case .tab: if isEnd { result.append(9) }
            case .item:
                endLine(&result)
                if !isEnd { result.append(contentsOf: "- ".utf8) }
            case .skipContent:
                guard !isEnd, place >= endless else { break }
                if let end = endOfContent(text, from: place) {
                    place = end
                } else {
                    endless = place + maximumContent / 2
                }
            }
        }
        report.count(.removedMarkup, found)
        return result
    }

    private static func endLine(_ text: inout [UInt8]) {
        while let last = text.last, ASCII.isBlank(last) { text.removeLast() }
        if let last = text.last, last != 10 { text.append(10) }
    }

    private static func tag(_ text: [UInt8], at place: Int) -> (Trace, isEnd: Bool, next: Int)? {
        let limit = min(text.count, place + maximumTag)
        if text[place..<limit].hasASCIIPrefix("<!--") {
            return close(text, from: place + 4, limit: limit, "-->").map { (.nothing, false, $0) }
        }
        if text[place..<limit].hasASCIIPrefix("<!DOCTYPE") || text[place..<limit].hasASCIIPrefix("<?xml") {
            return close(text, from: place + 5, limit: limit, ">").map { (.nothing, false, $0) }
        }
        var next = place + 1
        let isEnd = next < limit && text[next] == UInt8(ascii: "/")
        if isEnd { next += 1 }
        let start = next
        while next < limit, next - start < 11, ASCII.isAlphanumeric(text[next]) || text[next] == UInt8(ascii: ":") {
            next += 1
        }
        let name = String(decoding: text[start..<next].map(ASCII.lowercased), as: UTF8.self)
        guard let trace = known[name], next < limit else { return nil }
        // Attributes have a name and an equals sign; anything else is text.
        let rest = text[next..<limit]
        guard let end = rest.firstIndex(where: { $0 == UInt8(ascii: ">") || $0 == UInt8(ascii: "<") }),
            text[end] == UInt8(ascii: ">")
        else { return nil }
        var attributes = text[next..<end].trimmed
        if attributes.last == UInt8(ascii: "/") { attributes = attributes.dropLast().trimmed }
        guard attributes.isEmpty || (text[next] <= 32 && attributes.contains(UInt8(ascii: "="))) else { return nil }
        return (trace, isEnd, end + 1)
    }

    private static func close(_ text: [UInt8], from place: Int, limit: Int, _ mark: StaticString) -> Int? {
        guard place < limit else { return nil }
        return (place..<limit).first { text[$0..<limit].hasASCIIPrefix(mark) }.map { $0 + mark.utf8CodeUnitCount }
    }

    private static func endOfContent(_ text: [UInt8], from place: Int) -> Int? {
        let limit = min(text.count, place + maximumContent)
        return (place..<limit).first {
            text[$0] == UInt8(ascii: "<")
                && (text[$0..<limit].hasASCIIPrefix("</style") || text[$0..<limit].hasASCIIPrefix("</script"))
        }
    }
}
