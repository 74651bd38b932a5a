internal import Foundation

/// Numbers as people read them, the same in every locale.
public enum Quantity {
    /// `512 B`, `4.0 KiB`, `1.3 GiB`.
    public static func bytes(_ count: Double) -> String {
        guard count.isFinite else { return "–" }
        guard abs(count) >= 1024 else { return "\(fixed(count, 0)) B" }
        var value = count
        for unit in ["KiB", "MiB", "GiB", "TiB"] {
            value /= 1024
            if abs(value) < 1024 || unit == "TiB" { return "\(fixed(value, 1)) \(unit)" }
        }
        return "\(fixed(value, 1)) PiB"
    }

    /// `7 s`, `4:05`, `1:05:09`, `3 d 4 h`; negative and infinite times are `–`.
    public static func duration(seconds: Double) -> String {
        guard seconds.isFinite, seconds >= 0, seconds < 1e9 else { return "–" }
        let total = Int(seconds.rounded())
        if total < 60 { return "\(total) s" }
        if total < 3600 { return "\(total / 60):\(twoDigits(total % 60))" }
        if total < 86_400 { return "\(total / 3600):\(twoDigits(total / 60 % 60)):\(twoDigits(total % 60))" }
        return "\(total / 86_400) d \(total / 3600 % 24) h"
    }

    /// With thousands separated by commas, and decimals only below 100: `1,204`, `12.3`, `0.52`.
    public static func count(_ value: Double) -> String {
        guard value.isFinite else { return "–" }
        let size = abs(value)
        if size >= 100 || value == value.rounded() { return grouped(fixed(value, 0)) }
        return fixed(value, size >= 10 ? 1 : 2)
    }

    /// A fixed number of decimals with a point: `fixed(9.305, 2)` is `9.31` or `9.30`, whichever is nearer in binary.
    public static func fixed(_ value: Double, _ decimals: Int) -> String {
        value.isFinite ? String(format: "%.\(max(0, min(decimals, 17)))f", value) : "–"
    }

    private static func twoDigits(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }

    private static func grouped(_ digits: String) -> String {
        var result: [Character] = []
        for (index, digit) in digits.reversed().enumerated() {
            if index > 0, index.isMultiple(of: 3), digit != "-" { result.append(",") }
            result.append(digit)
        }
        return String(result.reversed())
    }
}
