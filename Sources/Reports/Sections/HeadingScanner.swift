/// A heading in a text, in bytes.
struct FoundHeading {
    let kind: SectionKind?
    /// Where the line or the phrase begins, with its marks and number.
    let start: Int
    let title: Range<Int>
    /// Where the body begins.
    let body: Int
}

/// Finds the headings of a text, line by line and inside lines.
///
/// Precision comes first: `Aspirin: 81 mg`, `Sodium: 131`, `HEENT: normal` and a sentence with the word “plan” are none.
struct HeadingScanner {
    private let text: [UInt8]
    private let catalog: SectionCatalog
    private let lines: [ArraySlice<UInt8>]
    private let isSOAP: Bool
    private let isDictated: Bool

    init(_ text: [UInt8], catalog: SectionCatalog) {
        self.text = text
        self.catalog = catalog
        lines = text.lines
        isSOAP = Self.letters(of: lines).count >= 3
        isDictated = SpokenMarks.areIn(text)
    }

    /// In the order of the text.
    func headings() -> [FoundHeading] {
        var found: [FoundHeading] = []
        var number = 0
        while number < lines.count {
            let line = lines[number]
            var rest = line.startIndex
            let ruled = isRule(number + 1) && !line.trimmed.isEmpty
            if let heading = lineHeading(number, isUnderlined: ruled, current: found.last?.kind) {
                found.append(heading)
                rest = heading.body
                if ruled, heading.body >= line.endIndex {
                    // The rule under the title belongs to it.
                    found[found.count - 1] = FoundHeading(
                        kind: heading.kind, start: heading.start, title: heading.title, body: lines[number + 1].endIndex
                    )
                    number += 1
                }
            }
            if rest < line.endIndex { found += inlineHeadings(line[rest...]) }
            number += 1
        }
        return found
    }

    private func isRule(_ number: Int) -> Bool {
        guard lines.indices.contains(number) else { return false }
        let line = lines[number].trimmed
        guard let first = line.first, line.count >= 3, "-=_~".utf8.contains(first) else { return false }
        return line.allSatisfy { $0 == first }
    }

    // MARK: Headings at the beginning of a line

    private func lineHeading(_ number: Int, isUnderlined: Bool, current: SectionKind?) -> FoundHeading? {
        let line = lines[number]
        guard let frame = TitleFrame(line) else { return nil }
        let colon = frame.content.prefix(TitleForm.maximum).firstIndex(of: UInt8(ascii: ":"))
        if let colon, let heading = labelled(frame, colon: colon, isUnderlined: isUnderlined, current: current) {
            return heading
        }
        if colon == nil, let heading = alone(frame, number, isUnderlined: isUnderlined, current: current) {
            return heading
        }
        return open(frame) ?? spoken(frame.content, start: line.startIndex)
    }

    /// `Title: body` and `Title:`
    private func labelled(_ frame: TitleFrame, colon: Int, isUnderlined: Bool, current: SectionKind?) -> FoundHeading? {
        let line = frame.line
        let title = frame.content[..<colon].withoutMarks
        let rest = text[(colon + 1)..<line.endIndex]
        // `10:30` and `http://` are no titles.
        guard let first = title.first, ASCII.isWord(first),
            rest.first.map({ $0 <= 32 || "*_,-".utf8.contains($0) || ASCII.isUpper($0) }) ?? true
        else { return nil }
        let body = bodyStart(after: colon, in: line)
        let isAlone = body >= line.endIndex
        let name = TitleForm.normalized(title)
        let heading = { (kind: SectionKind?) in
            FoundHeading(kind: kind, start: line.startIndex, title: title.startIndex..<title.endIndex, body: body)
        }
        if isSOAP, let kind = Self.soap[name] { return heading(kind) }
        let isCapital = title.isCapital
        if let kind = catalog.kind(ofNormalized: name) {
            let isLoud = isCapital || frame.isDecorated || isUnderlined
            // A vital sign line of an examination is a part of it.
            if kind == .vitals, current == .exam, !isAlone { return nil }
            if frame.isItem, !isLoud, !isAlone || current.map(Self.holdsLists.contains) == true { return nil }
            if frame.isBullet, !isLoud { return nil }
            if SectionCatalog.weak.contains(name), !isLoud, !isAlone { return nil }
            if ASCII.isLower(first), !SectionCatalog.strong.contains(name), !isLoud { return nil }
            return heading(kind == .exam && isModality(text[body..<line.endIndex]) ? .procedure : kind)
        }
        guard isAlone || frame.isDecorated || isUnderlined, isCapital || frame.isDecorated || isUnderlined,
            isUnknownTitle(name, title, frame, current)
        else { return nil }
        return heading(nil)
    }

