// Places, without accents. Provinces, autonomous communities and the states of Latin America count as places, as the
// GDPR and the Spanish authority have no rule that permits them; countries don't.
extension SpanishWords {
    /// Provinces, autonomous communities, states and departments of one word.
    static let regions = """
        alava araba albacete alicante alacant almeria asturias avila badajoz baleares balears barcelona burgos caceres
        cadiz cantabria castellon castello ceuta cordoba cuenca girona gerona granada guadalajara guipuzcoa gipuzkoa
        huelva huesca jaen leon lleida lerida lugo madrid malaga melilla murcia navarra nafarroa ourense orense palencia
        pontevedra salamanca segovia sevilla soria tarragona tenerife teruel toledo valencia valladolid vizcaya
        bizkaia zamora zaragoza andalucia aragon canarias catalunya cataluna extremadura galicia euskadi euskal
        jalisco michoacan oaxaca chiapas veracruz yucatan sonora chihuahua sinaloa tamaulipas coahuila durango
        guanajuato hidalgo tabasco tlaxcala nayarit queretaro zacatecas campeche morelos antioquia cundinamarca
        santander boyaca tolima narino caldas risaralda quindio atlantico bolivar guajira
        mendoza tucuman misiones chubut neuquen formosa chaco jujuy catamarca arequipa cusco cuzco
        piura loreto junin ancash cajamarca lambayeque ayacucho tacna biobio maule araucania coquimbo atacama
        antofagasta tarapaca aysen magallanes zulia carabobo aragua miranda tachira merida pichincha guayas
        azuay manabi esmeraldas imbabura chimborazo tungurahua cochabamba potosi oruro tarija california
        texas florida lanzarote fuerteventura mallorca menorca ibiza formentera gomera
        """

    /// Municipalities of one word.
    static let cities = """
        bilbao vigo gijon hospitalet coruna vitoria gasteiz elche oviedo badalona cartagena terrassa tarrasa jerez
        sabadell mostoles alcala pamplona iruna fuenlabrada almeria leganes donostia getafe burgos albacete santander
        castellon alcorcon logrono badajoz salamanca huelva marbella lleida tarragona torrejon parla
        mataro leon algeciras cadiz jaen ourense reus telde barakaldo baracaldo lugo girona caceres lorca
        coslada talavera cornella aviles palencia getxo guecho pozuelo torrevieja chiclana roquetas ferrol
        pontevedra toledo melilla guadalajara ceuta manresa vilanova ponferrada torrelavega majadahonda linares
        alcobendas rivas orihuela velez gandia benidorm zamora irun mijas arona sagunto elda alcoy mollet granollers
        estepona benalmadena sanlucar fuengirola viladecans utrera cerdanyola castelldefels paterna motril
        huesca merida segovia cuenca soria teruel ibiza eivissa mahon mao inca manacor calvia aranjuez arganda
        valdemoro pinto boadilla galapagar navalcarnero ciempozuelos colmenar torrelodones
        villaviciosa mejorada moralzarzal alpedrete guadarrama algete chinchon leioa portugalete santurtzi santurce
        basauri durango galdakao sestao ermua eibar errenteria renteria zarautz arrasate mondragon hernani tolosa
        azpeitia bergara llodio amurrio tudela baranain burlada estella tafalla calatayud utebo ejea tarazona alcaniz
        barbastro monzon fraga jaca sabinanigo haro calahorra arnedo najera tortosa amposta valls vendrell cambrils
        salou figueres figueras blanes lloret olot palafrugell banyoles palamos vic igualada vilafranca sitges gava
        esplugues martorell montcada ripollet barbera tordera calella pineda premia masnou berga ripoll
        xativa jativa alzira alcira cullera ontinyent onteniente requena torrent mislata burjassot
        manises aldaia quart xirivella alaquas catarroja carcaixent denia javea xabea calpe altea villajoyosa
        crevillente novelda villena elx petrer ibi villarreal burriana vinaros benicarlo
        nules almassora yecla jumilla caravaca cieza aguilas mazarron totana alcantarilla archena cartaya lepe
        ayamonte moguer almonte isla antequera nerja torremolinos alhaurin lucena priego
        montilla baena pozoblanco andujar ubeda baeza martos alcaudete guadix loja maracena armilla
        almunecar ecija carmona moron osuna marchena lebrija coria camas tomares mairena estepa arahal puebla
         barbate conil vejer tarifa ejido adra nijar vicar hellin almansa villarrobledo
        puertollano tomelloso manzanares valdepenas alcazar daimiel azuqueca siguenza tarancon illescas sesena
        plasencia navalmoral coria trujillo montijo almendralejo zafra villafranca olivenza bejar aranda
        miranda benavente astorga bierzo medina tordesillas laguna arevalo cuellar almazan camargo laredo
        reinosa santona langreo mieres siero llanes luarca cangas naron oleiros carballo arteixo culleredo cambre
        betanzos ribeira boiro vilagarcia redondela marin moana porrino nigran ponteareas tui lalin monforte viveiro
        carballino verin barco arrecife teguise aguimes ingenio galdar arucas mogan adeje granadilla guimar icod
        orotava realejos candelaria tacoronte
        bogota medellin cali barranquilla bucaramanga cucuta pereira manizales ibague pasto villavicencio monteria
        neiva armenia popayan valledupar quito guayaquil ambato machala loja riobamba lima trujillo chiclayo iquitos
        huancayo callao chimbote santiago valparaiso temuco rancagua talca iquique antofagasta arica
        chillan osorno mendoza tucuman quilmes lanus avellaneda banfield moron neuquen bariloche
         parana montevideo salto paysandu caracas maracaibo barquisimeto
        maracay maturin habana camaguey holguin matanzas cienfuegos guantanamo bayamo monterrey puebla tijuana
        leon toluca cancun acapulco culiacan hermosillo saltillo mexicali aguascalientes morelia cuernavaca pachuca
        xalapa villahermosa tuxtla mazatlan tampico torreon tepic zapopan tlalpan coyoacan managua tegucigalpa
        comayagua guatemala quetzaltenango escuintla
        paris londres london roma berlin lisboa lisbon oporto porto casablanca rabat tanger tetuan nador bucarest
        bruselas amsterdam rotterdam viena munich milan napoles moscu varsovia kiev lyon burdeos marsella toulouse
        boston chicago houston miami seattle baltimore pittsburgh minneapolis philadelphia filadelfia cleveland
        rochester bethesda tokio tokyo osaka pekin beijing shanghai delhi mumbai bombay
        """

