/// A place in a database file that no ledger of this program has.
struct ImageFault: Error, Equatable {
    /// A sentence without a full stop, such as “page 7: bytes that belong to nothing are not zero”.
    var message: String

    init(_ message: String) { self.message = message }

    init(page: Int, _ message: String) { self.message = "page \(page): \(message)" }
}
