internal import FineTuning
internal import Foundation
internal import LanguageModels
internal import Tokenizers

/// Turns lines into token sequences as the model's head wants them.
struct TrainingLineEncoder {
    /// Why a line can't be used: the end of a sentence.
    struct Refusal: Error {
        let reason: String
    }

    let folder: URL
    let head: ModelConfiguration.Head
    /// Of the model's output, for random replacements behind masks.
    let vocabulary: Int
    /// The longest sequence that the model takes; longer text is cut there, longer lists of ids are refused.
    let limit: Int
    /// Decides which tokens are masked.
    let seed: UInt64
    private var loaded: Tokenizer?
    private var template: ChatTemplate?
    /// Templates may ask for the day; all lines get the same.
    private let started = Date()

    init(folder: URL, head: ModelConfiguration.Head, vocabulary: Int, limit: Int, seed: UInt64) {
        self.folder = folder
        self.head = head
        self.vocabulary = vocabulary
        self.limit = limit
        self.seed = seed
    }

    mutating func encode(_ line: TrainingLine, number: Int) throws -> TrainingFile.Line {
        if let ids = line.inputIDs { return try idLine(ids, line) }
        switch head {
        case .languageModel:
            if let messages = line.messages { return try chatLine(messages, line) }
            if let text = line.text { return try textLine(text, line) }
            guard let prompt = line.prompt, let response = line.response else {
                throw Refusal(
                    reason:
                        "it has neither \"text\", nor \"prompt\" and \"response\", nor \"messages\", nor \"input_ids\""
                )
            }
            return try pairLine(prompt, response, line)
        case .maskedLanguageModel:
            guard let text = line.text else {
                throw Refusal(reason: "a masked language model takes \"text\", or \"input_ids\" with \"labels\"")
            }
            return try maskedLine(text, line, number)
        case .tokenClassification:
            throw Refusal(reason: "a token classifier takes \"input_ids\" with one class for each in \"labels\"")
        case .classification:
            guard let text = line.text else {
                throw Refusal(reason: "a classifier takes \"text\" or \"input_ids\", with a \"label\"")
            }
            let ids = try tokenizer().encodeWithSpecialTokens(text)
            return made(TokenSequence(inputIDs: cut(ids), labels: [try classLabel(line)]), line, of: ids.count)
        }
    }

    private mutating func tokenizer() throws -> Tokenizer {
        let tokenizer = try loaded ?? Tokenizer.load(from: folder)
        loaded = tokenizer
        return tokenizer
    }

    private func made(
        _ tokens: TokenSequence, _ line: TrainingLine, of whole: Int, bytes: Int? = nil, isText: Bool = false
    ) -> TrainingFile.Line {
        TrainingFile.Line(
            sequence: TrainingSequence(tokens: tokens, patient: line.patient), bytes: bytes, isText: isText,
            isCut: tokens.inputIDs.count < whole)
    }

    private func idLine(_ ids: [Int32], _ line: TrainingLine) throws -> TrainingFile.Line {
        let isClassifier = head.isClassification
        guard ids.count >= (isClassifier ? 1 : 2) else { throw Refusal(reason: "a sequence needs at least two tokens") }
        guard ids.count <= limit else {
            throw Refusal(reason: "it has \(ids.count) tokens; this model takes at most \(limit)")
        }
        if isClassifier {
            return made(TokenSequence(inputIDs: ids, labels: [try classLabel(line)]), line, of: ids.count)
        }
        guard let labels = line.labels ?? (head == .languageModel ? ids : nil) else {
            throw Refusal(reason: "ids for this model need \"labels\"")
        }
        guard labels.count == ids.count else {
            throw Refusal(
                reason: "\"labels\" has \(labels.count) entries and \"input_ids\" \(ids.count); they must be as many")
        }
        return made(TokenSequence(inputIDs: ids, labels: labels), line, of: ids.count)
    }

    private func classLabel(_ line: TrainingLine) throws -> Int32 {
        guard case .classification(let count) = head, let label = line.label ?? line.labels?.first,
            line.labels?.count ?? 1 == 1, label >= 0, label < Int32(clamping: count)
        else {
            throw Refusal(reason: "a classifier needs one \"label\", a class from 0 to the number of classes less one")
        }
        return label
    }

    private mutating func textLine(_ text: String, _ line: TrainingLine) throws -> TrainingFile.Line {
        let coder = try tokenizer()
        let (begin, end) = Self.ends(coder)
        let ids = begin + (try coder.encode(text)) + end
        return made(
            TokenSequence(Array(ids.prefix(limit))), line, of: ids.count, bytes: text.utf8.count, isText: true)
    }

    private mutating func pairLine(_ prompt: String, _ response: String, _ line: TrainingLine) throws
        -> TrainingFile.Line
    {
        let coder = try tokenizer()
        let (begin, end) = Self.ends(coder)
        let given = begin + (try coder.encode(prompt))
        let wanted = try coder.encode(response) + end
        let labels = given.map { _ in TokenSequence.ignored } + wanted
        return made(
            TokenSequence(
                inputIDs: Array((given + wanted).prefix(limit)), labels: Array(labels.prefix(limit))),
            line, of: labels.count, bytes: response.utf8.count)
    }

    /// The loss is on what the assistant says.
    private mutating func chatLine(_ messages: [ChatMessage], _ line: TrainingLine) throws -> TrainingFile.Line {
        let coder = try tokenizer()
        let chat = try template ?? ChatTemplate.load(from: folder, tokenizer: coder)
        template = chat
        let encoded = try coder.encodeChat(messages, template: chat, date: started)
        let labels = zip(encoded.ids, encoded.supervised).map { $1 ? $0 : TokenSequence.ignored }
        let said = messages.filter { $0.role == .assistant }.reduce(0) { $0 + $1.content.utf8.count }
        return made(
            TokenSequence(inputIDs: Array(encoded.ids.prefix(limit)), labels: Array(labels.prefix(limit))), line,
            of: labels.count, bytes: said)
    }

    private mutating func maskedLine(_ text: String, _ line: TrainingLine, _ number: Int) throws -> TrainingFile.Line {
        let coder = try tokenizer()
        guard let mask = coder.maskID else {
            throw Refusal(
                reason: "the model's tokenizer has no mask token, so text can't be masked; give \"input_ids\"")
        }
        let masked = MaskedTokens(maskID: mask, vocabulary: vocabulary, isSpecial: { coder.isSpecial($0) })
        let ids = try coder.encodeWithSpecialTokens(text)
        return made(
            masked.sequence(cut(ids), seed: seed, label: "mask of line \(number)"), line, of: ids.count)
    }

    /// Cut so that the last token, which marks the end, stays.
    private func cut(_ ids: [Int32]) -> [Int32] {
        guard ids.count > limit, let last = ids.last, limit >= 1 else { return ids }
        return ids.prefix(limit - 1) + [last]
    }

    private static func ends(_ tokenizer: Tokenizer) -> (begin: [Int32], end: [Int32]) {
        (tokenizer.beginning, tokenizer.ending)
    }
}
