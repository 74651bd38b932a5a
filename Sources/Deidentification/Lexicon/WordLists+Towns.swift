// Towns besides the large cities of the first list: of the United States by region, then of the world. Written from
// general knowledge; no list was copied. Towns of several words stand in ``townPhrases``.
extension WordLists {
    static let towns = """
        Acton Agawam Amesbury Amherst Andover Arlington Ashland Athol Attleboro Auburn Ayer Barnstable Barre Bath Belchertown Bellingham Belmont Bennington Berlin Beverly Biddeford Billerica Boxborough
        Boxford Braintree Brattleboro Brewer Brewster Bridgewater Bristol Brockton Brookline Brunswick Burrillville Camden Canton Caribou Carver Chelmsford Chelsea Cheshire Chicopee Claremont Cohasset
        Colchester Coventry Cranston Cromwell Cumberland Danbury Danvers Darien Dartmouth Dedham Derry Dorchester Dracut Dudley Duxbury Easthampton Ellsworth Enfield Essex Everett Exeter Fairfield
        Fairhaven Falmouth Farmingdale Farmington Fitchburg Foxborough Framingham Gardner Glastonbury Gloucester Gorham Grafton Greenfield Greenwich Groton Guilford Hamden Hanover Harwich Haverhill Hingham
        Holbrook Holden Holliston Holyoke Hooksett Hopkinton Houlton Hudson Hyannis Ipswich Keene Kennebunk Killingly Kingston Kittery Laconia Lawrence Leominster Lewiston Littleton Longmeadow Ludlow Lynn Lynnfield
        Malden Manchester Mansfield Marblehead Marlborough Marshfield Mashpee Medfield Medford Medway Melrose Merrimack Meriden Methuen Middleborough Middlebury Middletown Milford Millbury Milton Montpelier
        Nahant Nantucket Nashua Natick Naugatuck Needham Newburyport Newington Northampton Northborough Norwalk Norwich Norwood Oxford Palmer Pawtucket Peabody Pembroke Pepperell Pittsfield Plainville Plymouth
        Portsmouth Presque Provincetown Putnam Quincy Randolph Raynham Reading Rehoboth Revere Rockland Rockport Rowley Roxbury Rutland Saco Sandwich Sanford Saugus Scarborough Scituate Seekonk Sharon Shelburne
        Shrewsbury Skowhegan Somersworth Southbridge Southington Stoneham Stonington Stoughton Stratford Sturbridge Sudbury Swampscott Swansea Taunton Tewksbury Tiverton Tolland Topsfield Torrington Trumbull Uxbridge
        Vernon Wakefield Wallingford Waltham Wareham Warwick Waterville Watertown Wayland Webster Wellesley Westborough Westbrook Westerly Westfield Westford Weston Westport Westwood Wethersfield Weymouth Whitman
        Wilbraham Willimantic Wilmington Winchendon Winchester Windham Windsor Winooski Winthrop Woburn Woonsocket Wrentham Yarmouth
        Amityville Amsterdam Armonk Auburn Babylon Baldwin Batavia Bath Bayonne Bayport Bayshore Beacon Bedford Bellmore Bensonhurst Bethpage Binghamton Brentwood Brewster Bronxville Canandaigua Canarsie Carmel
        Catskill Cheektowaga Chappaqua Cobleskill Cohoes Commack Coney Copiague Coram Cortland Croton Deposit Dobbs Dunkirk Elmhurst Elmira Elmont Endicott Endwell Flatbush Flushing Fredonia Freeport Fulton
        Geneseo Geneva Gloversville Goshen Hamburg Hamptons Harrison Hauppauge Haverstraw Hempstead Herkimer Hicksville Hornell Huntington Irvington Islip Ithaca Jamestown Jericho Johnstown Katonah Kenmore
        Kingston Lackawanna Larchmont Latham Levittown Lindenhurst Liverpool Lockport Lynbrook Malone Mamaroneck Manhasset Massapequa Massena Mastic Medford Melville Merrick Middletown Mineola Monsey Montauk
        Monticello Nanuet Newburgh Nyack Oceanside Ogdensburg Olean Oneida Oneonta Ossining Oswego Patchogue Pelham Penfield Peekskill Plainview Plattsburgh Potsdam Poughkeepsie Purchase Riverhead Rockaway
        Ronkonkoma Roslyn Rye Sayville Scarsdale Schenectady Selden Setauket Smithtown Southampton Spring Suffern Syosset Tarrytown Tonawanda Troy Tuckahoe Utica Valhalla Victor Wantagh Watertown Webster
        Westbury Williamsville Woodstock Yaphank Yorktown Washingtonville Saratoga Ticonderoga Skaneateles Cooperstown Rhinebeck Speonk Southold
        Absecon Asbury Avalon Belleville Bergenfield Bloomfield Boonton Bordentown Brick Bridgeton Burlington Caldwell Cherryhill Clark Clifton Collingswood Cranbury Cranford Denville Dover Edgewater Edison Elizabeth
        Englewood Evesham Ewing Fairview Flemington Fords Freehold Garfield Glassboro Hackettstown Hammonton Hawthorne Hazlet Hillside Hillsborough Holmdel Hopatcong Howell Iselin Kearny Keansburg Keyport Lakehurst
        Lakewood Lawrenceville Linden Livingston Lodi Mahwah Manalapan Manasquan Maplewood Marlton Matawan Mendham Metuchen Millburn Millville Montclair Moorestown Morristown Neptune Newark Nutley Paramus
        Parsippany Passaic Paterson Pennsauken Perth Piscataway Plainfield Pleasantville Princeton Rahway Ramsey Randolph Ridgefield Ridgewood Ringwood Roselle Rutherford Sayreville Secaucus Sewell Sicklerville
        Somerset Sparta Summit Teaneck Toms Totowa Union Verona Vineland Voorhees Wallington Warren Wayne Weehawken Westfield Wildwood Willingboro Woodbridge Woodbury Wyckoff
        Abington Aliquippa Altoona Ambler Ambridge Ardmore Bensalem Berwick Bethlehem Bloomsburg Boyertown Bradford Bristol Butler Carlisle Carnegie Chambersburg Chester Clairton Clarion Coatesville Connellsville
        Coraopolis Corry Danville Downingtown Doylestown Dunmore Easton Edinboro Elkins Ellwood Emmaus Ephrata Erie Exton Frackville Gettysburg Greensburg Hanover Hatboro Havertown Hazleton Hershey Homestead
        Honesdale Indiana Irwin Jeannette Johnstown Kittanning Kutztown Lancaster Langhorne Lansdale Latrobe Lebanon Levittown Lewisburg Lititz Manheim McKeesport Meadville Mechanicsburg Media Monessen Monroeville
        Moosic Nanticoke Narberth Nazareth Norristown Oxford Paoli Phoenixville Pittston Pottstown Pottsville Punxsutawney Quakertown Reading Sayre Sharon Shamokin Shippensburg Somerset Souderton Stroudsburg
        Sunbury Swarthmore Tamaqua Titusville Towanda Uniontown Upland Warminster Waynesboro Wilkinsburg Williamsport Wyomissing York Yardley Newtown Coudersport Zelienople
        Aberdeen Accokeek Annandale Annapolis Arbutus Ashburn Ashland Bethesda Bowie Bluefield Brunswick Burke Catonsville Centreville Chantilly Charlottesville Chesapeake Chesterfield Christiansburg Clarksburg
        Clinton Cockeysville Colonial Columbia Crofton Culpeper Cumberland Danville Dumfries Dundalk Easton Elkton Emporia Essex Fairfax Fairmont Farmville Frederick Fredericksburg Frostburg Gaithersburg Galax
        Germantown Grafton Greenbelt Hagerstown Hampton Harrisonburg Herndon Hopewell Huntington Hyattsville Keyser Lanham Laurel Leesburg Lynchburg Manassas Martinsburg Martinsville McLean Mechanicsville
        Middleburg Midlothian Morgantown Odenton Olney Parkersburg Parkville Pasadena Petersburg Pikesville Poolesville Poquoson Portsmouth Potomac Princeton Radford Randallstown Reisterstown Reston Rockville Salisbury
        Severna Staunton Sterling Suffolk Suitland Takoma Tappahannock Timonium Towson Vienna Waldorf Warrenton Waynesboro Weirton Wheaton Wheeling Williamsburg Winchester Woodbridge Woodstock Wytheville Dover
        Rehoboth Lewes Milford Smyrna Georgetown Seaford
        Albemarle Apex Asheboro Boone Burlington Carrboro Cary Clemmons Concord Cornelius Elon Fayetteville Garner Gastonia Goldsboro Greensboro Greenville Hendersonville Hickory Huntersville Indian Jacksonville
        Kannapolis Kernersville Kinston Laurinburg Lenoir Lexington Lincolnton Lumberton Matthews Monroe Mooresville Morganton Morrisville Murphy Newton Pinehurst Pittsboro Reidsville Roxboro Salisbury Sanford Shelby
        Smithfield Statesville Tarboro Thomasville Wadesboro Waynesville Whiteville Wilson Zebulon Aiken Anderson Beaufort Bluffton Camden Cayce Cheraw Clemson Clover Conway Darlington Easley Florence Gaffney
        Georgetown Goose Greenwood Greer Hanahan Hartsville Irmo Lancaster Lexington Mauldin Moncks Newberry Orangeburg Rockhill Simpsonville Spartanburg Summerville Sumter Walterboro
        Acworth Albany Alpharetta Americus Athens Augusta Bainbridge Brunswick Buford Calhoun Canton Carrollton Cartersville Chamblee Columbus Conyers Cordele Covington Cumming Dahlonega Dalton Decatur Douglas
        Douglasville Dublin Duluth Dunwoody Fitzgerald Gainesville Griffin Hinesville Jonesboro Kennesaw Kingsland LaGrange Lawrenceville Lilburn Lithonia Loganville Macon Marietta McDonough Milledgeville Moultrie
        Newnan Norcross Perry Pooler Rome Roswell Sandy Savannah Smyrna Snellville Statesboro Stockbridge Suwanee Thomasville Tifton Toccoa Tucker Valdosta Vidalia Villa Waycross Winder Woodstock
        Altamonte Apopka Arcadia Aventura Bartow Boca Bonita Boynton Bradenton Brandon Brooksville Casselberry Clermont Cocoa Davie DeLand Delray Deltona Destin Doral Dunedin Estero Eustis Fernandina Gulfport
        Hallandale Hialeah Homestead Immokalee Inverness Jupiter Kendall Kissimmee Largo Leesburg Longwood Lutz Maitland Marianna Melbourne Micanopy Miramar Naples Niceville Ocala Ocoee Okeechobee Opa-locka Ormond
        Oviedo Palatka Palmetto Pembroke Pensacola Plantation Pompano Poinciana Ruskin Sanford Sarasota Sebastian Sebring Stuart Sunrise Tamarac Tampa Tavares Titusville Venice Wauchula Wellington Weston Zephyrhills
        Alabaster Albertville Andalusia Anniston Arab Athens Auburn Bessemer Cullman Daphne Decatur Demopolis Dothan Enterprise Eufaula Fairhope Foley Gadsden Greenville Hartselle Homewood Hoover Huntsville Jasper
        Madison Millbrook Montgomery Northport Opelika Oxford Ozark Pelham Prattville Prichard Saraland Scottsboro Selma Sylacauga Talladega Troy Trussville Tuskegee Biloxi Brandon Brookhaven Canton Clarksdale
        Cleveland Clinton Columbus Corinth Gautier Greenville Greenwood Grenada Gulfport Hattiesburg Hernando Horn Indianola Kosciusko Laurel Madison McComb Meridian Moss Natchez Ocean Olive Oxford Pascagoula Pearl
        Philadelphia Picayune Ridgeland Southaven Starkville Tupelo Vicksburg Yazoo
        Athens Bartlett Brentwood Bristol Chattanooga Clarksville Cleveland Collierville Columbia Cookeville Crossville Dickson Dyersburg Elizabethton Farragut Franklin Gallatin Gatlinburg Germantown Goodlettsville
        Greeneville Hendersonville Jackson Johnson Kingsport Knoxville Lebanon Maryville McMinnville Millington Morristown Murfreesboro Oak Paris Pigeon Pulaski Sevierville Shelbyville Smyrna Sparta Spring Tullahoma
        Ashland Bardstown Berea Bowling Campbellsville Corbin Covington Danville Elizabethtown Erlanger Florence Fort Frankfort Georgetown Glasgow Harlan Hazard Henderson Hopkinsville Jeffersontown London Madisonville
        Mayfield Maysville Middlesboro Morehead Murray Newport Nicholasville Owensboro Paducah Pikeville Prestonsburg Radcliff Richmond Shelbyville Shively Somerset Winchester
        Abbeville Alexandria Bastrop Bogalusa Bossier Breaux Covington Crowley Denham Gonzales Gretna Hammond Harvey Houma Jennings Kenner Lafayette Laplace Leesville Mandeville Marrero Metairie Minden Monroe
        Natchitoches Opelousas Pineville Ruston Shreveport Slidell Sulphur Thibodaux Zachary Benton Bentonville Blytheville Bryant Cabot Conway Camden Fayetteville Harrison Hope Jonesboro Magnolia Maumelle Paragould
        Rogers Russellville Searcy Sherwood Siloam Springdale Texarkana
        Akron Alliance Amherst Ashland Ashtabula Athens Aurora Austintown Avon Barberton Beachwood Beavercreek Bellefontaine Bexley Boardman Brecksville Brunswick Bucyrus Cambridge Canton Chagrin Chillicothe Circleville
        Conneaut Coshocton Cuyahoga Defiance Delaware Dublin Elyria Englewood Euclid Fairborn Fairfield Findlay Fostoria Fremont Gahanna Galion Garfield Grandview Greenville Hamilton Hilliard Huber Hudson Ironton
        Kent Kettering Lakewood Lancaster Lebanon Lima Lorain Loveland Mansfield Marietta Marion Marysville Mason Massillon Maumee Mayfield Medina Mentor Miamisburg Middletown Millersburg Montgomery Newark Niles
        Norwalk Norwood Oberlin Oregon Oxford Painesville Parma Perrysburg Piqua Portsmouth Ravenna Reynoldsburg Sandusky Sidney Solon Springboro Steubenville Stow Strongsville Struthers Tallmadge Tiffin Toledo
        Trotwood Troy Twinsburg Urbana Vandalia Vermilion Wadsworth Warren Warrensville Westerville Westlake Wickliffe Willoughby Wilmington Wooster Worthington Xenia Youngstown Zanesville
        Anderson Angola Auburn Avon Bedford Bloomington Brownsburg Carmel Chesterton Clarksville Columbus Connersville Crawfordsville Crown Decatur Elkhart Evansville Fishers Frankfort Franklin Gary Goshen Granger
        Greencastle Greenfield Greensburg Greenwood Griffith Hammond Hobart Huntington Jasper Jeffersonville Kokomo Lafayette LaPorte Lebanon Logansport Madison Marion Merrillville Michigan Mishawaka Muncie Munster
        Noblesville Peru Plainfield Plymouth Portage Richmond Schererville Seymour Shelbyville Speedway Terre Valparaiso Vincennes Wabash Warsaw Westfield Zionsville
        Addison Algonquin Alsip Alton Antioch Arlington Barrington Bartlett Batavia Belleville Bellwood Belvidere Bensenville Berwyn Blue Bolingbrook Bourbonnais Bradley Bridgeview Brookfield Buffalo Burbank Cahokia
        Carbondale Carpentersville Champaign Charleston Cicero Collinsville Crestwood Crystal Danville Darien Decatur Deerfield DeKalb Dixon Dolton Edwardsville Effingham Elgin Elk Elmhurst Elmwood Evanston
        Evergreen Forest Frankfort Freeport Galesburg Geneva Glencoe Glenview Godfrey Granite Gurnee Hanover Harvey Hazel Highland Hinsdale Hoffman Homer Homewood Huntley Itasca Jacksonville Joliet Kankakee
        Kewanee Lansing Lemont Libertyville Lincolnshire Lincolnwood Lisle Lombard Loves Macomb Marion Markham Matteson Mattoon Maywood McHenry Melrose Metropolis Midlothian Minooka Mokena Moline Montgomery Morton
        Mundelein Naperville Niles Normal Northbrook Northlake O'Fallon Orland Oswego Ottawa Palatine Palos Pekin Peoria Plainfield Pontiac Prospect Quincy Rantoul Riverdale Rockford Rolling Romeoville Roselle
        Schaumburg Shorewood Skokie Springfield Streamwood Sycamore Tinley Urbana Vernon Villa Waukegan Westchester Westmont Wheaton Wheeling Wilmette Winnetka Woodridge Woodstock Yorkville Zion
        Adrian Allen Alpena Battle Bay Benton Berkley Big Birmingham Cadillac Canton Cheboygan Clawson Coldwater Dearborn Eastpointe Escanaba Farmington Ferndale Fenton Fraser Garden Grandville Grosse Hamtramck Hancock
        Harper Hastings Hazel Highland Holland Holt Houghton Howell Inkster Ionia Ironwood Ishpeming Jackson Jenison Kalamazoo Kentwood Lapeer Livonia Ludington Manistee Marquette Midland Monroe Muskegon Niles
        Northville Novi Okemos Owosso Petoskey Plymouth Pontiac Portage Redford Rochester Romulus Roseville Royal Saginaw Saline Sault Southfield Southgate Sturgis Taylor Traverse Trenton Troy Walled Warren
        Waterford Wayne Westland Wyandotte Wyoming Wixom Ypsilanti
        Appleton Ashwaubenon Baraboo Beloit Brookfield Burlington Caledonia Cudahy DePere Eau Fitchburg Fond Franklin Germantown Glendale Greenfield Hartford Hudson Janesville Kaukauna Kenosha Kimberly Manitowoc
        Marinette Marshfield Menasha Menomonie Mequon Merrill Middleton Monona Monroe Muskego Neenah Oconomowoc Onalaska Oshkosh Platteville Portage Pewaukee Racine Rhinelander Ripon Sheboygan Shawano Sparta
        Stoughton Superior Tomah Verona Waukesha Waunakee Waupun Wausau Wauwatosa Whitewater Albert Alexandria Andover Anoka Apple Austin Bemidji Blaine Bloomington Brainerd Burnsville Champlin Chanhassen Chaska
        Cloquet Coon Cottage Crystal Duluth Eagan Eden Edina Elk Fairmont Faribault Farmington Fergus Fridley Golden Hastings Hibbing Hopkins Hutchinson Inver Lakeville Lino Mankato Maplewood Marshall Minnetonka
        Moorhead Northfield Oakdale Owatonna Plymouth Prior Ramsey Richfield Robbinsdale Rochester Rosemount Roseville Savage Shakopee Shoreview Stillwater Virginia Waseca Willmar Winona Woodbury Worthington
        Altoona Ames Ankeny Bettendorf Boone Burlington Carroll Cedar Clinton Clive Coralville Decorah Dubuque Fairfield Grinnell Indianola Johnston Keokuk Marion Marshalltown Mason Muscatine Newton Oskaloosa Ottumwa
        Pella Sioux Spencer Storm Urbandale Waterloo Waukee Waverly Arnold Ballwin Belton Blue Branson Bridgeton Carthage Chesterfield Clayton Columbia Creve Excelsior Farmington Ferguson Festus Florissant Gladstone
        Grandview Hannibal Hazelwood Independence Jefferson Jennings Joplin Kearney Kirksville Kirkwood Lebanon Liberty Manchester Maryville Mexico Moberly Neosho Nixa O'Fallon Ozark Poplar Raymore Raytown Rolla
        Sedalia Sikeston Springfield Webster Wentzville Wildwood Bellevue Beatrice Columbus Fremont Gretna Hastings Kearney LaVista Lexington Norfolk Papillion Plattsmouth Scottsbluff Seward York Aberdeen Brandon
        Brookings Huron Mitchell Pierre Spearfish Sturgis Vermillion Watertown Yankton Bismarck Dickinson Fargo Jamestown Mandan Minot Wahpeton Williston Andover Arkansas Atchison Derby Dodge Emporia Garden
        Gardner Goddard Hays Hutchinson Junction Lawrence Leavenworth Leawood Lenexa Liberal Manhattan McPherson Merriam Newton Olathe Ottawa Overland Parsons Pittsburg Prairie Salina Shawnee Topeka Wichita Winfield
        Ada Altus Ardmore Bartlesville Bethany Bixby Broken Chickasha Claremore Del Duncan Durant Edmond Elk Enid Guthrie Jenks Lawton McAlester Miami Moore Muskogee Mustang Norman Okmulgee Owasso Ponca Sapulpa
        Shawnee Stillwater Tahlequah Weatherford Yukon
        Addison Alamo Aldine Alice Allen Alvin Amarillo Angleton Athens Atascocita Balch Bastrop Baytown Bedford Beeville Bellaire Belton Benbrook Boerne Borger Brenham Brownwood Bryan Buda Burleson Canyon Carrollton
        Cedar Channelview Cibolo Cleburne Colleyville Conroe Converse Coppell Copperas Corinth Corsicana Crowley Cypress Deer Del Denison Denton DeSoto Dickinson Donna Dumas Duncanville Edinburg Eagle Elgin Ennis
        Euless Farmers Fate Flower Forney Freeport Fredericksburg Friendswood Gainesville Galena Garland Gatesville Georgetown Grapevine Greenville Haltom Harker Harlingen Hereford Hewitt Highland Hillsboro Humble
        Huntsville Hurst Hutto Jacksonville Katy Keller Kerrville Kilgore Killeen Kingsville Kingwood Kyle Lancaster Lampasas League Leander Levelland Lewisville Little Live Lockhart Longview Lufkin Lumberton
        Mansfield Marshall McAllen McKinney Mercedes Mesquite Midland Midlothian Mineral Mission Missouri Murphy Nacogdoches Nederland Odessa Orange Palestine Pampa Paris Pasadena Pearland Pearsall Pflugerville
        Pharr Plainview Plano Portland Prosper Richardson Richmond Roanoke Robstown Rockwall Rosenberg Rowlett Sachse Saginaw Schertz Seabrook Seagoville Seguin Sherman Snyder Southlake Spring Stafford
        Stephenville Sulphur Temple Terrell Texarkana Tomball Tyler Universal Uvalde Vernon Victoria Vidor Waxahachie Weatherford Webster Weslaco Wylie Aztec Belen Carlsbad Clovis Deming Espanola Farmington Gallup
        Hobbs Lovington Portales Roswell Ruidoso Silver Socorro Taos Avondale Buckeye Bullhead Casa Chandler Cottonwood Douglas Eloy Fountain Florence Gilbert Globe Goodyear Kingman Lake Marana Maricopa Nogales
        Oro Page Payson Peoria Prescott Queen Sahuarita Safford Sedona Show Sierra Surprise Tempe Winslow
        Alamosa Arvada Aspen Aurora Brighton Broomfield Canon Castle Centennial Commerce Cortez Craig Durango Edgewater Englewood Erie Evans Evergreen Federal Firestone Fountain Frederick Fruita Glenwood Golden Grand
        Greeley Greenwood Lafayette Lamar Lakewood Littleton Lone Longmont Louisville Loveland Montrose Northglenn Parker Pueblo Rifle Salida Sheridan Steamboat Sterling Superior Telluride Thornton Vail Westminster
        Wheat Windsor American Bountiful Cedar Centerville Clearfield Cottonwood Draper Eagle Farmington Herriman Holladay Kaysville Layton Lehi Logan Midvale Millcreek Moab Murray Ogden Orem Payson Pleasant Provo
        Riverton Roy Sandy Saratoga Spanish Springville Syracuse Taylorsville Tooele Vernal Boise Blackfoot Caldwell Chubbuck Coeur Eagle Hayden Jerome Kuna Lewiston Meridian Moscow Mountain Nampa Pocatello Post
        Rexburg Sandpoint Twin Billings Bozeman Butte Great Havre Helena Kalispell Livingston Miles Missoula Whitefish Casper Cheyenne Cody Evanston Gillette Jackson Laramie Riverton Rock Sheridan Boulder Carson
        Elko Ely Fallon Fernley Henderson Laughlin Mesquite Pahrump Reno Sparks Winnemucca
        Alameda Albany Alhambra Aliso Altadena American Anaheim Antelope Antioch Apple Arcadia Arcata Atascadero Atwater Auburn Azusa Baldwin Banning Barstow Beaumont Bell Bellflower Belmont Benicia Berkeley Beverly
        Bloomington Blythe Brawley Brea Brentwood Buena Burlingame Calabasas Calexico Camarillo Campbell Carlsbad Carmel Carmichael Carpinteria Carson Castaic Castro Cathedral Ceres Cerritos Chico Chino Claremont
        Clovis Coachella Colton Compton Corcoran Corona Coronado Covina Cudahy Culver Cupertino Cypress Daly Dana Danville Davis Delano Desert Dinuba Dixon Downey Duarte Dublin ElCajon Elk Encinitas Encino
        Escondido Eureka Fairfield Fallbrook Folsom Fontana Foothill Fortuna Foster Fountain Fremont Fullerton Galt Gardena Garden Gilroy Glendora Goleta Granada Greenfield Hanford Hawthorne Hayward Healdsburg
        Hemet Hercules Hesperia Highland Hollister Huntington Imperial Indio Inglewood Irvine Kerman King Laguna Lakeside Lakewood Lancaster Lathrop Lawndale Lemoore Lincoln Livermore Lodi Loma Lomita Lompoc
        Madera Malibu Manteca Marina Martinez Marysville Maywood Menifee Merced Millbrae Milpitas Mission Modesto Monrovia Montclair Montebello Monterey Moorpark Moraga Moreno Morgan Morro Murrieta Napa National
        Newark Newhall Norco Northridge Norwalk Novato Oakdale Oakley Oceanside Ontario Orangevale Orinda Oroville Oxnard Pacifica Palmdale Palo Palos Paramount Pasadena Patterson Perris Petaluma Pico Pinole
        Pittsburg Placentia Placerville Pleasanton Pomona Porterville Poway Ramona Rancho Redding Redlands Redondo Reedley Reseda Rialto Richmond Ridgecrest Ripon Riverbank Riverside Rocklin Rohnert Rosemead
        Roseville Rowland Salinas Sanger Santee Saratoga Sausalito Seaside Sebastopol Selma Shafter Sherman Soledad Solvang Sonoma Sonora Stanton Suisun Sunnyvale Tarzana Tehachapi Temecula Temple Torrance Tracy
        Truckee Tulare Turlock Tustin Ukiah Upland Vacaville Vallejo Ventura Victorville Visalia Vista Wasco Watsonville Westminster Whittier Windsor Woodland Yucaipa Yuba
        Aberdeen Anacortes Arlington Auburn Bainbridge Battle Bellevue Bellingham Bonney Bothell Bremerton Burien Camas Centralia Chehalis Cheney Clarkston Covington Edmonds Ellensburg Enumclaw Everett Federal
        Ferndale Issaquah Kelso Kenmore Kennewick Kent Kirkland Lacey Lakewood Longview Lynden Lynnwood Maple Marysville Mercer Monroe Moses Mount Mukilteo Oak Olympia Omak Pasco Port Poulsbo Pullman Puyallup
        Redmond Renton Richland Sammamish SeaTac Sedro Sequim Shelton Shoreline Snohomish Spokane Sumner Sunnyside Tukwila Tumwater Vancouver Wenatchee Woodinville Yakima Albany Ashland Astoria Baker Beaverton Bend
        Canby Central Coos Corvallis Cottage Dallas Eugene Forest Gladstone Grants Gresham Hermiston Hillsboro Keizer Klamath Lebanon McMinnville Medford Milwaukie Newberg Newport Ontario Pendleton Prineville
        Redmond Roseburg Salem Sherwood Silverton Springfield Tigard Troutdale Tualatin Wilsonville Woodburn Anchorage Bethel Fairbanks Homer Juneau Kenai Ketchikan Kodiak Kotzebue Nome Palmer Seward Sitka Soldotna
        Utqiagvik Valdez Wasilla Hilo Honolulu Kahului Kailua Kaneohe Kapolei Kihei Lahaina Lihue Mililani Pearl Wahiawa Waianae Wailuku Waipahu Aguadilla Arecibo Bayamon Caguas Carolina Fajardo Guayama Guaynabo
        Humacao Mayaguez Ponce Manati Dorado Cabo Yauco
        Aberdeen Aberystwyth Aldershot Aylesbury Ayr Banbury Barnet Barnsley Basildon Basingstoke Bath Bedford Blackburn Blackpool Bolton Bournemouth Bradford Brighton Bromley Burnley Bury Camberley Canterbury
        Carlisle Chelmsford Cheltenham Chester Chesterfield Chichester Colchester Coventry Crawley Crewe Croydon Darlington Derby Doncaster Dover Dudley Dumfries Dundee Durham Ealing Eastbourne Enfield Epsom Exeter
        Falkirk Farnborough Folkestone Gateshead Gloucester Grimsby Guildford Harlow Harrogate Harrow Hartlepool Hastings Hereford Hove Huddersfield Hull Inverness Ipswich Keighley Kettering Kilmarnock Leeds
        Leicester Lewisham Lichfield Lincoln Lisburn Livingston Llandudno Londonderry Loughborough Luton Macclesfield Maidstone Margate Middlesbrough Newcastle Newport Newry Northampton Norwich Nottingham Nuneaton
        Oldham Oxford Paisley Perth Peterborough Plymouth Poole Portsmouth Preston Reading Redditch Rochdale Romford Rotherham Rugby Salford Salisbury Scarborough Scunthorpe Sheffield Shrewsbury Slough Solihull
        Southampton Southend Southport Stafford Stevenage Stirling Stockport Stoke Sunderland Sutton Swansea Swindon Taunton Telford Torquay Truro Wakefield Walsall Warrington Watford Wembley Weymouth Wigan
        Winchester Woking Wolverhampton Worcester Worthing Wrexham Yeovil Athlone Cork Drogheda Dundalk Ennis Galway Kilkenny Killarney Letterkenny Limerick Sligo Tralee Waterford Wexford
        Abbotsford Barrie Brampton Brandon Brantford Burnaby Calgary Charlottetown Coquitlam Drummondville Fredericton Gatineau Guelph Hamilton Kamloops Kelowna Kitchener Langley Laval Lethbridge Levis London Longueuil
        Markham Mississauga Moncton Nanaimo Oakville Oshawa Peterborough Pickering Regina Richmond Saguenay Sarnia Saskatoon Sherbrooke Sudbury Surrey Thunder Timmins Trois Vaughan Victoria Waterloo Whitby Whitehorse
        Windsor Yellowknife Adelaide Ballarat Bendigo Brisbane Bundaberg Cairns Canberra Darwin Fremantle Geelong Gosford Hobart Launceston Mackay Newcastle Parramatta Rockhampton Toowoomba Townsville Wollongong
        Auckland Christchurch Dunedin Gisborne Hamilton Invercargill Napier Nelson Palmerston Rotorua Tauranga Wellington Whangarei
        Aachen Augsburg Bielefeld Bochum Bonn Braunschweig Bremen Chemnitz Cologne Darmstadt Dortmund Dresden Duisburg Dusseldorf Erfurt Erlangen Essen Flensburg Freiburg Gelsenkirchen Giessen Gottingen Hagen Halle
        Hannover Heidelberg Heilbronn Ingolstadt Jena Karlsruhe Kassel Kiel Koblenz Krefeld Koln Leipzig Leverkusen Ludwigshafen Lubeck Magdeburg Mainz Mannheim Marburg Munster Nuremberg Nurnberg Oldenburg
        Osnabruck Paderborn Passau Potsdam Regensburg Rostock Saarbrucken Stuttgart Trier Tubingen Ulm Wiesbaden Wuppertal Wurzburg Zwickau Basel Bern Biel Fribourg Geneva Lausanne Lugano Lucerne Luzern Montreux
        Neuchatel Schaffhausen Thun Winterthur Zug Bregenz Graz Innsbruck Klagenfurt Linz Salzburg Villach Wels
        Aix Amiens Angers Annecy Avignon Besancon Biarritz Bordeaux Brest Caen Calais Cannes Clermont Colmar Dijon Dunkerque Grenoble Lille Limoges Lyon Marseille Metz Montpellier Mulhouse Nancy Nantes Nice Nimes
        Orleans Pau Perpignan Poitiers Quimper Reims Rennes Rouen Strasbourg Toulon Toulouse Tours Troyes Valence Versailles Ancona Arezzo Bari Bergamo Bologna Bolzano Brescia Brindisi Cagliari Catania Como Cosenza Cremona
        Ferrara Florence Foggia Genoa Genova Grosseto Lecce Livorno Lucca Mantova Messina Milano Modena Monza Napoli Novara Padova Padua Palermo Parma Pavia Perugia Pescara Piacenza Pisa Pistoia Prato Ravenna Rimini
        Roma Salerno Sassari Siena Siracusa Taranto Torino Trento Treviso Trieste Udine Varese Venezia Verona Vicenza
        Albacete Algeciras Alicante Almeria Avila Badajoz Badalona Bilbao Burgos Caceres Cadiz Cartagena Castellon Ceuta Cordoba Cuenca Elche Getafe Gijon Girona Granada Guadalajara Huelva Huesca Jaen Jerez Leganes Leon
        Lleida Logrono Lugo Malaga Marbella Melilla Murcia Ourense Oviedo Palencia Palma Pamplona Pontevedra Salamanca Santander Segovia Sevilla Soria Tarragona Terrassa Teruel Toledo Valladolid Vigo Vitoria Zamora
        Zaragoza Aveiro Braga Coimbra Evora Faro Funchal Guimaraes Lisboa Porto Setubal Viseu Almere Amersfoort Apeldoorn Arnhem Breda Delft Deventer Dordrecht Eindhoven Enschede Groningen Haarlem Hilversum Leeuwarden
        Leiden Maastricht Nijmegen Tilburg Utrecht Zaandam Zwolle Brugge Bruges Charleroi Gent Ghent Hasselt Leuven Liege Mechelen Mons Namur Oostende Aalborg Aarhus Esbjerg Horsens Kolding Odense Randers Roskilde
        Vejle Viborg Bergen Bodo Drammen Fredrikstad Harstad Kristiansand Molde Stavanger Tromso Trondheim Alesund Boras Eskilstuna Falun Gavle Halmstad Helsingborg Jonkoping Kalmar Karlstad Kiruna Linkoping Lulea
        Lund Malmo Norrkoping Orebro Ostersund Solna Sundsvall Umea Uppsala Vasteras Vaxjo Espoo Jyvaskyla Kuopio Lahti Oulu Pori Rovaniemi Tampere Turku Vaasa Vantaa Akureyri Hafnarfjordur Keflavik Kopavogur
        Reykjavik Narva Parnu Tallinn Tartu Daugavpils Jurmala Liepaja Ventspils Kaunas Klaipeda Siauliai Vilnius
        Bialystok Bydgoszcz Bytom Czestochowa Gdynia Gliwice Katowice Kielce Krakow Lodz Lublin Olsztyn Opole Poznan Radom Rzeszow Sopot Szczecin Tarnow Torun Wroclaw Zabrze Brno Liberec Olomouc Ostrava Pardubice Plzen
        Praha Banska Bratislava Kosice Nitra Presov Trnava Zilina Debrecen Gyor Kecskemet Miskolc Pecs Szeged Szekesfehervar Szombathely Arad Bacau Brasov Braila Cluj Constanta Craiova Galati Iasi Oradea Pitesti
        Ploiesti Sibiu Timisoara Burgas Pleven Plovdiv Ruse Varna Banja Belgrade Kragujevac Nis Novi Skopje Podgorica Pristina Sarajevo Mostar Tuzla Zenica Dubrovnik Osijek Pula Rijeka Sibenik Split Zadar Ljubljana
        Maribor Celje Kranj Durres Tirana Shkoder Heraklion Ioannina Kalamata Larissa Patras Piraeus Rhodes Thessaloniki Volos Larnaca Limassol Nicosia Paphos Chisinau Minsk Gomel Brest Grodno Vitebsk Dnipro Donetsk
        Kharkiv Kharkov Kherson Lviv Mariupol Mykolaiv Odesa Poltava Sevastopol Vinnytsia Zaporizhzhia Arkhangelsk Barnaul Chelyabinsk Irkutsk Kaliningrad Kazan Khabarovsk Krasnodar Krasnoyarsk Murmansk Nizhny
        Novosibirsk Omsk Perm Rostov Samara Saratov Sochi Tomsk Tula Tyumen Ufa Vladivostok Volgograd Voronezh Yakutsk Yaroslavl Yekaterinburg Almaty Astana Baku Bishkek Tashkent Samarkand Tbilisi Yerevan Dushanbe
        Ashgabat
        Adana Ankara Antalya Bodrum Bursa Denizli Diyarbakir Erzurum Eskisehir Gaziantep Izmir Kayseri Konya Malatya Mersin Samsun Sanliurfa Trabzon Aleppo Amman Baghdad Basra Doha Erbil Fallujah Gaza Haifa Hebron
        Homs Irbid Isfahan Jeddah Karbala Kirkuk Mashhad Mecca Medina Mosul Muscat Nablus Najaf Ramallah Riyadh Sanaa Shiraz Tabriz Tripoli Qom Manama Beersheba Netanya Ashdod Eilat Herzliya Rehovot Kabul Kandahar
        Herat Mazar Jalalabad Faisalabad Gujranwala Hyderabad Islamabad Multan Peshawar Quetta Rawalpindi Sialkot Agra Ahmedabad Aligarh Allahabad Amritsar Aurangabad Bangalore Bengaluru Baroda Bareilly Bhopal
        Bhubaneswar Chandigarh Chennai Coimbatore Cuttack Dehradun Dhanbad Faridabad Ghaziabad Goa Gorakhpur Gurgaon Guwahati Gwalior Hubli Indore Jabalpur Jaipur Jalandhar Jamshedpur Jodhpur Kanpur Kochi Kolhapur
        Kolkata Kota Kozhikode Lucknow Ludhiana Madras Madurai Mangalore Meerut Moradabad Mysore Nagpur Nashik Noida Patna Pondicherry Pune Raipur Rajkot Ranchi Salem Shimla Srinagar Surat Thane Tiruchirappalli
        Trivandrum Udaipur Vadodara Varanasi Vijayawada Visakhapatnam Chittagong Sylhet Khulna Rajshahi Kathmandu Pokhara Lalitpur Colombo Kandy Jaffna Galle Thimphu Yangon Mandalay Naypyidaw Phuket Pattaya
        Vientiane Danang Haiphong Hue Saigon Cebu Davao Quezon Makati Iloilo Bacolod Baguio Zamboanga Bandung Denpasar Medan Semarang Surabaya Yogyakarta Makassar Ipoh Johor Kuching Penang Malacca Busan Daegu Daejeon
        Gwangju Incheon Jeju Suwon Ulsan Pyongyang Beppu Chiba Fukuoka Fukushima Gifu Hakodate Hiroshima Kagoshima Kanazawa Kawasaki Kitakyushu Kobe Kumamoto Matsuyama Miyazaki Nagasaki Nagoya Naha Nara Niigata
        Oita Okayama Okinawa Saitama Sapporo Sendai Shizuoka Yokohama Anshan Baotou Changchun Changsha Chengdu Chongqing Dalian Dongguan Foshan Fuzhou Guangzhou Guiyang Haikou Hangzhou Harbin Hefei Hohhot Jinan
        Kunming Lanzhou Lhasa Macau Nanchang Nanjing Nanning Ningbo Qingdao Shantou Shenyang Shenzhen Shijiazhuang Suzhou Taiyuan Tangshan Tianjin Urumqi Wenzhou Wuhan Wuxi Xiamen Xian Xining Xuzhou Yantai Zhengzhou
        Zhuhai Kaohsiung Taichung Tainan Hsinchu Ulaanbaatar
        Abidjan Abuja Accra Addis Agadir Algiers Antananarivo Asmara Bamako Bangui Banjul Benin Blantyre Bloemfontein Brazzaville Bujumbura Bulawayo Casablanca Conakry Cotonou Dakar Dodoma Douala Durban Enugu Entebbe
        Fez Freetown Gaborone Harare Hargeisa Ibadan Jos Kaduna Kampala Kano Khartoum Kigali Kinshasa Kisumu Kumasi Lilongwe Lome Luanda Lubumbashi Lusaka Malabo Maputo Marrakesh Marrakech Maseru Mekelle Mogadishu
        Mombasa Monrovia Nakuru Niamey Nouakchott Onitsha Oran Ouagadougou Polokwane Pretoria Rabat Rustenburg Soweto Tangier Tunis Windhoek Yaounde Zanzibar Alexandria Aswan Giza Ismailia Luxor Mansoura Suez Tanta
        Asyut Benghazi Omdurman
        Acapulco Aguascalientes Campeche Cancun Celaya Chetumal Chihuahua Colima Cuernavaca Culiacan Durango Ensenada Guanajuato Hermosillo Irapuato Jalapa Juarez Leon Matamoros Mazatlan Merida Mexicali Monclova
        Morelia Nogales Oaxaca Orizaba Pachuca Puebla Queretaro Reynosa Saltillo Tampico Tapachula Tepic Tlaxcala Toluca Torreon Uruapan Veracruz Villahermosa Xalapa Zacatecas Zapopan Antigua Managua Tegucigalpa
        Comayagua Choluteca Escuintla Quetzaltenango Chimaltenango Soyapango Colon Camaguey Cienfuegos Holguin Matanzas Santo Ponce Kingston Bridgetown Nassau Barquisimeto Caracas Maracaibo Maracay Barranquilla
        Bucaramanga Cali Cartagena Cucuta Ibague Manizales Medellin Pasto Pereira Popayan Villavicencio Ambato Cuenca Guayaquil Quito Riobamba Arequipa Ayacucho Callao Chiclayo Chimbote Cusco Huancayo Iquitos Piura
        Tacna Trujillo Cochabamba Oruro Potosi Sucre Antofagasta Arica Concepcion Iquique Rancagua Talca Temuco Valdivia Valparaiso Asuncion Encarnacion Montevideo Salto Bariloche Corrientes Mendoza Neuquen Parana
        Posadas Resistencia Rosario Salta Tucuman Ushuaia Belem Brasilia Campinas Curitiba Florianopolis Fortaleza Goiania Joinville Londrina Maceio Manaus Natal Niteroi Recife Salvador Santos Sorocaba Teresina
        Uberlandia Vitoria
        """

