internal import Foundation

/// Finds the reports in one message: the texts of its OBX segments, joined by line, one report an order (OBR) or document.
struct HL7Reports {
    private struct Group {
        var people: HL7People
        var order: Int
        var date: String?
        var kind: String?
        var lines: [String] = []
        var shortLines: [String] = []
        var hasOtherValues = false
        var embedded: [HL7Attachment] = []
        var references = 0
    }

    private let message: HL7Message
    private let number: Int
    private let file: SourceFile
    private let extractor: DocumentExtractor

    init(_ message: HL7Message, number: Int, file: SourceFile, extractor: DocumentExtractor) {
        self.message = message
        self.number = number
        self.file = file
        self.extractor = extractor
    }

    func outcomes() -> [ReadOutcome] {
        let place = "message=\(number)"
        let type = message.type
        guard type.code == "ORU" || type.code == "MDM" else {
            return [
                file.rejection(place, .unsupportedMessage, "\(spoken(type)) carries no report; ORU^R01 and MDM^T02 do.")
            ]
        }
        let groups: [Group]
        do {
            groups = try collect(isDocument: type.code == "MDM")
        } catch {
            return [file.undecodable(place, TextDecoding.Failure.notUTF8)]
        }
        let texts = groups.filter { !text(of: $0).isEmpty }
        var outcomes: [ReadOutcome] = []
        for group in groups {
            let prefix = texts.count > 1 ? "\(place);OBR=\(group.order)" : place
            let lines = text(of: group)
            if !lines.isEmpty {
                outcomes.append(
                    report(lines.joined(separator: "\n"), group, "\(prefix);OBX-5 joined by line"))
            }
            for embedded in group.embedded { outcomes.append(attachment(embedded, group, place)) }
            if group.references > 0 {
                outcomes.append(
                    file.rejection(
                        prefix, .externalContent,
                        "The message only points to a document elsewhere. Export the document itself."))
            }
        }
        if outcomes.isEmpty {
            outcomes.append(
                file.rejection(
                    place, .noReport,
                    "The message has measurements or orders but no report text (OBX of type TX or FT)."))
        }
        return outcomes
    }

    /// Strings (ST) count as text where a group has nothing else: beside numbers they are results, not a report.
    private func text(of group: Group) -> [String] {
        if !group.lines.isEmpty { return group.lines }
        return group.hasOtherValues ? [] : group.shortLines
    }

    private func collect(isDocument: Bool) throws -> [Group] {
        var shared = HL7People(message)
        var group: Group?
        var done: [Group] = []
        var orders = 0
        var observations = 0
        for segment in message.segments {
            switch segment.name {
            case "PID":
                // A second patient in one message starts afresh: nothing of the first may stick to the next report.
                if let finished = group { done.append(finished) }
                group = nil
                if shared.patientKey != nil { shared = HL7People(message) }
                shared.take(segment)
            case "OBR":
                orders += 1
                guard !isDocument else {
                    shared.take(segment)
                    continue
                }
                if let finished = group { done.append(finished) }
                var people = shared
                people.take(segment)
                group = Group(
                    people: people, order: orders, date: date(segment, [7, 22]), kind: kind(segment.raw(4)))
            case "TXA":
                if let finished = group { done.append(finished) }
                var people = shared
                people.take(segment)
                group = Group(
                    people: people, order: max(orders, 1), date: date(segment, [4, 6]), kind: kind(segment.raw(2)))
            case "OBX":
                observations += 1
                var open = group ?? Group(people: shared, order: max(orders, 1))
                open.people.take(segment)
                try observe(segment, observations, &open)
                group = open
            default:
                shared.take(segment)
                group?.people.take(segment)
            }
        }
        if let finished = group { done.append(finished) }
        return done
    }

    private func observe(_ segment: HL7Segment, _ position: Int, _ group: inout Group) throws {
        let value = segment.raw(5)
        switch String(decoding: segment.raw(2), as: UTF8.self) {
        case "TX", "FT": group.lines += try lines(value)
        case "ST": group.shortLines += try lines(value)
        case "ED":
            let attachment = HL7Attachment(
                message.components(value), position: position, name: Array(segment.raw(3)))
            // A long document comes in pieces, each in an OBX of its own.
            if let last = group.embedded.indices.last, attachment.continues(group.embedded[last]) {
                group.embedded[last].append(attachment)
            } else {
                group.embedded.append(attachment)
            }
        case "RP": group.references += 1
        default: group.hasOtherValues = true
        }
    }

    private func lines(_ value: ArraySlice<UInt8>) throws -> [String] {
        try message.repetitions(value).map {
            let line = try message.text($0)
            return line == "\"\"" ? "" : line
        }
    }

    private func report(_ text: String, _ group: Group, _ locator: String) -> ReadOutcome {
        guard !TextDecoding.isBlank(text) else {
            return file.rejection(locator, .missingText, "The text of the message is empty.")
        }
        // Some senders put a whole document into a text field.
        guard let document = HL7Attachment.hidden(in: text) else {
            return report(DocumentText(text: text), group, locator)
        }
        return outcome(of: document, group, locator)
    }

    private func report(_ text: DocumentText, _ group: Group, _ locator: String) -> ReadOutcome {
        .report(
            Report(
                text: text.text, patientKey: group.people.patientKey, date: group.date, kind: group.kind,
                source: file.source(.hl7, locator), knownIdentifiers: group.people.collector.identifiers,
                quality: text.quality))
    }

    private func attachment(_ attachment: HL7Attachment, _ group: Group, _ place: String) -> ReadOutcome {
        outcome(of: attachment, group, "\(place);OBX=\(attachment.position);OBX-5 (base64)")
    }

    private func outcome(of attachment: HL7Attachment, _ group: Group, _ locator: String) -> ReadOutcome {
        do {
            return report(try attachment.text(extractor, message.encoding), group, locator)
        } catch let unusable as UnusableDocument {
            return file.rejection(locator, unusable.reason, unusable.sentence)
        } catch {
            return file.rejection(locator, .malformed, "The attachment can't be read. Send the message again.")
        }
    }

    private func date(_ segment: HL7Segment, _ numbers: [Int]) -> String? {
        numbers.lazy.compactMap { DateForm.day(message.components(segment.raw($0)).first) }.first
    }

    private func kind(_ field: ArraySlice<UInt8>) -> String? {
        let parts = message.components(field)
        return parts.count > 1 && !parts[1].isEmpty ? parts[1] : parts.first.flatMap { $0.isEmpty ? nil : $0 }
    }

    /// Names the message type only if it has the form of one: anything else could be content.
    private func spoken(_ type: (code: String, trigger: String)) -> String {
        let isCode = { (text: String) in
            text.utf8.count == 3 && text.utf8.allSatisfy { (48...57).contains($0) || (65...90).contains($0) }
        }
        guard isCode(type.code) else { return "This message" }
        return isCode(type.trigger) ? "A message \(type.code)^\(type.trigger)" : "A message \(type.code)"
    }
}
