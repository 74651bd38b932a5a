/// One identifying value taken from the fields of a record (patient, contacts, staff), to be searched in its text.
public struct KnownIdentifier: Codable, Sendable, Hashable {
    /// As the record has it: `Garcia^Maria^L`, `1961-03-04`, `(312) 555-0142`. White space around it is ignored.
    public var value: String
    /// What the value is. It decides how the value is searched: a name by its parts, a date in every written form.
    public var label: IdentifierLabel

    public init(value: String, label: IdentifierLabel) {
        self.value = value
        self.label = label
    }
}
