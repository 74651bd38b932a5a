import ConsiliumCore
import Crypto
import Foundation
import Testing

@testable import SecureAggregation

/// Vectors/secure-sum.json, which Vectors/make_secure_sum.py computed without a cryptographic library.
private struct Vectors: Decodable {
    struct Mask: Decodable {
        var key: String
        var offset: Int
        var bytes: String
    }

    struct Sharing: Decodable {
        var threshold: Int
        var coefficients: String
        var points: [Int]
        var shares: [String]
    }

    struct Member: Decodable {
        var id: String
        var key: String
        var seed: String?
    }

    struct Session: Decodable {
        struct Seeds: Decodable { var sharing, masking, own: String }
        struct PublicKeys: Decodable { var sharing, masking: String }
        struct Pair: Decodable { var one, other, key: String }
        struct BoxKey: Decodable { var from, to, key: String }
        var subject: SecureSumSubject
        var attempt: Int
        var members: [Member]
        var roster, id: ContentHash
        var seeds: [String: Seeds]
        var `public`: [String: PublicKeys]
        var own: [String: String]
        var pairs: [Pair]
        var boxes: [BoxKey]
        var senders, survivors: [String]
        var values: [String: [Int32]]
        var masked: [String: [UInt32]]
        var sum: [Int32]
        var keysHash, sendersHash: ContentHash
    }

    struct Box: Decodable { var key, context, seed, share, sealed: String }
    struct Signature: Decodable { var payload, signature: String }
    struct Graph: Decodable {
        var members: [Member]
        var id, holders: ContentHash
    }
    struct Parameters: Decodable { var clinics, threshold, neighbors, shares, colluding, honest: Int }

    var masks: [Mask]
    var sharing: [Sharing]
    var session: Session
    var box: Box
    var signature: Signature
    var graph: Graph
    var parameters: [Parameters]

    static func load() throws -> Vectors {
        let root = Bundle.module.resourceURL ?? Bundle.module.bundleURL
        return try JSONDecoder().decode(
            Vectors.self, from: Data(contentsOf: root.appendingPathComponent("Vectors/secure-sum.json")))
    }
}

