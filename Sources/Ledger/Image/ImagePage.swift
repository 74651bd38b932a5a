internal import Foundation

/// One page of a table's tree, read strictly: what belongs to no cell must be zero, and nothing may be fragmented.
///
/// Layout: sqlite.org/fileformat2.html, sections 1.6 and 2.
struct ImagePage {
    let number: Int
    let bytes: Data
    /// Where the tree's header begins: behind the file's own header on page 1.
    private let start: Int

    let isLeaf: Bool
    /// Where each cell begins, in the order of its keys.
    let cells: [Int]
    let rightChild: Int

    init(_ bytes: Data, number: Int) throws(ImageFault) {
        self.bytes = bytes
        self.number = number
        start = number == 1 ? 100 : 0
        var reader = ImageReader(bytes, at: start, page: number)
        let kind = try reader.integer(1)
        guard kind == 13 || kind == 5 else { throw ImageFault(page: number, "it is no page of a table") }
        isLeaf = kind == 13
        let firstFree = try reader.integer(2)
        let count = try reader.integer(2)
        let content = try reader.integer(2)
        let fragments = try reader.integer(1)
        rightChild = isLeaf ? 0 : try reader.integer(4)
        guard firstFree == 0, fragments == 0 else {
            throw ImageFault(page: number, "it has free space between its rows, which appending never leaves")
        }
        var cells: [Int] = []
        cells.reserveCapacity(count)
        for _ in 0..<count { cells.append(try reader.integer(2)) }
        self.cells = cells
        guard content >= reader.position, content <= bytes.count else {
            throw ImageFault(page: number, "its content begins in an impossible place")
        }
        gap = reader.position..<content
        contentStart = content
    }

    /// Between the list of cells and the cells.
    private let gap: Range<Int>

    func requireEmptyGap() throws(ImageFault) {
        guard bytes.isZero(gap) else {
            throw ImageFault(page: number, "bytes that belong to nothing are not zero")
        }
    }

    let contentStart: Int

    /// The cells must cover the rest of the page without a gap and without an overlap.
    ///
    /// - Parameter ends: where each cell ends, in the order of ``cells``.
    func requireCoverage(_ ends: [Int]) throws(ImageFault) {
        var place = contentStart
        for (begin, end) in zip(cells, ends).sorted(by: { $0.0 < $1.0 }) {
            guard begin == place, end > begin else {
                throw ImageFault(page: number, "its rows overlap, or bytes between them belong to nothing")
            }
            place = end
        }
        guard place == bytes.count else {
            throw ImageFault(page: number, "bytes behind its rows belong to nothing")
        }
    }
}

extension Data {
    /// Whether the bytes at these offsets are all zero.
    func isZero(_ range: Range<Int>) -> Bool {
        guard range.lowerBound >= 0, range.upperBound <= count else { return false }
        return withUnsafeBytes { buffer in !buffer[range].contains { $0 != 0 } }
    }
}
