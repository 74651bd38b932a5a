import ConsiliumCore
import Federation
import Foundation
import Identity

/// Where a benchmark's consortium lies.
///
/// ```
/// ca/  admin/            the authority and the admin's keys
/// coordinator/           as `consilium-coordinator init` and the admin's grant leave it
/// clinics/<id>/          node folders
/// job.json, initial.safetensors
/// ```
struct BenchFolder {
    let url: URL

    init(_ path: String) { url = URL(fileURLWithPath: path).standardizedFileURL }

    var authority: URL { url.appendingPathComponent("ca") }
    var admin: KeyFiles { KeyFiles(folder: url.appendingPathComponent("admin")) }
    var coordinator: URL { url.appendingPathComponent("coordinator") }
    var job: URL { url.appendingPathComponent("job.json") }
    var adapter: URL { url.appendingPathComponent("initial.safetensors") }

    var clinics: URL { url.appendingPathComponent("clinics") }

    func clinic(_ id: ClinicID) -> URL { clinics.appendingPathComponent(id.text) }
    static func id(_ number: Int) throws -> ClinicID { try ClinicID("clinic-\(number)") }
}
