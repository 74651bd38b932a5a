// Given names of Spain and Latin America, without accents: words are compared folded.
extension SpanishWords {
    static let feminineNames = """
        maria carmen ana isabel dolores pilar josefa teresa rosa antonia cristina angeles laura elena francisca
        mercedes luisa concepcion rosario marta lucia juana paula sara encarnacion raquel manuela eva beatriz patricia
        rocio belen julia margarita montserrat silvia esther alba irene susana andrea monica angela alicia sonia
        sandra yolanda sofia marina inmaculada natalia nuria amparo ines claudia lorena consuelo soledad esperanza
        catalina emilia aurora luz noelia alejandra gloria veronica nieves olga begona angelica trinidad celia fatima
        magdalena asuncion milagros lidia virginia victoria purificacion josefina adela carolina leonor eugenia clara
        miriam rebeca ainhoa tamara estefania gema vanesa vanessa jessica daniela carla ariadna nerea aitana martina
        valeria ainara adriana gabriela remedios rosalia estrella felisa matilde agustina araceli emma blanca elvira
        ascension visitacion vicenta petra tomasa benita felipa ramona rufina paulina amalia aurelia amelia mariana
        marcela fernanda valentina camila ximena jimena guadalupe itzel yamile luciana florencia constanza antonella
        renata regina abril salome mayra yesenia maribel marisol mariluz marisa maite mayte charo lola pepa paqui
        conchi loli nati mari pili puri merche chelo reyes macarena almudena covadonga guiomar candela candelaria
        casandra sagrario desamparados visi herminia hortensia ofelia elisa eloisa estela ester fabiola filomena flora
        genoveva georgina graciela griselda ivonne jacinta judith karina karen leticia lourdes ludivina lupe luzmila
        maruja minerva mireia meritxell montse neus oihana olaya oliva paloma paola perla piedad primitiva priscila
        rita romina rosana rosaura roxana sabrina salud serafina severina socorro tatiana tania teofila teodora ursula
        vega violeta viviana xiomara yaiza yasmina yuliana zaida zulema aida aina aleida anabel angustias arantxa
        arantza aroa asier astrid avelina azucena barbara berta betsabe brenda brigida camino caridad cecilia chantal
        clotilde coral cruz debora delia diana edelmira edurne elisabet elisabeth elizabeth emperatriz enriqueta
        ernestina eulalia eusebia evelyn fabiana felicidad feliciana fermina fuensanta gladys gracia gregoria helena
        henar idoia ileana iliana inma inocencia irma isaura itziar iratxe izaskun jana jennifer jenny joaquina
        jordina juliana julieta justa karla laia lara leire leonora liliana linda lisbeth lorenza loreto lucrecia
        macaria mafalda manoli marcelina mariajose mariangeles maricarmen marilo marianela mariela marion marlene
        melania melisa mencia mila miren modesta mirta monserrat nadia naiara nancy natividad noemi nora norma obdulia
        olimpia otilia pascuala penelope presentacion prudencia queralt quiteria rafaela raimunda rosalba rosalinda
        rosamaria rosita rut ruth samanta saray sebastiana selena silvana sira soraya tecla uxia vera wendy yanet
        yanira yurena zoe zuleima lina milena yajaira yadira marisela mabel miranda emiliana casilda cayetana carlota
        carmela celeste celina tere
        """

