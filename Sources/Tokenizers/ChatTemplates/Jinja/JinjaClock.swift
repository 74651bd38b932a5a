internal import Foundation

/// The part of `strftime` that chat templates use, in English whatever the machine's language is, in UTC.
enum JinjaClock {
    private static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]
    private static let days = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]

    /// - Returns: `nil` for a format with an unknown letter.
    static func text(_ format: String, _ date: Date) -> String? {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = TimeZone(secondsFromGMT: 0) ?? calendar.timeZone
        let parts = calendar.dateComponents([.year, .month, .day, .hour, .minute, .second, .weekday], from: date)
        guard let year = parts.year, let month = parts.month, let day = parts.day, let hour = parts.hour,
            let minute = parts.minute, let second = parts.second, let weekday = parts.weekday,
            months.indices.contains(month - 1), days.indices.contains(weekday - 1)
        else { return nil }
        func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
        var result = ""
        var isLetter = false
        for character in format {
            guard isLetter else {
                if character == "%" { isLetter = true } else { result.append(character) }
                continue
            }
            isLetter = false
            switch character {
            case "Y": result += "\(year)"
            case "y": result += two(year % 100)
            case "m": result += two(month)
            case "d": result += two(day)
            case "B": result += months[month - 1]
            case "b": result += months[month - 1].prefix(3)
            case "A": result += days[weekday - 1]
            case "a": result += days[weekday - 1].prefix(3)
            case "H": result += two(hour)
            case "M": result += two(minute)
            case "S": result += two(second)
            case "%": result += "%"
            default: return nil
            }
        }
        return isLetter ? nil : result
    }
}
