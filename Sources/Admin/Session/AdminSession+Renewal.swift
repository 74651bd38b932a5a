internal import Transport

extension AdminSession {
    /// Renews what ends within so many days and publishes it: the roster, then the certificates, which each party fetches by
    /// itself. The coordinator uses its own at once.
    ///
    /// - Returns: `nil` if nothing ends so soon; what an earlier command could not deliver is delivered all the same.
    public func renew(endingWithin days: Int) async throws -> RenewalDesk.Renewal? {
        let desk = RenewalDesk(home: home)
        let renewal = try await desk.renew(
            endingWithin: days, coordinator: try await client.coordinatorCertificates(), at: now())
        try await publishRoster()
        return renewal
    }
}
