/// Ends a streamed text before the first stop string in it.
///
/// A stop string may begin in one piece and end in a later one: what could still become a stop string is held back, all
/// before it is let through at once. How the text is cut into pieces changes nothing: it ends at the stop string that is
/// complete first, and of several that are complete at the same byte at the longest. Text is compared byte by byte, without
/// Unicode normalization.
public struct StopStringFilter: Sendable {
    private let stops: [[UInt8]]
    private var held: [UInt8] = []
    /// Whether a stop string was found; nothing is let through any more.
    public private(set) var isStopped = false

    /// - Parameter stops: empty ones are left out.
    public init(_ stops: [String]) {
        self.stops = stops.map { Array($0.utf8) }.filter { !$0.isEmpty }
    }

    /// - Parameter text: the next piece; never half a character.
    /// - Returns: what may be shown now.
    public mutating func take(_ text: String) -> String {
        guard !isStopped else { return "" }
        guard !stops.isEmpty else { return text }
        for byte in text.utf8 {
            held.append(byte)
            if let stop = stops.filter({ Self.ends(held, with: $0) }).max(by: { $0.count < $1.count }) {
                isStopped = true
                held.removeLast(stop.count)
                return finish()
            }
        }
        let start = held.count - heldBack
        defer { held.removeFirst(start) }
        return String(decoding: held[..<start], as: UTF8.self)
    }

    /// The rest, when no more text comes: it turned out to be no stop string.
    public mutating func finish() -> String {
        defer { held = [] }
        return String(decoding: held, as: UTF8.self)
    }

    /// The most bytes at the end that are the beginning of a stop string.
    private var heldBack: Int {
        let longest = stops.reduce(0) { max($0, $1.count - 1) }
        for count in stride(from: min(longest, held.count), to: 0, by: -1) {
            let tail = held.suffix(count)
            if stops.contains(where: { $0.count > count && $0.starts(with: tail) }) { return count }
        }
        return 0
    }

    private static func ends(_ text: [UInt8], with stop: [UInt8]) -> Bool {
        text.last == stop.last && text.count >= stop.count && text.suffix(stop.count).elementsEqual(stop)
    }
}