    /// A title on a line of its own.
    private func alone(_ frame: TitleFrame, _ number: Int, isUnderlined: Bool, current: SectionKind?) -> FoundHeading? {
        let title = frame.content.withoutMarks
        guard let first = title.first, ASCII.isWord(first), title.count <= TitleForm.maximum else { return nil }
        let isLoud = title.isCapital || frame.isDecorated || isUnderlined
        let name = TitleForm.normalized(title)
        let isFree = number == 0 || lines[number - 1].trimmed.isEmpty
        let heading = { (kind: SectionKind?) in
            FoundHeading(
                kind: kind, start: frame.line.startIndex, title: title.startIndex..<title.endIndex,
                body: frame.line.endIndex)
        }
        if let kind = catalog.kind(ofNormalized: name), title.last.map({ !".;,".utf8.contains($0) }) ?? false {
            if isLoud, !frame.isItem || frame.isDecorated || title.isCapital { return heading(kind) }
            let before = number > 0 ? lines[number - 1].trimmed.last : nil
            let endsSentence = before.map { ".!?:".utf8.contains($0) } ?? true
            // `2. Follow up` in a plan is an item of it.
            let isItem = frame.isBullet || (frame.isNumbered && current.map(Self.holdsLists.contains) == true)
            guard !ASCII.isLower(first), !isItem, isFree || (endsSentence && !SectionCatalog.weak.contains(name))
            else {
                return nil
            }
            return heading(kind)
        }
        let hasBody = number + 1 < lines.count && !lines[number + 1].trimmed.isEmpty
        guard isLoud, frame.isDecorated || isUnderlined || (isFree && hasBody && !frame.isItem), !title.hasDigit,
            isUnknownTitle(name, title, frame, current)
        else { return nil }
        return heading(nil)
    }

    /// Capitals that no catalog knows: only where a section can end, never a part of the body or a name in a list.
    private func isUnknownTitle(
        _ name: String, _ title: ArraySlice<UInt8>, _ frame: TitleFrame, _ current: SectionKind?
    )
        -> Bool
    {
        let letters = title.count(where: ASCII.isLetter)
        guard letters >= 4, title.count <= 50, !frame.isItem || frame.isDecorated,
            name.utf8.count(where: { $0 == 32 }) <= 5, !SectionCatalog.parts.contains(name)
        else { return false }
        return frame.isDecorated || !(current.map(Self.holdsLists.contains) ?? false)
    }

    /// `GROSS DESCRIPTION Received fresh …` and `Impression - normal`
    private func open(_ frame: TitleFrame) -> FoundHeading? {
        guard !frame.isItem, let first = frame.content.first, ASCII.isUpper(first) else { return nil }
        let content = frame.content.prefix(TitleForm.maximum + 16)
        let run = content.capitalRun
        if run.count >= 4, run.endIndex < frame.line.endIndex {
            let name = TitleForm.normalized(run)
            let isLong = name.utf8.count >= 8 || name.utf8.contains(32)
            let next = text[run.endIndex..<frame.line.endIndex].drop { ASCII.isBlank($0) || $0 == UInt8(ascii: "-") }
            if isLong, !next.isEmpty, let kind = catalog.kind(ofNormalized: name) {
                return FoundHeading(
                    kind: kind, start: frame.line.startIndex, title: run.startIndex..<run.endIndex,
                    body: next.startIndex)
            }
        }
        guard let dash = content.firstRange(of: Array(" - ".utf8))?.lowerBound else { return nil }
        let title = content[..<dash]
        let name = TitleForm.normalized(title)
        guard SectionCatalog.strong.contains(name), let kind = catalog.kind(ofNormalized: name) else { return nil }
        return FoundHeading(
            kind: kind, start: frame.line.startIndex, title: title.startIndex..<title.endIndex, body: dash + 3)
    }

    // MARK: Headings inside a line

    private func inlineHeadings(_ line: ArraySlice<UInt8>) -> [FoundHeading] {
        var found: [FoundHeading] = []
        var segment = line.startIndex
        var place = line.startIndex
        while place < line.endIndex {
            if text[place] == UInt8(ascii: ":"), let heading = inline(text[segment..<place], line: line) {
                found.append(heading)
                segment = heading.body
                place = max(place, heading.body - 1)
            } else if isDictated, text[place] == 32, SpokenMarks.isColon(text[place..<line.endIndex]),
                let heading = spokenInline(text[segment..<place], colon: place, line: line)
            {
                found.append(heading)
                segment = heading.body
                place = heading.body - 1
            }
            place += 1
        }
        return found
    }

