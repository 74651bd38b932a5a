import Federation
import Foundation
import Identity
import Logging
import NIOCore

/// When each clinic was last heard of, and whether it can be heard of now.
///
/// A node holds a connection: it polls, or sends a heartbeat while it trains. When the last one closes, or nothing comes through
/// it for three heartbeats of twenty seconds, the clinic is lost until its next request. Rounds do not depend on this: their deadlines decide.
actor Presence {
    /// How long a clinic has to come back after its last connection closed.
    static let grace = Duration.seconds(1)
    /// With nothing heard for so long a connection that looks open leads nowhere.
    static let silence = Duration.seconds(60)

    private let store: any CoordinatorStore
    private let logger: Logger
    private let now: @Sendable () -> Date
    private let uptime: @Sendable () -> Duration
    private var written: [ClinicID: Date] = [:]
    private var connections: [ClinicID: Set<ObjectIdentifier>] = [:]
    private var heard: [ClinicID: (date: Date, uptime: Duration)] = [:]
    /// Clinics that were heard of since the start and can't be heard of now, and since when.
    private(set) var lost: [ClinicID: Date] = [:]

    init(
        store: any CoordinatorStore, logger: Logger, now: @escaping @Sendable () -> Date,
        uptime: @escaping @Sendable () -> Duration
    ) {
        self.store = store
        self.logger = logger
        self.now = now
        self.uptime = uptime
    }

    /// A request of a clinic has come. Written at most every ten seconds a clinic: it is for people, and each write is a flush.
    func saw(_ clinic: ClinicID, on channel: any Channel) async {
        let date = now()
        heard[clinic] = (date, uptime())
        if let since = lost.removeValue(forKey: clinic) {
            logger.info(
                "clinic is back", metadata: ["clinic": "\(clinic)", "away": "\(Int(date.timeIntervalSince(since))) s"])
        }
        let id = ObjectIdentifier(channel)
        if connections[clinic, default: []].insert(id).inserted {
            channel.closeFuture.whenComplete { [weak self] _ in
                Task { await self?.closed(id, of: clinic) }
            }
        }
        if let last = written[clinic], abs(date.timeIntervalSince(last)) < 10 { return }
        written[clinic] = date
        // Losing it harms nobody, and a full disk will be reported by what matters.
        try? await store.saw(clinic, at: date)
    }

    private func closed(_ connection: ObjectIdentifier, of clinic: ClinicID) async {
        connections[clinic]?.remove(connection)
        guard connections[clinic]?.isEmpty == true else { return }
        let last = heard[clinic]?.uptime
        try? await Task.sleep(for: Self.grace)
        guard connections[clinic]?.isEmpty == true, heard[clinic]?.uptime == last else { return }
        lose(clinic, "its connection closed")
    }

    /// Looks for clinics whose connection leads nowhere.
    func sweep() {
        for (clinic, last) in heard where uptime() - last.uptime > Self.silence {
            lose(clinic, "nothing was heard for \(Self.silence)")
        }
    }

    private func lose(_ clinic: ClinicID, _ reason: String) {
        guard lost[clinic] == nil else { return }
        lost[clinic] = heard[clinic]?.date ?? now()
        logger.warning("clinic lost", metadata: ["clinic": "\(clinic)", "reason": "\(reason)"])
    }
}
