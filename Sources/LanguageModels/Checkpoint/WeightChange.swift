/// A weight of a checkpoint that will be written with other values.
struct WeightChange: Sendable, Equatable {
    /// As the model names it; old files may have an alias.
    var name: String
    var rows: Int
    /// `nil` for a vector.
    var width: Int?
    /// The file has [columns, rows] (GPT-2's Conv1D); quantized weights never are.
    var isTransposed: Bool

    /// A matrix [rows, columns], or with `columns` nil a vector.
    init(name: String, rows: Int, columns: Int?, isTransposed: Bool = false) {
        self.name = name
        self.rows = rows
        width = columns
        self.isTransposed = isTransposed
    }

    var columns: Int { width ?? 1 }

    var fileShape: [Int] {
        guard let width else { return [rows] }
        return isTransposed ? [width, rows] : [rows, width]
    }
}
