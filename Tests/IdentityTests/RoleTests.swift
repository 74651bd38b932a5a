import Identity
import Testing

@Suite("Names and roles")
struct RoleTests {
    @Test(
        "a clinic id of the right form is kept",
        arguments: ["ab", "lakeside-radiology", "2nd-street", String(repeating: "a", count: 40)])
    func goodClinic(text: String) throws {
        #expect(try ClinicID(text).text == text)
    }

    @Test(
        "a clinic id of another form is refused",
        arguments: [
            "", "a", "-ab", "Lakeside", "a b", "a_b", "a.b", "a/b", "../x", "ü-klinik", "a\0b",
            String(repeating: "a", count: 41),
        ])
    func badClinic(text: String) {
        #expect(throws: IdentityError(.malformedName, "")) { try ClinicID(text) }
    }

    @Test("a role reads back from its URN")
    func roundTrip() throws {
        for role in [PeerRole.clinic(try ClinicID("lakeside")), .coordinator, .admin("anna"), .admin("a")] {
            #expect(try PeerRole(urn: role.urn) == role)
        }
        #expect(PeerRole.coordinator.urn == "urn:consilium:coordinator")
        #expect(PeerRole.clinic(try ClinicID("lakeside")).urn == "urn:consilium:clinic:lakeside")
    }

    @Test(
        "a URN that is no role is refused",
        arguments: [
            "", "urn:consilium:", "urn:consilium:clinic", "urn:consilium:clinic:", "urn:consilium:clinic:A",
            "urn:consilium:clinic:ab:cd",
            "urn:consilium:coordinator:x", "urn:consilium:admin:", "urn:consilium:root", "URN:consilium:coordinator",
            "urn:other:coordinator",
        ])
    func badURN(text: String) {
        #expect(throws: IdentityError(.malformedRole, "")) { try PeerRole(urn: text) }
    }
}
