internal import LanguageModels
internal import Tokenizers

/// `logprobs` of a chat completion: the logarithm of each token's probability, and of the most likely others.
struct ChatProbabilities: Encodable, Equatable, Sendable {
    struct Likelihood: Encodable, Equatable, Sendable {
        var token: String
        var logprob: Double
        var bytes: [UInt8]
    }

    struct Item: Encodable, Equatable, Sendable {
        var token: String
        var logprob: Double
        var bytes: [UInt8]
        var top: [Likelihood]

        enum CodingKeys: String, CodingKey {
            case token, logprob, bytes
            case top = "top_logprobs"
        }
    }

    var content: [Item]

    /// - Returns: `nil` where no probabilities were asked for.
    init?(_ tokens: [GeneratedToken], _ tokenizer: Tokenizer) {
        content = []
        for token in tokens {
            guard let logprob = token.logProbability else { return nil }
            let text = tokenizer.shown(token.token)
            content.append(
                Item(
                    token: text, logprob: max(logprob, -9999), bytes: Array(text.utf8),
                    top: token.alternatives.map {
                        let text = tokenizer.shown($0.token)
                        return Likelihood(token: text, logprob: max($0.logProbability, -9999), bytes: Array(text.utf8))
                    }))
        }
    }
}

/// `logprobs` of a text completion, in lists side by side.
struct TextProbabilities: Encodable, Equatable, Sendable {
    var tokens: [String] = []
    var tokenLogprobs: [Double] = []
    var topLogprobs: [[String: Double]] = []
    var textOffset: [Int] = []

    enum CodingKeys: String, CodingKey {
        case tokens
        case tokenLogprobs = "token_logprobs"
        case topLogprobs = "top_logprobs"
        case textOffset = "text_offset"
    }

    /// - Parameter offset: characters of the text before these tokens.
    /// - Returns: `nil` where no probabilities were asked for.
    init?(_ generated: [GeneratedToken], _ tokenizer: Tokenizer, offset: Int = 0) {
        var offset = offset
        for token in generated {
            guard let logprob = token.logProbability else { return nil }
            let text = tokenizer.shown(token.token)
            tokens.append(text)
            tokenLogprobs.append(max(logprob, -9999))
            textOffset.append(offset)
            offset += text.count
            // Two tokens may be shown alike: the likelier one counts.
            topLogprobs.append(
                Dictionary(
                    token.alternatives.map { (tokenizer.shown($0.token), max($0.logProbability, -9999)) },
                    uniquingKeysWith: { max($0, $1) }))
        }
    }
}

extension Tokenizer {
    /// One token as text. Half a character becomes U+FFFD, a control token its name.
    fileprivate func shown(_ id: Int32) -> String {
        let spelled = token(of: id) ?? ""
        guard !isSpecial(id) else { return spelled }
        let text = decode([id], skippingSpecialTokens: false)
        // Alone it would be the beginning of a text, where the blank before a word is left out.
        return spelled.hasPrefix("▁") && !text.hasPrefix(" ") ? " " + text : text
    }
}
