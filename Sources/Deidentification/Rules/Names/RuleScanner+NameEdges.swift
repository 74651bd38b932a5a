/// Where a name begins and ends among the words of a form: roles before it, sex and headings behind it.
extension RuleScanner {
    /// `Husb Bayo` without `Husb`, `Ada Roe F` before an age without `F`; `nil` where only a grade is left.
    func trimmed(_ start: Int, _ end: Int) -> (start: Int, end: Int)? {
        var start = start
        var end = end
        while end - start >= 2, tokens[start].kind == .word, Self.rolesBefore.contains(tokens[start].hash),
            tokens[start + 1].kind == .word, tokens[start + 1].isCapitalised || caseless[start + 1]
        { start += 1 }
        while end - start >= 2, tokens[end - 1].kind == .word, isLabel(end - 1) {
            end -= 1
            while end - start >= 2, tokens[end - 1].kind == .mark { end -= 1 }
        }
        // `Garden IV`: a grade behind a single surname.
        if end - start == 2, isWord(end - 1, Self.grades), !flags(start).has(.givenName), tokens[start].breaks == 0,
            !flags(start - 1).has(.title), !isMark(start - 1, ".")
        {
            return nil
        }
        return (start, end)
    }

    /// A word behind a name that belongs to the next field.
    private func isLabel(_ index: Int) -> Bool {
        if Self.labels.contains(tokens[index].hash) { return true }
        guard tokens[index].count == 1, isWord(index, Self.sexes), !isMark(index + 1, ".") else { return false }
        guard let next = token(index + 1), next.breaks == 0 else { return false }
        return isColumn(index) || next.kind == .number || isWord(index + 1, Self.ages)
    }

    private static let rolesBefore = words(
        """
        son dtr daughter sib husb hubby husband wife mom dad bro sis granddau grandson granddaughter gf bf wkr worker det
        ofc inm inmate applicant rep attg surg asst anes twin medic partner niece nephew uncle aunt brother sister cousin
        charge md rn np lpn cna proband claimant adjuster hygienist midwife doula prelim recorder operator supervisor
        counselor caller drain trauma grandma grandpa spr mum ofcr endoscopist auditor atty gal abuela abuelo dep crew onc auditor
        client patient pt pcp circ applicant
        """)
    private static let labels = words(
        "dob mrn acct badge cert upin npi lic age sex addr phone exp cosigner acc pos loc prelim final bib npo phn tel fax ext"
    )
    private static let sexes = words("m f")
    private static let ages = words("age dob born aged")
    private static let grades = words("ii iii iv iia iib iic iiia iiib iva ivb vi vii viii")
}
