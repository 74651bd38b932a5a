"""Places, streets, institutions and employers, with parts that new ones are composed of. From general knowledge."""

STATES = {
    "AL": "Alabama",
    "AK": "Alaska",
    "AZ": "Arizona",
    "AR": "Arkansas",
    "CA": "California",
    "CO": "Colorado",
    "CT": "Connecticut",
    "DE": "Delaware",
    "FL": "Florida",
    "GA": "Georgia",
    "HI": "Hawaii",
    "ID": "Idaho",
    "IL": "Illinois",
    "IN": "Indiana",
    "IA": "Iowa",
    "KS": "Kansas",
    "KY": "Kentucky",
    "LA": "Louisiana",
    "ME": "Maine",
    "MD": "Maryland",
    "MA": "Massachusetts",
    "MI": "Michigan",
    "MN": "Minnesota",
    "MS": "Mississippi",
    "MO": "Missouri",
    "MT": "Montana",
    "NE": "Nebraska",
    "NV": "Nevada",
    "NH": "New Hampshire",
    "NJ": "New Jersey",
    "NM": "New Mexico",
    "NY": "New York",
    "NC": "North Carolina",
    "ND": "North Dakota",
    "OH": "Ohio",
    "OK": "Oklahoma",
    "OR": "Oregon",
    "PA": "Pennsylvania",
    "RI": "Rhode Island",
    "SC": "South Carolina",
    "SD": "South Dakota",
    "TN": "Tennessee",
    "TX": "Texas",
    "UT": "Utah",
    "VT": "Vermont",
    "VA": "Virginia",
    "WA": "Washington",
    "WV": "West Virginia",
    "WI": "Wisconsin",
    "WY": "Wyoming",
}

COUNTRIES = """
Mexico|Guatemala|El Salvador|Honduras|the Philippines|Vietnam|China|India|Korea|Haiti|Jamaica|Nigeria|Ghana|Ethiopia|
Somalia|Kenya|Egypt|Syria|Iraq|Iran|Afghanistan|Pakistan|Bangladesh|Nepal|Ukraine|Russia|Poland|Germany|Italy|Ireland|
England|Canada|Brazil|Colombia|Peru|Ecuador|Venezuela|Cuba|the Dominican Republic|Portugal|Greece|Japan|Thailand|Laos|
Cambodia|Burma|Samoa|Cape Verde|Turkey|Sudan|the Congo|Puerto Rico|Spain|France""".replace("\n", "").split("|")

CITIES = """
Boston|Chicago|Houston|Phoenix|Philadelphia|San Antonio|San Diego|Dallas|Austin|Columbus|Charlotte|Seattle|Denver|
Nashville|Detroit|Portland|Memphis|Louisville|Baltimore|Milwaukee|Albuquerque|Tucson|Fresno|Sacramento|Kansas City|
Mesa|Atlanta|Omaha|Colorado Springs|Raleigh|Long Beach|Virginia Beach|Miami|Oakland|Minneapolis|Tulsa|Bakersfield|
Wichita|Arlington|Tampa|New Orleans|Cleveland|Honolulu|Anaheim|Lexington|Stockton|Corpus Christi|Riverside|Newark|
Saint Paul|St. Paul|St. Louis|Cincinnati|Pittsburgh|Greensboro|Anchorage|Lincoln|Plano|Orlando|Irvine|Toledo|
Jersey City|
Chula Vista|Durham|Fort Wayne|Ft. Worth|Fort Worth|St. Petersburg|Laredo|Buffalo|Madison|Lubbock|Reno|Akron|Spokane|
Boise|Richmond|Baton Rouge|Des Moines|Tacoma|Modesto|Fontana|Shreveport|Fayetteville|Worcester|Yonkers|Glendale|Mobile|
Little Rock|Amarillo|Augusta|Grand Rapids|Salt Lake City|Huntsville|Knoxville|Providence|Santa Rosa|Chattanooga|Tempe|
Eugene|Peoria|Salem|Springfield|Hartford|Bridgeport|Dayton|Rockford|Paterson|Syracuse|Savannah|Topeka|Waco|Lansing|
Ann Arbor|Berkeley|Green Bay|Davenport|South Bend|Duluth|Fargo|Sioux Falls|Billings|Missoula|Cheyenne|Casper|Butte|
Bangor|Burlington|Concord|Nashua|Lowell|Brockton|New Bedford|Fall River|Quincy|Framingham|Waltham|Camden|Trenton|
Scranton|
Allentown|Erie|Reading|Altoona|Wheeling|Roanoke|Norfolk|Macon|Valdosta|Tallahassee|Gainesville|Pensacola|Ocala|Biloxi|
Tupelo|Jackson|Meridian|Monroe|Lafayette|Beaumont|El Paso|McAllen|Brownsville|Abilene|Odessa|Midland|Las Cruces|
Santa Fe|
Flagstaff|Yuma|Provo|Ogden|Pocatello|Yakima|Bellingham|Bend|Medford|Redding|Chico|Visalia|Salinas|Compton|Brooklyn|
Queens|
the Bronx|Manhattan|Staten Island|Harlem|NYC|L.A.|Philly|Hoboken|Cambridge|Somerville|Toronto|Montreal|Vancouver|London|
Manchester|Dublin|Tijuana|Guadalajara|Mexico City|Manila|Mumbai|Delhi|Chennai|Karachi|Dhaka|Lagos|Accra|Nairobi|Addis
Ababa|Cairo|Beirut|Damascus|Baghdad|Tehran|Istanbul|Kyiv|Warsaw|Hanoi|Seoul|Tokyo|Port-au-Prince|Kingston|San Juan|
Santo Domingo|São Paulo|Bogotá|Lima|Quito|San Salvador|Ciudad Juárez""".replace("\n", " ").split("|")
CITIES = [city.strip() for city in CITIES]

