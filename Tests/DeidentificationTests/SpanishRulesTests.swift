import ConsiliumCore
import Foundation
import Testing

@testable import Deidentification

@Suite("Identifiers in Spanish texts")
struct SpanishRulesTests {
    @Test(
        "headings announce names",
        arguments: [
            Expectation("Nombre: Casilda.\nApellidos: Lumbreras Oyón.", "NAME=Casilda", "NAME=Lumbreras Oyón"),
            Expectation("NOMBRE Y APELLIDOS: LUMBRERAS OYÓN, CASILDA", "NAME=LUMBRERAS OYÓN, CASILDA"),
            Expectation("Apellidos: de la Fuente y Soto NHC: 4471", "NAME=de la Fuente y Soto", "MRN=4471"),
            Expectation("Remitido por: Dra. M.ª Teresa Oyón Ruiz. Servicio de Urología.", "NAME=M.ª Teresa Oyón Ruiz"),
            Expectation(
                "Médico: Ander Goitia-Lekue NºCol: 48 48 12345.", "NAME=Ander Goitia-Lekue", "LICENSE=48 48 12345"),
            Expectation("Responsable clínico: J. A. Carmona Plaza", "NAME=J. A. Carmona Plaza"),
            Expectation("Firmado: Lope Ferrándiz (residente)", "NAME=Lope Ferrándiz"),
        ])
    func headings(_ row: Expectation) throws { #expect(try SpanishFixtures.found(row.text) == row.expected) }

    @Test(
        "titles, relatives and lists announce names",
        arguments: [
            Expectation("Valorado por el Dr. Keltam y la Dra. Zubia.", "NAME=Keltam", "NAME=Zubia"),
            Expectation("Acude D. Froilán Reverte con su hija Olaya.", "NAME=Froilán Reverte", "NAME=Olaya"),
            Expectation("la Sra. Dña. Visitación Rey", "NAME=Visitación Rey"),
            Expectation("La paciente Marisol Ibáñez refiere dolor.", "NAME=Marisol Ibáñez"),
            Expectation("Comentado con Nuria Bastida por teléfono.", "NAME=Nuria Bastida"),
            Expectation("Dr. Soler. Se decide alta. Soler firma.", "NAME=Soler", "NAME=Soler"),
        ])
    func names(_ row: Expectation) throws { #expect(try SpanishFixtures.found(row.text) == row.expected) }

    @Test(
        "dates in digits and words, with the day first",
        arguments: [
            Expectation("El 12/03/2015 y el 4-8-04 consultó.", "DATE=12/03/2015", "DATE=4-8-04"),
            Expectation("ingresa el 12 de marzo de 2015 por fiebre", "DATE=12 de marzo de 2015"),
            Expectation("en noviembre del 2001 y en marzo de 2003", "DATE=noviembre del 2001", "DATE=marzo de 2003"),
            Expectation("en septiembre del año 2000 se operó", "DATE=septiembre del año 2000"),
            Expectation("desde finales de abril", "DATE=abril"),
            Expectation("los días 12 y 15 de mayo de 2020", "DATE=12 y 15 de mayo de 2020"),
            Expectation("revisado el 03-ene-2019", "DATE=03-ene-2019"),
            Expectation("vino el miércoles", "DATE=miércoles"),
            Expectation("Fecha de nacimiento: 31/12/1949", "DATE=31/12/1949"),
        ])
    func dates(_ row: Expectation) throws { #expect(try SpanishFixtures.found(row.text) == row.expected) }

    @Test(
        "numbers behind their headings and by their check digits",
        arguments: [
            Expectation("NHC: 0012345/2", "MRN=0012345/2"), Expectation("Nº Historia: 55-8891", "MRN=55-8891"),
            Expectation("CIPA: nhc-2150541443", "MRN=2150541443"),
            Expectation("NASS: 26 63514095 12", "HEALTH_PLAN=26 63514095 12"),
            Expectation("DNI 12.345.678-Z", "SSN=12.345.678-Z"), Expectation("con 12345678Z en mano", "SSN=12345678Z"),
            Expectation("identificada, X1234567L, de visita", "SSN=X1234567L"),
            Expectation("Nº de colegiado: 282812345", "LICENSE=282812345"),
            Expectation("Episodio: 8330939", "OTHER_ID=8330939"),
            Expectation("cuenta ES91 2100 0418 4502 0005 1332", "ACCOUNT=ES91 2100 0418 4502 0005 1332"),
            Expectation("marcapasos, nº de serie: PLA-77812", "DEVICE=PLA-77812"),
            Expectation("CURP: LUOC800101MDFXYN09", "SSN=LUOC800101MDFXYN09"),
            Expectation("RUT 12.345.678-5", "SSN=12.345.678-5"),
            Expectation("póliza 99-1122-33", "HEALTH_PLAN=99-1122-33"),
        ])
    func numbers(_ row: Expectation) throws { #expect(try SpanishFixtures.found(row.text) == row.expected) }

    @Test(
        "telephones with and without a word for them",
        arguments: [
            Expectation("Tfno. 956 013 059 y 956 013 060", "PHONE=956 013 059", "PHONE=956 013 060"),
            Expectation("Tel.: 963 862 500 Fax: 91 336 87 85", "PHONE=963 862 500", "FAX=91 336 87 85"),
            Expectation("llamar al +34 612 34 56 78", "PHONE=+34 612 34 56 78"),
            Expectation("móvil 612345678", "PHONE=612345678"),
            Expectation("busca 4210", "PHONE=4210"), Expectation("avisar: 600 112 233.", "PHONE=600 112 233"),
        ])
    func telephones(_ row: Expectation) throws { #expect(try SpanishFixtures.found(row.text) == row.expected) }

    @Test(
        "streets, postal codes, towns, hospitals",
        arguments: [
            Expectation("vive en C/ del Abedul 5-7, 2º dcha.", "LOCATION=C/ del Abedul 5-7, 2º dcha"),
            Expectation(
                "Avda. de la Palmera s/n, 41013 Sevilla", "LOCATION=Avda. de la Palmera s/n", "LOCATION=41013",
                "LOCATION=Sevilla"),
            Expectation(
                "Domicilio: calle fermin caballero 18, 3B.\nTel: 600111222", "LOCATION=calle fermin caballero 18, 3B",
                "PHONE=600111222"),
            Expectation(
                "Hermanos Otxoa, s/n - 02006 Albacete", "LOCATION=Hermanos Otxoa, s/n", "LOCATION=02006",
                "LOCATION=Albacete"),
            Expectation(
                "Hospital Ramón y Cajal. Ctra. de Colmenar, km 9,100", "LOCATION=Hospital Ramón y Cajal",
                "LOCATION=Ctra. de Colmenar, km 9,100"),
            Expectation(
                "trasladada al Hospital 12 de Octubre (Madrid)", "LOCATION=Hospital 12 de Octubre", "LOCATION=Madrid"),
            Expectation(
                "Centro de Salud Las Calesas, natural de Villabrázaro", "LOCATION=Centro de Salud Las Calesas",
                "LOCATION=Villabrázaro"),
            Expectation(
                "Localidad/ Provincia: Las Rozas, Madrid.\nCP: 28231.", "LOCATION=Las Rozas, Madrid", "LOCATION=28231"),
            Expectation("residente en San Sebastián de los Reyes", "LOCATION=San Sebastián de los Reyes"),
            Expectation(
                "Paseo Marqués de Monistrol, 9 E-28011 Madrid", "LOCATION=Paseo Marqués de Monistrol, 9",
                "LOCATION=E-28011", "LOCATION=Madrid"),
        ])
    func places(_ row: Expectation) throws { #expect(try SpanishFixtures.found(row.text) == row.expected) }

    @Test(
        "ages over 89, no others, and addresses of networks",
        arguments: [
            Expectation("mujer de 91 años, hace 95 años", "AGE_OVER_89=91 años"), Expectation("Edad: 89 años"),
            Expectation("varón de noventa y dos años", "AGE_OVER_89=noventa y dos años"),
            Expectation("paciente nonagenaria", "AGE_OVER_89=nonagenaria"),
            Expectation("E-mail: urología.oyon@hosp.example", "EMAIL=urología.oyon@hosp.example"),
            Expectation("portal https://cita.example.es/p?id=7", "URL=https://cita.example.es/p?id=7"),
        ])
    func others(_ row: Expectation) throws { #expect(try SpanishFixtures.found(row.text) == row.expected) }

    @Test(
        "what only looks like an identifier stays",
        arguments: [
            "Enfermedad de Crohn y síndrome de Guillain-Barré.", "Test de Coombs negativo, signo de Babinski.",
            "Pieloplastia según técnica de Anderson-Hynes.", "Sonda de Foley, aguja de Tuohy, tumor de Wilms.",
            "La paciente mejora. El varón acude a Urgencias.", "Amoxicilina 1 g c/8h vía oral; vitamina D.",
            "AV de 0,8 en OD. AV OI 1/10.", "Plaquetas 206.000/mm3, LDH 28046 U/l.",
            "Gleason 7 (3+4), ASA II, pT2aN0M0.",
            "Servicio de Medicina Interna. Unidad de Cuidados Intensivos.", "Complejo QRS ancho; onda P normal.",
            "Seguimiento durante 24 meses, revisión a los 3 meses.", "TA 120/80 mmHg, FC 75 lpm, 36,5 ºC.",
            "Rosa de Bengala positivo, células de Langerhans.", "Remitido por hematuria. Dolor en fosa ilíaca.",
            "Médico: pendiente de asignar.", "Edad: 45 años Sexo: M.", "Informe clínico del paciente: Niño de 8 años.",
        ])
    func negatives(_ text: String) throws { #expect(try SpanishFixtures.found(text).isEmpty) }
}