    static let placePhrases = """
        la coruna|a coruna|las palmas|las palmas de gran canaria|gran canaria|santa cruz de tenerife|santa cruz|
        ciudad real|la rioja|pais vasco|castilla la mancha|castilla y leon|castilla leon|comunidad valenciana|
        comunidad de madrid|comunitat valenciana|islas baleares|illes balears|islas canarias|
        region de murcia|principado de asturias|palma de mallorca|san sebastian|donostia san sebastian|
        santiago de compostela|jerez de la frontera|alcala de henares|torrejon de ardoz|dos hermanas|
        santa coloma de gramenet|sant cugat|sant cugat del valles|sant boi de llobregat|hospitalet de llobregat|
        l hospitalet de llobregat|cornella de llobregat|el prat de llobregat|vilanova i la geltru|talavera de la reina|
        el puerto de santa maria|puerto de santa maria|roquetas de mar|chiclana de la frontera|velez malaga|
        rivas vaciamadrid|las rozas|las rozas de madrid|san sebastian de los reyes|pozuelo de alarcon|
        collado villalba|boadilla del monte|tres cantos|arganda del rey|colmenar viejo|san fernando de henares|
        san fernando|san lorenzo de el escorial|el escorial|villanueva de la canada|villaviciosa de odon|
        san cristobal de la laguna|la laguna|la linea de la concepcion|sanlucar de barrameda|molina de segura|
        torre pacheco|san javier|caravaca de la cruz|el ejido|rincon de la victoria|alhaurin de la torre|
        puente genil|alcala de guadaira|mairena del aljarafe|moron de la frontera|puerto real|palos de la frontera|
        aranda de duero|miranda de ebro|medina del campo|laguna de duero|castro urdiales|cangas de onis|
        vilagarcia de arousa|o porrino|o carballino|o barco de valdeorras|monforte de lemos|
        mondragon arrasate|vitoria gasteiz|la orotava|los realejos|puerto de la cruz|icod de los vinos|
        santa lucia de tirajana|san bartolome de tirajana|santa maria de guia|puerto del rosario|
        don benito|navalmoral de la mata|jerez de los caballeros|villanueva de la serena|alcazar de san juan|
        la roda|san clemente|sant joan d alacant|san juan de alicante|san vicente del raspeig|
        callosa de segura|el campello|vila real|la vall d uixo|la pobla de vallbona|
        esplugues de llobregat|sant feliu de llobregat|sant joan despi|sant adria de besos|santa perpetua de mogoda|
        barbera del valles|cerdanyola del valles|mollet del valles|vilafranca del penedes|el vendrell|
        sant feliu de guixols|lloret de mar|la seu d urgell|la bisbal|ciutat vella|
        buenos aires|ciudad autonoma de buenos aires|la plata|mar del plata|bahia blanca|san miguel de tucuman|san juan|
        san luis|santa fe|entre rios|santiago del estero|rio negro|tierra del fuego|ciudad de mexico|mexico df|
        distrito federal|nuevo leon|estado de mexico|san luis potosi|baja california|quintana roo|ciudad juarez|
        santiago de cuba|la habana|santa clara|villa clara|pinar del rio|ciego de avila|sancti spiritus|
        santiago de chile|vina del mar|puerto montt|la serena|punta arenas|los angeles|
        valle del cauca|norte de santander|santa marta|bogota d c|bogota dc|
        la paz|santa cruz de la sierra|el alto|la libertad|madre de dios|
        santo domingo|san jose|san salvador|san pedro sula|ciudad de panama|san juan de puerto rico|
        nueva york|new york|nueva jersey|nuevo brunswick|new haven|san francisco|san diego|saint louis|saint paul|
        los alamos|salt lake city|san antonio|mountain view|
        costa del sol|costa brava|alto aragon|bajo aragon|campo de gibraltar|sierra norte
        """

    static let countries = """
        espana francia portugal italia alemania inglaterra irlanda escocia belgica holanda suiza austria grecia turquia
        polonia rumania bulgaria hungria ucrania rusia suecia noruega dinamarca finlandia marruecos argelia tunez egipto
        senegal nigeria ghana mali camerun guinea gambia china japon corea india pakistan bangladesh filipinas vietnam
        tailandia australia eeuu usa uk canada mexico guatemala honduras nicaragua panama cuba haiti venezuela colombia
        ecuador peru bolivia chile argentina uruguay paraguay brasil israel siria iran irak arabia africa europa america
        asia spain
        """
}
