// Ordinary words that are also seen with a capital letter, and the words of medicine that look like names.
extension SpanishWords {
    static let functionWords = """
        el la los las un una unos unas lo al del de a ante bajo con contra desde durante en entre hacia hasta mediante
        para por segun sin sobre tras y e o u ni que si no se su sus le les me te nos os mi mis tu tus como cuando donde
        cual cuales quien quienes cuyo cuya este esta estos estas ese esa esos esas aquel aquella ello ella el ellos
        ellas muy mas menos tan tanto ya aun aunque pero sino porque pues asi tambien tampoco solo es son era eran fue
        fueron ser sido siendo ha han habia habian haber hay hubo estaba estaban estar estuvo tiene tenia tener
        todo toda todos todas otro otra otros otras mismo misma cada algun alguna ningun ninguna ambos ambas primer
        primera segundo segunda tercer tercera ultimo ultima actual actualmente
        """

    static let commonWords = """
        paciente pacientes varon varones mujer mujeres hombre nino nina lactante neonato sexo edad fecha nacimiento
        nombre nombres apellido apellidos domicilio direccion localidad provincia pais codigo postal medico medicos
        doctor informe clinico clinica clinicos historia actual antecedentes personales familiares exploracion fisica
        pruebas complementarias evolucion comentarios diagnostico diagnosticos tratamiento motivo ingreso alta juicio
        plan resumen datos asistenciales remitido responsable especialidad episodio servicio urgencias correo electronico
        email mail telefono fax contacto presenta presentaba acude refiere consulta ingresa destaca observa realiza realizo
        solicita muestra inicia mantiene precisa recibe evidencia aprecia objetiva decide procede remite deriva valora
        tras dado ante posteriormente finalmente inicialmente durante mientras despues antes hace desde dicho dicha
        presencia ausencia resultado resultados estudio estudios hallazgos imagen imagenes lesion lesiones masa tumor
        tumoracion dolor fiebre perdida aumento disminucion control controles seguimiento revision revisiones visita
        cirugia intervencion biopsia analitica hemograma bioquimica orina sangre suero liquido cultivo cultivos
        radiografia ecografia tac tc rm rmn resonancia magnetica tomografia gammagrafia endoscopia colonoscopia
        gastroscopia electrocardiograma ecocardiograma positivo negativo normal normales derecho derecha izquierdo
        izquierda superior inferior anterior posterior bilateral media medio central lateral agudo aguda cronico cronica
        grave severo severa leve moderado moderada bueno buena buen estado general tension arterial frecuencia cardiaca
        respiratoria temperatura peso talla abdomen torax craneo cuello cabeza piel mucosas extremidades miembros
        corazon pulmon pulmones higado bazo rinon rinones vejiga prostata testiculo utero ovario mama ojo ojos oido
        nariz boca lengua faringe laringe esofago estomago intestino colon recto ano piernas brazos mano manos pie pies
        rodilla cadera hombro codo columna hueso huesos musculo musculos nervio arteria arterias vena venas tejido celulas
        figura figuras tabla caso casos serie grado tipo fase estadio nivel niveles valores valor rango total
        primero segundo tercero enero espana alergias alergia habitos habitual habituales medicacion intolerancias
        fumador fumadora bebedor enfermedad enfermedades sindrome hipertension diabetes dislipemia asma epoc
        insuficiencia infeccion neumonia hepatitis virus vih numero num no si sin natural vive casado casada soltero
        soltera viudo viuda jubilado jubilada trabajador ama casa profesion ocupacion estado civil nacionalidad raza
        hemos ha se su los las al del juan-de-dios firma firmado fdo sello copia pagina hoja nota notas anexo
        recomendaciones cita citas proxima proximo dias horas semanas meses anos ano dia mes hora semana
        individuo presentamos correos primigesta
        carta asunto destinatario atencion saludo saludos atentamente cordialmente estimado estimada
        nuestro nuestra gran alto alta baja bajo santo virgen senora cristo rosa blanca
        """

