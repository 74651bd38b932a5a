import ConsiliumCore
import Foundation
import Testing

@testable import FineTuning

#if canImport(FoundationXML)
import FoundationXML
#endif

@Suite("The picture of a training")
struct LossCurveTests {
    /// What an XML parser sees.
    final class Reader: NSObject, XMLParserDelegate {
        var elements: [(name: String, attributes: [String: String])] = []
        var text = ""

        func parser(
            _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
            attributes: [String: String]
        ) {
            elements.append((name, attributes))
        }

        func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }

        func paths(_ style: String) -> [[Double]] {
            elements.filter {
                $0.name == "path" && $0.attributes["class"] == style && $0.attributes["clip-path"] != nil
            }
            .map { path in
                (path.attributes["d"] ?? "").split { "ML ".contains($0) }.compactMap { Double($0) }
            }
        }
    }

    func read(_ curve: LossCurve) throws -> Reader {
        let reader = Reader()
        let parser = XMLParser(data: Data(curve.svg().utf8))
        parser.delegate = reader
        #expect(parser.parse())
        return reader
    }

    func point(_ step: Int, of count: Int) -> LossCurve.Point {
        let root = Double(step).squareRoot()
        let wiggle = 0.3 * sin(Double(step * step))
        return LossCurve.Point(
            step: step, loss: 3 / root + wiggle, validationLoss: step % 10 == 0 ? 3.1 / root : nil,
            learningRate: 1e-3 * (1 - Double(step) / Double(count)))
    }

    func curve(_ count: Int) -> LossCurve { LossCurve(points: (1...count).map { point($0, of: count) }) }

    @Test("it shows both lines of the training loss, a point for every validation, and the learning rate")
    func structure() throws {
        let picture = try read(curve(100))
        #expect(picture.paths("raw").count == 1 && picture.paths("loss").count == 1)
        #expect(picture.paths("loss")[0].count == 200)
        #expect(picture.paths("rate")[0].count == 200 && picture.paths("validation")[0].count == 20)
        #expect(picture.elements.count { $0.name == "circle" } == 10)
        for word in ["step", "loss (nats)", "learning rate", "validation loss", "Training loss"] {
            #expect(picture.text.contains(word))
        }
        // A falling rate falls: pixels grow downwards. Steps go to the right.
        let rate = picture.paths("rate")[0]
        #expect(stride(from: 2, to: rate.count, by: 2).allSatisfy { rate[$0] > rate[$0 - 2] })
        #expect(stride(from: 3, to: rate.count, by: 2).allSatisfy { rate[$0] >= rate[$0 - 2] })
    }

    @Test("the same points give the same bytes, and a long run a small picture")
    func deterministic() throws {
        #expect(curve(50).svg() == curve(50).svg())
        #expect(curve(40_000).svg().utf8.count < 120_000)
    }

    @Test("the moving average of a constant is that constant, and it is calmer than the steps")
    func smoothing() {
        #expect(LossCurve.smoothed((0..<50).map { ($0, 2.5) }).allSatisfy { abs($0.value - 2.5) < 1e-12 })
        let noisy = (0..<1000).map { (step: Int) in (step: step, value: 1 + 0.5 * sin(Double(step * step))) }
        func spread(_ points: [(step: Int, value: Double)]) -> Double {
            points.dropFirst(100).reduce(0) { $0 + ($1.value - 1) * ($1.value - 1) }
        }
        #expect(spread(LossCurve.smoothed(noisy)) < spread(noisy) / 10)
        #expect(LossCurve.smoothed([]).isEmpty)
    }

    @Test("one wild step does not flatten the rest")
    func outlier() throws {
        var wild = curve(200)
        wild.points[100].loss = 1e6
        let loss = try read(wild).paths("raw")[0]
        let heights = stride(from: 1, to: loss.count, by: 2).map { loss[$0] }
        // The first and the last step are still far apart.
        #expect((heights.last ?? 0) - (heights.first ?? 0) > 100)
    }

    @Test("no points, one point, a constant and gaps are drawn without NaN", arguments: [0, 1, 2, 3])
    func edges(kind: Int) throws {
        let points: [[LossCurve.Point]] = [
            [], [.init(step: 7, loss: 0)], (1...5).map { .init(step: $0, loss: 1, learningRate: 0) },
            (1...5).map { .init(step: $0, loss: $0 == 3 ? .nan : 2, validationLoss: .infinity) },
        ]
        let text = LossCurve(points: points[kind]).svg()
        #expect(!text.contains("nan") && !text.contains("inf"))
        _ = try read(LossCurve(points: points[kind]))
    }

    @Test("a title with markup stays a title")
    func escaping() throws {
        var curve = curve(3)
        curve.title = "a < b & <script>x</script>"
        let picture = try read(curve)
        #expect(
            picture.text.contains("a < b & <script>x</script>") && !picture.elements.contains { $0.name == "script" })
    }

    @Test("it reads the metrics of a killed run up to the last whole line")
    func metrics() throws {
        let text =
            #"{"learning_rate":0.1,"loss":2,"step":1,"supervised_tokens":3,"validation_loss":2.5}"# + "\n"
            + #"{"learning_rate":0.1,"step":2,"supervised_tokens":0,"skipped_in_a_row":1}"# + "\n" + #"{"step":3,"lo"#
        let curve = try LossCurve(metrics: Data(text.utf8))
        #expect(curve.points.map(\.step) == [1, 2] && curve.points.map(\.loss) == [2, nil])
        #expect(curve.points[0].validationLoss == 2.5)
        #expect(try LossCurve(metrics: Data()).points.isEmpty)
        #expect(throws: CoreError(.malformedJSON, "")) { try LossCurve(metrics: Data("hello\n".utf8)) }
    }

    @Test(
        "axes have a few round ticks inside of their range",
        arguments: [(0.0, 1.0), (0.37, 5.2), (2, 2), (1, 100_000), (-3e-7, 5e-7)])
    func ticks(low: Double, high: Double) {
        let axis = ChartAxis(low...high, from: 0, to: 100, ticks: 6)
        #expect((1...13).contains(axis.ticks.count))
        #expect(axis.ticks.allSatisfy { axis.range.contains($0) })
        #expect(axis.pixel(axis.range.lowerBound) == 0 && axis.pixel(axis.range.upperBound) == 100)
    }
}
