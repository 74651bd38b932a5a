/// Headings of Spanish and Latin American documents that announce an identifier.
enum SpanishCues {
    struct Cue: Sendable {
        let words: [UInt64]
        let label: IdentifierLabel
        /// How many digits the value must have.
        let digits: Int
        /// An ordinary word, which announces something only with a colon or a sign for “number” behind it.
        let needsSign: Bool
    }

    /// By the first word, longest phrases first. Full stops inside abbreviations don't count: `N.H.C.` is `nhc`, too.
    static let table: [UInt64: [Cue]] = {
        var table: [UInt64: [Cue]] = [:]
        for (label, digits, needsSign, phrases) in lists {
            for phrase in phrases.split(separator: "|") {
                let words = phrase.split(whereSeparator: { $0 == " " || $0 == "\n" }).map { WordHash.of($0) }
                guard let first = words.first else { continue }
                table[first, default: []].append(Cue(words: words, label: label, digits: digits, needsSign: needsSign))
            }
        }
        return table.mapValues { $0.sorted { $0.words.count > $1.words.count } }
    }()

    /// What may stand between the announcement and the value.
    static let fillers = SpanishWords.hashes(
        "numero num no nº n° nro n es de del la el identificacion id asistencia social paciente nhc historia codigo osde muface isfas mugeju adeslas asisa dkv pami sanitas afiliado"
    )

    private static let lists: [(IdentifierLabel, Int, Bool, String)] = [
        (
            .medicalRecordNumber, 2, false,
            """
            nhc | n h c | h c | nhª | numero de historia | numero historia | num historia | nº historia | nº de historia |
            n historia | n de historia | historia clinica numero | historia clinica nº | historia clinica n |
            historia clinica no | hc | hª clinica | h clinica | expediente clinico | nhcu | nhuc | cipa | cip | cipsns |
            sip | nuhsa | tsi | tis | catsalut | identificador del paciente | id paciente | id del paciente |
            nº paciente | numero de paciente | codigo de paciente | usuario sns
            """
        ),
        (.medicalRecordNumber, 3, true, "historia clinica | historia | expediente | hhcc | ficha | registro"),
        (
            .healthPlan, 4, false,
            """
            nass | nuss | nss | n s s | naf | numero de afiliacion | nº afiliacion | nº de afiliacion | afiliacion |
            numero de la seguridad social | numero seguridad social | seguridad social | nº ss | nº seguridad social |
            tarjeta sanitaria | nº tarjeta sanitaria | numero de tarjeta sanitaria | poliza | nº poliza |
            numero de poliza | nº de poliza | asegurado | nº asegurado | numero de asegurado | mutualista | nº mutualista |
            beneficiario | obra social | nº afiliado | numero de afiliado | afiliado | eps | isapre | fonasa |
            imss | issste | cobertura | osde | muface | isfas | mugeju | adeslas | asisa | dkv | pami
            """
        ),
        (
            .socialSecurityNumber, 5, false,
            """
            dni | d n i | nif | n i f | nie | n i e | documento nacional | documento nacional de identidad |
            documento de identidad | doc identidad | curp | rfc | rut | r u t | run | cedula | cedula de ciudadania |
            cedula de identidad | cuil | cuit | dui | cui | ci | cc
            """
        ),
        (.license, 5, false, "pasaporte | passport | carnet de conducir | permiso de conducir | licencia de conducir"),
        (
            .license, 2, false,
            """
            nºcol | n°col | ncol | n col | nº col | no col | num col | numero de colegiado | nº de colegiado |
            nº colegiado | nºcolegiado | numero colegiado | n colegiado | colegiado | colegiada | colegiado numero | col |
            col nº | col num | cnp | c n p | matricula profesional | cedula profesional | ced prof | registro medico |
            mp | m p | mn | m n | cmp | r m
            """
        ),
        (
            .other, 3, false,
            """
            episodio | nº episodio | nº de episodio | numero de episodio | icu | n episodio | proceso nº | nº proceso |
            nº peticion | numero de peticion | nº de peticion | peticion nº | nº biopsia | nº de biopsia | biopsia nº |
            numero de biopsia | nº muestra | numero de muestra | nº de muestra | nº estudio | estudio nº |
            nº de registro | numero de registro | nº registro | registro de entrada | nº solicitud | numero de solicitud |
            nº orden | numero de orden | nº de orden | nº caso | nº informe | numero de informe | informe nº |
            nº referencia | referencia | nº ref | ref | localizador | nº empleado | numero de empleado | id empleado |
            nº expediente | numero de expediente | expediente nº | nº ingreso | nº de ingreso | folio | accession | acceso
            """
        ),
        (.other, 4, true, "peticion | proceso | muestra | biopsia | solicitud | orden | contacto | codigo | autopsia"),
        (
            .account, 6, false,
            "iban | cuenta | nº cuenta | numero de cuenta | cuenta corriente | ccc | factura | nº factura | cbu | clabe"
        ),
        (.vehicle, 3, false, "matricula | placa | nº bastidor | bastidor | vin | patente"),
        (
            .device, 4, false,
            """
            nº serie | nº de serie | numero de serie | numero serie | n serie | s n | sn | serial | udi | imei |
            nº lote | numero de lote | lote
            """
        ),
    ]
}
