import Testing

@testable import Reports

@Suite("Days of reports")
struct DateFormTests {
    @Test(
        "a date that means one day is shown as that day",
        arguments: [
            ("2024-03-12", "2024-03-12"), ("20240312", "2024-03-12"), ("20240312140500+0100", "2024-03-12"),
            ("2024-03-12T14:05:00Z", "2024-03-12"), ("2024/3/2", "2024-03-02"), ("12.03.2024", "2024-03-12"),
            ("2.3.2024 14:05", "2024-03-02"), ("25/03/2024", "2024-03-25"), ("03/25/2024", "2024-03-25"),
            ("04/04/2024", "2024-04-04"), ("March 12, 2024", "2024-03-12"), ("12 Mar 2024", "2024-03-12"),
            ("12-MAR-2024", "2024-03-12"), ("Tuesday, March 3rd, 2024", "2024-03-03"), ("2024 Dec 31", "2024-12-31"),
            ("3 de enero de 2024", "2024-01-03"), ("29.02.2024", "2024-02-29"),
        ])
    func clear(text: String, day: String) { #expect(DateForm.isoDay(text) == day) }

    @Test(
        "what may mean two days, is none, or is not there is not turned into one",
        arguments: [
            "03/04/1961", "3-4-2024", "03/25/24", "31.02.2024", "29.02.2023", "2024-13-01", "20241332", "", "yesterday",
            "12 March", "martes 12 de marzo de 2024", "1/2", "99999999", "12.13.2024", "-5/3/2024", "🗓 2024",
        ])
    func unclear(text: String) { #expect(DateForm.isoDay(text) == nil) }
}
