// Family names of Spain and Latin America, without accents.
extension SpanishWords {
    static let surnames = """
        garcia rodriguez gonzalez fernandez lopez martinez sanchez perez gomez martin jimenez hernandez ruiz diaz
        moreno munoz alvarez romero gutierrez alonso navarro torres dominguez ramos vazquez gil ramirez serrano blanco
        molina morales suarez ortega delgado castro ortiz marin rubio nunez sanz medina iglesias castillo cortes
        garrido santos guerrero lozano cano cruz mendez flores prieto herrera pena leon marquez cabrera gallego calvo
        vidal campos reyes vega fuentes carrasco diez aguilar caballero nieto santana vargas pascual gimenez herrero
        hidalgo montero lorenzo santiago benitez duran arias mora ferrer carmona rojas soto crespo roman pastor
        velasco parra saez moya bravo rivera gallardo soler vicente esteban silva camacho lara merino mendoza franco
        izquierdo espinosa gimeno vera rios casado arroyo redondo rey acosta lazaro aguilera montes bermudez luque
        vila sierra heredia segura carrillo bernal robles macias benito guillen otero rivas valero guerra palacios
        varela exposito mateo contreras bueno villar bello pardo santamaria andres roldan pereira galan rueda collado
        conde asensio salas manzano mas quintana rivero aparicio menendez galvez avila salazar rojo casas maldonado
        mateos jurado marcos aranda padilla miranda estevez pons abad oliva cuesta millan luna pacheco serra plaza
        hurtado salvador zamora costa sosa marti cordero pineda burgos correa quintero barrios bautista acuna ponce
        valencia cardenas escobar osorio cuenca polo mesa rosa lago toledo simon calderon rincon trujillo aguirre
        valle figueroa cabello villanueva fuente peralta escudero becerra cuevas cervantes ibanez ballesteros
        carbonell trigo bonilla villalba marrero barroso ventura salinas chacon villegas sevilla recio zapata lucas
        solis cobo juarez quesada camara alcaraz ojeda valdes murillo rosales mejia cisneros pozo castano tapia
        antunez barrera castello villa cantero escribano clemente aragon toro pizarro rosado espejo lorente lobo
        amador alarcon baena toledano bosch roca cabezas pinto moran nicolas bermejo llorente duenas barreiro barcelo
        cid cerezo paredes molinero alba luis mata sancho ocana romo gordillo palomo losada bermudo borrego sarmiento
        pujol llopis domenech ribas font roig puig vives mir sala coll planas ferrando riera valls bonet mestre catala
        tomas cabanas caceres cordoba galindo ayala baez barbero beltran bernabeu bustamante bustos caro casanova
        cebrian centeno climent coca colomer cubero diego elvira espina estrada fajardo feliu ferreiro ferrera freire
        frias gaspar grau guardia guijarro haro huertas inigo jara jaramillo jorda ledesma leal leiva lima linares
        llamas machado madrid madrigal manrique mansilla manso marquina martos maestre mayor melero mena mendieta
        mendiola meseguer millas miralles mira moll monge montalvo montilla montoya mosquera naranjo navas nogales
        novo noguera novoa ochoa oliver olmedo olmo olmos oro orozco ortuno ovejero pajares palma parejo parrilla paz
        pedrosa penalver perea peiro piqueras pla porras portillo posada pozuelo prats puente puerta pulido quevedo
        quiroga rebollo requena revilla ribera ricart rico riesgo riquelme rocha rovira royo saavedra sabater saiz
        salgado salguero samper sanabria sandoval sanjuan sastre saura seco segarra segovia seoane sepulveda serna
        sobrino solano soriano sotelo talavera tejada tejedor tejero tello tena terron tirado torre torrente
        torrecilla tovar urbano uribe urrutia usero valdivia vallejo valverde velazquez verdu verdugo vergara vilches
        villalobos villarreal vizcaino yanez zafra zambrano zarate zabala zubiri zurita echeverria etxeberria
        aguirrezabala agirre arana aranguren aramburu arrieta arregui azkarate azpiazu barandiaran barrenetxea bilbao
        elizalde elorza garmendia goikoetxea goicoechea gorostiza ibarra iriarte iturbe larranaga larrea lasa
        legarreta lizarraga loyola mendizabal mugica muguruza olaizola ormaetxea oyarzun salaberria sagasti uriarte
        urquijo zabaleta zubizarreta zulueta zumalacarregui abellan abril acebal acedo aguado aguayo alcala alcantara
        alcazar alcolea alfaro alfonso almagro almeida alos alvarado amaya amor amoros andrade andreu angulo antolin
        aparici aracil arce arcos arenas arevalo arjona armas armengol arnau arranz arrabal arteaga artigas asenjo
        atienza ayuso azevedo badia baeza balaguer ballester banos barba bardaji barea barragan barranco barrio bas
        bastida batista bayo bayon becker bejarano belda belmonte benavente benavides berenguer bernardo berrocal
        besada blasco blazquez boix bolanos borja borras botella bote bou brito buendia burgueno caamano cabeza
        cabezuelo cabo cabral cadenas calero calleja callejo calzada campillo campo campoy canales canas cancela
        candel canovas canto cañete capdevila caraballo carballo cardona carmenado carnero carpio carranza carreras
        carrera carretero carrion carro carvajal casal casals casasola cascales castaneda castejon castellano
        castellanos castells castilla catalan cazorla ceballos cedeno cejudo cerda cerdan checa cifuentes ciudad
        claros coello colina colon comas conesa corbacho cordon corral corrales corredor correia cortina cosano costas
        cotes couto crespi criado cuadrado cubas cuellar cueto cuello cuervo daza dorado duarte duque echevarria egea
        elias encinas enriquez eraso escalante escamilla escolar escriba escrig esparza espin espinar espinoza estepa
        esteve fabregas falcon feijoo felix fernandes ferraz ferre fidalgo figueras fierro folgado fontan forner
        fraile freitas fresneda fuertes fuster gabaldon galera galiano galvan gamez gandara gandia garay garces
        garriga garzon gascon gavilan gaya godoy gomis gongora gonzalo gonzales gracia grande granados granero gras
        guasch guevara guirado guzman hermida hermoso herranz hervas hinojosa hita hoyos huerta huguet illescas
        infante infantes iniesta insua isidro izaguirre jaime jaen jerez jodar jover juan juncal lacasa lafuente
        laguna lamas landa lanza lardin lavado lebron lemus lillo linan linde lledo llanos lluch lojo londono longo
        lora lorca lozada lujan macia madueno magan malagon mallo manas mancebo manzanares marban marchena marco
        marfil marino marmol maroto marques marrupe martel masso massó matas matamoros maya mayo mayoral maza mazo
        medrano megias meira melendez mellado mendes mengual mercado merchan mesas meza mico miguel miguelez milla
        mingo minguez mojica moliner moneo mongay monfort monreal montanes montano monteagudo montejo monterde
        montesinos monzon moraga morcillo moreira morera morillo morote moron mota moyano mulero munera muniz muro
        nadal najera narvaez naval navarrete navarrese negre negrete negro nevado noriega ocampo ocon oliveira
        olivares olivera olivo oller ordonez orellana oria orta osuna ovalle oviedo pablos padron palacin palencia
        palomares palomino paniagua panadero parada pareja parras parreno patino paya pedraza pedrero pelaez pellicer
        penas peinado penaranda perales perdomo pereda perello pernas pico pino pinar pinilla piñero pinero pintado
        pitarch poveda poza prada prado portero portela portales puebla puche pueyo puerto puertas pulgar quero
        quijada quiles quintanilla quiros rabadan ramon rangel raya real rebolledo recalde regueira regueiro reina
        rendon requejo resino reverte riballo ricardo rioja ripoll roa rocamora rodas rodenas rodrigo rodrigues rojano
        romeo romera rosello rosell rosario rosas ros rosique rozas ruano rubiales rubi rufo sacristan sainz salcedo
        salmeron salom salvatierra sanchis sanguino sanmartin santacruz santaella santander santisteban santoro
        santolaria sanroman sardina sarria segui senra serrato servet sevillano sicilia siles simo sirvent solana
        soldevila sole solera somoza sopena souto suero tamayo taboada tarin tarrega teijeiro tejera tellez temprano
        teruel tineo tormo torralba torrado torrents tortosa tosca touza triguero trillo trinidad tudela ubeda ugarte
        ulloa urena uria urbina valcarcel valderrama valdivieso valera valiente valladares valles vallespin vaquerizo
        vaquero vara varas vasquez vela velez verdejo verges viana vicario vidaurre viera vieira viejo vigil vilar
        vilas villacampa villaescusa villafranca villalonga villamor villanova villarroel villaverde vilaplana villena
        vinas vinuesa vivancos viñas vivas yague yepes yuste zamorano zaragoza zapatero zorrilla zuniga quispe mamani
        huaman condori choque chavez cespedes cevallos guaman quezada pazmino arboleda giraldo restrepo zuluaga arango
        echeverri betancur betancourt henao hincapie ospina bedoya agudelo alzate velasquez galeano aristizabal
        arbelaez hernan valdez saldana villasenor zavala zepeda cantu garza trevino elizondo cavazos pech canul chan
        poot ixtepan tzul xol choc coc ajanel pimentel polanco almonte peguero encarnacion feliz mercedes ozuna
        quiñones pagan nieves matos rolon bruno gaitan urquiza lamberti bianchi rossi ferrari romano esposito russo
        martini fontana pellegrini gallo conti leone cattaneo villani sartori muller schmidt
        """
}
