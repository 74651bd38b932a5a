import ConsiliumCore
import Federation
import Foundation
import GRDB
import Identity

extension SQLiteStore {
    func roster() async throws -> SignedDocument<Roster>? {
        try await read { database in
            try Data.fetchOne(database, sql: "SELECT document FROM rosters ORDER BY version DESC LIMIT 1").map {
                try CanonicalJSON.decode(SignedDocument<Roster>.self, from: $0)
            }
        }
    }

    func save(_ roster: SignedDocument<Roster>, version: Int) async throws {
        try await write { database in
            let newest = try Int.fetchOne(database, sql: "SELECT max(version) FROM rosters") ?? 0
            guard version > newest else {
                throw FederationError(
                    .conflict, "The coordinator holds roster \(newest); a new one needs a higher version than that.")
            }
            try database.execute(
                sql: "INSERT INTO rosters (version, document) VALUES (?, ?)",
                arguments: [version, try CanonicalJSON.encode(roster)])
        }
    }

    func add(_ token: SignedDocument<TokenRecord>, id: String) async throws {
        try await write { database in
            if let known = try Self.token(id, in: database) {
                guard known.payloadHash == token.payloadHash else {
                    throw FederationError(.conflict, "Another enrolment token has this id. Create a new token.")
                }
                return
            }
            try database.execute(
                sql: "INSERT INTO tokens (id, document) VALUES (?, ?)",
                arguments: [id, try CanonicalJSON.encode(token)])
        }
    }

    func token(_ id: String) async throws -> TokenRecord? {
        try await read { database in
            try Self.token(id, in: database).map { try CanonicalJSON.decode(TokenRecord.self, from: $0.payload) }
        }
    }

    func addEnrolment(_ request: EnrolmentRequest, tokenID: String, at date: Date) async throws -> StoredEnrolment {
        try await write { database in
            if let known = try Self.enrolment(tokenID, in: database) { return known }
            try database.execute(
                sql: "INSERT INTO enrolments (token, request, received_at) VALUES (?, ?, ?)",
                arguments: [tokenID, try CanonicalJSON.encode(request), date.timeIntervalSince1970])
            return StoredEnrolment(tokenID: tokenID, request: request, grant: nil)
        }
    }

    func enrolment(_ tokenID: String) async throws -> StoredEnrolment? {
        try await read { try Self.enrolment(tokenID, in: $0) }
    }

    func pendingEnrolments() async throws -> [StoredEnrolment] {
        try await read { database in
            try Row.fetchAll(
                database,
                sql:
                    "SELECT token, request, grant_document FROM enrolments WHERE grant_document IS NULL ORDER BY received_at, token"
            ).map(Self.decodeEnrolment)
        }
    }

    func setGrant(_ grant: EnrolmentGrant, tokenID: String) async throws {
        try await write { database in
            guard let known = try Self.enrolment(tokenID, in: database) else {
                throw FederationError(.notFound, "No clinic has asked for enrolment under this token.")
            }
            if let given = known.grant {
                guard given == grant else {
                    throw FederationError(.conflict, "This enrolment was granted before, with other certificates.")
                }
                return
            }
            try database.execute(
                sql: "UPDATE enrolments SET grant_document = ? WHERE token = ?",
                arguments: [try CanonicalJSON.encode(grant), tokenID])
        }
    }

    func save(_ certificates: EnrolmentGrant) async throws {
        try await write { database in
            try database.execute(
                sql: "INSERT OR REPLACE INTO certificates (role, body) VALUES (?, ?)",
                arguments: [certificates.tlsCertificate.role.urn, try CanonicalJSON.encode(certificates)])
        }
    }

    func certificates(of role: PeerRole) async throws -> EnrolmentGrant? {
        try await read { database in
            try Data.fetchOne(
                database, sql: "SELECT body FROM certificates WHERE role = ?", arguments: [role.urn]
            ).map { try CanonicalJSON.decode(EnrolmentGrant.self, from: $0) }
        }
    }

    func saw(_ clinic: ClinicID, at date: Date) async throws {
        try await write { database in
            try database.execute(
                sql: "INSERT OR REPLACE INTO presence (clinic, seen_at) VALUES (?, ?)",
                arguments: [clinic.text, date.timeIntervalSince1970])
        }
    }

    func lastSeen() async throws -> [ClinicID: Date] {
        try await read { database in
            var seen: [ClinicID: Date] = [:]
            for row in try Row.fetchAll(database, sql: "SELECT clinic, seen_at FROM presence") {
                seen[try ClinicID(row["clinic"])] = Date(timeIntervalSince1970: row["seen_at"])
            }
            return seen
        }
    }

    private static func token(_ id: String, in database: Database) throws -> SignedDocument<TokenRecord>? {
        try Data.fetchOne(database, sql: "SELECT document FROM tokens WHERE id = ?", arguments: [id]).map {
            try CanonicalJSON.decode(SignedDocument<TokenRecord>.self, from: $0)
        }
    }

    private static func enrolment(_ tokenID: String, in database: Database) throws -> StoredEnrolment? {
        try Row.fetchOne(
            database, sql: "SELECT token, request, grant_document FROM enrolments WHERE token = ?", arguments: [tokenID]
        ).map(decodeEnrolment)
    }

    private static func decodeEnrolment(_ row: Row) throws -> StoredEnrolment {
        let grant: Data? = row["grant_document"]
        return StoredEnrolment(
            tokenID: row["token"], request: try CanonicalJSON.decode(EnrolmentRequest.self, from: row["request"]),
            grant: try grant.map { try CanonicalJSON.decode(EnrolmentGrant.self, from: $0) })
    }
}