TOWN_HEADS = """
Ash Bay Bear Beaver Birch Black Blue Bridge Brook Buck Burl Cedar Center Chester Clear Clif Cold Cran Crescent Deer \
Dover
Dun Eagle East Elk Elm Fair Falcon Fern Fox Frank Glen Gold Granite Green Hamp Haver Hawk High Hill Hope Iron Jeffer \
Kings
Lake Laurel Lex Liberty Long Madi Maple Marl Mead Mil Mill Mon Moss New North Oak Old Orchard Ott Oxbow Pel Pine Plain
Pleas Pleasant Port Quarry Raven Red Ridge River Rock Rose Salem Sand Shell Silver South Spring Still Stone Summer Sun
Thorn Timber Trum Union Valley Walnut War Water Wel West White Wil Willow Win Wolf Wood York Zel
""".split()
TOWN_TAILS = """
boro borough bridge brook burg bury by chester creek dale field ford glen grove haven hill hurst land lawn ley mont moor
mouth point port ridge side stead ton town vale view ville water well wick wood worth
""".split()
TOWN_WORDS = """
Falls|Springs|Heights|Grove|Park|City|Junction|Hills|Beach|Lake|Valley|Center|Corners|Creek|Landing|Mills|Point|Harbor|
Township|Crossing|Ridge|Rapids|Bluff|Gap|Station""".replace("\n", "").split("|")
TOWN_PREFIXES = (
    "North South East West New Mount Mt. Fort Ft. Port Lake Saint St. San Santa Los Las El La Upper Lower Old".split()
)
SPANISH_TOWNS = (
    "Marcos Pedro Luis Mateo Ramon Clara Rosa Ana Fe Cruz Paula Barbara Lorenzo Bernardo Gatos Banos "
    "Lunas Cajon Mesa Mirada Verde"
).split()

STREET_NAMES = """
Main Oak Elm Maple Cedar Pine Park Washington Lake Hill Walnut Spring North Ridge Church Willow Mill Sunset Railroad
Jackson Cherry West South Center Highland Forest Jefferson Meadow Franklin Chestnut River Lincoln Madison Dogwood \
Hickory
Laurel Locust Magnolia Poplar Sycamore Birch Juniper Aspen Cypress Spruce Holly Ivy Rose Lilac Azalea Heather Fern Acorn
Quail Robin Cardinal Eagle Falcon Hawk Dove Sparrow Bluebird Fox Deer Bear Elk Buck Beaver Wolf Coyote Mustang Pinto
Harvest Orchard Vineyard Prairie Canyon Mesa Sierra Vista Valley Creek Brook Pond Harbor Bay Ocean Beach Shore Anchor
College University School Academy Hospital Court Market Commerce Industrial Liberty Union Independence Constitution
Grant Sherman Lee Monroe Adams Harrison Cleveland Roosevelt Kennedy King Douglass Columbus Lafayette Penn Delaware
Broadway Boylston Tremont Beacon Peachtree Lamar Congress Alameda Figueroa Wilshire Ventura Mission Valencia Guerrero
Bancroft Telegraph Shattuck Euclid Superior Prospect Carnegie Woodward Gratiot Michigan Halsted Ashland Cicero Pulaski
Kedzie Western Damen Fullerton Belmont Addison Irving Montrose Lawrence Devon Howard Touhy Dempster
""".split()
STREET_TYPES = """
Street St St. Avenue Ave Ave. Road Rd Rd. Drive Dr Dr. Lane Ln Ln. Boulevard Blvd Blvd. Court Ct Ct. Place Pl Way \
Circle Cir
Terrace Ter Trail Trl Parkway Pkwy Highway Hwy Loop Run Path Row Square Sq Alley Crescent Crossing Pike Turnpike Tpke
""".split()
STREET_WORDS = (
    "Old New Little Big Upper Lower Stone Sandy Rocky Silver Golden Hidden Quiet Whispering Shady Misty Crooked".split()
)

