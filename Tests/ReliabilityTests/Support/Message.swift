import AsyncHTTPClient
import ConsiliumCore
import Federation
import Foundation
import NIOCore
import NIOHTTP1
import SecureAggregation

/// A message of a clinic as the network sees it before TLS: which of the protocol's questions it is, and for which round.
struct Message: Hashable, Sendable, CustomStringConvertible {
    enum Kind: String, CaseIterable, Sendable {
        case roster, jobs, consent, task, result, adapter, ready, skip, metrics
        /// “What shall I do in the sum?”
        case ask
        /// The five answers in a sum.
        case keys, shares, masked, survivors, reveal
        /// The update: its manifest, its bytes, and that it is whole.
        case announce, chunk, complete
        case other
    }

    var clinic: Int
    var kind: Kind
    var round: Int
    /// From 1, among the same kind of this clinic and round.
    var occurrence: Int

    var description: String { "clinic-\(clinic + 1) \(kind.rawValue)#\(occurrence) round \(round)" }

    /// - Returns: the kind, and the round that the path names.
    static func kind(of request: HTTPClientRequest) async throws -> (Kind, round: Int?) {
        let path = request.url.split(separator: "/").map { $0.split(separator: "?").first.map(String.init) ?? "" }
        let round = path.firstIndex(of: "rounds").flatMap { path.indices.contains($0 + 1) ? Int(path[$0 + 1]) : nil }
        switch path.last ?? "" {
        case "roster": return (.roster, round)
        case "jobs": return (.jobs, round)
        case "consent": return (.consent, round)
        case "task": return (.task, round)
        case "result": return (.result, round)
        case "ready": return (.ready, round)
        case "skip": return (.skip, round)
        case "metrics": return (.metrics, round)
        case "update": return (.announce, round)
        case "complete": return (.complete, round)
        case "sum" where request.method == .GET: return (.ask, round)
        case "sum": return (try await answerKind(request), round)
        case _ where path.contains("chunks"): return (.chunk, round)
        case _ where path.contains("adapters"): return (.adapter, round)
        default: return (.other, round)
        }
    }

    private static func answerKind(_ request: HTTPClientRequest) async throws -> Kind {
        guard let body = request.body else { return .other }
        var buffer = ByteBuffer()
        for try await piece in body { buffer.writeImmutableBuffer(piece) }
        let envelope = try CanonicalJSON.decode(SecureSumEnvelope.self, from: Data(buffer.readableBytesView))
        switch envelope.step {
        case .keys: return .keys
        case .shares: return .shares
        case .masked: return .masked
        case .survivors: return .survivors
        case .reveal: return .reveal
        }
    }
}
