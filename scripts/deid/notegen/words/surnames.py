"""Surnames by origin, and the parts that new ones are composed of. Written from general knowledge."""

ENGLISH = """
Smith Johnson Williams Brown Jones Miller Davis Wilson Anderson Taylor Thomas Moore Martin Jackson Thompson White Harris
Clark Lewis Robinson Walker Hall Allen Young King Wright Scott Green Baker Adams Nelson Hill Campbell Mitchell Roberts
Carter Phillips Evans Turner Parker Edwards Collins Stewart Morris Murphy Cook Rogers Reed Morgan Bell Cooper Bailey
Kelly Howard Ward Richardson Wood Watson Brooks Bennett Gray James Hughes Price Myers Long Foster Sanders Ross Powell
Sullivan Russell Jenkins Perry Butler Barnes Fisher Henderson Coleman Simmons Patterson Jordan Reynolds Hamilton Graham
Kennedy Wells West Cole Owens Stevens Hunter Hicks Marshall Ferguson Rose Stone Dunn Perkins Hudson Spencer Gardner
Payne Pierce Berry Arnold Wagner Willis Ray Watkins Olson Carroll Duncan Snyder Hart Cunningham Bradley Lane Andrews
Fox Riley Armstrong Carpenter Weaver Greene Lawrence Elliott Sims Austin Peters Kelley Franklin Lawson Fields Ryan
Carr Bishop Wheeler Chapman Oliver Montgomery Harvey Burton Meyer Bowman Hansen Knight Fuller Grant Freeman Webb
Tucker Burns Crawford Henry Boyd Mason Kennedy Warren Dixon Hunt Hayes Palmer Wallace Bryant Porter Hawkins Jacobs
Robertson Sutton Craig Chambers Lowe Rhodes Fowler Newman Moss Barker Reeves Manning Goodwin Mullins Steele Potter Tate
Ball Caldwell Walsh Jennings Frazier Barrett Byrd Norris Gregory Cross Burke Holland Lynch Curtis Day May Early Love
Story Strong Wise Sharp Savage Swift Noble Best Good Rich Poor Little Short Small Bright Crisp Sweet Blunt Darling
Moody Hardy Merry Lamb Bull Hogg Crow Swan Drake Finch Hawk Wolf Lyons Pike Bass Rivers Brook Lake Pond Marsh Meadows
Field Forest Woods Banks Hillman Bridges Street Parks House Hall Church Temple Abbott Pope Priest Monk Prior Dean
Chaplin Sexton Clerk Mayor Sheriff Marshall Constable Sargent Major Law Justice Case Person Child Bond Cash Money Bill
Coyne Penny Farthing Pound Silver Gold Golden Steele Iron Stone Flint Clay Sand Rain Snow Frost Winter Summers Winters
Spring March Weeks Noon Knight Morrow Friday Munday Christmas Pascoe Cotton Silk Lace Hood Cape Button Glass Cork Bacon
Rice Bean Berry Cherry Plum Pepper Salt Honey Sugar Perry Beer Sherry Root Branch Leaf Thorn Bloom Flowers Ivy Heath
Bush Hedges Gates Wall Tower Castle Hurst Ramsbottom Whitaker Thackeray Blenkinsop Fairweather Goodenough Longbottom
Ackerman Aldridge Alderman Ames Applegate Ashcroft Ashworth Atherton Atwater Babcock Bagley Bainbridge Bancroft Barclay
Barlow Barrow Beasley Beckham Beecher Bellamy Benedict Bickford Birch Blackburn Blackmore Blakely Blankenship Bledsoe
Boone Bostwick Bowden Bracken Brantley Braswell Brewster Brigham Bristow Broadbent Brockway Bromley Buckner Burdette
Burgess Burkett Burleigh Burnham Byers Calhoun Callaway Cantrell Carlisle Carmichael Carver Chadwick Chaffin Chesney
Childress Claiborne Clapp Clifton Coates Cobb Coggins Colby Colvin Compton Conklin Corbett Cornwell Cottrell Covington
Crabtree Cranston Crenshaw Crocker Crockett Crowder Culpepper Dabney Dalrymple Danforth Darby Daugherty Deaton Denton
Dewitt Dinsmore Dodge Doolittle Dorsett Drummond Duckworth Dunaway Durbin Eastman Eldridge Ellsworth Epperson Fairbanks
Fairchild Farnsworth Fenwick Fincher Fitch Forrester Fortner Foxworth Frye Gaddis Galbraith Gantt Garland Gaskill Gatlin
Gilliam Gladstone Goddard Goforth Goodrich Gorham Granger Greathouse Greenwood Grubbs Gunter Hackett Haggard Halsey
Hammond Hargrove Harlan Hartley Haskell Hathaway Hawthorne Haywood Heaton Helms Hemingway Hendrix Herndon Higginbotham
Hightower Hinkle Hitchcock Hobson Hodgkins Holbrook Hollis Holliday Holloman Honeycutt Hooker Hornsby Hubbard
Huddleston Humphries Hundley Hyatt Ingersoll Inman Isbell Ivey Jarrett Jessup Jolly Keene Kemper Kendrick Kimball \
Kimbrough
Kincaid Kinsey Kirkland Kirkpatrick Kitchens Knotts Lackey Ladd Lancaster Langford Langley Lassiter Latham Lawler
Leavitt Ledbetter Leggett Lindley Lipscomb Littlefield Lockhart Lockwood Loftin Lovelace Lovell Lowry Luckett Luttrell
Lyman Mabry Mangum Mansfield Marlow Mayfield Mayhew Mccabe Mcbride McAllister McCall McCarthy McClure McCormick McCoy
McDaniel McDonald McDowell McElroy McFadden McGee McGowan McGrath McGuire McIntosh McIntyre McKay McKee McKenzie
McKinney McKnight McLaughlin McLean McLeod McMahon McMillan McNamara McNeil McPherson McQueen MacArthur MacDonald
MacDougall MacGregor MacLeod MacPherson Mercer Merriweather Milburn Millard Minor Moseley Nash Nettles Newberry Newell
Newsome Nickerson Oakes Oakley Odell Odom Ogden Olmstead Orr Osborne Overstreet Overton Packard Paddock Paige Pate
Paxton Peabody Peacock Pearce Pease Pemberton Pendleton Penrose Peoples Pettigrew Pickering Pickett Pinkerton Pinkney
Pitman Plummer Poindexter Pollock Posey Prather Prescott Pritchard Proctor Purcell Quarles Quick Radcliffe Rainey Raines
Rankin Rawlings Redding Renfro Rhoades Ridley Ringgold Ripley Rockwell Rollins Rowland Royster Rudd Rushing Rutledge
Salisbury Sandifer Satterfield Saunders Sawyer Saxton Scarborough Sewell Seymour Shackelford Shelby Shelton Sheffield
Sherwood Shipley Shumaker Sinclair Skinner Slaughter Sloan Smalley Snead Somerville Southerland Sparks Spaulding Speight
Spivey Stackhouse Stallings Stanfield Staples Starks Stockton Stoddard Stokes Stratton Strickland Stringer Stubblefield
Sumner Swain Swanson Swenson Tackett Talbot Tarver Tatum Templeton Thacker Thatcher Thornton Thurman Tillman Tolbert
Townsend Trammell Tuttle Tyson Underwood Upchurch Upton Vance Vaughn Vickers Wadsworth Waggoner Wakefield Walden Waldron
Walton Warfield Warner Washburn Washington Waters Weatherby Weatherly Webster Weeks Welch Wentworth Westbrook Whaley
Wheaton Whitfield Whitley Whitlock Whitmore Whittington Wickham Wiggins Wilcox Wilder Wilkerson Wilkins Willoughby
Windham Winfield Winslow Winstead Witherspoon Womack Woodard Woodruff Woolsey Worthington Wyatt Yarbrough Yates York
O'Brien O'Connor O'Neill O'Donnell O'Reilly O'Sullivan O'Malley O'Keefe O'Shea O'Hara O'Leary O'Rourke O'Toole
Fitzgerald Fitzpatrick Flanagan Flaherty Gallagher Doherty Brennan Donnelly Cavanaugh Mulcahy Rafferty Tierney Quigley
"""

