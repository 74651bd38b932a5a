/// The programs that read PDF files and scans: what `doctor` shows of them.
public struct DocumentTool: Sendable, Hashable {
    /// Such as `pdftotext`.
    public let name: String
    /// The package of Debian and Ubuntu that holds it.
    public let package: String
    /// What can't be read without it.
    public let purpose: String
    /// Where it is, `nil` if it isn't installed.
    public let path: String?

    /// All of them, as this machine has them now.
    public static var all: [DocumentTool] {
        [
            tool("pdftotext", "poppler-utils", "PDF files"), tool("pdftoppm", "poppler-utils", "scans in PDF files"),
            tool("tesseract", "tesseract-ocr", "scans"),
        ]
    }

    private static func tool(_ name: String, _ package: String, _ purpose: String) -> DocumentTool {
        DocumentTool(name: name, package: package, purpose: purpose, path: ExternalTool(name, package: package).path)
    }
}