    static let masculineNames = """
        antonio jose manuel francisco juan david javier daniel carlos jesus alejandro miguel rafael pedro angel pablo
        fernando sergio luis jorge alberto alvaro diego adrian raul enrique ramon vicente ivan ruben oscar andres
        joaquin santiago eduardo victor mario roberto jaime ignacio marcos alfonso salvador ricardo jordi emilio hugo
        julian guillermo julio gabriel tomas agustin felix gonzalo joan ismael mohamed nicolas marc cristian samuel
        mariano josep martin domingo aitor sebastian alfredo hector ernesto felipe cesar gregorio iker alex rodrigo
        arturo esteban lorenzo lucas mateo leo bruno xavier albert gerardo eugenio benito borja dario isaac bartolome
        cristobal dionisio edgar eladio eliseo eloy emiliano epifanio erik ernest eusebio evaristo ezequiel fabian
        fausto faustino federico fermin fidel florencio florentino fructuoso fulgencio gaspar german gines guzman
        herminio hilario hipolito honorio horacio humberto inocencio isidoro isidro israel jacinto jacobo jeronimo
        joel jonatan jonathan josue juanjo juanma julen justo kevin ladislao laureano lazaro leandro leonardo leoncio
        leopoldo luciano macario manolo marcelino marcelo marcial mauricio maximiliano maximo melchor miquel modesto
        moises narciso nazario nemesio nestor nicanor norberto octavio omar onofre orlando pascual patricio paulino
        pepe placido policarpo primitivo prudencio quintin ramiro raimundo regino remigio restituto rodolfo rogelio
        roman romualdo roque rosendo rufino salustiano santos saturnino saul secundino segundo severiano severino
        silverio silvestre simon teodoro teofilo timoteo tobias torcuato ulises unai urbano valentin valeriano
        venancio victoriano victorino vidal virgilio wenceslao wilfredo wilson xabier yago yeray zacarias abel
        abelardo abraham absalon adolfo adolf alan alonso amadeo amado amador ambrosio amancio anastasio andoni
        aniceto anselmo apolinar aquilino ariel aristides armando arnau arsenio artemio asier atanasio augusto aurelio
        avelino baldomero balbino baltasar basilio bautista benedicto benigno benjamin bernabe bernardino bernardo
        bienvenido blas bonifacio braulio brais calixto camilo candido carmelo casimiro cayetano ceferino celedonio
        celestino cipriano ciriaco claudio clemente conrado constantino cornelio cosme crescencio crispin damian dani
        dimas dámaso edmundo edelmiro efrain efren eleuterio elias emerito eneko estanislao eustaquio eutimio
        feliciano ferran froilan gael galo genaro gilberto gil gorka gumersindo gustavo heriberto hermenegildo hernan
        higinio homero ibai ibon imanol inaki inigo inaxio jairo jan jhon john joseba joselito josemaria juancarlos
        juanito jon kepa koldo leonel lisardo lino luca lucio luisito manel marcel marco mateu matias mikel milton
        mauro nacho nahuel nil oriol oswaldo osvaldo pacho paco pau pere pio pol quique quim rai rene reinaldo
        reynaldo rigoberto robinson rubens sabino salomon sancho senen serafin sergi servando simeon sixto tadeo telmo
        teo tito tomeu toribio tristan ubaldo uriel valerio vasco venceslao vicent victorio walter washington wilmer
        xoan xose yon yerai yosef yoel abdon alexis anton anxo bladimir brayan christian damaso darwin denis edison
        edwin elkin erick fredy freddy gerard giovanni guido guiller harold henry ignasi isaias jaume jefferson
        jhonatan jimmy jerson joaquim josemanuel llorenc lluis nelson pelayo roger ronald sandro santi stalin tino
        toni valdemar vladimir william yordan
        """

    static let nicknames = """
        jose:pepe,chema,joselito francisco:paco,fran,curro,pancho,kiko manuel:manolo,lolo,manu dolores:lola,loli
        concepcion:concha,conchi,conchita josefa:pepa,fina josefina:fina,pepita rosario:charo mercedes:merche
        pilar:pili,pilarin purificacion:puri maria:mari,maruja isabel:isa,chabela teresa:tere,maite
        ignacio:nacho,inaki enrique:quique,kike rafael:rafa antonio:toni,tono antonia:toni santiago:santi,yago
        eduardo:edu alejandro:alex,jandro alejandra:sandra,ale guadalupe:lupe montserrat:montse consuelo:chelo,consu
        natividad:nati encarnacion:encarna,encarni inmaculada:inma remedios:reme francisca:paqui,paca,paquita
        joaquin:ximo,quino javier:javi,xavi sergio:sergi gregorio:goyo federico:fede fernando:fer,nando
        guillermo:guille jesus:chus,suso luis:lucho miguel:mike,miki vicente:chente,vicen asuncion:asun ascension:asun
        soledad:sole trinidad:trini visitacion:visi milagros:mila cristina:cris beatriz:bea susana:susi daniel:dani
        alberto:tito roberto:beto bartolome:tolo salvador:salva,boro
        """
}
