import ConsiliumCore
import ConsiliumTesting
import Federation
import Foundation
import Identity
import Tensors
import Testing

@Suite("Adapter files and their average")
struct AdapterFileTests {
    let folder: TemporaryFolder
    let layout = AdapterLayout(entries: [
        .init(name: "layers.1.b", shape: [2, 1]), .init(name: "layers.0.a", shape: [1, 3]),
        .init(name: "layers.10.a", shape: [2, 2]),
    ])

    init() throws { folder = try TemporaryFolder() }

    private func adapter() throws -> AdapterFile {
        try AdapterFile(layout: layout, values: [1, -2, 0.5, 4, 5, 6, 7, 8, 9])
    }

    @Test("a layout is sorted by name, however it was listed")
    func order() {
        #expect(layout.entries.map(\.name) == ["layers.0.a", "layers.1.b", "layers.10.a"])
        #expect(layout.count == 9)
        #expect(AdapterLayout(entries: layout.entries.reversed()) == layout)
        #expect(AdapterLayout(entries: layout.entries.reversed()).hash == layout.hash)
    }

    @Test("a layout's hash is over one line a tensor: name, rows, columns")
    func hash() {
        #expect(layout.hash == ContentHash(of: Data("layers.0.a 1 3\nlayers.1.b 2 1\nlayers.10.a 2 2\n".utf8)))
        let transposed = AdapterLayout(
            entries: [.init(name: "layers.0.a", shape: [3, 1])] + layout.entries.dropFirst())
        #expect(transposed.hash != layout.hash)
    }

    @Test("an adapter that is written and read again is the same, and its bytes never differ")
    func roundTrip() throws {
        let first = folder.path("first.safetensors")
        let second = folder.path("second.safetensors")
        try adapter().write(to: first)
        let read = try AdapterFile(contentsOf: first)
        #expect(read.layout == layout)
        #expect(read.values == [1, -2, 0.5, 4, 5, 6, 7, 8, 9])
        try read.write(to: second)
        #expect(try ContentHash(ofFile: first) == ContentHash(ofFile: second))
        #expect(try SafetensorsFile(url: first).floats("layers.1.b") == [4, 5])
    }

    @Test("the order of tensors in a file does not matter for what is read")
    func fileOrder() throws {
        let file = folder.path("shuffled.safetensors")
        try SafetensorsWriter.write(
            [
                NamedTensor(name: "layers.10.a", shape: [2, 2], values: [6, 7, 8, 9]),
                NamedTensor(name: "layers.0.a", shape: [1, 3], values: [1, -2, 0.5]),
                NamedTensor(name: "layers.1.b", shape: [2, 1], values: [4, 5]),
            ], metadata: [:], to: file)
        let read = try AdapterFile(contentsOf: file)
        #expect(read.layout.hash == layout.hash)
        #expect(try read.values == adapter().values)
    }

    @Test("a value that is no finite number is refused", arguments: [Float.nan, .infinity, -.infinity])
    func notFinite(value: Float) throws {
        let file = folder.path("bad.safetensors")
        var bad = try adapter()
        bad.values[4] = value
        try bad.write(to: file)
        let error = #expect(throws: FederationError.self) { try AdapterFile(contentsOf: file) }
        #expect(error?.code == .adapterMismatch)
        #expect(error?.message.contains("bad.safetensors") == true)
    }

    @Test("a file that is no safetensors is refused", arguments: ["", "{}", "no tensors at all, only words"])
    func foreign(text: String) throws {
        let file = try folder.write("foreign.safetensors", text)
        #expect(throws: TensorsError.self) { try AdapterFile(contentsOf: file) }
    }

    @Test("as many numbers as the layout has, not one less or more", arguments: [0, 8, 10])
    func counts(count: Int) {
        #expect(throws: FederationError(.adapterMismatch, "")) {
            try AdapterFile(layout: layout, values: [Float](repeating: 0, count: count))
        }
    }

    private func next(_ mean: [Float]) throws -> AdapterFile {
        let plan = AggregationPlan(rule: .fedit, secureAggregation: .off, updateClipNorm: 1, minimumClinics: 1)
        return try FederatedAveraging(plan).next(mean, of: [ClinicID("one")], round: 1, adapter: adapter()).adapter
    }

    @Test("the new adapter is the old one plus the mean of the deltas")
    func averaging() throws {
        let adapter = try next([0.5, 0, -0.5, 1, 1, 1, 0, 0, -9])
        #expect(adapter.values == [1.5, -2, 0, 5, 6, 7, 7, 8, 0])
        #expect(adapter.layout == layout)
    }

    @Test("a mean of another length is refused", arguments: [0, 8, 10])
    func otherLength(count: Int) throws {
        #expect(throws: FederationError(.adapterMismatch, "")) { try next([Float](repeating: 1, count: count)) }
    }

    @Test("a mean with one bad number is refused", arguments: [Float.nan, .infinity])
    func badMean(value: Float) throws {
        var mean = [Float](repeating: 1, count: 9)
        mean[8] = value
        #expect(throws: FederationError(.updateMalformed, "")) { try next(mean) }
    }
}
