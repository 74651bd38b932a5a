// Words that tell what the words beside them are.
extension SpanishWords {
    static let titles =
        "dr dra drs dres dras doctor doctora d dna don dona sr sra srta senor senora senorita prof profesor profesora fdo"

    static let credentials = "due ats mir bir fir pir eir col ncol colegiado colegiada"

    static let particles =
        "de del la las los el y e i da do dos das van von der den di du san santa sant al ben abu bin"

    static let months = """
        enero febrero marzo abril mayo junio julio agosto septiembre setiembre octubre noviembre diciembre ene feb mar
        abr may jun jul ago sep sept oct nov dic
        """

    static let weekdays = "lunes martes miercoles jueves viernes sabado domingo"

    static let streets = """
        pº calle avda avd avenida plaza pza plza pz plz paseo camino carretera ctra crta ronda travesia trav glorieta rambla urbanizacion
        urb poligono callejon calleja cuesta calzada carrera cra jiron jr pasaje psje rua carrer avinguda placa
        kalea etorbidea plazuela bulevar boulevard alameda autovia autopista partida paraje barriada barrio colonia
        residencial gta cerrada privada andador diagonal transversal prolongacion corredera costanilla av passeig ronda rondilla
        """

    static let facilities = """
        hospital hospitals hospitales hospitalario clinica clinicas policlinica policlinico sanatorio ambulatorio consultorio
        complejo maternidad residencia geriatrico hospitalari clinic cap dispensario ospitalea osakidetza
        """

    static let genericWords = """
        general universitario universitaria universitari universitaris clinico clinica provincial comarcal regional
        central nacional materno infantil militar medico medica especialidades especializada salud atencion primaria
        servicio seccion unidad departamento area gerencia centro instituto fundacion facultad universidad escuela
        catedra consulta consultas externas urgencias planta quirofano laboratorio cirugia medicina urologia nefrologia
        cardiologia neurologia oncologia hematologia digestivo neumologia endocrinologia nutricion pediatria ginecologia
        obstetricia traumatologia ortopedica oftalmologia otorrinolaringologia dermatologia radiologia radiodiagnostico
        anatomia patologica patologia interna intensiva intensivos cuidados anestesiologia reanimacion psiquiatria
        rehabilitacion neurocirugia reumatologia alergia alergologia inmunologia microbiologia farmacologia farmacia
        geriatria oral maxilofacial plastica reparadora estetica toracica vascular angiologia cardiovascular
        hepatologia gastroenterologia aparato genetica bioquimica nuclear preventiva familia comunitaria forense
        referencia dia mental veterinaria odontologia enfermeria psicologia deportes gestion grupo jefe jefa adjunto
        adjunta director directora catedratico departament servei unitat serveis dept dpto imagen legal investigacion
        paliativos dolor trasplante trasplantes dialisis hemodialisis neonatologia pediatrica pediatrico
        """

    /// Known by their name alone.
    static let institutions = """
        arrixaca bellvitge cruces basurto galdakao txagorritxu valdecilla puigvert vall-hebron macarena
        quironsalud sanitas osakidetza sescam sergas sacyl muface adeslas asisa mapfre
        """

    static let dwellings = """
        nº nro pº piso puerta pta planta portal bloque bloq escalera esc bajo bajos atico entresuelo entlo principal dcha dcho
        der derecha izq izqda izquierda izda edificio edif edf bis local apto apartamento depto departamento casa
        manzana mz lote torre interior letra parcela chalet km kilometro numero num nro oficina of semisotano esq esquina
        """

    static let dateCues = """
        en desde hasta de del el al dia fecha entre a finales principios mediados comienzos inicio durante mes pasado
        proximo primeros ultimos hacia para por y sobre ingreso alta
        """

    static let placeCues = """
        natural procedente residente vive vivia reside residia domicilio localidad municipio provincia poblacion ciudad
        pueblo nacido nacida originario originaria trasladado trasladada derivado derivada viaje viajado viajo estancia
        afincado afincada vecino vecina oriundo oriunda empadronado empadronada comarca partido
        """

    static let phoneCues = """
        telefono telefonos tel cel tfno tfnos tlf tlfno telf telef tfn movil moviles celular fijo contacto busca
        fax telefax llamar llamando extension ext interno whatsapp
        """

    static let units = """
        mg mcg g kg gr l ml dl cc mm cm m mmhg mmol meq ui u lpm rpm lat latidos hz mgr kcal pg ng fl ufc grados seg
        segundos minutos min horas hora h dias semanas semana meses mes anos ano veces vez comprimidos comprimido
        capsulas gotas puffs inhalaciones unidades sesiones ciclos puntos x por pacientes casos gramos litros
        mililitros centimetros milimetros kilos celulas leucocitos plaquetas hematies campo campos cgy gy mev dosis
        """

    static let relatives = """
        padre madre hijo hija hijos hermano hermana hermanos esposo esposa marido mujer abuelo abuela tio tia primo prima
        sobrino sobrina nieto nieta cunado cunada suegro suegra yerno nuera pareja cuidador cuidadora tutor tutora novio
        novia vecino vecina amigo amiga
        """

    /// Nouns in front of the name of a method, sign or disease: “signo de Babinski”.
    static let eponymNouns = """
        enfermedad sindrome signo signos triada tetrada pentada fenomeno reflejo reaccion prueba test escala indice
        clasificacion criterios criterio score tecnica metodo maniobra incision via abordaje operacion intervencion
        procedimiento plastia protesis cateter sonda drenaje aguja clamp pinza separador tincion tinciones celulas cuerpos cuerpo
        celula inclusiones nodulos nodulo anillo ligamento musculo tubo ganglio ganglios asa capsula trompa conducto
        conductos quiste quistes hernia fractura fascitis tumor tumores linfoma sarcoma carcinoma anemia purpura esofago tiroiditis
        corea mal ataxia paralisis neuralgia neuroma diverticulo divertículo fistula ulcera pie mano dedo articulacion
        contractura deformidad angulo linea lineas espacio fondo saco punto puntos plexo circulo poligono valvula injerto colgajo
        formula ecuacion ley efecto grado estadio tipo variante rotura lesion absceso gangrena manchas mancha placas
        placa granuloma bacilo virus agar medio solucion suero ringer dieta regimen esquema protocolo dispositivo
        stent marcapasos bomba respirador hemovac apgar glasgow gleason marcador anticuerpo anticuerpos proteina gen
        genes mutacion factor cromosoma modelo teoria oftalmopatia nefropatia artropatia arteritis distrofia glandula
        glandulas complejo gammagrafia endoprotesis vena arteria nervio foramen agujero hendidura laminilla
        osteosintesis clavo clavos aguja agujas tornillo fijador corse collarin ferula vendaje cuestionario inventario
        edema opacidad minimental barthel norton katz lawton braden curva ritmo soplo respiracion pulso facies posicion meniscos
        """
}
