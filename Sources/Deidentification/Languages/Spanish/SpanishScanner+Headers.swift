/// `Nombre: …`, `Domicilio: …`: what stands behind a heading and a colon.
extension SpanishScanner {
    private enum Kind { case person, staff, address, place }

    mutating func scanHeaders() {
        for index in tokens.indices where isMark(index, ":") {
            guard let kind = kind(before: index) else { continue }
            let end = valueEnd(behind: index)
            guard end > index + 1, let first = token(index + 1), first.breaks == 0 else { continue }
            switch kind {
            case .person: person(index + 1, end)
            case .staff: staff(index + 1, end)
            case .address: address(index + 1, end)
            case .place: place(index + 1, end)
            }
        }
    }

    private func kind(before colon: Int) -> Kind? {
        // `Enf.:`
        let word = isMark(colon - 1, ".") ? colon - 2 : colon - 1
        guard let token = token(word), token.kind == .word else { return nil }
        if Self.people.contains(token.hash) { return .person }
        if Self.staffWords.contains(token.hash) { return .staff }
        if isWord(word, Self.by), isWord(word - 1, Self.byVerbs) { return .staff }
        if isWord(word, Self.clinicalWords), isWord(word - 1, Self.responsible) { return .staff }
        if Self.addresses.contains(token.hash), !isWord(colon + 1, Self.notAddresses) { return .address }
        if isWord(word, Self.correspondence), isWord(word - 2, Self.addresses) { return .address }
        if isWord(word, Self.birth), isWord(word - 2, Self.placeNouns) { return .place }
        return Self.places.contains(token.hash) ? .place : nil
    }

    private static let people = SpanishWords.hashes(
        "nombre nombres apellido apellidos filiacion titular")
    private static let staffWords = SpanishWords.hashes(
        """
        medico medica doctor doctora facultativo facultativa cirujano cirujana ayudante ayudantes anestesista enfermera
        enfermero firmado firma fdo autor autores solicitante peticionario responsable residente tutor tutora
        dermatologo radiologo patologo especialista ginecologo pediatra matrona validado informado contacto remitente
        destinatario atencion realizado pte pac enf fdo firmante prescriptor paciente acompanante representante
        """)
    private static let by = SpanishWords.hashes("por")
    private static let byVerbs = SpanishWords.hashes(
        """
        remitido remitida derivado firmado informado validado realizado solicitado atendido elaborado redactado visto
        revisado autorizado dictado transcrito emitido remite deriva
        """)
    private static let clinicalWords = SpanishWords.hashes("clinico clinica medico medica asistencial")
    private static let responsible = SpanishWords.hashes("responsable medico facultativo")
    private static let addresses = SpanishWords.hashes("domicilio direccion residencia senas direcc dir")
    private static let notAddresses = SpanishWords.hashes("www http https")
    private static let correspondence = SpanishWords.hashes("correspondencia contacto postal")
    private static let birth = SpanishWords.hashes("nacimiento residencia origen")
    private static let placeNouns = SpanishWords.hashes("lugar ciudad localidad provincia municipio")
    private static let places = SpanishWords.hashes(
        """
        localidad provincia municipio poblacion ciudad comunidad comuna barrio estado departamento canton parroquia
        procedencia centro hospital clinica ambulatorio consultorio
        """)

    /// The end of the line, or the next heading on it.
    private func valueEnd(behind colon: Int) -> Int {
        var index = colon + 1
        while let token = token(index), token.breaks == 0, index - colon < 40 {
            if index > colon + 1, isHeading(at: index) { break }
            index += 1
        }
        return index
    }

    /// One to four words with a colon behind them, none of them a name.
    func isHeading(at index: Int) -> Bool {
        guard let first = token(index), first.kind == .word,
            first.isCapitalised || first.flags.has([.common, .phoneCue])
        else { return false }
        if first.flags.has([.credential, .phoneCue]), !first.flags.has(.anyName) { return true }
        if isMark(index + 1, ":") { return !first.flags.has(.anyName) || first.flags.has([.common, .generic]) }
        guard first.flags.has(.ordinary), !first.flags.has([.anyName, .particle]) else { return false }
        var position = index
        while let token = token(position), position - index < 6, position == index || token.breaks == 0 {
            if token.isMark(":") { return true }
            guard token.kind == .word || token.isMark("/"), position == index || !token.flags.has(.givenName) else {
                return false
            }
            position += 1
        }
        return false
    }

    /// All words of the value up to a full stop: also in small letters, and with the family names first.
    private mutating func person(_ start: Int, _ end: Int) {
        var index = start
        var words = 0
        while index < end, let token = token(index) {
            if token.kind == .number { break }
            if token.kind == .word {
                if token.flags.has(.title), token.count <= 4, words == 0 {
                    index += 1
                    continue
                }
                if token.flags.has([.facility, .credential]), !token.flags.has(.anyName) { break }
                if words > 0, token.shape == .lower, !token.flags.has([.anyName, .particle]) { break }
                words += 1
                if words > 8 { break }
            } else if token.isMark(".") {
                guard let before = self.token(index - 1), before.kind == .word, before.count <= 3, index + 1 < end
                else { break }
            } else if !(token.isMark(",") || token.isMark("-") || token.isMark("\u{b0}")) {
                if words > 0 { break }
            }
            index += 1
        }
        guard words > 0, let first = token(start) else { return }
        // `Nombre: no consta`, but `Apellidos: de la Fuente`
        let leads = first.flags.has(.particle) && particleLeads(start)
        if !leads, first.flags.has([.common, .function, .generic]), !first.flags.has(.anyName) { return }
        add(tokens: start..<index, .name, 0.95, .cuedName)
    }

    private mutating func staff(_ start: Int, _ end: Int) {
        var index = start
        while index < end, flags(index).has(.title) || isMark(index, ".") || isMark(index, "-") { index += 1 }
        let last = nameEnd(from: index, strong: true)
        guard last > index, last <= end else { return }
        add(tokens: index..<last, .name, 0.93, .cuedName)
    }

    private mutating func address(_ start: Int, _ end: Int) {
        var last = start
        var hasNumber = false
        while last < end {
            // The address ends with its sentence: a full stop behind the number, before a long word.
            if isMark(last, "."), hasNumber, tokens[last - 1].kind != .word || tokens[last - 1].count > 4,
                let next = token(last + 1), next.spaced, next.kind == .word,
                next.count > 4,
                !next.flags.has([.dwelling, .city, .state])
            {
                break
            }
            if tokens[last].kind == .number { hasNumber = true }
            last += 1
        }
        guard let first = token(start), first.isCapitalised || first.flags.has(.street) || hasNumber,
            !first.flags.has(.function) || first.isCapitalised
        else { return }
        add(tokens: start..<last, .location, 0.93, .cuedAddress, take: true)
    }

    private mutating func place(_ start: Int, _ end: Int) {
        var last = start
        while last < end, !isMark(last, ";"), last - start < 12 {
            if isMark(last, "."), last + 1 < end, tokens[last - 1].count > 3 { break }
            if tokens[last].kind == .word, tokens[last].shape == .lower, !tokens[last].flags.has(.particle),
                last > start
            {
                break
            }
            last += 1
        }
        guard let first = token(start),
            first.kind == .number || first.isCapitalised || first.flags.has([.city, .state]),
            !(first.flags.has([.common, .function]) && !first.flags.has([.city, .state, .anyName, .particle]))
        else { return }
        add(tokens: start..<last, .location, 0.9, .cuedPlace)
    }
}
