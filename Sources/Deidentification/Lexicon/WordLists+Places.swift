// Written from general knowledge. No list was copied.
extension WordLists {
    static let states = """
        alabama alaska arizona arkansas california colorado connecticut delaware florida hawaii idaho illinois indiana
        iowa kansas kentucky louisiana maine maryland massachusetts michigan minnesota mississippi missouri montana
        nebraska nevada ohio oklahoma oregon pennsylvania tennessee texas utah vermont wisconsin wyoming
        """

    static let stateCodes = """
        al ak az ar ca co ct de dc fl ga hi id il in ia ks ky la me md ma mi mn ms mo mt ne nv nh nj nm ny nc nd oh ok
        or pa pr ri sc sd tn tx ut vt va wa wv wi wy on qc bc ab mb sk ns nb nsw qld vic
        """

    static let countries = """
        usa america england scotland wales ireland britain uk canada mexico france germany spain portugal italy
        switzerland austria belgium netherlands denmark norway sweden finland iceland poland czechia hungary romania
        bulgaria serbia croatia slovenia slovakia greece turkey russia ukraine belarus estonia latvia lithuania israel
        egypt morocco algeria tunisia libya nigeria ghana kenya ethiopia somalia sudan uganda tanzania rwanda congo
        angola mozambique zimbabwe india pakistan bangladesh nepal afghanistan iran iraq syria lebanon kuwait qatar
        yemen china japan korea taiwan vietnam thailand cambodia laos myanmar malaysia singapore indonesia philippines
        australia brazil argentina chile peru colombia venezuela ecuador bolivia paraguay uruguay cuba haiti jamaica
        honduras guatemala nicaragua panama cyprus europe asia africa
        """

    /// Single words; a city of several words is listed in ``cityPhrases``.
    static let cities = """
        Abilene Akron Albany Albuquerque Alexandria Allentown Amarillo Anaheim Anchorage Arlington Asheville Athens
        Atlanta Augusta Aurora Austin Bakersfield Baltimore Bangor Beaumont Bellevue Berkeley Bethesda Birmingham
        Bloomington Boise Boston Boulder Bozeman Bridgeport Bronx Brooklyn Brownsville Buffalo Burbank Burlington
        Cambridge Camden Carrollton Cary Chandler Charleston Charlotte Chattanooga Chesapeake Chicago Cincinnati
        Clarksville Clearwater Cleveland Columbia Columbus Concord Corona Dallas Davenport Dayton Dearborn Denton
        Denver Detroit Durham Elgin Escondido Eugene Evanston Evansville Fargo Fayetteville Flagstaff Flint Fontana
        Fremont Fresno Frisco Fullerton Gainesville Galveston Garland Gilbert Glendale Greensboro Greenville
        Hackensack Hampton Harlem Harrisburg Hartford Hayward Henderson Hialeah Hoboken Hollywood Honolulu Houston
        Huntsville Indianapolis Inglewood Irvine Irving Jacksonville Joliet Kenosha Killeen Knoxville Lafayette
        Lakeland Lakewood Lancaster Lansing Laredo Lexington Lincoln Louisville Lowell Lubbock Macon Madison
        Manchester Manhattan McKinney Memphis Mesa Mesquite Miami Midland Milwaukee Minneapolis Mobile Modesto
        Montgomery Murfreesboro Naperville Nashville Newark Newport Norfolk Norman Oakland Oceanside Ogden Olathe
        Omaha Ontario Orlando Oxnard Palmdale Pasadena Paterson Pearland Pensacola Peoria Philadelphia Phoenix
        Pittsburgh Plano Pomona Portland Providence Provo Pueblo Queens Quincy Raleigh Reno Richmond Riverside Roanoke
        Rochester Rockford Sacramento Salem Salinas Sarasota Savannah Schenectady Scottsdale Scranton Seattle
        Shreveport Skokie Somerville Spokane Springfield Stamford Stockton Sunnyvale Syracuse Tacoma Tallahassee Tampa
        Tempe Toledo Topeka Torrance Trenton Tucson Tulsa Tuscaloosa Tyler Vallejo Vancouver Ventura Visalia Waco
        Warren Waterbury Wichita Wilmington Worcester Yonkers Yuma Amsterdam Antwerp Athens Auckland Bangkok Barcelona
        Beijing Beirut Belfast Berlin Bogota Bombay Bordeaux Brisbane Bristol Brussels Bucharest Budapest Cairo
        Calcutta Calgary Cardiff Chennai Copenhagen Damascus Delhi Dhaka Dubai Dublin Edinburgh Edmonton Frankfurt
        Gdansk Glasgow Gothenburg Guadalajara Halifax Hamburg Hanoi Havana Helsinki Istanbul Jakarta Jerusalem
        Johannesburg Karachi Kiev Krakow Kyiv Kyoto Lagos Lahore Lima Lisbon Liverpool London Lyon Madrid Malaga
        Manila Marseille Melbourne Milan Monterrey Montreal Moscow Mumbai Munich Nairobi Naples Osaka Oslo Ottawa
        Oxford Paris Perth Prague Quebec Riga Rome Rotterdam Santiago Seoul Seville Shanghai Sofia Stockholm Sydney
        Taipei Tehran Tijuana Tokyo Toronto Toulouse Turin Valencia Venice Vienna Warsaw Winnipeg Zagreb Zurich
        """

