import Foundation

@testable import Reports

/// Which programs of the system these tests may use.
enum DocumentTools {
    private static func has(_ name: String) -> Bool { ExternalTool(name, package: "").isInstalled }

    static let canReadPDF = has("pdftotext") && has("pdftoppm")
    static let canReadScans = canReadPDF && has("tesseract")
    static let pdfReason = "needs pdftotext and pdftoppm (package poppler-utils)"
    static let scanReason = "needs poppler-utils and tesseract (package tesseract-ocr)"

    /// A PDF with one page a text, in the document's own Courier or Helvetica. Nothing in it is compressed.
    static func pdf(_ pages: [String], size: Int = 11) -> Data {
        let streams = pages.map { page in
            let lines = page.split(separator: "\n", omittingEmptySubsequences: false).map { line in
                let escaped = line.replacing("\\", with: "\\\\").replacing("(", with: "\\(").replacing(")", with: "\\)")
                return "(\(escaped)) Tj T*"
            }
            return Data("BT /F1 \(size) Tf \(size * 3 / 2) TL 60 720 Td \(lines.joined(separator: "\n")) ET".utf8)
        }
        return assembled(streams.map { ($0, "/Font << /F1 3 0 R >>") }, extra: [])
    }

    /// A PDF whose pages are pictures in JPEG.
    static func pdf(scans: [(jpeg: Data, width: Int, height: Int)]) -> Data {
        let first = 4 + scans.count * 2
        let pages = scans.indices.map { index in
            (Data("q 612 0 0 792 0 0 cm /I Do Q".utf8), "/XObject << /I \(first + index) 0 R >>")
        }
        let pictures = scans.map { scan in
            let head =
                "<< /Type /XObject /Subtype /Image /Width \(scan.width) /Height \(scan.height) /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode /Length \(scan.jpeg.count) >>\nstream\n"
            return Data(head.utf8) + scan.jpeg + Data("\nendstream".utf8)
        }
        return assembled(pages, extra: pictures)
    }

    /// Catalog, page tree and font are objects 1 to 3; then each page and its content; then the extra objects.
    private static func assembled(_ pages: [(content: Data, resources: String)], extra: [Data]) -> Data {
        var objects = [
            Data("<< /Type /Catalog /Pages 2 0 R >>".utf8),
            Data(
                "<< /Type /Pages /Count \(pages.count) /Kids [\(pages.indices.map { "\(4 + $0 * 2) 0 R" }.joined(separator: " "))] >>"
                    .utf8),
            Data("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".utf8),
        ]
        for (index, page) in pages.enumerated() {
            objects.append(
                Data(
                    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << \(page.resources) >> /Contents \(5 + index * 2) 0 R >>"
                        .utf8))
            objects.append(
                Data("<< /Length \(page.content.count) >>\nstream\n".utf8) + page.content + Data("\nendstream".utf8))
        }
        objects += extra
        var data = Data("%PDF-1.4\n".utf8)
        var offsets: [Int] = []
        for (index, object) in objects.enumerated() {
            offsets.append(data.count)
            data += Data("\(index + 1) 0 obj\n".utf8) + object + Data("\nendobj\n".utf8)
        }
        let start = data.count
        var table = "xref\n0 \(objects.count + 1)\n0000000000 65535 f \n"
        for offset in offsets {
            table += String(repeating: "0", count: 10 - "\(offset)".count) + "\(offset) 00000 n \n"
        }
        data += Data("\(table)trailer\n<< /Size \(objects.count + 1) /Root 1 0 R >>\nstartxref\n\(start)\n%%EOF\n".utf8)
        return data
    }

    /// The pages of a PDF drawn by poppler: `-png`, `-jpeg`, `-tiff`, or nothing for a graymap.
    static func drawn(_ pdf: Data, page: Int = 1, resolution: Int = 200, kind: [String] = ["-png"]) throws -> Data {
        try ExternalTool("pdftoppm", package: "poppler-utils").run(
            kind + ["-gray", "-r", "\(resolution)", "-f", "\(page)", "-l", "\(page)", "/dev/stdin"],
            input: PrivateInput(pdf))
    }

    /// Graymaps as the uncompressed pages of one TIFF.
    static func tiff(_ graymaps: [Data]) throws -> Data {
        var data = Data([0x49, 0x49, 0x2A, 0])
        func append(_ value: Int, _ count: Int) {
            for index in 0..<count { data.append(UInt8(value >> (8 * index) & 255)) }
        }
        append(8, 4)
        for (page, graymap) in graymaps.enumerated() {
            let size = try known(GrayPicture.size(graymap))
            let area = size.width * size.height
            let entries = [
                (254, 4, 2), (256, 4, size.width), (257, 4, size.height), (258, 3, 8), (259, 3, 1), (262, 3, 1),
                (273, 4, data.count + 2 + 9 * 12 + 4), (278, 4, size.height), (279, 4, area),
            ]
            append(entries.count, 2)
            let next = page + 1 < graymaps.count ? data.count + 9 * 12 + 4 + area + (area & 1) : 0
            for (tag, type, value) in entries {
                append(tag, 2)
                append(type, 2)
                append(1, 4)
                append(value, 4)
            }
            append(next, 4)
            data += graymap.suffix(area)
            if area & 1 == 1 { data.append(0) }
        }
        return data
    }

    /// A graymap turned by a quarter.
    static func turned(_ graymap: Data) throws -> Data {
        let size = try known(GrayPicture.size(graymap))
        let pixels = [UInt8](graymap.suffix(size.width * size.height))
        var turned = [UInt8](repeating: 255, count: pixels.count)
        for row in 0..<size.height {
            for column in 0..<size.width {
                turned[column * size.height + size.height - 1 - row] = pixels[row * size.width + column]
            }
        }
        return Data("P5\n\(size.height) \(size.width)\n255\n".utf8) + Data(turned)
    }

    /// A picture of a page as scanners make it, in a PDF without a text layer.
    static func scannedPDF(_ pages: [String], resolution: Int = 200) throws -> Data {
        let printed = pdf(pages)
        let scans = try pages.indices.map { index in
            let size = try known(GrayPicture.size(drawn(printed, page: index + 1, resolution: resolution, kind: [])))
            return (
                jpeg: try drawn(printed, page: index + 1, resolution: resolution, kind: ["-jpeg"]), width: size.width,
                height: size.height
            )
        }
        return pdf(scans: scans)
    }

    private struct Missing: Error {}

    private static func known<T>(_ value: T?) throws -> T {
        guard let value else { throw Missing() }
        return value
    }
}