#: Surnames that are words, months, places or diseases' first halves; they are picked more often than their share.
WORDS = """
May March Day Early Love Story Strong Wise Sharp Savage Swift Noble Best Good Rich Poor Little Short Small Bright
Sweet Young Long Price Rose Brown Baker White Black Green Gray Stone Hill Wood Woods Field Fields Brook Brooks Lake
Rivers Banks Cook Hunter Fisher Carter Mason Potter Weaver Taylor Smith Miller Porter Page Marsh Moody Hardy Lamb Bull
Crow Swan Wolf Bass Church Temple Abbott Pope Bishop Dean Law Justice Case Person Child Bond Cash Money Gold Silver
Steele Rain Snow Frost Winter Summers Weeks Friday Cotton Cross Hand Head Legg Cope Payne Akers Boone Hart Self Speed
Power Powers Wright Ball Bell Bush Camp Chance Coffin Cooper Curry Daily Fair Farmer Flood Flowers French English
Irish Holland London Paris England Ireland Boston Houston Jordan Israel Forest Free Fry Gamble Glass Grant Graves Hall
Hope House Hurt Joy King Knight Lane Lord Lovely Low Major Man Marks Means Mills Moon Nurse Outlaw Park Parks Peace
Pope Post Pound Prince Quick Ray Reader Sand Sands Sexton Sharp Shell Shields Shine Shivers Showers Singer Slaughter
Soto Spring Stout Sugar Teague Tower Town Walker Wall Waters Ward Wells West Wild Will Winn Word Workman Worth Foley
Parkinson Hodgkin Crohn Bell Graham Addison Cushing Wilson Turner Down Marshall Babinski Murphy Homan Glasgow Apgar
Allen Ross Huntington Hopkins Mayo Duke
"""