private func bytes(_ hex: String) throws -> Data { try #require(Data(hexadecimal: hex)) }

@Suite("The secure sum against an independent computation")
struct SecureSumVectorTests {
    private let vectors: Vectors

    init() throws { vectors = try Vectors.load() }

    private func roster(_ members: [Vectors.Member]) throws -> SecureSumRoster {
        try SecureSumRoster(members.map { try .init(id: $0.id, signingKey: bytes($0.key)) })
    }

    private func session() throws -> SecureSumSession {
        try SecureSumSession(
            subject: vectors.session.subject, attempt: vectors.session.attempt, roster: roster(vectors.session.members))
    }

    @Test("the masks are the key stream of AES-128 in counter mode, from any place on")
    func masks() throws {
        for mask in vectors.masks {
            let expected = try bytes(mask.bytes)
            var found = Data(count: expected.count)
            let stream = try MaskStream(key: bytes(mask.key), at: mask.offset)
            try found.withUnsafeMutableBytes { try stream.fill($0) }
            #expect(found == expected)
        }
    }

    @Test("shares are points on the polynomials, and enough of them give the secret back")
    func sharing() throws {
        for vector in vectors.sharing {
            let coefficients = try bytes(vector.coefficients)
            let shares = try SecretSharing.share(
                coefficients: coefficients, threshold: vector.threshold, points: vector.points)
            #expect(shares.map(\.hexadecimal) == vector.shares)
            let all = Array(zip(vector.points, shares)).map { (point: $0.0, share: $0.1) }
            let secret = coefficients.prefix(coefficients.count / vector.threshold)
            #expect(try SecretSharing.combine(Array(all.suffix(vector.threshold))) == secret)
            if vector.threshold > 1 {
                #expect(try SecretSharing.combine(Array(all.prefix(vector.threshold - 1))) != secret)
            }
        }
    }

    @Test("the numbers of a sum follow from the number of clinics")
    func parameters() throws {
        for expected in vectors.parameters {
            let found = try SecureSumParameters(clinics: expected.clinics)
            #expect(found.threshold == expected.threshold && found.neighbors == expected.neighbors)
            #expect(found.shareThreshold == expected.shares && found.colluding == expected.colluding)
            #expect(found.fewestHonest == expected.honest)
            // Two sets of so many clinics share more than could be corrupt, and a sum of so many hides at least two.
            #expect(2 * found.threshold > found.clinics + found.colluding)
            #expect(found.threshold - found.colluding >= found.fewestHonest)
        }
        #expect(throws: SecureAggregationError(.invalidParameter, "")) { try SecureSumParameters(clinics: 2) }
    }

    @Test("the session's id, keys and derived keys")
    func keys() throws {
        let expected = vectors.session
        let session = try session()
        #expect(session.id == expected.id && session.roster.hash == expected.roster)
        let salt = session.id.bytes
        for id in session.roster.ids {
            let seeds = try #require(expected.seeds[id])
            #expect(try MaskKeys.publicKey(of: bytes(seeds.sharing)).hexadecimal == expected.public[id]?.sharing)
            #expect(try MaskKeys.publicKey(of: bytes(seeds.masking)).hexadecimal == expected.public[id]?.masking)
            #expect(try MaskKeys.own(bytes(seeds.own), session: salt).hexadecimal == expected.own[id])
        }
        for pair in expected.pairs {
            for (one, other) in [(pair.one, pair.other), (pair.other, pair.one)] {
                let key = try MaskKeys.pair(
                    bytes(#require(expected.seeds[one]).masking), with: bytes(#require(expected.public[other]).masking),
                    session: salt)
                #expect(key.hexadecimal == pair.key)
            }
        }
        for box in expected.boxes {
            let key = try MaskKeys.sharing(
                bytes(#require(expected.seeds[box.from]).sharing),
                with: bytes(#require(expected.public[box.to]).sharing),
                session: salt, from: box.from, to: box.to)
            #expect(key.hexadecimal == box.key)
        }
        #expect(SecureSumShares.hash(ofSenders: expected.senders) == expected.sendersHash)
    }

    /// A node in the state after the shares, with the vectors' secrets.
    private func node(_ id: String, _ session: SecureSumSession) throws -> SecureSumNode {
        let expected = vectors.session
        let seeds = try #require(expected.seeds[id])
        var node = try SecureSumNode(subject: session.subject, member: id, reservation: nil, after: 0)
        var attempt = SecureSumAttempt(
            session: session,
            seeds: .init(
                sharing: try bytes(seeds.sharing), masking: try bytes(seeds.masking), own: try bytes(seeds.own)))
        for (other, keys) in expected.public {
            attempt.keys[other] = .init(sharing: try bytes(keys.sharing), masking: try bytes(keys.masking))
        }
        attempt.senders = expected.senders
        node.current = attempt
        return node
    }

    @Test("masked updates, and their sum without the masks of those who dropped out")
    func maskedUpdates() throws {
        let expected = vectors.session
        let session = try session()
        let graph = SecureSumGraph(session)
        var total = [UInt32](repeating: 0, count: session.subject.count)
        for id in expected.senders {
            let node = try node(id, session)
            var vector = try #require(expected.values[id]).map(\.littleEndian).withUnsafeBytes { Data($0) }
            try node.masks(of: #require(node.current)).apply(to: &vector)
            #expect(SecureSumSimulation.words(vector) == expected.masked[id])
            guard expected.survivors.contains(id) else { continue }
            for (index, word) in SecureSumSimulation.words(vector).enumerated() { total[index] &+= word }
        }
        // What the coordinator takes off: the survivors' own masks, and those in pairs with the one that dropped out.
        var terms = try expected.survivors.map {
            SecureSumMasks.Term(key: try bytes(#require(expected.own[$0])), isAdded: false)
        }
        for id in expected.survivors {
            let pair = expected.pairs.first { Set([$0.one, $0.other]) == [id, "clinic-c"] }
            terms.append(
                .init(key: try bytes(#require(pair).key), isAdded: !graph.adds(id, maskSharedWith: "clinic-c")))
        }
        try total.withUnsafeMutableBufferPointer { try SecureSumMasks(terms).apply(to: $0, threads: 1) }
        #expect(total.map { Int32(bitPattern: $0) } == expected.sum)
    }

    @Test("a sealed share opens for its receiver, its session and its keys only")
    func box() throws {
        let box = vectors.box
        let shares = ShareBox.Shares(seed: try bytes(box.seed), key: try bytes(box.share))
        let key = try bytes(box.key)
        let sealed = try bytes(box.sealed)
        #expect(sealed.count == ShareBox.sealedLength)
        let context = ShareBox.context(
            session: vectors.session.id, from: "clinic-a", to: "clinic-b", keys: ContentHash(of: Data("keys".utf8)))
        #expect(context == Data(box.context.utf8))
        #expect(try ShareBox.open(sealed, key: key, context: context, from: "clinic-a") == shares)
        for position in sealed.indices {
            var altered = sealed
            altered[position] ^= 1
            #expect(throws: SecureAggregationError(.badShare, "")) {
                try ShareBox.open(altered, key: key, context: context, from: "clinic-a")
            }
        }
        #expect(throws: SecureAggregationError(.badShare, "")) {
            try ShareBox.open(sealed, key: key, context: context + Data([0]), from: "clinic-a")
        }
    }

    @Test("signatures are Ed25519 over the step's domain and the payload")
    func signature() throws {
        let member = try #require(roster(vectors.session.members).member("clinic-a"))
        let payload = Data(vectors.signature.payload.utf8)
        let signature = try bytes(vectors.signature.signature)
        #expect(SecureSumEnvelope.isValid(signature, over: payload, step: .survivors, by: member))
        #expect(!SecureSumEnvelope.isValid(signature, over: payload, step: .keys, by: member))
        #expect(!SecureSumEnvelope.isValid(signature, over: payload + Data([0]), step: .survivors, by: member))
    }

    @Test("the graph above 64 clinics is the ring that the session's id draws")
    func graph() throws {
        var subject = vectors.session.subject
        subject.round = 1
        let session = try SecureSumSession(subject: subject, attempt: 1, roster: roster(vectors.graph.members))
        #expect(session.id == vectors.graph.id)
        let graph = SecureSumGraph(session)
        let lines = graph.ids.map { "\($0): \(graph.holders(of: $0).joined(separator: " "))\n" }
        #expect(ContentHash(of: Data(lines.joined().utf8)) == vectors.graph.holders)
        for id in graph.ids {
            let neighbors = graph.neighbors(of: id)
            #expect(Set(neighbors).count == 64 && !neighbors.contains(id))
            #expect(neighbors.allSatisfy { graph.neighbors(of: $0).contains(id) })
        }
    }
}
