/// Invented names of people and places: rare or not in use, so that none is a real person's by accident more often than
/// chance has it.
enum SurrogateNames {
    /// The list for a word, by what the word lists of both languages say about it. A name of both languages, or of
    /// none, gets one that reads well in both: which language the note is in may not change the name.
    static func pool(english: WordFlags, spanish: WordFlags) -> [String] {
        let flags = english.union(spanish)
        let isEnglish = english.has(.anyName) && !spanish.has(.anyName)
        let isSpanish = spanish.has(.anyName) && !english.has(.anyName)
        // A word that is given name and family name is drawn as a family name wherever it stands.
        guard flags.has(.givenName), !flags.has(.surname) else {
            return isEnglish ? englishFamily : isSpanish ? spanishFamily : sharedFamily
        }
        if flags.has(.feminineName) {
            return isEnglish ? englishFeminine : isSpanish ? spanishFeminine : sharedFeminine
        }
        return isEnglish ? englishMasculine : isSpanish ? spanishMasculine : sharedMasculine
    }

    private static func words(_ list: String) -> [String] {
        list.split(whereSeparator: { $0 == " " || $0 == "\n" }).map(String.init)
    }

    static let englishFeminine = words(
        """
        Alda Averil Brenna Calla Cressida Delphine Dulcie Elowen Eudora Fenella Ginevra Gwyneira Hester Idony Isolde Junia
        Kerensa Linnea Lowenna Maren Melisande Merewyn Nerys Odile Oriel Ottilie Petronel Philippa Quenby Rhoswen Rowena
        Sidony Sunniva Tamsin Thirza Ulrika Una Verena Wilmet Winola Ysolde Zinnia
        """)
    static let englishMasculine = words(
        """
        Alaric Aldous Anselm Bastian Beric Caspian Cedany Corin Crispian Dorian Dunstan Evander Evaristus Finnian Florian
        Gawain Giles Godric Hollis Idris Ivor Jasper Jocelin Kelvin Kenelm Leander Lorcan Magnus Merrick Niall Orson Oswin
        Perrin Phineas Quillan Rufford Silas Tancred Tobiah Ulric Wystan Zeno
        """)
    static let englishFamily = words(
        """
        Ashcombe Aldersey Birchall Brackenby Coldwell Cotterham Dunmere Daleward Elmswood Emberley Farrowby Fenwater Greyholt
        Goldhurst Hawkmere Heatherby Inglefold Ivebridge Jessamine Kingsmere Kestrow Larkfield Lindmere Marrowby Mistley
        Netherby Norrowell Oakhurst Otterholm Pemberly Pinewell Quarrington Quillby Ravenholt Rushmere Silverby Stonefold
        Thistledown Thornmere Underby Umberfield Vexley Valeworth Wainholm Willowby Yarwell Yewbury Zeller Ferncote Hollowby
        Mereside Rookwell Saltmere Tarnby Wrenholm Ambry Brook Carrow Dorly Elver Fallow Garth Hurst
        """)
    static let spanishFeminine = words(
        """
        Adosinda Alodia Arlena Baudilia Belinda Brianda Calista Casilda Clodia Dalmira Dorila Drusila Edilma Elodia Eufrasia
        Faustina Fedra Galatea Gliceria Hersilia Ifigenia Isaura Jovita Leocadia Liduvina Melisenda Melba Nereida Nazaria Odilia
        Orosia Perpetua Plácida Ricarda Rogelia Senda Sibila Tarsila Teodosia Urraca Venecia Zenobia
        """)
    static let spanishMasculine = words(
        """
        Adalberto Alarico Ansur Audomaro Baldo Belarmino Braulio Calimero Ceferín Ciro Crispo Desiderio Donato Egidio Elpidio
        Ermelindo Evelio Fadrique Fermo Fortún Gaudencio Gervasio Godofredo Hermes Ildefonso Íñigo Jacobeo Leovigildo Lisandro
        Lotario Marcio Melquíades Nuño Olegario Onésimo Petronio Quirino Recaredo Sempronio Tancredo Ulpiano Zoilo
        """)
    static let spanishFamily = words(
        """
        Almendrilla Altamiral Arboledas Argüelda Barcenilla Belmontejo Brisal Cabrejales Calatrillo Campoverde Cantalar
        Carrizales Castrovela Cervalejo Cigoñal Dehesar Encinal Esparraga Espinardo Fontanosa Fresnal Fuentelrey Garcival
        Girasal Guadalera Herbosa Hontalba Jaramal Juncares Lagunilla Lavandal Llanares Madroñal Malvarrosa Manzanedo
        Membrillar Mirabuena Montecierzo Montelar Moralza Naranjales Nogueral Olivarejo Ortigales Palomera Pedralba Peñalara
        Pinarejo Piñuela Pradales Quejigal Quintares Retamal Robledal Romerales Rosaleda Sabinar Salceda Sauceda Serranal
        Tejarales Tomillar Torralera Umbral Valdehierro Valdelobos Valderrosa Villaclara Villarmil Zarzalejo Zarzal
        """)
    static let sharedFeminine = words(
        """
        Adelina Aldara Amaranta Aurelie Benita Cassia Celandra Clarisa Coralina Damaris Delfina Elisea Esmeranda Fiora Florinda
        Gemina Helia Ilaria Iolanda Jacinda Leandra Lavinia Lucilla Marcia Melania Mirela Norina Octavia Orlena Palmira Renalda
        Rosina Salvina Serena Silvina Talia Tessa Valeska Viola Zelina
        """)
    static let sharedMasculine = words(
        """
        Adriel Albin Amadeus Aurel Bastien Benedic Caius Cassian Constant Corvin Damon Darian Demian Emeran Fabius Ferrand
        Galen Gideon Hadrian Ilario Jonas Julius Lazar Leonel Lucan Marius Maximus Milan Nestor Nolan Octavian Orlan Patric
        Ramiel Renard Roland Savian Silvan Tadeus Valerian Viktor Zoran
        """)
    static let sharedFamily = words(
        """
        Abelar Aldana Almeron Amberes Arvelo Bastar Belmar Belisar Brandal Calvera Cantoral Carvane Castelan Cordan Corvera
        Dalmar Delmora Dorantes Elmero Estelar Farrel Fermar Fontane Galdar Galvera Gordan Helmar Herran Ibarel Jardan Lambrand
        Landero Lorenzar Malvar Mandral Marvel Mercadal Merlan Montaro Morland Nardel Norvela Olmar Orlando Ormand Palmar Parral
        Pendral Porvela Quarel Ramiral Randal Redmar Rolande Rosmar Salmar Sander Serrand Silmar Solmar Tarmel Torvela Ulmar
        Valcar Valdane Valmor Vandrel Velmar Vermont Zalmar
        """)
    static let englishTowns = words(
        """
        Alderbrook Brightwater Cedarholm Dunhaven Eastmere Foxhollow Glenrowan Highmoor Ironbrook Kestrelton Lindenfield
        Millwater Northwold Oakvale Pinecrest Redmere Stonebury Thornwick Westmere Wrenfield Ashford Elmton Fernley Haleby
        Marton Oxley Rosby Selby Tarrow Velden
        """)
    static let spanishTowns = words(
        """
        Alamedilla Arroyal Balsaclara Barcenal Cantalobos Casarrubia Cerralba Dehesilla Encinares Fontalba Fuentesol Gargantal
        Guadalmar Hontanal Jaralejo Lagunares Majadal Molinar Navalrey Olmedal Pedrizal Peñaclara Pinofranco Ribaverde
        Robleda Sotoverde Tejarejo Torrealta Valdeolmo Villaserena
        """)
}