OTHERS = {
    "hispanic": """
Garcia Rodriguez Martinez Hernandez Lopez Gonzalez Perez Sanchez Ramirez Torres Flores Rivera Gomez Diaz Cruz Morales
Reyes Gutierrez Ortiz Ramos Castillo Moreno Romero Alvarez Mendoza Vasquez Jimenez Ruiz Aguilar Medina Vargas Castro
Guzman Munoz Mendez Salazar Soto Delgado Pena Rios Alvarado Sandoval Contreras Valdez Guerrero Ortega Estrada Nunez
Maldonado Vega Vazquez Santiago Dominguez Espinoza Silva Padilla Marquez Cortez Rojas Acosta Figueroa Luna Juarez
Navarro Campos Molina Avila Ayala Mejia Carrillo Duran Santos Salinas Robles Solis Lara Cervantes Orozco Cabrera Fuentes
Pacheco Cardenas Rosales Trevino Velasquez Ibarra Zamora Cisneros Serrano Villarreal Zuniga Escobar Quintero Barrera
Villanueva Macias Bautista Velez Becerra Camacho Arellano Zavala Tapia Montoya Arroyo Galvan Bravo Rangel Bermudez Arias
Benavides Barajas Escalante Quezada Saldana Aranda Iglesias Echeverria Etxeberria Goicoechea Urrutia Irizarry Candelaria
Valenzuela Peralta Montalvo Del_Rio De_la_Cruz De_Leon De_la_Rosa Dela_Cruz Delos_Santos San_Miguel Santa_Cruz Del_Valle
Peña Muñoz Núñez Ibáñez Gómez Hernández López Pérez Rodríguez Sánchez Álvarez Domínguez Vásquez Zúñiga Báez Colón""",
    "portuguese": """Silva Santos Oliveira Souza Pereira Ferreira Almeida Costa Carvalho Gomes Ribeiro Martins Araujo
Barbosa Rocha Cardoso Teixeira Correia Medeiros Furtado Moniz Pacheco Da_Silva Dos_Santos De_Oliveira Figueiredo
Gonçalves Magalhães Simões Couto Tavares Vieira Machado Nogueira""",
    "german": """Mueller Müller Schmidt Schneider Fischer Weber Meyer Wagner Becker Schulz Hoffmann Koch Bauer Richter
Klein Wolf Schroeder Schröder Neumann Schwarz Zimmermann Braun Krueger Hofmann Hartmann Lange Krause Lehmann Schmid
Schulze Maier Koehler Herrmann Walter Koenig Mayer Huber Kaiser Fuchs Peters Lang Scholz Moeller Weiss Jung Hahn Vogel
Schubert Roth Friedrich Beck Guenther Berger Winkler Lorenz Baumann Franke Albrecht Schuster Simon Ludwig Boehm Winter
Kraus Martin Schumacher Kraemer Vogt Stein Jaeger Otto Sommer Gross Seidel Heinrich Brandt Haas Schreiber Graf Dietrich
Ziegler Kuhn Kuehn Pohl Engel Horn Busch Bergmann Voigt Sauer Arnold Wolff Pfeiffer Von_Braun Von_Hagen Zu_Rhein
Niedermeyer Oberholtzer Yoder Stoltzfus Hostetler Schwartzentruber Beiler Lapp Zook""",
    "dutch": """Van_Dyke Van_der_Berg Vandenberg Van_Houten VanBuren Vander_Meer De_Vries De_Jong DeBoer DeGroot
Hoekstra Dykstra Zylstra Veenstra Postma Visser Bakker Kuiper Mulder Huizenga Van_Allen Van_Zandt Ten_Eyck
van_den_Heuvel van_'t_Hoff""",
    "nordic": """Larsen Hansen Olsen Johansen Nilsen Pedersen Kristiansen Andersen Jensen Nielsen Sorensen Rasmussen
Christensen Andersson Johansson Karlsson Nilsson Eriksson Lindberg Lindstrom Bergstrom Sandberg Lundgren Holmgren
Nystrom Soderberg Bjorklund Hedlund Virtanen Korhonen Makinen Nieminen Heikkinen Koskinen Halvorsen Thorvaldson
Haugen Bakke Solberg Ødegaard Åkesson Sjöberg Gundersen""",
    "french": """Martin Bernard Dubois Durand Leroy Moreau Simon Laurent Lefebvre Michel Bertrand Roux Vincent Fournier
Girard Bonnet Dupont Lambert Fontaine Rousseau Blanc Guerin Boyer Garnier Chevalier Francois Legrand Gauthier Perrin
Robin Clement Morin Nicolas Henry Roussel Mathieu Gautier Masson Marchand Duval Denis Dumont Marie Lemaire Noel Meyer
Dufour Meunier Brun Blanchard Giraud Joly Riviere Lucas Brunet Gaillard Barbier Arnaud Thibodeaux Boudreaux Landry
Hebert Broussard Guidry LeBlanc Fontenot Robichaux Arceneaux Breaux Gagnon Tremblay Bouchard Pelletier Ouellette
Beaulieu Desjardins Levesque Thériault Bélanger St._Pierre St-Amand LaFleur LaRoche De_la_Fontaine D'Amours
L'Heureux Jean-Baptiste Pierre-Louis Desrosiers Toussaint Dieudonne Baptiste Saint-Fleur""",
    "italian": """Rossi Russo Ferrari Esposito Bianchi Romano Colombo Ricci Marino Greco Bruno Gallo Conti De_Luca
Mancini Costa Giordano Rizzo Lombardi Moretti Barbieri Fontana Santoro Mariani Rinaldi Caruso Ferrara Galli Martini
Leone Longo Gentile Martinelli Vitale Lombardo Serra Coppola De_Santis D'Angelo Marchetti Parisi Villa Conte Ferraro
Ferri Fabbri Bianco Marini Grasso Valentini Messina Sala De_Angelis Gatti Pellegrini Palumbo Sanna Farina Rizzi Monti
Cattaneo Morelli Amato Silvestri Mazza Testa Grassi Pellegrino Carbone Giuliani Benedetti Barone Caputo Montanari Guerra
Palmieri Bernardi Martino Fiore De_Rosa Ferretti Bellini Basile Riva Donati Piras Vitali Battaglia Sartori Neri
Costantini Milani Pagano Ruggiero Sorrentino D'Amico Orlando Damico DiMaggio DelVecchio DiGiovanni LoPresti Lo_Bianco
Mastroianni Scarpelli""",
    "slavic": """Ivanov Petrov Smirnov Kuznetsov Popov Sokolov Lebedev Kozlov Novikov Morozov Volkov Alekseev Pavlov
Semenov Golubev Vinogradov Bogdanov Vorobiev Fedorov Mikhailov Belyaev Tarasov Belov Komarov Orlov Kiselev Makarov
Andreev Kovalev Ilyin Gusev Titov Kuzmin Shevchenko Kovalenko Bondarenko Tkachenko Kravchenko Oliynyk Shevchuk \
Polishchuk
Marchenko Lysenko Rudenko Savchenko Petrenko Nowak Kowalski Wisniewski Wojcik Kowalczyk Kaminski Lewandowski Zielinski
Szymanski Wozniak Dabrowski Kozlowski Jankowski Mazur Kwiatkowski Krawczyk Kaczmarek Piotrowski Grabowski Zajac \
Pawlowski
Michalski Krol Wieczorek Jablonski Wrobel Nowakowski Majewski Stepien Malinowski Jaworski Dudek Adamczyk Pawlak Sikora
Szczepanski Brzezinski Przybylski Novak Svoboda Dvorak Novotny Cerny Prochazka Kucera Vesely Horak Nemec Pokorny Marek
Hajek Jelinek Kral Ruzicka Benes Fiala Sedlacek Jovanovic Petrovic Nikolic Markovic Djordjevic Stojanovic Ilic Horvat
Kovacic Babic Maric Juric Novakovic Hadzic Begovic Dimitrov Georgiev Hristov Todorov Popescu Ionescu Munteanu Radu
Constantinescu Nagy Kovacs Toth Szabo Horvath Varga Kiss Molnar Nemeth Farkas Balogh Papp Lakatos Juhasz""",
    "greek": """Papadopoulos Vlahos Angelopoulos Nikolaidis Georgiou Dimopoulos Papageorgiou Stavropoulos Karras
Pappas Kostas Economou Kazantzakis Theodorakis Hatzis Panagopoulos Alexopoulos Christodoulou""",
    "armenian": """Hakobyan Sargsyan Petrosyan Grigoryan Kardashian Bagdasarian Terzian Boyajian Manoogian Kevorkian
Mkrtchyan Gevorgyan Beridze Kapanadze Lomidze Gelashvili""",
    "jewish": """Cohen Levy Katz Goldberg Goldstein Rosenberg Rosenthal Friedman Shapiro Greenberg Weinstein Bernstein
Silverman Rubinstein Feldman Horowitz Kaplan Abramowitz Lefkowitz Mandelbaum Finkelstein Zuckerman Birnbaum Applebaum
Teitelbaum Blumenthal Ben-David Mizrahi Peretz Azoulay Biton Schwartzman Grossman Perlman""",
    "arabic": """Ahmed Ali Hassan Hussein Ibrahim Khalil Mahmoud Mansour Mohamed Mustafa Nasser Omar Rahman Saleh Salem
Shaheen Haddad Khoury Nassar Sayegh Najjar Halabi Masri Al-Masri Al-Hassan Al-Sayed El-Amin El_Khoury Al_Jaber Bin_Saleh
Abu-Zaid Abdelrahman Abdel-Malik Abdi Warsame Farah Nur Jama Aden Osman Hersi Mohamud Bishara Boutros Ghanem Hamdan
Jaber Kanaan Maalouf Qureshi Rashid Sabbagh Taleb Younes Zaki Benali Bouzid Cherkaoui El_Idrissi""",
    "persian": """Ahmadi Hosseini Karimi Mohammadi Rezaei Tehrani Shirazi Farahani Jafari Moradi Rostami Sadeghi
Ghorbani Yazdani Esfahani Zamani Nazari Haidari Stanikzai Noorzai Popal Sharifi""",
    "turkish": "Yilmaz Kaya Demir Celik Sahin Yildiz Yildirim Ozturk Aydin Ozdemir Arslan Dogan Kilic Aslan Cetin Kara",
    "indian": """Patel Shah Singh Kumar Sharma Gupta Reddy Rao Nair Menon Iyer Iyengar Krishnan Subramanian Raman Desai
Mehta Joshi Kapoor Khanna Malhotra Chopra Bhatia Agarwal Aggarwal Banerjee Chatterjee Mukherjee Bose Sen Das Dutta Ghosh
Chakraborty Bhattacharya Pillai Naidu Chowdhury Mishra Pandey Tiwari Trivedi Dwivedi Shukla Verma Srivastava Saxena
Jain Kulkarni Deshpande Patil Joglekar Gokhale Venkataraman Balasubramanian Ramakrishnan Natarajan Sundaram Gill
Dhillon Sandhu Grewal Brar Kaur Bajwa Hossain Rahman Khan Malik Siddiqui Sheikh Hussain Iqbal Chaudhry Mirza Begum
Thapa Gurung Tamang Rai Magar Shrestha Adhikari Ghimire Perera Fernando Silva Jayawardena Wickramasinghe Bandara
Sivakumar Muthukrishnan Parameswaran Thiruvengadam""",
    "chinese": """Wang Li Zhang Liu Chen Yang Huang Zhao Wu Zhou Xu Sun Ma Zhu Hu Guo He Lin Gao Luo Zheng Liang Xie
Song Tang Han Feng Deng Cao Peng Zeng Xiao Tian Dong Pan Yuan Cai Jiang Yu Du Ye Cheng Wei Su Lu Ding Ren Yao Shen Zhong
Jiang Tan Liao Zou Xiong Jin Qiu Hou Bai Lei Shao Mao Qin Shi Gu Wan Chan Wong Cheung Lam Leung Ng Ho Lau Yip Kwok Tse
Fung Chow Au Mak Szeto Auyeung Ouyang Situ Hsu Hsieh Tsai Tseng Chiu Chu""",
    "vietnamese": """Nguyen Tran Le Pham Hoang Huynh Phan Vu Vo Dang Bui Do Ho Ngo Duong Ly Dinh Truong Doan Lam Mai
Trinh Luong Cao Quach Thach Ton Vuong Tang""",
    "korean": """Kim Lee Park Choi Jung Kang Cho Yoon Jang Lim Han Oh Seo Shin Kwon Hwang Ahn Song Yoo Hong Jeon Moon
Bae Baek Ryu Nam Noh Ha Chung Rhee Whang Paik Sohn""",
    "japanese": """Sato Suzuki Takahashi Tanaka Watanabe Ito Yamamoto Nakamura Kobayashi Kato Yoshida Yamada Sasaki
Yamaguchi Matsumoto Inoue Kimura Hayashi Shimizu Saito Mori Abe Ikeda Hashimoto Ishikawa Ogawa Okada Fujita Goto
Hasegawa Murakami Kondo Ishii Sakamoto Endo Aoki Fujii Nishimura Fukuda Ota Miura Fujiwara Okamoto Matsuda Nakagawa
Kuroda Tamura Takeuchi Higa Shimabukuro Miyashiro Kaneshiro""",
    "seasian": """Santos Reyes Cruz Bautista Ocampo Garcia Dela_Cruz Macaraeg Dimaculangan Pangilinan Magsaysay Agbayani
Tolentino Villaluz Catacutan Batungbakal Sok Chea Keo Chhim Meas Prak Sisavath Phommasane Souvannavong Vongphakdy
Inthavong Vang Xiong Yang Moua Lor Thao Vue Her Cha Suharto Wijaya Santoso Hartono Siregar Srisai Wongsawat Chaiyasit
Suwannarat Rattanakorn Aung Win Htoo Paw Moo Lwin Eh Tun""",
    "african": """Okafor Okonkwo Adeyemi Adebayo Afolabi Akinwande Balogun Chukwu Eze Nwosu Obi Ogunleye Okeke Oladipo
Olayinka Onyekachi Uche Umeh Mensah Owusu Boateng Asante Appiah Osei Agyeman Amoah Ofori Opoku Addo Kamau Mwangi
Njoroge Otieno Ochieng Wanjiru Kipchoge Kiprop Mutua Abebe Tesfaye Bekele Haile Gebremariam Tadesse Woldemariam Kebede
Desta Ghebreyesus Diallo Traore Keita Coulibaly Toure Sow Ndiaye Diop Cisse Camara Kone Sesay Kamara Bangura Conteh
Dlamini Nkosi Ndlovu Mokoena Khumalo Zulu Moyo Sibanda Chikwanha Banda Phiri Mwale Tembo Kabila Mbeki Ilunga Nkunda
Habimana Uwimana Niyonzima Ndayisenga""",
    "pacific": """Kealoha Kamaka Kahale Kekauoha Nakamoto Tuiasosopo Faleolo Tupou Fifita Taufa Vainikolo Leiataua
Tagaloa Matagi Kaniho Akana Kapule Kahananui Latu Moala""",
    "native": """Begay Yazzie Benally Tsosie Nez Tso Bitsui Chee Etsitty Manygoats Whitehorse Redcloud Two_Bulls
Standing_Bear Running_Deer Lone_Elk Iron_Shell Black_Elk Eagle_Feather Locklear Oxendine Youngbear""",
}

