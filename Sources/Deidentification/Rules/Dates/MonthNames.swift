/// Months by name, long and short, English and Spanish.
enum MonthNames {
    static let long = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]

    static func number(of hash: UInt64) -> Int? { table[hash] }

    /// Month names that are also verbs or nouns in lower case.
    static let verbs = RuleScanner.words("may march mar dec jun sept august")
    static let ordinals = RuleScanner.words("st nd rd th")
    static let fillers = RuleScanner.words("of de del")
    /// `marzo del año 2000`
    static let yearWords = RuleScanner.words("año")
    static let spanish = [
        "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre",
        "noviembre", "diciembre",
    ]

    private static let table: [UInt64: Int] = {
        var table: [UInt64: Int] = [:]
        for (index, name) in long.enumerated() {
            table[WordHash.of(name)] = index + 1
            table[WordHash.of(name.prefix(3))] = index + 1
            table[WordHash.of(spanish[index])] = index + 1
        }
        for (short, month) in [("sept", 9), ("setiembre", 9), ("ene", 1), ("abr", 4), ("ago", 8), ("dic", 12)] {
            table[WordHash.of(short)] = month
        }
        return table
    }()
}
