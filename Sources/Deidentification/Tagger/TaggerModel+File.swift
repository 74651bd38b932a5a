internal import ConsiliumCore
internal import Foundation

/// A tagger's file, little-endian:
///
///     magic "CNSLTAGR" · format UInt16 · features UInt16 · language · begins UInt8 · kinds UInt8, each a name
///     strongRule, defaultAccept, defaultVeto Float32 · accept, veto Float32 of each kind (below 0: absent)
///     words UInt32 · their hashes as LEB128 differences · group UInt8, class UInt16, use UInt8 of each
///     start Float32 [labels] · transitions Float32 [labels, labels] · scale Float32
///     rows UInt32 · buckets as LEB128 differences · weights Int8 [rows, labels]
///     network UInt32 bytes (0: none), a ``ContextNetwork``'s file · own, share Float32 if there is one · SHA-256 of all before
///
/// A text is a UInt8 length and UTF-8.
extension TaggerModel {
    static let magic = Array("CNSLTAGR".utf8)
    static let formatVersion: UInt16 = 3
    /// What a repository and a program can bear for each language.
    static let maximumBytes = 14 << 20
    private static let largestTransition: Float = 50

    func encoded() -> Data {
        var data = Data(Self.magic)
        func add(_ value: some FixedWidthInteger) {
            withUnsafeBytes(of: value.littleEndian) { data.append(contentsOf: $0) }
        }
        func add(_ value: Float) { add(value.bitPattern) }
        func add(_ text: String) {
            add(UInt8(truncatingIfNeeded: text.utf8.count))
            data.append(contentsOf: text.utf8)
        }
        func add(ascending values: [UInt32]) {
            add(UInt32(truncatingIfNeeded: values.count))
            var last: UInt32 = 0
            for value in values {
                var difference = value &- last
                last = value
                while difference >= 0x80 {
                    add(UInt8(truncatingIfNeeded: difference | 0x80))
                    difference >>= 7
                }
                add(UInt8(truncatingIfNeeded: difference))
            }
        }
        add(Self.formatVersion)
        add(TaggerFeatures.version)
        add(language)
        add(UInt8(labels.marksBegins ? 1 : 0))
        add(UInt8(truncatingIfNeeded: labels.kinds.count))
        for kind in labels.kinds { add(kind.rawValue) }
        for value in [thresholds.strongRule, thresholds.defaultAccept, thresholds.defaultVeto] { add(Float(value)) }
        for kind in labels.kinds { add(Float(thresholds.accept[kind] ?? -1)) }
        for kind in labels.kinds { add(Float(thresholds.veto[kind] ?? -1)) }
        add(ascending: words.hashes)
        for entry in words.entries {
            add(entry.group)
            add(entry.fine)
            add(entry.use)
        }
        for value in start { add(value) }
        for value in transitions { add(value) }
        add(scale)
        add(ascending: buckets)
        for row in buckets.indices {
            for label in 0..<labels.count { add(weights[row * labels.stride + label]) }
        }
        add(UInt32(truncatingIfNeeded: context?.network.file.count ?? 0))
        if let context {
            data.append(context.network.file)
            add(context.own)
            add(context.share)
        }
        return data + ContentHash(of: data).bytes
    }

    /// - Throws: ``DeidentificationError`` `.invalidTagger`.
    init(decoding data: Data) throws {
        var reader = TaggerFileReader(data)
        try reader.check(Self.magic)
        guard try reader.integer(UInt16.self) == Self.formatVersion else {
            throw DeidentificationError(
                .invalidTagger, "The tagger file has another format version. Train it again with this program.")
        }
        guard try reader.integer(UInt16.self) == TaggerFeatures.version else {
            throw DeidentificationError(
                .invalidTagger, "The tagger file was trained with other features. Train it again with this program.")
        }
        try reader.checkHash()
        let language = try reader.text()
        let marksBegins = try reader.integer(UInt8.self) == 1
        let kindCount = Int(try reader.integer(UInt8.self))
        var kinds: [IdentifierLabel] = []
        for _ in 0..<kindCount {
            guard let kind = IdentifierLabel(rawValue: try reader.text()), !kinds.contains(kind) else {
                throw DeidentificationError(
                    .invalidTagger,
                    "The tagger file has a label that this program doesn't know. Train it again with this program.")
            }
            kinds.append(kind)
        }
        let labels = ChainLabels(kinds: kinds, marksBegins: marksBegins)
        guard !kinds.isEmpty, labels.count <= 64 else { throw TaggerFileReader.damaged }
        var thresholds = DetectionThresholds()
        thresholds.strongRule = Double(try reader.number(0...1))
        thresholds.defaultAccept = Double(try reader.number(0...1))
        thresholds.defaultVeto = Double(try reader.number(0...1))
        for kind in kinds { thresholds.accept[kind] = try reader.threshold() }
        for kind in kinds { thresholds.veto[kind] = try reader.threshold() }
        let hashes = try reader.ascending(atMost: WordClasses.most)
        let entries = try hashes.map { _ in
            WordClasses.Entry(
                group: try reader.integer(UInt8.self), fine: try reader.integer(UInt16.self),
                use: try reader.integer(UInt8.self))
        }
        let bound = Self.largestTransition
        let start = try (0..<labels.count).map { _ in try reader.number(-bound...bound) }
        let transitions = try (0..<labels.count * labels.count).map { _ in try reader.number(-bound...bound) }
        let scale = try reader.number(0...1)
        let buckets = try reader.ascending(atMost: 1 << FeatureHash.bucketBits)
        guard buckets.last ?? 0 < 1 << UInt32(FeatureHash.bucketBits) else { throw TaggerFileReader.damaged }
        let weights = try reader.weights(rows: buckets.count, labels: labels)
        let length = Int(try reader.integer(UInt32.self))
        var context: JoinedNetwork?
        if length > 0 {
            let network = try ContextNetwork(file: Data(try reader.bytes(length)))
            context = JoinedNetwork(
                network, labels: labels, own: try reader.number(0...10), share: try reader.number(0...10))
            guard context != nil else { throw TaggerFileReader.damaged }
        }
        guard reader.remaining == 0 else { throw TaggerFileReader.damaged }
        self.init(
            language: language, labels: labels, thresholds: thresholds,
            words: WordClasses(hashes: hashes, entries: entries), buckets: buckets, weights: weights, scale: scale,
            transitions: transitions, start: start, context: context)
    }
}
