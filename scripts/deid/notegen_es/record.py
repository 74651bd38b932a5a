"""The values of a record, each written in one of its forms."""
from . import lists

MONTHS = "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split()
DAYS = "lunes martes miércoles jueves viernes sábado domingo".split()
STREETS = ["C/", "C/ ", "Calle ", "calle ", "Avda. ", "Av. ", "Avenida ", "Plaza ", "Pza. ", "Paseo ", "Pº ", "Ctra. de ", "Camino de ", "Ronda ", "Travesía "]
HOSPITALS = ["Hospital", "Hospital Universitario", "Hospital General", "Clínica", "Hospital Comarcal de", "Complejo Hospitalario de",
             "Sanatorio", "Policlínica", "Hospital Clínico Universitario de", "Hospital Virgen de", "H. U.", "Fundación Hospital"]
CENTERS = ["Centro de Salud", "CS", "C.S.", "Consultorio de", "Ambulatorio de", "Residencia", "Centro de Salud de", "CAP"]


class Record:
    """Slots by name: `value(slot)` gives the label (or None) and the text. A patient's values stay the same."""

    def __init__(self, rng):
        self.rng = rng
        self.feminine = rng.random() < 0.5
        self.first = lists.given(rng, self.feminine)
        self.last = lists.family(rng) + (" " + lists.family(rng) if rng.random() < 0.85 else "")
        self.doctor = (rng.random() < 0.5, lists.given(rng, rng.random() < 0.5), lists.family(rng) + " " + lists.family(rng))
        self.age = rng.choice([rng.randint(1, 89)] * 9 + [rng.randint(90, 103)])
        self.town = lists.town(rng)
        self.hospital = self.facility()
        self.mrn = self.digits(rng.randint(5, 9))

    def digits(self, count):
        return "".join(self.rng.choice("0123456789") for _ in range(count))

    def facility(self):
        name = self.rng.choice([lists.town(self.rng), f"{lists.given(self.rng, False).split()[0]} {lists.family(self.rng)}",
                                "Nuestra Señora del " + lists.invented(self.rng), "Dr. " + lists.family(self.rng)])
        return f"{self.rng.choice(HOSPITALS)} {name}"

    def value(self, slot):
        rng = self.rng
        plain = {
            "nombre": ("NAME", self.first), "apellidos": ("NAME", self.last), "completo": ("NAME", f"{self.first} {self.last}"),
            "inverso": ("NAME", f"{self.last}, {self.first}"), "INVERSO": ("NAME", f"{self.last}, {self.first}".upper()),
            "COMPLETO": ("NAME", f"{self.first} {self.last}".upper()), "apellido": ("NAME", self.last.split(" ")[-1]),
            "doctor": ("NAME", f"{self.doctor[1]} {self.doctor[2]}"), "apdoctor": ("NAME", self.doctor[2].split(" ")[0]),
            "indoctor": ("NAME", f"{self.doctor[1][0]}. {self.doctor[2]}"), "dr": (None, "Dra." if self.doctor[0] else "Dr."),
            "pueblo": ("LOCATION", self.town), "hospital": ("LOCATION", self.hospital), "nhc": ("MRN", self.mrn),
            "sexo": (None, "Mujer" if self.feminine else "Varón"), "sexom": (None, "mujer" if self.feminine else "varón"),
            "edad": ("AGE_OVER_89", f"{self.age} años") if self.age > 89 else (None, f"{self.age} años"),
        }
        return plain[slot] if slot in plain else getattr(self, slot)()

    def pariente(self):
        return "NAME", lists.given(self.rng, self.rng.random() < 0.5) + ("" if self.rng.random() < 0.6 else " " + lists.family(self.rng))

    def medico(self):
        return "NAME", self.rng.choice([lists.family(self.rng), f"{lists.given(self.rng, self.rng.random() < 0.5)} {lists.family(self.rng)}",
                                        f"{self.rng.choice('ABCEFGJLMPRS')}. {lists.family(self.rng)}"])

    def otropueblo(self):
        return "LOCATION", lists.town(self.rng)

    def provincia(self):
        return "LOCATION", lists.region(self.rng)

    def otrohospital(self):
        return "LOCATION", self.facility()

    def centro(self):
        return "LOCATION", f"{self.rng.choice(CENTERS)} {lists.town(self.rng)}"

    def calle(self):
        rng = self.rng
        name = rng.choice([lists.family(rng), f"{lists.given(rng, rng.random() < 0.5)} {lists.family(rng)}", "del " + lists.invented(rng),
                           "de la " + lists.invented(rng), "12 de Octubre", lists.town(rng), "Doctor " + lists.family(rng)])
        number = rng.choice([f" {rng.randint(1, 240)}", f", {rng.randint(1, 240)}", f", nº {rng.randint(1, 90)}", " s/n", ", s/n"])
        floor = rng.choice(["", "", f", {rng.randint(1, 9)}º {rng.choice('ABCD')}", f", {rng.randint(1, 9)}º izda", f" - {rng.randint(1, 9)}{rng.choice('ABCD')}",
                            f", piso {rng.randint(1, 9)}", f", portal {rng.randint(1, 5)}, bajo {rng.choice('AB')}"])
        return "LOCATION", rng.choice(STREETS) + name + number + floor

    def cp(self):
        return "LOCATION", f"{self.rng.randint(1, 52):02d}{self.digits(3)}"

    def fecha(self):
        rng = self.rng
        d, m, y = rng.randint(1, 28), rng.randint(1, 12), rng.randint(1930, 2024)
        return "DATE", rng.choice([f"{d:02d}/{m:02d}/{y}", f"{d}/{m}/{y}", f"{d:02d}-{m:02d}-{y}", f"{d}/{m}/{y % 100:02d}", f"{d:02d}.{m:02d}.{y}",
                                   f"{d} de {MONTHS[m - 1]} de {y}", f"{d} de {MONTHS[m - 1]} del {y}", f"{d}-{MONTHS[m - 1][:3]}-{y}"])

    def mes(self):
        rng = self.rng
        month, year = rng.choice(MONTHS), rng.randint(1995, 2024)
        return "DATE", rng.choice([f"{month} de {year}", f"{month} del {year}", f"{month} {year}", month, f"{rng.randint(1, 28)} de {month}"])

    def dia(self):
        return "DATE", self.rng.choice(DAYS)

    def telefono(self):
        rng = self.rng
        n = rng.choice("6679") + self.digits(8)
        return "PHONE", rng.choice([n, f"{n[:3]} {n[3:6]} {n[6:]}", f"{n[:3]} {n[3:5]} {n[5:7]} {n[7:]}", f"+34 {n[:3]} {n[3:6]} {n[6:]}",
                                    f"{n[:3]}-{n[3:6]}-{n[6:]}", f"{n[:2]} {n[2:5]} {n[5:7]} {n[7:]}"])

    def fax(self):
        return "FAX", self.telefono()[1]

    def correo(self):
        user = self.rng.choice([self.first[0] + self.last.split(" ")[0], self.first + "." + self.last.split("-")[0]]).lower().replace(" ", "")
        return "EMAIL", f"{user}{self.rng.choice(['', self.digits(2)])}@{self.rng.choice(['correo.example', 'salud.example.es', 'example.com'])}"

    def dni(self):
        number = int(self.digits(8))
        letter = "TRWAGMYFPDXBNJZSQVHLCKE"[number % 23]
        return "SSN", self.rng.choice([f"{number:08d}{letter}", f"{number:08d}-{letter}", f"{number:08d} {letter}"])

    def nass(self):
        return "HEALTH_PLAN", f"{self.rng.randint(1, 52):02d} {self.digits(8)} {self.digits(2)}"

    def poliza(self):
        return "HEALTH_PLAN", f"{self.digits(2)}-{self.digits(7)}"

    def colegiado(self):
        p = f"{self.rng.randint(1, 52):02d}"
        return "LICENSE", self.rng.choice([f"{p} {p} {self.digits(5)}", f"{p}{p}{self.digits(5)}", f"{p}/{p}/{self.digits(5)}", self.digits(5)])

    def episodio(self):
        return "OTHER_ID", self.rng.choice([self.digits(7), self.digits(8), f"{self.rng.randint(10, 24)}B{self.digits(7)}", f"RX-{self.digits(6)}"])

    def serie(self):
        return "DEVICE", f"{self.rng.choice(['PJN', 'SN', 'LVX', 'B'])}{self.digits(7)}{self.rng.choice(['', 'S', 'H'])}"

    def matricula(self):
        return "VEHICLE", f"{self.digits(4)} {''.join(self.rng.choice('BCDFGHJKLM') for _ in range(3))}"

    def iban(self):
        return "ACCOUNT", f"ES{self.digits(2)} {self.digits(4)} {self.digits(4)} {self.digits(4)} {self.digits(4)} {self.digits(4)}"
