/// Rows of a batch, and where the sum over them goes: the gradient of one patient.
public struct SegmentTarget {
    public var rows: Range<Int>
    public var target: UnsafeMutablePointer<Float>

    public init(rows: Range<Int>, target: UnsafeMutablePointer<Float>) {
        self.rows = rows
        self.target = target
    }
}