ENGLISH_HEADS = """
Ash Ald Ander Back Bain Bar Beck Ben Birk Black Blair Brad Bram Brent Brock Burn Cald Cal Carl Chad Clay Clif Cole Cran
Crow Dal Darn Den Dray Dun East Ed El Fair Farn Fen Finch Flem Glad Gran Green Hal Ham Har Has Hat Haw Hay Head Hem Hol
Hors Hunt Kirk Kelm Kings Lang Lath Lind Lock Long Lud Mal Mar May Mel Mid Mill Mor Nether New Nor North Oak Old Or Pen
Per Pick Prest Quin Rad Ram Raven Red Ridg Ring Rock Row Rush Ruther Sal Sand Sax Sel Shel Sher Sil Som South Stan Stap
Stock Strat Sud Sut Swin Tarl Thorn Till Trow Up Wad Wake Wal War Wat Wed Wel West Whit Wick Win With Wood Wren Wy Yar
""".split()
ENGLISH_TAILS = """
ton ley worth field wood ford well by man son ham den stead brook land more ridge gate shaw croft wick hurst cott dale
bury combe low ell sey burn house bank stone water leigh mere cliffe thorpe
""".split()
SLAVIC_HEADS = """
Bara Boro Chern Dobro Dra Gav Gor Gru Horo Kali Kam Karp Kol Kor Kras Kri Lub Mal Mich Nov Olen Ostro Pav Pet Pod Rad
Rog Sid Slav Star Strel Suk Tok Troj Vas Vol Vor Yur Zab Zal Zel Zhur Zub""".split()
SLAVIC_TAILS = (
    "ovski owski inski enko chenko ov ova ev eva in ina ovic ewicz czyk cek chuk yuk ak nik insky off".split()
)
NORDIC_HEADS = (
    "Lind Berg Sund Ek Has Grön Dahl Nord Söder Sten Björk Hall Lund Ros Stor Ström Wall Åker Öst Fors".split()
)
NORDIC_TAILS = "gren ström berg kvist qvist holm lund mark man son vik dal stad bäck gaard rud heim".split()
GERMAN_HEADS = """Acker Baum Berg Birn Blum Braun Diet Eber Eich Eisen Falken Feld Finkel Frei Fried Gold Grün Hag Hart
Hirsch Hoch Hoff Holtz Kessel Kirch Klein König Lauter Lieb Linden Loh Mann Nieder Ober Oster Pfann Rosen Roth Sauer
Schön Schwarz Silber Stein Stern Stolz Unter Wald Wein Weiss Wester Wolf Zucker""".split()
GERMAN_TAILS = (
    "mann bauer berg stein baum heim hauser meier feld thal bach er ing schmidt wald burg müller hoff rich".split()
)
AFRICAN_HEADS = (
    "Ade Aki Ama Baba Chi Eze Ife Ike Kwa Mba Ndu Nga Nwa Oba Odu Oga Oke Olu Oni Ose Sika Uche Wana Zuma".split()
)
AFRICAN_TAILS = (
    "yemi bayo wale kunle nna chukwu diba kezie lola mide ngo nwosu raji sanya tunde wumi zie mba koli beki".split()
)
INDIAN_HEADS = (
    "Bala Chandra Deva Gana Gopala Hari Jaya Krishna Madha Maha Nara Parthas Raja Rama Ranga Siva Sri Suba Venka"
).split()
INDIAN_TAILS = (
    "krishnan subramanian rajan murthy nathan swamy sundaram moorthy narayan raman kumar lingam pandian war kar".split()
)


def names(text):
    """The names of a list; `_` stands for a blank inside a name."""
    return [word.replace("_", " ") for word in dict.fromkeys(text.split())]


ENGLISH = names(ENGLISH)
WORDS = names(WORDS)
OTHERS = {origin: names(text) for origin, text in OTHERS.items()}
COMPOSED = [
    (ENGLISH_HEADS, ENGLISH_TAILS),
    (SLAVIC_HEADS, SLAVIC_TAILS),
    (NORDIC_HEADS, NORDIC_TAILS),
    (GERMAN_HEADS, GERMAN_TAILS),
    (AFRICAN_HEADS, AFRICAN_TAILS),
    (INDIAN_HEADS, INDIAN_TAILS),
]
