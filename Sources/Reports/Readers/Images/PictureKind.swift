internal import Foundation

/// Kinds of pictures, told by their first bytes.
enum PictureKind: Sendable {
    case png, jpeg, tiff, anymap, gif, bitmap, webP
    /// Medical pictures: what is written in them is burnt into pixels between anatomy, and no report.
    case dicom

    init?(_ data: Data) {
        let head = [UInt8](data.prefix(132))
        func starts(_ bytes: [UInt8], at offset: Int = 0) -> Bool { head.dropFirst(offset).starts(with: bytes) }
        if starts([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A]) {
            self = .png
        } else if starts([0xFF, 0xD8, 0xFF]) {
            self = .jpeg
        } else if starts([0x49, 0x49, 0x2A, 0x00]) || starts([0x4D, 0x4D, 0x00, 0x2A]) {
            self = .tiff
        } else if starts(Array("GIF8".utf8)) {
            self = .gif
        } else if starts(Array("RIFF".utf8)), starts(Array("WEBP".utf8), at: 8) {
            self = .webP
        } else if starts(Array("DICM".utf8), at: 128) {
            self = .dicom
        } else if starts(Array("BM".utf8)), starts([0, 0, 0, 0], at: 6), head.count > 26 {
            self = .bitmap
        } else if head.count > 6, head[0] == UInt8(ascii: "P"), (49...54).contains(head[1]),
            [9, 10, 13, 32].contains(head[2]), head[3] == UInt8(ascii: "#") || (48...57).contains(head[3])
        {
            self = .anymap
        } else {
            return nil
        }
    }

    /// Width and height where the head of the file says them plainly: a small file may claim to be a picture of gigabytes.
    func claimedSize(_ data: Data) -> (width: Int, height: Int)? {
        let head = [UInt8](data.prefix(64))
        func number(_ offset: Int, _ count: Int, bigEndian: Bool) -> Int? {
            guard offset + count <= head.count else { return nil }
            let bytes = head[offset..<(offset + count)]
            return (bigEndian ? Array(bytes) : bytes.reversed()).reduce(0) { $0 << 8 | Int($1) }
        }
        var size: (Int?, Int?)
        switch self {
        case .png: size = (number(16, 4, bigEndian: true), number(20, 4, bigEndian: true))
        case .gif: size = (number(6, 2, bigEndian: false), number(8, 2, bigEndian: false))
        case .bitmap: size = (number(18, 4, bigEndian: false), number(22, 4, bigEndian: false))
        case .anymap: size = GrayPicture.size(data).map { ($0.width, $0.height) } ?? (nil, nil)
        case .jpeg, .tiff, .webP, .dicom: return nil
        }
        guard let width = size.0, let height = size.1 else { return nil }
        return (width, height)
    }
}

/// Portable graymaps, as `pdftoppm -gray` writes them.
enum GrayPicture {
    /// The numbers after `P5`, and where the pixels begin.
    private static func header(_ data: Data) -> (numbers: [Int], end: Int)? {
        let head = [UInt8](data.prefix(1024))
        var numbers: [Int] = []
        var index = 2
        while index < head.count, numbers.count < 3 {
            if head[index] == UInt8(ascii: "#") {
                while index < head.count, head[index] != 10 { index += 1 }
            } else if (48...57).contains(head[index]) {
                var number = 0
                while index < head.count, (48...57).contains(head[index]) {
                    number = min(number * 10 + Int(head[index]) - 48, 1 << 40)
                    index += 1
                }
                numbers.append(number)
                continue
            }
            index += 1
        }
        return numbers.count >= 2 ? (numbers, index + 1) : nil
    }

    static func size(_ data: Data) -> (width: Int, height: Int)? { header(data).map { ($0.numbers[0], $0.numbers[1]) } }

    /// Whether less than one pixel in 20,000 is dark: an empty page, perhaps with dust.
    static func isBlank(_ data: Data) -> Bool {
        guard let (_, end) = header(data), end < data.count else { return true }
        return data.withUnsafeBytes { bytes in
            var dark = 0
            for index in end..<bytes.count where bytes[index] < 160 { dark += 1 }
            return dark * 20_000 < bytes.count - end
        }
    }
}