    static let cityPhrases = """
        new york|new orleans|new haven|new brunswick|new bedford|los angeles|las vegas|san francisco|san diego|san
        jose |san antonio|san juan|san bernardino|santa ana|santa barbara|santa clara|santa cruz|santa fe|santa monica
        |santa rosa|saint louis|st louis|st. louis|saint paul|st. paul|st. petersburg|fort worth|fort wayne|fort
        lauderdale|fort collins|el paso|salt lake city|kansas city|oklahoma city|jersey city|long beach|long
        island|palo alto|baton rouge |des moines|little rock|ann arbor|cedar rapids|grand rapids|green bay|white
        plains|staten island|colorado springs |virginia beach|corpus christi|chula vista|boca raton|daytona beach|palm
        beach|palm springs|mexico city|sao paulo |rio de janeiro|buenos aires|hong kong|tel aviv|cape town|new
        delhi|sioux falls|rapid city|winston salem|chapel hill |newport news|atlantic city|silver spring|beverly
        hills|west palm beach|north charleston|south bend|terre haute |mountain view|redwood city|costa mesa|simi
        valley|thousand oaks|rancho cucamonga|round rock|college station |sugar land|park city|iowa city|traverse
        city|battle creek|saint petersburg|niagara falls|idaho falls
        """

    static let streets = """
        street st avenue ave road rd boulevard blvd lane ln drive dr court ct circle cir place pl terrace ter parkway
        pkwy highway hwy way trail trl square sq alley aly crescent plaza turnpike tpke loop pike crossing xing
        expressway route path run ridge point cove bend pass spur glen hollow knoll landing manor mews trot close grove gardens row walk causeway broadway strasse platz rue via calle avenida
        """

    static let facilities = """
        hospital hospitals clinic clinics center centre centers ctr medcenter infirmary sanatorium sanitarium hospice
        healthcare health institute pharmacy rehab rehabilitation laboratory laboratories lab labs university college
        school academy associates surgicenter nursing manor villa living campus facility office foundation seminary
        church dispensary practice group prison jail shelter
        """

    static let genericWords = """
        general medical emergency intensive care surgical surgery orthopedics neurosurgery pediatrics outpatient
        inpatient primary urgent pain womens women s men children childrens pediatric cardiac cardiology heart lung
        kidney cancer oncology orthopedic orthopaedic neurology psychiatric psychiatry mental behavioral public
        community regional memorial county city state national local university teaching academic referring outside
        home nursing skilled family medicine internal health healthcare wound sleep birth birthing surgery ambulatory
        day acute long term assisted living rehab rehabilitation physical therapy occupational dental eye vision
        hearing diabetes dialysis infusion research education sports spine stroke trauma burn transplant imaging
        radiology diagnostic laboratory testing veterans specialty private free main area call data contact high
        middle elementary law business group night poison crisis student employee occupational the our your this their
        his her my a an any another each no same every front back head post pre hospital clinic center office school
        facility department unit room anticoagulation coumadin asthma allergy travel follow up walk in vein endoscopy
        gastroenterology dermatology urology ent ob gyn obstetrics gynecology respiratory pulmonary renal hepatology
        infectious disease hiv tb std prenatal postnatal well baby weight loss bariatric memory senior adult youth
        discharge admitting admission course current brief initial interval mesh good poor general overall patient
        hand bone brain tumor endocrine endocrinology management chiropractic cytogenetics operative suite recovery
        tissue bank lymph node persons people strabismus rheumatology hematology immunology wellness head foot feet
        joint voice global digital clinical preventive preventative reproductive sexual oral dental nutritional
        environmental
        """

    static let institutions = """
        ucla ucsf ucsd mgh bwh bidmc nyu upmc mskcc dfci mayo kaiser permanente mercy cedars sinai hopkins stanford
        vanderbilt emory ochsner banner adventhealth ascension novant atrium carilion sentara inova northwell umass unc ohsu uab utsw musc lahey tufts dartmouth nuhealth bellevue maimonides hopkins jhh hup chop nyp csmc lac usc uci ucd ucsb lurie cincinnati geisinger ochsner intermountain sutter providence presbyterian methodist baptist brigham
        cornell columbia yale duke upenn uchicago baylor anderson montefiore langone quest labcorp cvs walgreens
        """

    static let dwellings =
        "suite ste apartment apt apts unit flat room rm floor fl bldg building box lot trlr trailer penthouse"
}
