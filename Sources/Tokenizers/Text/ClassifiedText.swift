/// A text as scalars with their classes, and where each begins in the UTF-8 bytes.
struct ClassifiedText {
    private(set) var classes: [CharacterClass] = []
    /// One more than there are scalars: the last is the number of bytes.
    private(set) var offsets: [Int32] = []

    /// - Parameter bytes: valid UTF-8 of less than 2 GiB.
    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        classes.reserveCapacity(bytes.count)
        offsets.reserveCapacity(bytes.count + 1)
        var index = 0
        while index < bytes.count {
            offsets.append(Int32(truncatingIfNeeded: index))
            let lead = bytes[index]
            if lead < 0x80 {
                classes.append(CharacterClass.of(Unicode.Scalar(lead)))
                index += 1
                continue
            }
            let length = min(UTF8Form.length(leading: lead), bytes.count - index)
            var value = UInt32(lead) & (0x7f >> UInt32(length))
            for step in 1..<max(length, 1) { value = value << 6 | UInt32(bytes[index + step] & 0x3f) }
            classes.append(Unicode.Scalar(value).map(CharacterClass.of) ?? .other)
            index += max(length, 1)
        }
        offsets.append(Int32(truncatingIfNeeded: bytes.count))
    }

    var count: Int { classes.count }

    /// The bytes of some scalars.
    func byteRange(_ scalars: Range<Int>) -> Range<Int> {
        Int(offsets[scalars.lowerBound])..<Int(offsets[scalars.upperBound])
    }
}
