internal import ConsiliumCore

/// The `error` object on standard output with `--json`.
struct ErrorReport: Encodable {
    var code: String
    var category: ErrorCategory
    var message: String
}
