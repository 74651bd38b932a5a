"""Clinical sentences: with identifiers in curly braces, and without any though they look like it."""

PLAIN = """
Acude por dolor torácico opresivo de tres horas de evolución, sin irradiación.
Niega fiebre, disnea o clínica miccional.
TA 135/80 mmHg, FC 88 lpm, SatO2 97 %, Tª 36,4 ºC.
Hemograma: Hb 12,4 g/dl, leucocitos 8.900/mm3, plaquetas 206.000/mm3.
Creatinina 1,1 mg/dl, Na 140 mEq/l, K 4,2 mEq/l, PCR 3,4 mg/l.
Enfermedad de Crohn ileal en tratamiento con azatioprina 50 mg c/12h.
Signo de Babinski negativo, Romberg negativo, maniobra de Lasègue positiva a 40º.
Test de Coombs directo negativo. Tinción de Ziehl-Neelsen negativa.
Escala de Glasgow 15/15, índice de Barthel 85, Karnofsky 90.
Se coloca sonda de Foley del nº 16 y drenaje de Jackson-Pratt.
Síndrome de Guillain-Barré en la infancia; tiroiditis de Hashimoto.
Adenocarcinoma de próstata Gleason 7 (3+4), PSA 8,4 ng/ml, estadio T2aN0M0.
Tratamiento: amoxicilina 1 g cada 8 horas durante 7 días y paracetamol si precisa.
Omeprazol 20 mg 1-0-0, enalapril 10 mg 1-0-1, Sintrom según pauta.
La paciente permanece estable, afebril y con buen control del dolor.
El paciente tolera dieta oral y deambula por la planta sin ayuda.
No alergias medicamentosas conocidas. Fumador de 20 cigarrillos al día.
Antecedentes personales: HTA, DM tipo 2, dislipemia. IQ: colecistectomía.
TAC craneal: sin lesiones agudas. RM lumbar: protrusión discal L4-L5.
ECG: ritmo sinusal a 75 lpm, complejo QRS estrecho, sin alteraciones del ST.
Agudeza visual: AV OD 0,8, AV OI 1/10. Fondo de ojo normal.
Servicio de Medicina Interna. Unidad de Cuidados Intensivos.
Plan: control analítico en dos semanas y revisión en consultas externas.
Ecografía abdominal: hígado de 14 cm, vesícula alitiásica, quiste de Bosniak tipo II.
Se realiza hernioplastia según técnica de Lichtenstein sin incidencias.
Reacción de Mantoux 15 mm. Rosa de Bengala 1/160. Serología VHB y VHC negativa.
Continúa con Augmentine 875 mg, Nolotil y Urbason en pauta descendente.
Fractura de Colles izquierda, reducción y yeso antebraquial.
A los 24 meses de seguimiento no hay recidiva de la enfermedad.
Juicio clínico: insuficiencia cardíaca descompensada en fibrilación auricular.
Exploración: abdomen blando, Murphy negativo, Blumberg negativo.
Índice de masa corporal 28,6 kg/m2, peso 74 kg, talla 161 cm.
Se informa a la familia de la situación y del pronóstico.
Ante la sospecha de Salmonella se solicita coprocultivo.
Melanoma con Breslow 1,2 mm, nivel III de Clark, ganglio centinela negativo.
""".strip().split("\n")

WITH = """
Natural de {otropueblo} y residente en {pueblo}, vive con su {p}.
Vive en {calle} de {pueblo} con su {p}, {pariente}.
Su {p} {pariente} refiere que el cuadro empezó el {dia}.
Se avisa a {pariente} (tlf {telefono}), {p} de la paciente.
Valorado por el Dr. {medico}, que recomienda completar estudio.
Comentado con la Dra. {medico} (Cardiología), se decide ingreso.
Intervenido en {mes} en el {otrohospital} de {otropueblo}.
Fue diagnosticada en {mes} de artritis reumatoide.
Ingresa el {fecha} procedente de {otropueblo}.
Derivado desde {centro} por su médico, {medico}.
Trasladado al {otrohospital} el {fecha}.
Última revisión en {mes}; próxima cita el {fecha}.
Teléfono de contacto: {telefono}.
{nombre} se encuentra tranquila y colabora.
Hablo por teléfono con {pariente}, que está de acuerdo.
La enfermera {pariente} avisa por febrícula.
Portador de marcapasos, nº de serie {serie}, implantado en {mes}.
Accidente con la moto (matrícula {matricula}) el {fecha}.
Viaje reciente a {otropueblo} en {mes}.
DNI {dni}. Póliza {poliza}.
Don {completo} acude acompañado de su {p}.
El Sr. {apellido} prefiere tratamiento conservador.
Muestra nº {episodio} recibida el {fecha}.
Reembolso en la cuenta {iban}.
Correo: {correo}. Tel. {telefono}, fax {fax}.
Se solicita informe al Hospital de {otropueblo}, {provincia}.
dr {medico} informado, pendiente de tac el {dia}
""".strip().split("\n")

RELATIVES = "hija hijo esposa marido hermana hermano madre padre mujer nieta cuidadora pareja sobrino".split()