    /// - Parameter before: what stands between the last heading and the colon.
    private func inline(_ before: ArraySlice<UInt8>, line: ArraySlice<UInt8>) -> FoundHeading? {
        let colon = before.endIndex
        guard colon + 1 >= line.endIndex || text[colon + 1] <= 32 || text[colon + 1] == UInt8(ascii: ",") else {
            return nil
        }
        let near = before.suffix(TitleForm.maximum)
        let body = bodyStart(after: colon, in: line)
        func heading(_ title: ArraySlice<UInt8>, _ kind: SectionKind) -> FoundHeading {
            FoundHeading(kind: kind, start: title.startIndex, title: title.startIndex..<title.endIndex, body: body)
        }
        // Capitals need no end of a sentence before them.
        var run = near.capitalRunAtEnd
        for _ in 0..<4 where run.count >= 3 {
            let name = TitleForm.normalized(run)
            if !SectionCatalog.weak.contains(name), !SectionCatalog.parts.contains(name),
                let kind = catalog.kind(ofNormalized: name)
            {
                return heading(run, kind)
            }
            guard let space = run.firstIndex(of: 32) else { break }
            run = run[(space + 1)...]
        }
        guard let phrase = near.lastPhrase, let first = phrase.first, ASCII.isUpper(first) || first == 0xC3 else {
            return nil
        }
        let name = TitleForm.normalized(phrase)
        guard SectionCatalog.strong.contains(name) || (name.utf8.contains(32) && !SectionCatalog.weak.contains(name)),
            let kind = catalog.kind(ofNormalized: name)
        else { return nil }
        return heading(phrase, kind)
    }

    // MARK: Dictated headings

    /// `Impression colon normal study`
    private func spoken(_ content: ArraySlice<UInt8>, start: Int) -> FoundHeading? {
        guard
            let space = content.prefix(TitleForm.maximum).indices.first(where: {
                content[$0] == 32 && SpokenMarks.isColon(content[$0...])
            })
        else { return nil }
        let title = content[..<space]
        let name = TitleForm.normalized(title)
        let body = SpokenMarks.end(ofColon: space, in: content)
        guard let kind = catalog.kind(ofNormalized: name), isDictated || SectionCatalog.strong.contains(name),
            !SpokenMarks.isAnatomy(content[body...])
        else { return nil }
        return FoundHeading(kind: kind, start: start, title: title.startIndex..<title.endIndex, body: body)
    }

    private func spokenInline(_ before: ArraySlice<UInt8>, colon: Int, line: ArraySlice<UInt8>) -> FoundHeading? {
        let phrase = SpokenMarks.phrase(before.suffix(TitleForm.maximum))
        let body = SpokenMarks.end(ofColon: colon, in: line)
        guard !phrase.isEmpty, !SpokenMarks.isAnatomy(line[body...]),
            let kind = catalog.kind(ofNormalized: TitleForm.normalized(phrase))
        else { return nil }
        return FoundHeading(
            kind: kind, start: phrase.startIndex, title: phrase.startIndex..<phrase.endIndex, body: body)
    }

    // MARK: Helpers

    /// Behind the colon, blanks, closing marks and the comma that some systems put there.
    private func bodyStart(after colon: Int, in line: ArraySlice<UInt8>) -> Int {
        var place = colon + 1
        while place < line.endIndex, ASCII.isBlank(text[place]) || "*_,:".utf8.contains(text[place]) { place += 1 }
        return place
    }

    /// `EXAM: CT chest` names a study, `EXAM: alert` an examination.
    private func isModality(_ body: ArraySlice<UInt8>) -> Bool {
        let words = body.prefix(100).map(ASCII.lowercased).split { !ASCII.isWord($0) }.prefix(6)
        return words.contains { Self.modalities.contains(String(decoding: $0, as: UTF8.self)) }
    }

    private static let modalities: Set<String> = [
        "ct", "cta", "mri", "mr", "mra", "mrcp", "xr", "us", "ultrasound", "radiograph", "radiographs", "xray", "ray",
        "pet",
        "mammogram", "mammography", "fluoroscopy", "dexa", "echocardiogram", "angiogram", "sonogram", "scan", "views",
        "pa",
        "portable", "doppler", "scintigraphy", "colonoscopy", "eeg", "emg", "ekg",
    ]

    private static let soap: [String: SectionKind] = [
        "s": .subjective, "o": .objective, "a": .assessment, "p": .plan, "a p": .assessmentAndPlan,
    ]

    private static func letters(of lines: [ArraySlice<UInt8>]) -> Set<UInt8> {
        var letters: Set<UInt8> = []
        for line in lines {
            let content = line.trimmed
            guard let first = content.first, "SOAP".utf8.contains(first), content.dropFirst().first == UInt8(ascii: ":")
            else { continue }
            letters.insert(first)
        }
        return letters
    }

    /// Sections whose parts have titles of their own: parts of the body, problems, specimens.
    private static let holdsLists: Set<SectionKind> = [
        .exam, .reviewOfSystems, .findings, .assessment, .plan, .assessmentAndPlan, .gross, .diagnosis, .labs, .results,
        .imaging, .procedureDetails, .recommendations, .dischargeInstructions, .hospitalCourse, .microscopic, .synoptic,
        .vitals, .objective,
    ]
}
