extension SectionTitles {
    /// Headings as Spanish reports write them, without accents.
    static let spanish: [SectionKind: [String]] = [
        .chiefComplaint: [
            "motivo de consulta", "motivo de ingreso", "motivo de la consulta", "motivo", "motivo de atencion",
            "motivo del ingreso", "queja principal", "razon de la consulta", "motivo de admision",
        ],
        .indication: [
            "indicacion", "indicaciones del estudio", "motivo del estudio", "motivo de la exploracion",
            "motivo de la prueba", "indicacion clinica", "justificacion", "motivo de estudio",
        ],
        .clinicalHistory: [
            "datos clinicos", "informacion clinica", "historia clinica", "resumen clinico", "contexto clinico",
            "resumen de historia clinica", "juicio clinico previo", "informe clinico del paciente",
        ],
        .historyOfPresentIllness: [
            "enfermedad actual", "historia de la enfermedad actual", "historia actual", "padecimiento actual",
            "historia de enfermedad actual", "historia del padecimiento actual", "anamnesis", "proceso actual",
        ],
        .subjective: ["subjetivo"],
        .pastMedicalHistory: [
            "antecedentes", "antecedentes personales", "antecedentes medicos", "antecedentes patologicos",
            "antecedentes personales patologicos", "antecedentes de interes", "historia medica",
            "antecedentes medicos de interes", "factores de riesgo", "antecedentes personales de interes",
            "factores de riesgo cardiovascular", "enfermedades previas", "comorbilidades",
        ],
        .pastSurgicalHistory: [
            "antecedentes quirurgicos", "cirugias previas", "intervenciones quirurgicas", "intervenciones previas",
            "intervenciones quirurgicas previas",
        ],
        .familyHistory: ["antecedentes familiares", "historia familiar", "antecedentes heredofamiliares"],
        .socialHistory: [
            "antecedentes sociales", "historia social", "habitos", "habitos toxicos", "situacion social",
            "situacion basal", "antecedentes no patologicos", "antecedentes personales no patologicos", "vida social",
        ],
        .obstetricHistory: [
            "antecedentes ginecologicos", "antecedentes obstetricos", "antecedentes gineco obstetricos",
            "antecedentes ginecoobstetricos", "historia obstetrica",
        ],
        .birthHistory: ["antecedentes perinatales", "antecedentes neonatales", "desarrollo psicomotor"],
        .immunizations: ["vacunas", "vacunacion", "inmunizaciones", "calendario vacunal"],
        .allergies: [
            "alergias", "alergia", "alergias medicamentosas", "alergias a medicamentos", "reacciones adversas",
            "alergias conocidas", "alergias e intolerancias",
        ],
        .medications: [
            "medicacion", "medicacion actual", "tratamiento actual", "medicamentos", "tratamiento habitual",
            "medicacion habitual", "tratamiento previo", "medicacion previa", "tratamiento domiciliario", "tratamiento",
            "tratamiento al ingreso", "medicamentos actuales", "tratamientos",
        ],
        .problemList: ["lista de problemas", "problemas activos"],
        .reviewOfSystems: [
            "revision por sistemas", "revision de sistemas", "interrogatorio por aparatos y sistemas",
            "anamnesis por aparatos", "interrogatorio por aparatos", "revision por aparatos",
        ],
        .objective: ["objetivo", "datos objetivos"],
        .vitals: ["signos vitales", "constantes", "constantes vitales", "constantes al ingreso"],
        .exam: [
            "exploracion fisica", "examen fisico", "exploracion", "exploracion general", "exploracion neurologica",
            "exploracion fisica al ingreso", "exploracion clinica", "examen clinico", "exploracion oftalmologica",
            "examen neurologico", "exploracion al ingreso", "exploracion fisica al alta", "examen mental",
        ],
        .labs: [
            "analitica", "laboratorio", "analitica de sangre", "datos de laboratorio", "resultados de laboratorio",
            "examenes de laboratorio", "pruebas de laboratorio", "analisis", "bioquimica", "hemograma",
            "analitica al ingreso",
            "analitica sanguinea", "estudios de laboratorio", "coagulacion", "analitica general",
        ],
        .imaging: [
            "pruebas de imagen", "imagenes", "estudios de imagen", "radiologia", "radiografia", "radiografia de torax",
            "electrocardiograma", "ecocardiograma", "ecografia", "estudios radiologicos", "imagenologia",
        ],
        .results: [
            "pruebas complementarias", "exploraciones complementarias", "resultados", "estudios complementarios",
            "estudios", "examenes complementarios", "pruebas realizadas", "pruebas diagnosticas", "otras pruebas",
            "examenes auxiliares", "resultado de pruebas",
        ],
        .findings: [
            "hallazgos", "descripcion", "hallazgos quirurgicos", "informe", "hallazgos operatorios", "observaciones",
        ],
        .technique: ["tecnica", "tecnica de estudio", "protocolo", "tecnica de exploracion", "metodo"],
        .comparison: ["comparacion", "estudios previos", "estudio comparativo", "comparado con"],
        .procedure: [
            "procedimiento", "procedimientos", "intervencion", "operacion", "procedimiento realizado", "estudio",
            "intervencion quirurgica", "cirugia", "intervencion realizada", "procedimientos realizados",
            "tipo de estudio",
            "prueba realizada", "exploracion realizada",
        ],
        .procedureDetails: [
            "descripcion del procedimiento", "descripcion de la intervencion", "tecnica quirurgica",
            "descripcion quirurgica", "descripcion de la operacion", "nota operatoria",
        ],
        .anesthesia: ["anestesia", "tipo de anestesia", "sedacion"],
        .preoperativeDiagnosis: ["diagnostico preoperatorio", "diagnostico pre operatorio"],
        .postoperativeDiagnosis: ["diagnostico postoperatorio", "diagnostico post operatorio"],
        .complications: ["complicaciones", "efectos adversos"],
        .bloodLoss: ["sangrado", "perdida de sangre", "sangrado estimado", "perdida sanguinea estimada"],
        .hospitalCourse: [
            "evolucion", "evolucion clinica", "curso clinico", "evolucion y comentarios", "curso hospitalario",
            "evolucion hospitalaria", "curso evolutivo", "evolucion durante el ingreso", "evolucion en planta",
        ],
        .emergencyCourse: ["evolucion en urgencias", "curso en urgencias"],
        .specimen: [
            "muestra", "muestras", "material remitido", "pieza remitida", "tipo de muestra", "material recibido",
        ],
        .gross: ["descripcion macroscopica", "macroscopia", "examen macroscopico", "estudio macroscopico"],
        .microscopic: [
            "descripcion microscopica", "microscopia", "examen microscopico", "estudio microscopico", "histologia",
        ],
        .immunohistochemistry: ["inmunohistoquimica", "estudio inmunohistoquimico", "estudio molecular"],
        .impression: [
            "impresion", "conclusion", "conclusiones", "impresion diagnostica", "conclusion diagnostica",
            "impresion clinica", "juicio clinico", "juicio diagnostico", "interpretacion", "resumen", "opinion",
        ],
        .assessment: ["valoracion", "evaluacion", "analisis clinico", "apreciacion"],
        .plan: [
            "plan terapeutico", "plan de tratamiento", "plan de manejo", "conducta", "plan de actuacion",
            "plan de cuidados", "manejo", "actitud", "plan diagnostico", "actitud terapeutica",
        ],
        .assessmentAndPlan: [
            "valoracion y plan", "evaluacion y plan", "impresion y plan", "juicio clinico y plan", "diagnostico y plan",
            "analisis y plan",
        ],
        .diagnosis: [
            "diagnostico", "diagnosticos", "diagnostico principal", "diagnostico anatomopatologico",
            "diagnosticos secundarios", "diagnostico final", "diagnostico histologico", "diagnostico definitivo",
            "diagnostico clinico", "diagnosticos principales", "otros diagnosticos", "diagnostico secundario",
        ],
        .differentialDiagnosis: ["diagnostico diferencial", "diagnosticos diferenciales"],
        .recommendations: ["recomendaciones", "recomendacion", "sugerencias", "recomendaciones al alta"],
        .admissionDiagnosis: ["diagnostico de ingreso", "diagnostico al ingreso", "diagnosticos de ingreso"],
        .dischargeDiagnosis: [
            "diagnostico al alta", "diagnostico de alta", "diagnosticos al alta", "diagnostico de egreso",
            "diagnosticos de egreso",
        ],
        .dischargeCondition: ["estado al alta", "condicion al alta", "condicion de egreso", "situacion al alta"],
        .dischargeMedications: [
            "tratamiento al alta", "medicacion al alta", "medicamentos al alta", "tratamiento de alta",
        ],
        .dischargeInstructions: [
            "instrucciones al alta", "indicaciones al alta", "instrucciones", "dieta", "indicaciones",
        ],
        .disposition: ["destino", "destino al alta"],
        .followUp: ["seguimiento", "control", "controles", "revision", "citas", "proxima cita", "proxima revision"],
        .comment: ["comentario", "comentarios", "nota", "notas"],
        .addendum: ["adenda", "anexo", "addenda"],
        .administrative: [
            "datos del paciente", "datos personales", "identificacion del paciente", "datos asistenciales", "filiacion",
            "datos de filiacion", "datos de identificacion",
        ],
        .signature: ["firma", "firmado", "firmado por", "firma del medico"],
    ]
}
