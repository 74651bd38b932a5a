internal import Foundation

/// A person who does not exist.
struct SamplePatient: Sendable {
    var isFemale: Bool
    var first: String
    var middle: String
    var last: String
    var born: SampleDay
    var recordNumber: String
    var phone: String
    var email: String
    var street: String
    var city: String
    var state: String
    var postalCode: String
    var socialSecurityNumber: String

    var full: String { "\(first) \(last)" }
    var lastFirst: String { "\(last), \(first) \(middle)." }
    var title: String { isFemale ? "Ms." : "Mr." }
    var address: String { "\(street), \(city), \(state) \(postalCode)" }

    init(_ random: inout SampleRandom) {
        isFemale = random.chance(50)
        first = random.pick(isFemale ? Self.women : Self.men)
        middle = random.pick(["A", "B", "C", "D", "E", "G", "J", "K", "L", "M", "P", "R", "S", "T"])
        last = random.pick(Self.families)
        // One in ten is over 89, an age that Safe Harbor counts as an identifier.
        let age = random.chance(10) ? random.number(90...99) : random.number(21...88)
        born = SampleDay(year: 2024 - age, month: random.number(1...12), day: random.number(1...28))
        recordNumber = "\(random.pick(["C", "K", "R", "T"]))\(random.number(100_000...999_999))"
        let area = random.pick(["207", "315", "406", "518", "605", "715"])
        let line = "555-01\(random.number(10...99))"
        phone = random.chance(50) ? "(\(area)) \(line)" : "\(area)-\(line)"
        let plain = { (text: String) in String(text.lowercased().filter { $0.isASCII && $0.isLetter }) }
        email = "\(plain(first)).\(plain(last))\(random.number(2...98))@example.org"
        street =
            "\(random.number(3...1899)) \(random.pick(Self.streets)) \(random.pick(["Street", "Road", "Lane", "Way", "Terrace"]))"
        city = random.pick(Self.cities)
        state = random.pick(["VT", "NH", "MT", "SD", "WI", "NY"])
        postalCode = "\(random.number(10_000...99_899))"
        socialSecurityNumber = "9\(random.number(10...65))-\(random.number(10...49))-\(random.number(1000...9999))"
    }

    private static let women = [
        "Agnes", "Noor", "Celeste", "Paloma", "Birgit", "Inês", "Marguerite", "Shanti", "Teodora", "Yara", "Frances",
        "Adaeze",
        "Linnea", "Rosalind", "Mirela", "Hedda", "Keiko", "Lucinda", "Salma", "Vivienne", "Zuzana", "Odalys",
    ]
    private static let men = [
        "Alistair", "Benicio", "Cormac", "Desmond", "Emeka", "Fyodor", "Gaspard", "Håkon", "Imran", "Jarek", "Kofi",
        "Leopold",
        "Mateus", "Nikhil", "Oskar", "Percival", "Rafael", "Stellan", "Takumi", "Ulrich", "Vikram", "Wendell",
    ]
    private static let families = [
        "Abernathy", "Bukowski", "Cavallaro", "Delacroix", "Ekström", "Fairbanks", "Gutiérrez", "Hollander", "Ibarra",
        "Jankowski",
        "Kessler", "Lindgren", "Mbeki", "Nightingale", "O'Donnell", "Pemberton", "Quintero", "Rasmussen", "Sokolov",
        "Thorne",
        "Umarova", "Villanueva", "Winslow", "Yildiz", "Zamora", "Achterberg", "Brightwell", "Castellanos", "Drummond",
        "Erdoğan",
        "Fitzgerald", "Grünewald", "Haverford", "Iyer", "Kaplan", "Lovejoy", "Montague", "Nwosu", "Ortega-Ruiz", "Park",
    ]
    private static let streets = [
        "Birchwood", "Meadow", "Lighthouse", "Foundry", "Willowbrook", "Summit", "Prospect", "Heron", "Tannery",
        "Larch",
    ]
    private static let cities = [
        "Millbrook Falls", "Ashgrove", "Port Linden", "Eastmere", "Coldwater", "Stonehaven", "New Harrow", "Briarton",
    ]
}

/// A calendar day with its own arithmetic (Hinnant's algorithm), so that no time zone can shift it.
struct SampleDay: Sendable {
    var year: Int
    var month: Int
    var day: Int

    init(year: Int, month: Int, day: Int) {
        self.year = year
        self.month = month
        self.day = day
    }

    /// Days after 1 January 2023.
    init(offset: Int) {
        // Civil from days, for days after 1 March 0000.
        let z = offset + 738_826
        let era = z / 146_097, dayOfEra = z % 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shifted = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * shifted + 2) / 5 + 1
        month = shifted < 10 ? shifted + 3 : shifted - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    var iso: String { "\(year)-\(Self.two(month))-\(Self.two(day))" }
    var compact: String { "\(year)\(Self.two(month))\(Self.two(day))" }
    var american: String { "\(Self.two(month))/\(Self.two(day))/\(year)" }
    var long: String { "\(Self.months[(month - 1) % 12]) \(day), \(year)" }

    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    private static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]
}
