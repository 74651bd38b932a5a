public import ConsiliumCore
public import Foundation
public import Identity

/// What a clinic signs about an update before it sends the bytes.
///
/// The bytes are the ring encoding of the clipped delta (little-endian 32-bit words in layout order), cut in chunks. The
/// manifest is stored durably on both sides; delivering it or a chunk twice changes nothing.
public struct UpdateManifest: Codable, Sendable, Equatable {
    public static let chunkBytes = 8 << 20

    public var job: JobID
    /// The hash of the manifest that this clinic approved.
    public var jobHash: ContentHash
    public var round: Int
    public var clinic: ClinicID
    /// The adapter this update starts from.
    public var adapter: ContentHash
    public var layoutHash: ContentHash
    /// Words in the vector; the byte count is four times this.
    public var count: Int
    /// SHA-256 of each chunk of 8 MiB; the last one may be shorter.
    public var chunks: [ContentHash]
    /// SHA-256 of the whole vector.
    public var root: ContentHash
    /// Where this clinic's privacy ledger stood: the coordinator remembers it, so a rolled-back disk is noticed.
    public var ledgerSequence: Int?
    public var ledgerHash: ContentHash?
    /// The session in which the vector is masked; `nil` for one in clear. Each attempt at a sum has a vector of its own.
    public var session: ContentHash?

    public init(
        job: JobID, jobHash: ContentHash, round: Int, clinic: ClinicID, adapter: ContentHash, layoutHash: ContentHash,
        vector: Data, ledgerSequence: Int?, ledgerHash: ContentHash?, session: ContentHash? = nil
    ) {
        self.job = job
        self.jobHash = jobHash
        self.round = round
        self.clinic = clinic
        self.adapter = adapter
        self.layoutHash = layoutHash
        count = vector.count / 4
        chunks = Self.chunkRanges(byteCount: vector.count).map { range in
            ContentHash(of: vector[vector.startIndex + range.lowerBound..<vector.startIndex + range.upperBound])
        }
        root = ContentHash(of: vector)
        self.ledgerSequence = ledgerSequence
        self.ledgerHash = ledgerHash
        self.session = session
    }

    public var byteCount: Int { count.multipliedReportingOverflow(by: 4).partialValue }

    /// Byte ranges of the chunks of a vector, in order.
    public static func chunkRanges(byteCount: Int) -> [Range<Int>] {
        stride(from: 0, to: max(byteCount, 0), by: chunkBytes).map { $0..<min($0 + chunkBytes, byteCount) }
    }

    /// - Throws: ``FederationError`` if this update does not fit the job, the round or the layout.
    public func validate(
        for manifest: JobManifest, jobHash expected: ContentHash, round current: Int, adapter base: ContentHash
    ) throws {
        guard job == manifest.id, jobHash == expected else {
            throw FederationError(
                .updateMalformed, "The update belongs to another job or to another version of this job.")
        }
        guard round == current else {
            throw FederationError(.roundClosed, "The update is for round \(round); the job is at round \(current).")
        }
        guard (session != nil) == (manifest.aggregation.secureAggregation == .on) else {
            throw FederationError(
                .updateMalformed,
                "The update must be masked if the job says “secureAggregation: on”, and in clear if it says “off”.")
        }
        guard adapter == base else {
            throw FederationError(
                .adapterMismatch, "The update starts from another adapter than round \(current) does.")
        }
        let shape = try manifest.updateShape(inRound: round, of: clinic)
        guard layoutHash == shape.layoutHash, count == shape.parameters else {
            throw FederationError(
                .updateMalformed,
                "The update has \(count) parameters in another layout; round \(round) of the job needs \(shape.parameters) of them."
            )
        }
        guard chunks.count == Self.chunkRanges(byteCount: byteCount).count else {
            throw FederationError(.updateMalformed, "The update lists a wrong number of chunks for its length.")
        }
    }
}

/// How much of an update the coordinator holds, so that an upload goes on where it stopped.
public struct UploadStatus: Codable, Sendable, Equatable {
    public var receivedChunks: [Int]
    public var complete: Bool

    public init(receivedChunks: [Int], complete: Bool) {
        self.receivedChunks = receivedChunks
        self.complete = complete
    }
}
