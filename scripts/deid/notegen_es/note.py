"""One note: a head, sentences, a foot; then what people do to texts."""
import re

from .record import Record
from .sentences import PLAIN, RELATIVES, WITH

HEADS = [
    "Paciente: {completo}\nNHC: {nhc}   F. nac.: {fecha}\nDomicilio: {calle}, {cp} {pueblo}\n",
    "NOTA DE URGENCIAS\nPte: {INVERSO}   NHC {nhc}   Fecha: {fecha}\n",
    "{hospital}\nInforme de alta. Servicio de Cardiología.\nNombre y apellidos: {inverso}. Nº historia: {nhc}. DNI: {dni}.\nFecha de ingreso: {fecha}. Fecha de alta: {fecha}.\n",
    "Nombre: {nombre}\nApellidos: {apellidos}\nNHC: {nhc}\nNASS: {nass}\nDirección: {calle}\nLocalidad: {pueblo}\nProvincia: {provincia}\nCP: {cp}\nTeléfono: {telefono}\nF. nacimiento: {fecha}\nMédico: {doctor} Nº Col.: {colegiado}\n",
    "INFORME DE ANATOMÍA PATOLÓGICA\nNº biopsia: {episodio}   Fecha: {fecha}\n{INVERSO}   HC: {nhc}\nPeticionario: {dr} {doctor}. {hospital}.\n",
    "Estimado compañero:\nTe remito a {completo}, de {edad}, vecina de {pueblo}, para valoración.\n",
    "Evolutivo UCI. {dr} {doctor}. Paciente {completo}, {edad}, episodio {episodio}.\n",
    "{pueblo}, a {fecha}\nInforme para {completo} (DNI {dni}), {edad}.\n",
    "Consulta telefónica {fecha}. {sexo} de {edad}.\n",
    "{sexo} de {edad} que acude a consulta.\n",
    "Exploración: RM de rodilla. Paciente: {COMPLETO}. Nº estudio: {episodio}. Fecha de estudio: {fecha}. Remitido por: {dr} {doctor} ({centro}).\n",
    "PACIENTE: {COMPLETO} | SEXO: {sexo} | HC: {nhc} | FECHA: {fecha}\n",
    "",
]
FEET = [
    "Fdo.: {dr} {doctor}. Nº Col. {colegiado}.", "Firmado: {doctor}", "Remitido por: {dr} {doctor}. {hospital}. {calle}. {cp} {pueblo}. {provincia}. E-mail: {correo}",
    "{dr} {indoctor}\n{hospital}", "Un saludo, {doctor}. {centro}. Tel.: {telefono}", "Médico responsable: {doctor} ({hospital}, {pueblo}).",
    "Responsable clínico: {doctor}. Servicio de Medicina Interna. {hospital}. {calle} - {cp} {pueblo} ({provincia}). Tfno: {telefono} Fax: {fax}",
    "Enf.: {pariente}", "", "",
]


def render(template, record, out, spans):
    """Appends the template to the list of pieces, with the marks of its slots."""
    position = 0
    length = sum(map(len, out))
    for match in re.finditer(r"\{(\w+)\}", template):
        before = template[position:match.start()]
        label, value = (None, record.rng.choice(RELATIVES)) if match.group(1) == "p" else record.value(match.group(1))
        out.append(before)
        length += len(before)
        if label:
            spans.append([length, length + len(value), label])
        out.append(value)
        length += len(value)
        position = match.end()
    out.append(template[position:])


def note(rng, carried=()):
    record = Record(rng)
    out, spans = [], []
    kind = rng.randrange(len(HEADS))
    render(HEADS[kind], record, out, spans)
    separator = rng.choice([" ", " ", "\n"])
    for _ in range(rng.randint(3, 12)):
        plain = carried if carried and rng.random() < 0.7 else PLAIN
        render(rng.choice(WITH if rng.random() < 0.4 else plain) + separator, record, out, spans)
    render("\n" + rng.choice(FEET), record, out, spans)
    text = "".join(out)
    roll = rng.random()
    # One scalar for one scalar, so that the marks stay right.
    if roll < 0.08:
        text = "".join(c.upper() if len(c.upper()) == 1 else c for c in text)
    elif roll < 0.16:
        text = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    elif roll < 0.24:
        text = text.translate(str.maketrans("áéíóúÁÉÍÓÚñ", "aeiouAEIOUn"))
    return text, [{"start": a, "end": b, "label": label} for a, b, label in spans], str(kind)