    static let townPhrases = """
        east hartford|west hartford|new britain|new canaan|new london|east lyme|old saybrook|east haven|west haven|north haven|rocky hill|white river junction|st johnsbury|south burlington|old orchard beach|bar harbor
        |north adams|great barrington|east longmeadow|west springfield|south hadley|fall river|new bedford|north attleborough|oak bluffs|vineyard haven|jamaica plain|west roxbury|hyde park|mission hill|east boston|south boston
        |central falls|north providence|east providence|rockville centre|garden city|floral park|valley stream|great neck|port washington|glen cove|oyster bay|cold spring harbor|huntington station|deer park|bay shore|central islip
        |port jefferson|stony brook|lake grove|port chester|mount vernon|mount kisco|new paltz|new rochelle|new city|spring valley|saratoga springs|clifton park|glens falls|lake placid|saranac lake|east aurora|orchard park|west seneca
        |grand island|east rochester|niagara falls|far rockaway|forest hills|jackson heights|long island city|east orange|west orange|south orange|union city|west new york|cherry hill|egg harbor township|atlantic city|ocean city|cape may
        |long branch|red bank|toms river|point pleasant|old bridge|east brunswick|north brunswick|south brunswick|new providence|scotch plains|basking ridge|fair lawn|fort lee|cliffside park|west milford|perth amboy|south amboy|mount laurel
        |king of prussia|bryn mawr|west chester|kennett square|state college|new castle|new kensington|beaver falls|bethel park|mount lebanon|upper darby|upper saint clair|cranberry township|lower merion|wilkes barre|lock haven|jim thorpe
        |glen burnie|ellicott city|college park|upper marlboro|silver spring|chevy chase|havre de grace|bel air|owings mills|falls church|big stone gap|virginia beach|newport news|front royal|charles town|harpers ferry|south charleston
        |high point|rocky mount|elizabeth city|wake forest|holly springs|fuquay varina|kill devil hills|nags head|mount airy|north wilkesboro|southern pines|roanoke rapids|mount pleasant|myrtle beach|hilton head|goose creek|rock hill
        |north augusta|fort mill|peachtree city|warner robins|stone mountain|sandy springs|johns creek|college park|east point|forest park|st simons|fort oglethorpe|st augustine|st. augustine|saint augustine|port st lucie|port saint lucie
        |port st. lucie|fort myers|cape coral|lehigh acres|punta gorda|port charlotte|north port|vero beach|fort pierce|palm bay|palm coast|daytona beach|new smyrna beach|ormond beach|winter park|winter haven|winter garden|lake mary
        |lake city|lake worth|lake wales|plant city|temple terrace|new port richey|port richey|tarpon springs|spring hill|the villages|panama city|fort walton beach|coral gables|coral springs|key west|key largo|miami beach|miami gardens
        |north miami|deerfield beach|pompano beach|delray beach|boynton beach|riviera beach|jacksonville beach|ponte vedra|phenix city|muscle shoals|mountain brook|vestavia hills|gulf shores|orange beach|bay minette|fort payne|ocean springs
        |bay st louis|horn lake|olive branch|moss point|oak ridge|johnson city|east ridge|mount juliet|la vergne|spring hill|pigeon forge|signal mountain|bowling green|mount sterling|fort thomas|lake charles|new iberia|morgan city
        |west monroe|baton rouge|bossier city|hot springs|fort smith|west memphis|pine bluff|north little rock|mountain home|el dorado|siloam springs|heber springs|bella vista|cuyahoga falls|chagrin falls|shaker heights|cleveland heights
        |garfield heights|maple heights|parma heights|north royalton|north olmsted|rocky river|bay village|east liverpool|grove city|upper arlington|canal winchester|pickerington|huber heights|yellow springs|mount gilead|van wert|st marys
        |fort wayne|south bend|east chicago|west lafayette|michigan city|crown point|beech grove|new albany|new castle|bloomfield hills|grosse pointe|st clair shores|sterling heights|royal oak|madison heights|oak park|auburn hills
        |rochester hills|farmington hills|east lansing|mount pleasant|big rapids|bay city|port huron|benton harbor|st joseph|south haven|grand haven|grand blanc|sault ste marie|sault ste. marie|iron mountain|oak lawn|oak brook|oak forest
        |orland park|tinley park|chicago heights|calumet city|des plaines|park ridge|mount prospect|arlington heights|buffalo grove|highland park|lake forest|lake zurich|north chicago|round lake|crystal lake|glen ellyn|downers grove
        |elk grove village|hoffman estates|hanover park|carol stream|west chicago|st charles|melrose park|elmwood park|franklin park|la grange|evergreen park|blue island|east st louis|rock island|east moline|east peoria|mount vernon
        |fox lake|elk grove|west allis|wauwatosa|south milwaukee|oak creek|menomonee falls|sun prairie|wisconsin rapids|stevens point|eau claire|la crosse|fond du lac|two rivers|sturgeon bay|west bend|fort atkinson|lake geneva
        |chippewa falls|river falls|new berlin|brooklyn park|brooklyn center|eden prairie|maple grove|st louis park|st cloud|st. cloud|coon rapids|apple valley|white bear lake|cottage grove|inver grove heights|golden valley|new brighton
        |new ulm|red wing|albert lea|thief river falls|international falls|detroit lakes|fergus falls|grand forks|west fargo|devils lake|sioux city|council bluffs|cedar falls|mason city|fort dodge|west des moines|storm lake
        |north liberty|spirit lake|grand island|north platte|south sioux city|rapid city|jefferson city|cape girardeau|st charles|st. charles|st peters|st joseph|lees summit|lee's summit|blue springs|university city|webster groves
        |maryland heights|creve coeur|poplar bluff|west plains|overland park|prairie village|garden city|dodge city|junction city|great bend|bonner springs|broken arrow|midwest city|ponca city|sand springs|del city|elk city|new braunfels
        |san marcos|san angelo|cedar park|flower mound|grand prairie|farmers branch|haltom city|north richland hills|deer park|la porte|league city|texas city|missouri city|the woodlands|spring branch|lake jackson|port arthur|port neches
        |big spring|wichita falls|mineral wells|copperas cove|harker heights|del rio|eagle pass|san benito|rio grande city|cedar hill|glenn heights|balch springs|university park|highland park|mount pleasant|sulphur springs|las cruces|rio rancho
        |los alamos|los lunas|truth or consequences|silver city|santa teresa|casa grande|apache junction|queen creek|fountain hills|sun city|oro valley|green valley|sierra vista|lake havasu city|bullhead city|show low|cave creek
        |paradise valley|castle rock|castle pines|highlands ranch|commerce city|wheat ridge|grand junction|glenwood springs|steamboat springs|canon city|estes park|colorado springs|west jordan|south jordan|west valley city|american fork
        |spanish fork|pleasant grove|saratoga springs|st george|st. george|cedar city|cottonwood heights|coeur d'alene|twin falls|post falls|mountain home|great falls|miles city|rock springs|green river|carson city|boulder city
        |north las vegas|elk grove|citrus heights|rancho cordova|west sacramento|south lake tahoe|grass valley|red bluff|mount shasta|santa rosa|rohnert park|mill valley|san rafael|san mateo|san bruno|san carlos|san leandro|san ramon
        |san pablo|el cerrito|el sobrante|pleasant hill|walnut creek|castro valley|union city|foster city|daly city|south san francisco|half moon bay|menlo park|redwood city|los altos|los gatos|santa clara|santa cruz|scotts valley
        |morgan hill|san lorenzo|paso robles|san luis obispo|arroyo grande|grover beach|pismo beach|santa maria|santa paula|port hueneme|simi valley|westlake village|agoura hills|woodland hills|canoga park|van nuys|north hollywood
        |studio city|sherman oaks|west hollywood|culver city|marina del rey|playa del rey|manhattan beach|hermosa beach|redondo beach|palos verdes|san pedro|huntington park|south gate|bell gardens|pico rivera|la mirada|la habra
        |la puente|la verne|west covina|el monte|south el monte|monterey park|san gabriel|temple city|sierra madre|san dimas|diamond bar|chino hills|yorba linda|buena park|garden grove|westminster|fountain valley|huntington beach
        |newport beach|laguna beach|laguna niguel|laguna hills|mission viejo|aliso viejo|lake forest|san clemente|san juan capistrano|dana point|el cajon|la mesa|la jolla|spring valley|national city|imperial beach|san ysidro|san marcos
        |solana beach|del mar|palm desert|cathedral city|rancho mirage|la quinta|indian wells|desert hot springs|twentynine palms|yucca valley|apple valley|moreno valley|lake elsinore|sun city|el centro|rancho santa margarita
        |big bear|grand terrace|loma linda|tracy|elk river|federal way|bonney lake|maple valley|mercer island|lake stevens|mill creek|mount vernon|oak harbor|port angeles|port townsend|port orchard|gig harbor|university place|des moines
        |walla walla|moses lake|east wenatchee|battle ground|lake oswego|oregon city|west linn|happy valley|forest grove|grants pass|klamath falls|coos bay|north bend|la grande|hood river|the dalles|baker city|central point
        |pearl city|ewa beach|kailua kona|san juan|vega baja|vega alta|toa baja|cabo rojo|trujillo alto|santa isabel|st croix|st thomas|st john|milton keynes|stoke on trent|newcastle upon tyne|kingston upon hull|bury st edmunds
        |tunbridge wells|high wycombe|st albans|hemel hempstead|welwyn garden city|great yarmouth|king's lynn|weston super mare|merthyr tydfil|east kilbride|thunder bay|trois rivieres|quebec city|red deer|medicine hat|prince george
        |north vancouver|west vancouver|new westminster|white rock|north york|richmond hill|st. john's|saint john|moose jaw|niagara on the lake|gold coast|sunshine coast|alice springs|wagga wagga|coffs harbour|port macquarie|palmerston north
        |san jose|san pedro sula|san salvador|santa ana|santa tecla|guatemala city|panama city|port au prince|port of spain|santo domingo|ciudad juarez|nuevo laredo|san luis potosi|tuxtla gutierrez|la paz|cabo san lucas|puerto vallarta
        |playa del carmen|ciudad victoria|poza rica|san cristobal|montego bay|spanish town|puerto plata|santa marta|santiago de cuba|puerto cabello|ciudad bolivar|santa cruz de la sierra|vina del mar|la serena|puerto montt|mar del plata
        |la plata|bahia blanca|santa fe|porto alegre|belo horizonte|ribeirao preto|sao luis|joao pessoa|campo grande|juiz de fora|abu dhabi|ras al khaimah|kuwait city|tel aviv|bnei brak|petah tikva|rishon lezion|ho chi minh city|kuala lumpur
        |petaling jaya|johor bahru|kota kinabalu|quezon city|davao city|cebu city|angeles city|cagayan de oro|general santos|phnom penh|siem reap|chiang mai|navi mumbai|greater noida|port elizabeth|east london|addis ababa|dar es salaam
        |port harcourt|benin city|den haag|the hague|den bosch|la spezia|reggio calabria|reggio emilia|san sebastian|las palmas|santa cruz de tenerife|jerez de la frontera|palma de mallorca|santiago de compostela|a coruna|la coruna
        |frankfurt am main|bad homburg|monchengladbach|garmisch partenkirchen|st gallen|st. gallen|la chaux de fonds|aix en provence|clermont ferrand|le havre|le mans|la rochelle|saint denis|saint etienne|boulogne billancourt|st petersburg
        |nizhny novgorod|rostov on don|novi sad|banja luka|cluj napoca|satu mare|targu mures|ceske budejovice|hradec kralove|karlovy vary|usti nad labem|banska bystrica|bielsko biala|zielona gora|gorzow wielkopolski
        """
}
