public import Foundation

/// A question with options of which one is right.
public struct MultipleChoiceItem: Sendable, Equatable {
    public struct Option: Sendable, Equatable {
        /// `A`, `B`, …: how the prompt names it.
        public var letter: String
        public var text: String

        public init(letter: String, text: String) {
            self.letter = letter
            self.text = text
        }
    }

    /// More options are no question, and would cost time without bound.
    public static let mostOptions = 64

    public var id: String
    /// The patient, where a patient may have several items; otherwise the id.
    public var unit: String
    /// Which collection it is from; worked examples are taken from the same one.
    public var source: String
    public var question: String
    /// What the question is about, such as an abstract.
    public var context: String?
    public var options: [Option]
    /// The right option.
    public var gold: Int

    public init(
        id: String, unit: String? = nil, source: String = "", question: String, context: String? = nil,
        options: [Option], gold: Int
    ) {
        self.id = id
        self.unit = unit ?? id
        self.source = source
        self.question = question
        self.context = context
        self.options = options
        self.gold = gold
    }

    /// Reads `{"question", "options": {"A": …} or […], "answer": letter, number from 0, or an option's text}`, with optional
    /// `"id"`, `"patient"`, `"source"` and `"context"`.
    ///
    /// - Parameter number: names the item if it has no id.
    /// - Throws: ``EvaluationError`` `.invalidInput`: the end of a sentence that says what is wrong with the item, without its
    ///   text.
    public init(json: Data, number: Int) throws {
        guard let line = try? JSONDecoder().decode(Line.self, from: json) else {
            throw EvaluationError(
                .invalidInput, "it is no JSON object with \"question\", \"options\" and \"answer\" in their forms")
        }
        func refused(_ why: String) -> EvaluationError { EvaluationError(.invalidInput, why) }
        guard let question = line.question, !question.isEmpty else { throw refused("it has no \"question\"") }
        guard let options = line.options, options.count >= 2 else { throw refused("it has fewer than two options") }
        guard options.count <= Self.mostOptions else {
            throw refused("it has \(options.count) options; at most \(Self.mostOptions) make a question")
        }
        guard options.allSatisfy({ !$0.text.isEmpty && !$0.letter.isEmpty }) else {
            throw refused("one of its options is empty")
        }
        guard let answer = line.answer else { throw refused("it has no \"answer\"") }
        let gold: Int? =
            switch answer {
            case .number(let index): options.indices.contains(index) ? index : nil
            case .text(let text):
                options.firstIndex { $0.letter == text } ?? options.firstIndex { $0.text == text }
            }
        guard let gold else { throw refused("its \"answer\" is none of its \(options.count) options") }
        let id = line.id ?? "item \(number)"
        self.init(
            id: id, unit: line.patient, source: line.source ?? "", question: question, context: line.context,
            options: options, gold: gold)
    }

    private struct Line: Decodable {
        enum Answer {
            case text(String)
            case number(Int)
        }

        enum CodingKeys: String, CodingKey { case id, patient, source, question, context, options, answer }

        var id: String?
        var patient: String?
        var source: String?
        var question: String?
        var context: String?
        var options: [Option]?
        var answer: Answer?

        init(from decoder: any Decoder) throws {
            let line = try decoder.container(keyedBy: CodingKeys.self)
            /// Text or a number in the file.
            func name(_ key: CodingKeys) throws -> String? {
                if let text = try? line.decodeIfPresent(String.self, forKey: key) { return text }
                return try line.decodeIfPresent(Int.self, forKey: key).map(String.init)
            }
            id = try name(.id)
            patient = try name(.patient)
            source = try line.decodeIfPresent(String.self, forKey: .source)
            question = try line.decodeIfPresent(String.self, forKey: .question)
            context = try line.decodeIfPresent(String.self, forKey: .context)
            if let texts = try? line.decodeIfPresent([String].self, forKey: .options) {
                options = texts.enumerated().map {
                    Option(letter: MultipleChoiceItem.letter($0.offset), text: $0.element)
                }
            } else {
                options = try line.decodeIfPresent([String: String].self, forKey: .options)?
                    .sorted { ($0.key.count, $0.key) < ($1.key.count, $1.key) }.map {
                        Option(letter: $0.key, text: $0.value)
                    }
            }
            if let text = try? line.decodeIfPresent(String.self, forKey: .answer) {
                answer = .text(text)
            } else {
                answer = try line.decodeIfPresent(Int.self, forKey: .answer).map { .number($0) }
            }
        }
    }

    /// `A` to `Z`, then numbers.
    private static func letter(_ index: Int) -> String {
        index < 26 ? String(Unicode.Scalar(UInt8(65 + index))) : String(index + 1)
    }
}