HOSPITAL_TYPES = """
Hospital|Medical Center|Med Center|Med Ctr|Regional Medical Center|General Hospital|Memorial Hospital|
Community Hospital|
Regional Hospital|Children's Hospital|University Hospital|County Hospital|Health System|Health Center|Healthcare|
Health|Clinic|Family Practice|Family Medicine|Medical Group|Urgent Care|Surgery Center|Surgical Center|Cancer Center|
Heart Institute|Orthopedics|Dialysis|Dialysis Center|Imaging|Imaging Center|Radiology|Pediatrics|Women's Health|
Behavioral Health|Rehabilitation Hospital|Rehab|Infirmary|VA Medical Center|VAMC|Eye Associates|Dental|Dermatology
""".replace("\n", "").split("|")
NURSING_TYPES = """
Nursing Home|Nursing Center|Nursing and Rehab|Nursing & Rehabilitation|Manor|Assisted Living|Senior Living|Care Center|
Convalescent Home|Rehab and Healthcare|Skilled Nursing|SNF|Retirement Village|Memory Care|Hospice|Hospice House|
Group Home|Residential Care|Health and Rehab|Gardens|Commons|Terrace|Villa""".replace("\n", "").split("|")
FACILITY_WORDS = """
Mercy Providence Good_Samaritan Sacred_Heart Holy_Cross Trinity Grace Hope Faith Unity Harmony Evergreen Sunrise Sunset
Brookdale Lakeside Riverside Hillside Bayview Parkview Fairview Pleasant_View Mountain_View Valley_View Ocean_View
Cedar_Ridge Oak_Hill Maple_Grove Pine_Crest Willow_Creek Silver_Lake Golden_Acres Rosewood Briarwood Wildwood Northside
Southside Eastside Westside Midtown Downtown Uptown Tri-County Three_Rivers Twin_Lakes Blue_Ridge Red_River Green_Valley
Baptist Methodist Presbyterian Lutheran Adventist Episcopal Shriners Cornerstone Summit Pinnacle Keystone Pioneer \
Heritage
Legacy Beacon Compass Horizon Cascade Sierra Piedmont Ozark Palmetto Magnolia Bluegrass Bluebonnet Lone_Star \
Great_Plains
""".replace("_", "\x00").split()
FACILITY_WORDS = [word.replace("\x00", " ") for word in FACILITY_WORDS]
SAINTS = """Mary Joseph Luke John Vincent Francis Anthony Michael Elizabeth Agnes Jude Thomas Catherine Rita Clare Anne
Barnabas Peter Mark Alphonsus Bernard Charles David Edward Helena Ignatius James Lawrence Louis Margaret Raphael
Theresa Camillus Brigid Cecilia Dominic Rose""".split()
REAL_HOSPITALS = """
Mayo Clinic|Cleveland Clinic|Johns Hopkins|Johns Hopkins Hospital|Massachusetts General Hospital|Mass General|MGH|BIDMC|
Brigham and Women's Hospital|the Brigham|UCSF|UCSF Medical Center|UCLA|Cedars-Sinai|Mount Sinai|Mt. Sinai|NYU Langone|
New York-Presbyterian|Stanford|Stanford Hospital|Northwestern Memorial|Rush|Duke|Duke University Hospital|Vanderbilt|
Emory|MD Anderson|Sloan Kettering|Memorial Sloan Kettering|Dana-Farber|Barnes-Jewish|Grady|Parkland|Bellevue|
Cook County|
Harborview|OHSU|UPMC|Penn|HUP|CHOP|Children's|Texas Children's|Kaiser|Kaiser Permanente Oakland|Geisinger|Intermountain|
Sentara|Henry Ford Hospital|Beaumont|Scripps|Sharp Memorial|Banner|Baylor|Methodist|Ochsner|Tufts|Boston Medical Center|
Yale New Haven|Hartford Hospital|Maimonides|Montefiore|Jacobi|Elmhurst|Lenox Hill|Walter Reed|Bethesda Naval""".replace(
    "\n", ""
).split("|")
SCHOOLS = (
    "Elementary School|Middle School|High School|Elementary|High|Academy|Preschool|Daycare|Community College|"
    "University|Head Start"
).split("|")
EMPLOYERS = """
Walmart|Amazon|Home Depot|Costco|Starbucks|McDonald's|the post office|FedEx|UPS|Boeing|Ford|General Motors|Kroger|
Target|
Bank of America|Verizon|Delta Airlines|Tyson Foods|John Deere|Caterpillar|Lowe's|Burger King|Safeway|Publix""".replace(
    "\n", ""
).split("|")
LANDSCAPES = "Desert Prairie Bay Harbor Canyon Delta Peak Mesa Coastal Gulf Metro".split()
HOLIDAYS = """
Christmas|Christmas Day|Christmas Eve|Thanksgiving|Easter|Easter Sunday|New Year's Eve|New Year's Day|Halloween|
Labor Day|Memorial Day|the Fourth of July|July 4th|Valentine's Day|Mother's Day|Father's Day|St. Patrick's Day|
MLK Day|Good Friday|Ash Wednesday|Palm Sunday|Passover|Yom Kippur|Rosh Hashanah|Hanukkah|Ramadan|Eid|Diwali|
Lunar New Year|Black Friday|Juneteenth|Cinco de Mayo|Groundhog Day|Super Bowl Sunday|
Veterans Day""".replace("\n", "").split("|")
NEIGHBORHOODS = """
Capitol Hill|Dorchester|Roxbury|Jamaica Plain|the Mission|SoMa|Noe Valley|Hyde Park|Lincoln Park|Wicker Park|Bed-Stuy|
Williamsburg|Astoria|Flushing|Washington Heights|South Side|East Side|Highland Park|Midtown|Buckhead|Little Havana|
Overtown|Silver Lake|Echo Park|Koreatown|South Philly|Fishtown|Germantown|Federal Hill|Georgetown|Anacostia|Ballard|
Fremont|Queen Anne|the Tenderloin|Uptown|Garden District|Montrose|the Heights|Deep Ellum""".replace("\n", "").split("|")
LANDMARKS = """
Lincoln Memorial Library|Riverside Mall|Eastgate Mall|Union Station|Greyhound station on 5th|Pier 39|Penn Station|
Woodlawn Cemetery|Jefferson Middle School gym|Veterans Park|Memorial Stadium|Logan Airport|O'Hare|LAX|Route 66 Diner|
Golden Gate Park|Central Park|Lake Merritt|Fort Bragg|Camp Pendleton|Fort Hood""".replace("\n", "").split("|")
SPOTS = """
Mall|Park|Plaza|Library|Public Library|Airport|Station|Bridge|Stadium|Arena|Golf Club|Country Club|YMCA|Beach|
State Park|
Reservation|Air Force Base|AFB|Army Base|Prison|Correctional Facility|County Jail|Detention Center|Baptist Church|
Methodist Church|Lutheran Church|Mosque|Temple|Synagogue|Community Center|Senior Center|Shelter|Rescue Mission|Motel|
Inn|
Hotel|Trailer Park|Mobile Home Park|Apartments|Towers|Estates|Condos|Farm|Ranch|Mine|Mill|Shipyard|Casino|Lake|River|
Campground|Fire Department|Police Department|Courthouse|Cemetery|Funeral Home|Housing Project|Homes|Camp|Island|
Lodge""".replace("\n", "").split("|")
#: The kinds of facilities as people in a hurry write them.
SHORT_KINDS = """
Heart|Ortho|Imaging|MFM|Derm|Eye|ENT|GI|Peds|Women's|VAMC|CBOC|Annex|Gen|General|Regional|Mem|Memorial|
Med Ctr|Rehab|Elem|Elementary|HS|Middle|Inn|Motel|Hall|House|Manor|Home Medicine|Hospice|Dialysis|Pain|
Surgicenter|Infusion|Cancer|Sleep|Wound Ctr|Urgent Care|ER|Psych|Behavioral|Kidney|Lung|Spine|Health Dept|
Free Clinic|FQHC|Birth Center""".replace("\n", "").split("|")
