#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// The bytes of an address as a certificate holds them: 4 for IPv4, 16 for IPv6.
enum IPAddress {
    static func bytes(_ text: String) throws -> [UInt8] {
        for (family, count) in [(AF_INET, 4), (AF_INET6, 16)] {
            var bytes = [UInt8](repeating: 0, count: count)
            if inet_pton(family, text, &bytes) == 1 { return bytes }
        }
        throw IdentityError(.malformedName, "An IP address reads like 192.0.2.7 or 2001:db8::7.")
    }
}
