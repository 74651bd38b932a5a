/// A conversation in the form that the model reads, together with where each character comes from.
///
/// **Injection guard.** A clinical note may contain `<|im_end|>` or `[/INST]`, by accident or on purpose. The renderer
/// keeps a mark on every character that a message brought along, through everything that the template does with it.
/// Encoding (``Tokenizer/encode(_:)``) recognizes a control token only where the template wrote each of its characters;
/// in foreign text, and across its edges, the name of a control token is encoded as the characters it consists of.
///
/// Not guarded: words that a template uses as plain text, such as `[INST]` of Llama 2 or `Instruct:` of Phi 2. They are
/// no tokens of their own, so a message can imitate them.
public struct RenderedChat: Sendable {
    let content: JinjaText
    /// Positions of characters that the assistant says, if the template marks them.
    let assistant: [Range<Int>]?

    /// The whole text, to look at. Don't encode it as a string: that loses who wrote what.
    public var text: String { content.string }

    /// UTF-8 with ranges of bytes: foreign text, and for given ranges of characters where they are now.
    func encoded(_ ranges: [Range<Int>]) -> (bytes: [UInt8], foreign: [Range<Int>], ranges: [Range<Int>]) {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(content.count + content.count / 8)
        var offsets: [Int] = []
        offsets.reserveCapacity(content.count + 1)
        var foreign: [Range<Int>] = []
        for unit in content.units {
            let start = bytes.count
            offsets.append(start)
            let scalar = JinjaText.scalar(unit)
            if scalar.isASCII {
                bytes.append(UInt8(scalar.value))
            } else {
                bytes.append(contentsOf: UTF8Form.encode(scalar))
            }
            guard JinjaText.isForeign(unit) else { continue }
            if let last = foreign.last, last.upperBound == start {
                foreign[foreign.count - 1] = last.lowerBound..<bytes.count
            } else {
                foreign.append(start..<bytes.count)
            }
        }
        offsets.append(bytes.count)
        return (bytes, foreign, ranges.map { offsets[$0.lowerBound]..<offsets[$0.upperBound] })
    }
}