    static let medicalWords = """
        parkinson alzheimer crohn addison cushing graves basedow hashimoto hodgkin burkitt barrett marfan down turner
        klinefelter raynaud sjogren behcet wegener kawasaki horton takayasu still felty reiter paget perthes
        scheuermann sever osgood schlatter dupuytren peyronie meniere bell guillain barre huntington wilson gaucher
        fabry pompe tay niemann pick bright berger alport goodpasture wilms ewing kaposi merkel krukenberg brenner
        leydig sertoli meckel hirschsprung zenker mallory weiss boerhaave whipple billroth roux nissen heller
        hartmann miles kocher pfannenstiel mcburney murphy blumberg rovsing psoas giordano babinski romberg lasegue
        brudzinski kernig trousseau chvostek tinel phalen trendelenburg lachman mcmurray apley allen homans virchow
        gleason fuhrman breslow clark child pugh glasgow apgar barthel norton katz lawton ranson apache killip forrester
        nyha karnofsky ecog bosniak dukes ann arbor figo tnm birads pirads gold salter harris gustilo garden neer weber
        foley swan ganz hickman port tenckhoff kirschner steinmann kuntscher ender gamma ilizarov hoffmann charnley
        doppler holter coombs rosai dorfman ziehl nielsen gram giemsa papanicolaou masson wright warthin starry
        lowenstein sabouraud thayer wood seldinger valsalva heimlich queyrat bowen von willebrand recklinghausen
        hippel lindau sturge osler rendu wolff hirsutismo candida aspergillus escherichia klebsiella pseudomonas
        staphylococcus streptococcus salmonella brucella coxiella rickettsia borrelia treponema mycobacterium
        helicobacter clostridium proteus enterococcus acinetobacter haemophilus neisseria listeria legionella
        mycoplasma chlamydia toxoplasma leishmania plasmodium echinococcus taenia cryptococcus pneumocystis epstein
        barr herpes varicela zoster citomegalovirus rubeola sarampion rosa bengala gilbert rotor dubin johnson
        crigler najjar budd chiari arnold dandy walker wernicke korsakoff broca sylvio rolando willis monro douglas
        morrison gerota bartolino skene cowper mondor fournier ludwig vincent charcot marie tooth lewy pott colles
        monteggia galeazzi bennett smith jones lisfranc chopart morton freiberg kienbock kohler sudeck baker
        cooper poupart gimbernat falopio eustaquio langerhans kupffer purkinje schwann ranvier aschoff tawara his
        bachmann ehlers danlos stevens lyell sweet bechterew schober stratford conn bartter gitelman fanconi
        liddle laurence moon biedl prader willi angelman rett asperger tourette gilles apert crouzon pierre robin
        treacher collins goldenhar mobius noonan williams digeorge edwards patau lynch gardner peutz jeghers cowden
        lanz augmentine adiro nolotil orfidal trankimazin lexatin sintrom ventolin seguril urbason polaramine dacortin
        paracetamol ibuprofeno omeprazol metformina insulina furosemida espironolactona amoxicilina ciprofloxacino
        levofloxacino ceftriaxona vancomicina gentamicina tobramicina imipenem meropenem metronidazol fluconazol
        aciclovir prednisona dexametasona metotrexato ciclosporina tacrolimus micofenolato rituximab trastuzumab
        cisplatino carboplatino docetaxel paclitaxel doxorrubicina ciclofosfamida vincristina bleomicina etoposido
        heparina enoxaparina acenocumarol warfarina clopidogrel aspirina enalapril losartan amlodipino bisoprolol
        atenolol simvastatina atorvastatina levotiroxina alopurinol colchicina morfina fentanilo tramadol midazolam
        diazepam lorazepam haloperidol risperidona sertralina fluoxetina gabapentina pregabalina fenitoina valproico
        carbamazepina levetiracetam hb hto vcm vsg pcr ldh got gpt ggt psa cea afp ca inr ttpa tp tsh ana anca
        vhb vhc uci ucip rx ecg ekg eeg emg tsa aas ains ieca ta fc fr sat imc pcr adn arn cd bcl ki ema
        """
}
