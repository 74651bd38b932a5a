// Surnames of many origins, besides the first list. Written from general knowledge; no list was copied.
extension WordLists {
    static let surnamesAmerican = """
        Abel Abell Abernathy Abney Ackerman Acker Adair Adamson Addison Agnew Aiken Akers Albert Albertson Albright Alcorn Alden Aldrich
        Aldridge Alford Alger Allard Allman Alston Altman Ambrose Ames Amos Anders Andre Andrus Angel Anthony Applegate Appleton Arbogast
        Archibald Arndt Arrington Arsenault Arthur Asbury Ash Ashby Ashcraft Asher Ashford Ashley Ashton Ashworth Atchison Atkin Atwater Atwell
        Atwood Aubrey Ault Avery Ayers Aycock Ayres Babb Babcock Babin Bachman Bacon Bader Badger Baez Bagley Bagwell Bailes Bain Baines Baird
        Balch Baldridge Bales Ballard Ballew Baltazar Bancroft Bane Banker Bankston Banner Bannister Barbee Barbour Barclay Barden Barfield Barger
        Barham Barksdale Barlow Barnard Barnhart Barnhill Barone Barr Barrow Barrows Barth Barton Bartley Barwick Basham Baskin Bass Bassett Batchelor
        Bateman Bates Batson Battle Batts Baugh Baughman Baum Bauman Baxley Bayer Bayless Bayne Beach Beal Beall Beals Beaman Bean Beard Bearden
        Beasley Beaty Beatty Beaudoin Beaulieu Beauchamp Beaver Beavers Bechtel Becerra Beck Beckett Beckham Beckman Beckwith Bedford Beebe Beeler
        Beers Begay Behrens Belanger Belcher Belknap Bellamy Beller Bellinger Belt Belton Bender Benefield Benjamin Benner Bennet Benoit Bent Benton
        Berman Bernal Bernardo Berndt Bernhardt Bernier Bertrand Bess Best Bethea Bettencourt Betts Betz Beverly Bey Beyer Bickel Bickford Biddle Biggs
        Bigelow Billings Billingsley Billups Bingham Binder Birch Bird Birdsong Birmingham Biscardi Bissell Bisson Bittner Bixby Bivens Bjork Blackburn
        Blackman Blackmon Blackstone Blackwood Blaine Blais Blakely Blakeney Blaker Blalock Bland Blanco Blanco Blank Blankenship Blanton Blaylock Bledsoe
        Blevins Bliss Block Blocker Blodgett Blough Blount Blue Blunt Blythe Boardman Boatwright Bock Boehm Bogan Boggs Bogue Bohannon Bolden Boles Bolin
        Bolling Bollinger Bolt Bonds Bone Boner Bonilla Bonner Bonney Booker Boone Boothe Borden Borders Boren Borges Boss Bostic Boston Boswell Bosworth
        Boucher Boudreau Boudreaux Bouchard Bourgeois Bourne Bouton Bowden Bowe Bowens Bower Bowie Bowles Bowlin Bowling Bowser Box Boyce Boyett Boyette
        Boykin Boyles Boynton Bozeman Brackett Braden Bradbury Braddock Bradfield Bradt Bragg Bramlett Branch Brand Brandenburg Brandon Branham Brannon
        Branson Brant Brantley Braswell Bratton Braxton Bray Breaux Breed Breeden Breen Breedlove Brent Bretz Breunig Brewster Brice Brickey Bridgeman Brien
        Brigham Bright Brill Brinker Brinkley Brinkman Brinson Briscoe Bristow Britt Brittain Britton Broadnax Broadway Brockman Broderick Brogan Bronson
        Brookins Broome Brophy Brotherton Broughton Broussard Brower Brownell Brownlee Broyles Brubaker Bruner Bruno Bruns Brunson Brush Bryan Bryson Buck
        Buckley Buckner Budd Buell Buffington Buford Bui Bull Bullard Bullock Bumgarner Bunch Bundy Bunn Burch Burchett Burdette Burdick Burger Burk Burkett
        Burkhardt Burkhart Burks Burleson Burley Burnham Burr Burrell Burris Burroughs Burrow Burrows Burt Busby Busch Bushnell Buss Bustamante Butcher Butterfield
        Butts Bybee Byers Bynum Byram Byrnes Cable Cabral Cade Cady Cagle Cahill Calabrese Calhoun Callaway Callender Calloway Calvert Calvin Cameron Camp
        Campos Canales Canfield Canada Cantor Cantrell Cantwell Caplan Capps Caraway Carbone Card Carden Cardoza Cardwell Cargill Carl Carlin Carlisle Carlton
        Carmack Carman Carmichael Carmody Carney Caron Carothers Carpenter Carranza Carrera Carrington Carroll Carruth Carswell Cartagena Carver Cary Casas
        Cashman Casiano Casillas Cassell Cassidy Castaneda Casteel Castellanos Castle Castleberry Casto Caswell Cates Catlett Cato Caton Caudill Causey Cavanaugh
        Cavazos Cave Cawley Cecil Center Cespedes Chadwick Chaffin Chalmers Chamberlain Chamberlin Champagne Champion Chance Chandler Chaney Channell Chapin Chappell
        Charette Charles Charlton Chartier Chase Chasteen Chastain Chatman Cheatham Cheek Cheney Chester Childers Childress Childs Chilton Chisholm Chism Chittenden
        Choate Christian Christiansen Christianson Christie Christman Christopher Christy Church Churchill Chute Cisneros Clancy Clapp Clary Claudio Clawson Claxton
        Claypool Cleary Cleaver Clegg Clem Clemens Clement Clemmons Clemons Clevenger Cleveland Clifford Clifton Clinton Cloud Clough Clouse Clyde Coates Coats
        Cobbs Coble Coburn Cochrane Cody Coe Coffey Coffin Coffman Cohn Coker Colbert Colburn Colby Colclough Coley Colley Collette Collier Collinsworth Colson Colvin
        Combs Comeaux Comer Compton Comstock Conaway Condon Cone Confer Congdon Conn Connell Connelly Connors Conover Converse Conyers Coombs Coon Cooney Coons Coop
        Coots Cope Copley Coppola Corbett Corbin Corcoran Cordell Corder Corey Corley Cornelius Cornell Cornett Corona Correll Corrigan Corwin Costello Coster Cotter
        Cottle Cotton Cottrell Couch Coughlin Coulter Counts Couture Covert Covey Covington Cowell Cowley Coyle Coyne Crabtree Craft Crafton Cramer Crandall Crane Craven
        Cravens Crawley Creech Creel Creighton Crenshaw Crespo Crew Crews Crider Crist Criswell Crisp Crittenden Crocker Crockett Croft Cromer Cromwell Cronin Crook Crooks
        Croteau Crouch Crouse Crow Crowder Crowe Crowell Crowley Crowther Crum Crump Crutcher Crutchfield Culbertson Cullen Culp Culpepper Culver Cunha Currier Currie Curran
        Curley Cushman Custer Cutler Cutter Cyr Dabney Dahl Dailey Daily Dale Daley Dallas Daly Dalrymple Damico Damon Dancy Dandridge Dangelo Danforth Danner Dansby Darby
        Darden Darling Darnell Darr Daugherty Dave Davenport Davey Davies Davison Dawkins Deal Deaton Debose Deckard Deering Dees Degroot Dejesus Delaney Delano Delarosa
        Delatorre Delong Delorenzo Deloach Deluca Demarco Demers Dement Deming Dempsey Denham Denning Denney Dennison Denny Denson Dent Denton Depew Derosa Derr Desantis
        Desimone Desmond Desjardins Deutsch Devine Devito Devlin Devries Dewey Dewitt Dexter Dial Dick Dickens Dickey Dickinson Dickman Diehl Dietrich Dietz Diggs Dill Dillard
        Diller Dilley Dillingham Dinkins Dion Dix Dobbins Dobbs Dobson Dockery Dodd Dodds Dodge Doe Doering Doherty Dolan Doll Dollar Domingo Donahoe Donald Donato Donnell
        Donnelly Donohue Dooley Doran Dorman Dorn Doss Dotson Doty Dow Dowd Dowdy Dowell Dowling Downey Downing Downs Dozier Drayton Dressler Drew Drewery Driscoll Driver
        Drummond Drury Dryden Duarte Dube Ducote Duckett Duckworth Dudek Duff Dugan Dugas Duggan Duggins Dugger Duhon Dukes Dull Dumont Dunaway Dunbar Dunham Dunning
        Dunson Dupont Dupre Dupree Dupuis Durand Durant Durbin Durden Durkin Durr Dutton Duvall Dwyer Dykes Dyson Eagan Eagle Eakins Earl Earle Earley Early Easley Eason
        East Easter Easterling Eastman Easton Eastwood Ebert Eberhardt Eckert Eddy Edens Edgar Edmonds Edmondson Edmunds Edwardson Egan Eggers Eggleston Eisenberg Elam
        Elder Eldridge Elias Elkins Eller Elliot Ellington Ellsworth Elmore Elrod Ely Embry Emery Emmons Engel England Engle English Ennis Enos Enright Epperson Epps Epstein
        Erickson Ericson Ervin Erwin Eskridge Esparza Esposito Esquivel Essex Estep Ester Eubanks Eure Evangelista Evanson Everson Ewald Ezell Faber Fagan Fahey Fair Fairbanks
        Fairchild Fairley Faison Falcon Falk Fallon Fanning Fant Faris Farias Farr Farrar Farris Farrow Farwell Faust Favela Fay Feeney Feldman Felder Felix Felker Fell Fellows
        Felton Felts Fenn Fennell Fenner Fenton Ferguson Fernandes Ferraro Ferreira Ferrer Ferris Fessler Fiedler Fierro Fife Fields Fike Finch Findley Fine Fink Finn Finnegan
        Finney Fiore Fish Fiske Fitch Fite Fitts Fitzsimmons Flagg Flanagan Flanders Flannery Fleischer Flint Flood Flora Florence Flournoy Flower Foote Forbes Force Fordham
        Forrest Forrester Forsyth Forsythe Fort Fortenberry Fortier Fortin Fortner Fortune Foss Fought Foust Foutz Fountain Fournier Fowlkes Fraley Frame Franklin Franks
        Frantz Franz Frasier Frazee Fredericks Fredrickson Freed Freedman Freeland Freeze Freitas French Freund Friend Frisch Fritts Fritz Frizzell Fromm Fugate Fulcher
        Fulford Fulk Fulkerson Fulton Fultz Funderburk Funk Furman Fuqua Gable Gabriel Gaddis Gaddy Gage Gagne Gagnon Gainey Gaither Galarza Galbraith Gale Galindo Gallant
        Galvan Galvin Gambino Gandy Gann Gannon Gant Gantt Garber Garber Garcia Garland Garner Garris Garrity Garvey Garvin Gary Gaskins Gass Gaston Gatlin Gatewood Gaudet
        Gault Gauthier Gay Gayle Gaynor Gearhart Geary Gebhardt Gee Geer Geiger Geller Gentile George Gerard Gerber Gerhardt Gerlach German Getz Gholston Giblin Gifford
        Giglio Gil Gilbertson Gilchrist Gillette Gilliam Gilliland Gillis Gilman Gilson Ginn Giordano Gipson Girard Gist Givens Gladden Gladstone Glaser Glasgow Glaze Gleason
        Glenn Glick Glidden Glynn Gober Goddard Godfrey Godinez Godwin Goebel Goetz Goff Goforth Goins Goldsmith Golightly Gomes Gooch Goode Gooden Goodrich Goodson Goodwyn
        Gordy Gore Gorham Gorman Goss Gossett Gough Goulet Gove Grace Grady Graff Graff Granados Grandy Granger Grantham Gravely Gravitt Grayson Greathouse Greenfield Greenlee
        Greenwald Greenway Greenwell Greenwood Greiner Grenier Gresham Grey Grice Grider Grier Griffis Griggs Grigsby Griffiths Grijalva Grimm Grissom Griswold Groff Grogan
        Groom Grooms Groover Grossman Grove Grover Groves Grubb Grubbs Guajardo Guess Guest Guidry Guillen Guillory Gullett Gunderson Gunn Gunter Gurley Gustafson Guy Guyton
        Hackett Hadden Haddock Hadley Hagan Hagen Hager Haggard Haggerty Haines Hairston Halcomb Hales Hall Hallett Halley Halliday Halpern Halsey Halstead Halter Halvorson
        Ham Hamby Hamel Hamlett Hamlin Hamm Hammer Hammock Hammons Hamner Hanby Hancock Hand Handley Hanes Haney Hanks Hankins Hanley Hannah Hannon Harbin Hardaway
        Hardee Harden Hardesty Hardie Hardison Hardman Hardwick Hare Hargis Hargrove Harker Harkins Harlan Harley Harlow Harms Harp Harr Harrelson Harriman Harrow Hartley
        Hartwell Hartzell Harwell Harwood Haskell Haskins Hass Hastings Hatch Hatcher Hatchett Hatfield Hathaway Hatley Hatton Haugen Hauser Havens Hawes Hawk Hawley Hawthorne
        Hay Hayden Hayman Hays Hayward Haywood Hazel Hazelwood Head Headley Healey Healy Heard Hearn Hearst Heater Heaton Heck Hedges Hedrick Heffernan Hefner Heflin Heim
        Hein Heinz Held Heller Helm Helms Helton Hembree Hemphill Hendershot Hendrix Hendrickson Hendryx Henke Henley Hennessey Hennessy Henning Hensel Herbert Herd
        Hermann Herndon Herr Herrick Herrington Herron Hersey Hershberger Herzog Hewitt Heyward Hiatt Hibbard Hickey Hickok Hicks Hidalgo Higdon Higginbotham Higgs High
        Hightower Hildebrand Hildreth Hilliard Hillman Hills Hilton Hinds Hinkle Hinojosa Hinson Hirsch Hitchcock Hite Hitt Hix Hoang Hobson Hodges Hoff Hoffmann
        Hogg Hoke Holbrook Holcomb Holcombe Holder Holguin Holiday Holifield Hollander Hollenbeck Holley Holliday Hollingsworth Hollins Hollis Hollister Holman Holm
        Holmberg Holmquist Holsey Holtz Homan Homer Honeycutt Hooker Hooks Hoop Hope Hopper Horan Horner Hornsby Horowitz Horsley Horvath Hoskins Hotchkiss Hough
        Houghton Houle House Householder Houser Hovey Howard Howerton Howland Howlett Hoyle Hoyt Hubert Huckaby Huddleston Hudgins Hudspeth Huey Huff Hugh Huggins
        Hulett Hull Hulse Hume Humes Humphreys Humphries Hundley Hunley Hunsaker Hurd Hurt Hurtado Huston Hutcherson Hutcheson Hutchins Hutchison Hutson Hutton Hyatt
        Hyde Hyman Hynes Iglesias Ingle Ingersoll Ingraham Inman Ireland Irvin Irvine Irving Isaac Isaacs Isaacson Isbell Isom Israel Iverson Ives Ivey Ivory Ivy Jack
        Jacks Jackman Jacob Jacoby Jaffe Jaime Jameson Jamison Janes Jansen Janson Jaramillo Jarrell Jarrett Jasper Jay Jaynes Jean Jeffers Jefferies Jeffrey Jeffries
        Jenks Jenner Jennison Jensen Jernigan Jessup Jeter Jewell Jewett Jimerson Jobe Joe Johansen John Johnsen Joiner Jolley Jolly Jorgensen Jorgenson Joslin Joy Joyner
        Judd Judge Judkins Julian Justice Justus Kahn Kaiser Kaminski Kane Kapp Karr Kasper Kass Kauffman Kavanagh Kay Kearney Kearns Keating Keaton Keck Kee Keefe Keegan
        Keel Keeling Keen Keenan Keene Keeney Keenum Keister Keith Kell Kellam Kellerman Kellogg Kelsey Kelso Kendall Kendrick Kenney Kenny Kenyon Kern Kerns Kershaw Kersey
        Ketchum Key Keyes Keys Kidd Kiefer Kilgore Killian Kilpatrick Kimball Kimble Kimbrell Kimbrough Kincaid Kinder King Kingsley Kinney Kinsey Kirkland Kirkpatrick Kirkwood
        Kirsch Kiser Kissel Kitchen Kitchens Kittle Klinger Klink Klug Knapp Knott Knotts Knudsen Knudson Knutson Kohl Kohler Kohn Kolb Koontz Kopp Korn Kornegay Kraft Krantz
        Krebs Kremer Krell Kress Krieger Kroll Kruger Kruse Kuhn Kunkel Kuntz Kunz Kurz Kyle Labelle Lacey Lackey Lacroix Lacy Ladd Lafferty Laflamme Lafleur Lafond
        Lai Laird Lally Lamar Lambright Lamont Lamontagne Lampe Lamphere Lancaster Lance Land Landers Landis Landon Landrum Langdon Lange Langer Langford Langley Langlois
        Langston Lanham Lanier Lankford Lanning Lantz Lapierre Laplante Lapointe Largent Larkin Larochelle Larocque Larose Larsen Larue Lasky Lassiter Latham Latimer
        Latta Lauer Laughlin Lavallee Lavender Laverne Lavigne Lavoie Law Lawler Lawless Lawton Lax Lay Layman Layne Layton Lea Leahy Leake Leal Lear Leary Leatherman
        Leathers Leavitt Lebron Ledbetter Ledesma Ledford Ledoux Leed Leeper Lees Lefebvre Leger Leggett Legrand Lehman Leigh Leighton Lem Lemaster Lemay Lemke Lemon Lemons
        Lenz Lentz Leo Leong Lerma Lerner Leroy Lesher Leslie Lessard Lett Leung Leveille Levesque Lewin Lewandowski Leyva Liang Libby Liddell Liles Lilly Limon Lincoln
        Lind Lindberg Lindell Linder Lindholm Lindley Lindner Lindstrom Link Linn Linton Lipscomb Lister Liston Litchfield Littlefield Littlejohn Littleton Lively
        Llamas Lock Locke Lockett Lockhart Lockwood Loeb Loera Loftin Loftis Loftus Lohr Lomax Lombard Lombardi Lombardo London Loney Longo Longoria Loomis Looney Loper
        Lopes Lord Lorenz Lorenzo Lott Loucks Louie Louis Love Loveless Lovell Lovett Loving Lowman Lowrey Lowry Loyd Loyola Lucia Luciano Luckett Ludwig Lugo Luis Luke
        Lumpkin Lund Lundberg Lundgren Lundy Lunn Lunsford Luong Lusk Luster Luther Luttrell Lutz Ly Lyle Lyles Lyman Lyon Lytle Ma Maas Mabe Mabry Macdougall Machado Mackay
        Mackey Mackie Macklin Maclean Macleod Macon Macy Madrid Madrigal Madsen Magana Magee Maguire Maher Mahan Mahon Mai Main Major Majors Malave Maldonado Mallett Mallory
        Malloy Maloney Manley Manigault Mankin Manley Mansfield Manson Manuel Manzo Maples Marcano March Marchand Marcum Marcus Maresca Margolis Marino Mariscal Markham Markley
        Marlow Marlowe Marr Marrero Marriott Marrow Marroquin Martell Marten Marti Martindale Martinelli Martino Marvin Marx Mask Massie Masters Masterson Mata Mateo
        Mathew Mathewson Mathias Mathieu Mathison Matlock Matney Matos Matson Matt Matteson Matthew Mattingly Mattison Mattox Mattson Maurer Mauro Maury Max Maxey Mayberry Mayes
        Mayfield Mayhew Maynor Mayo Mays Maze Mazur McAdams McAfee McAlister McArthur McBee McBrayer McCabe McCafferty McCain McCaleb McCallister McCallum McCants McCarter
        McCartney McCarver McCaskill McCauley McCausland McClanahan McClellan McClelland McClendon McClinton McCloskey McCloud McClung McClurg McCollum McComb McConnell McConville
        McCord McCorkle McCowan McCown McCracken McCrary McCray McCrea McCreary McCubbins McCue McCulley McCulloch McCune McCurdy McCurry McCutcheon McDade McDaniels McDermott
        McDonnell McDonough McDougal McDougall McDuffie McEachern McElroy McElwee McEwen McFadden McFall McFarland McFarlane McFerrin McGarry McGarvey McGary McGaughey McGehee
        McGhee McGill McGinley McGinn McGinnis McGivern McGlone McGlynn McGovern McGowan McGraw McGregor McGrew McGriff McGuckin McHale McHenry McHugh McInnis McInerney McIlwain
        McIver McJunkin McKeever McKellar McKelvey McKenna McKeon McKeown McKibben McKim McKinley McKinnon McKinzie McKissick McKnight McKoy McLain McLane McLaren McLaurin McLellan
        McLemore McLendon McLoughlin McManus McMaster McMichael McMillen McMillian McMillon McMullen McMurray McMurry McNabb McNair McNally McNamara McNamee McNary McNeal McNeely
        McNeill McNew McNulty McNutt McPeak McPhail McPhee McQueen McRae McReynolds McSweeney McSwain McVay McVey McWhorter McWilliams Mead Meade Meador Means Mears Medeiros Medina
        Medley Medlin Medrano Meehan Meek Meeks Meier Meister Melancon Melchior Melgar Melo Mello Meltzer Melville Melvin Mena Menard Mendelson Mendenhall Mercier Meredith Merrell
        Merrick Merrill Merriman Merriweather Merry Merz Messer Messick Messina Metcalf Metz Metzger Metzler Meza Michaels Michaud Michel Mickelson Mickens Middlebrooks
        Mikesell Milam Milano Milburn Milewski Millan Millard Millen Millican Milligan Milliken Milliner Millsap Milner Milton Mims Minor Minter Minton Miracle Mireles
        Mister Mize Mobley Mock Moeller Moffett Moffitt Mohler Mohr Mojica Moll Monaco Monaghan Monahan Moncada Moncrief Mondragon Monk Monroy Monson Montague Montalvo Montana
        Montano Montes Montero Montiel Mooney Moorehead Moorman Moreland Morehead Moreira Morey Morin Morley Moriarty Morrill Morrisey Morrissey Mortensen Mortimer Mosby Moseley
        Moser Mosher Moskowitz Motley Mott Moulton Mount Mouton Mowery Moya Moye Moyers Mudd Muir Mulcahy Muldoon Mulholland Mull Mulligan Mullinax Mullis Mulvey Muncy
        Mundy Munson Murdoch Murdock Murphree Murrell Murry Muse Musgrove Musick Musser Myatt Myles Myrick Nabors Nadeau Nagel Nagle Nagy Najera Nance Napier Napoli Naquin
        Naranjo Narvaez Nason Natale Nava Nave Naylor Neely Neff Negrete Negron Neil Neill Neilson Nesbit Nesbitt Ness Nettles Neubauer Neuman Neumann Neville Newberry
        Newby Newcomb Newell Newkirk Newland Newsom Newsome Ng Ngo Nichol Nicholas Nickel Nickell Nickerson Nicks Nicolas Nieto Nieves Niles Nino Nix Noe Noel Nolen Noland
        Noonan Norcross Nord Nordstrom Noriega Norfleet Norman Norwood Nott Novotny Nowell Noyes Null Nunes Nunley Nunn Nutter Nutt Nye Oakes Oakley Oaks Oates Oatman Ober
        Oberg Obrian Obryan Obryant Oconner Oday Odell Oden Odonnell Odum Ogden Ogle Oglesby Ogrady Ogletree Ohara Oldham Oleary Oliva Olivares Oliveira Olivas Olivera
        Olivier Ollie Olmstead Olney Olvera Omalley Oneal Onofre Oquinn Ordonez Ornelas Orosco Orozco Orourke Orr Orta Orth Osborn Osgood Oshea Oster Ostrander Oswald
        Otero Otis Ott Otto Ouellette Outlaw Overby Overstreet Overton Owensby Oxendine Oxford Pabon Packard Packer Paddock Padgett Paez Pagan Paige Paine Painter Palacios
        Palma Paquette Pardo Pardue Paredes Parham Paris Parisi Parish Parkinson Parkhurst Parmer Parnell Parr Parra Parris Parrott Parry Partin Partridge Paschal Pate
        Patrick Patten Paulsen Paulson Pauley Pavlik Paxton Payton Peacock Peak Pearce Peart Peavy Pease Pedersen Pederson Peebles Peek Peel Peeler Peeples Pelletier Pell
        Peltier Pemberton Pence Pendergrass Pendleton Penn Penner Penny Penrod Peoples Pepin Pepper Percival Percy Perdue Perea Peres Perkinson Perlman Perreault Perrin
        Perron Pershing Peter Petit Petrie Petrillo Pettigrew Pettit Pettway Petway Pfeifer Pfeiffer Phelan Philips Phillip Phipps Picard Pickard Pickens Pickering Pickett
        Pierre Pierson Pike Pilgrim Pina Pinckney Pineda Pinkerton Pinkney Pinkston Pino Pinson Pinto Piper Pipkin Pippin Pires Pitcher Pitre Pizarro Plante Plata Platt Pless
        Plummer Plunkett Poe Poindexter Pointer Poirier Poland Polanco Polk Pollack Pollock Polley Polson Pond Ponder Pool Pooler Popham Popp Portillo Posada Posey Post Poston
        Potts Poulin Poulos Pound Pounds Prater Prather Pratt Prentice Prescott Presley Pressley Prewitt Prieto Priest Priddy Prime Pringle Prior Pritchard Pritchett
        Proffitt Propst Prosser Proulx Provost Pruett Pryor Puckett Puente Puentes Pulido Pullen Pulley Pulliam Purcell Purdy Puryear Purvis Putman Putnam Pyle Pyles Quach
        Quarles Query Quick Quigley Quillen Quinones Quintana Quintanilla Quintero Quiroz Rader Radford Ragan Ragland Ragsdale Raines Rainey Rains Raley Ralph Ralston
        Rambo Ramey Ramon Ramsay Ramsdell Rand Randle Raney Rangel Rank Rankin Ransom Rapp Rasberry Rascon Rash Rathbun Ratliff Rau Rausch Rawlings Rawls Raya Raynor Rea
        Read Reading Reagan Real Reardon Reaves Rector Redd Redden Redding Redman Redmond Reece Reeder Rees Regalado Regan Register Rehm Reich Reichert Reiff Reimer Reiner
        Reinhardt Reinhart Reinke Reis Reiss Reiter Renaud Rendon Renfro Renner Renfroe Reno Renteria Restrepo Revels Rey Reyna Reynoso Rhea Rhoades Rhoads Rhode Rhymes
        Ricard Richey Richie Richman Richmond Rickard Ricketts Ricks Rico Riddick Rider Ridenour Ridgeway Ridley Rieger Riegel Rigby Riggins Riggle Rigney Rincon Rinehart
        Ring Ringer Riojas Ripley Risner Ritchie Ritz Rivero Rizzo Roark Roath Robb Robbie Roberge Robert Roberto Robin Robinett Robinette Robins Robison Robson Roby
        Rochon Rock Rockwell Roden Roderick Rodrigue Rodrigues Rodriquez Roe Roebuck Roger Rohde Rohr Roldan Rolfe Roller Rollins Romeo Romney Ronan Rondeau Ronquillo
        Rood Rooney Root Roper Rosado Rosas Rosenbaum Rosenberger Rosenblum Rosenfeld Rosenthal Roselli Rosser Rosson Rossman Roswell Rothman Rothstein Rountree Rouse Roush
        Rousseau Roux Rowan Rowell Rowley Roybal Royal Royer Royster Rubalcava Rucker Rudd Rudolph Rudy Ruff Ruffin Ruggiero Ruggles Runyon Rupert Rupp Ruppert Ruse Rusk Rust
        Ruth Rutherford Rutledge Rutter Ryder Saari Sabo Sacks Sadler Saenz Sager Salamone Salcedo Salcido Saldana Saldivar Sale Saleem Salerno Salgado Salisbury
        Salmon Salter Salvador Salyer Sam Samaniego Sample Samples Sampson Samson Samuel Samuelson Sanborn Sancho Sandberg Sander Sanderson Sandlin Sands Sandstrom Sanger
        Sankey Santa Santacruz Santamaria Santoro Santo Sapp Sargent Sartin Sass Sasser Satterfield Sauer Saul Sauls Sauter Savoie Savoy Sawyer Saxon Saxton Sayers Sayre Scales
        Scanlon Scarborough Scarbrough Schaffer Schell Schenk Scherer Schilling Schiller Schindler Schlegel Schlosser Schmid Schmitz Schmuck Schneiderman Schofield Scholl Scholz
        Schoen Schott Schrader Schreiber Schreiner Schubert Schuler Schuller Schulman Schulte Schuman Schumacher Schuster Schuyler Schwab Schwarz Schweitzer Scoggins Scofield
        Scully Seals Seaman Searcy Sears Seaton Seay Sebastian Sebring Seeley Segal Segovia Segura Seibert Seidel Seifert Seiler Seitz Self Sell Sells Selman Seltzer Seminole
        Sena Senior Sepulveda Serna Session Sessions Settle Settles Severson Seward Sewell Seymour Shackelford Shade Shafer Shafferman Shank Shanks Sharif Sharkey Sharpe
        Shay Shearer Sheehan Sheets Sheffield Shell Shelley Shelby Shephard Shepard Sheridan Sherrill Sherrod Sherry Sherwin Sherwood Shipley Shipman Shipp Shirey Shirley Shively
        Shockley Shoemaker Shook Shore Shores Shorter Showalter Shrader Shreve Shrum Shuler Shull Shultz Shumaker Shuman Shumate Shumway Shupe Sides Siegel Sierra Sigler Sikes
        Silber Siler Silvers Silverstein Silvestri Simms Simonds Simons Simonsen Simonson Simpkins Sims Singer Singletary Sipes Sisco Sisk Sizemore Skaggs Skelton Skidmore Skiles Slade
        Slagle Slaton Slattery Slaughter Slayton Sledge Sloan Sloane Slocum Slone Smalley Smalls Smallwood Smart Smiley Smithson Smoot Smyth Snapp Snead Sneed Snell Snider Snipes
        Snodgrass Snowden Snyder Sobel Soler Soliz Sommers Sommerville Song Sonnier Soria Soriano Sosa Soucy Soule Souza Sowders Sowell Sowers Spain Spalding Spangler Spann
        Sparrow Spaulding Spear Spector Speer Spellman Spence Spengler Spicer Spiegel Spiller Spivey Spooner Spradlin Sprague Spratt Springer Sprouse Spruill Spurgeon Spurlock Squires
        Stacey Stack Stacy Stafford Staggs Stahl Staley Stallings Stallworth Stamm Stamper Stamps Stancil Standley Stanfield Stanford Stapleton Staples Starks Starkey Starling Starnes Starr
        Staton Stauffer Stclair Stearns Stedman Steed Steel Steen Steffen Stein Steinberg Steiner Steinmetz Stelly Stepp Sterling Stern Sterner Stevens Steward Stickney Stidham
        Stiles Still Stillman Stillwell Stiltner Stilwell Stine Stinnett Stinson Stitt Stock Stockdale Stocks Stockton Stoddard Stoker Stoll Stoltz Stoner Storey Storm Story Stott
        Stovall Stover Stowe Stowers Strain Strand Strange Stratton Straub Straus Strauss Streeter Street Streit Strother Stroud Stroup Strunk Stubblefield Stubbs Stuckey
        Studer Stull Stump Sturgeon Sturgill Sturgis Sturm Styles Suggs Sumner Summerlin Summerville Sumpter Sunderland Surratt Sutherland Suttle Sutter Suttles Sutphin Swafford
        Swaim Swain Swan Swank Swann Swartz Swearingen Sweat Sweet Sweet Swenson Swift Swinson Swinton Swisher Switzer Swope Sykes Sylvester Szabo Taber Tabor Tackett Taft
        Taggart Talley Tallman Tamayo Tam Tang Tanksley Tapia Tarver Tart Tatum Tavares Taverner Teague Teal Teasley Tedesco Teel Teeter Tejada Tejeda Tellez Tello Temple Templeton
        Tenorio Tennant Terrazas Tessier Tharp Thatcher Thayer Theriault Thibodeau Thibodeaux Thiel Thigpen Thom Thoman Thome Thompkins Thorn Thornburg Thornhill Thorpe Thorson
        Thrasher Threadgill Thurman Thurston Tibbetts Tice Tidwell Tierney Tiller Tillery Tilley Tillman Tilton Timm Timmerman Timmons Tinker Tinsley Tipton Tirado Tisdale
        Titus Tobias Tobin Toland Tolbert Toledo Tolentino Toler Toliver Tolliver Tolman Tolson Tomlin Tomlinson Tompkins Toney Toomey Toro Torrence Torrez Toth Totten
        Tovar Tower Towne Townes Towns Toyota Tracy Trahan Trainor Trammell Trapp Travers Travis Treadway Treadwell Treat Tremblay Trent Trejo Trevino Trimble Trinh
        Triplett Tripp Trotter Trout Troutman Troy True Truitt Truong Tubbs Tuck Tully Tuong Turk Turley Turman Turnbull Turpin Tuttle Twomey Tye Tyree Tyson Ulrich Upchurch
        Upshaw Upton Urban Urbina Uribe Ussery Utley Vaca Vail Valadez Valdes Valdivia Valencia Valente Valentin Valerio Valle Vallejo Valles Vance Vandyke Vang Vanhorn Vann
        Vanover Vansickle Vanwinkle Varela Vargas Varner Varney Vasquez Vaughan Vaughn Vaught Vazquez Veal Vega Vela Velasco Velasquez Velazquez Velez Venable Venegas Vera
        Verdin Vergara Vernon Vest Vetter Vick Vickers Vickery Victor Vidal Vieira Vigil Villa Villagomez Villalobos Villalpando Villanueva Villareal Villarreal Villasenor
        Villegas Vines Vining Vinson Vincent Viramontes Vitale Vo Voelker Vogel Vogt Volk Vollmer Volz Voss Vought Vu Waddell Wade Wadsworth Wagner Wagoner Wahl Waite Wakefield Walcott
        Walden Waldo Waldrip Waldron Waldrop Wallace Wallen Waller Wallis Walls Walsh Walston Walter Walters Walton Wampler Wang Warburton Ward Warden Ware Warfield Warner
        Warnock Warren Warrick Warwick Washburn Washington Wasserman Waterman Waters Watkins Watson Watt Watters Watts Waugh Way Wayne Weathers Weatherford Weatherly Weathersby Weaver
        Webb Webber Weber Webster Weddle Weeks Weems Wegner Wei Weidner Weil Weiler Weimer Weinberg Weiner Weinstein Weir Weis Weise Weiss Welborn Welch Weldon Welker Weller
        Wellman Wells Welsh Wendt Wenger Wentworth Wentz Werner Wertz Wesley West Westbrook Westcott Westerman Westfall Weston Westmoreland Wetzel Whalen Whaley Wharton Wheat
        Wheatley Wheaton Wheeler Whelan Whipple Whitaker Whitcomb White Whited Whitehead Whitehouse Whitehurst Whiteman Whiteside Whitfield Whiting Whitley Whitlock Whitlow
        Whitman Whitmire Whitmore Whitney Whitson Whitt Whittaker Whitten Whittington Whittle Whitworth Whyte Wick Wicker Wickham Wicks Widener Widmer Wiese Wiggins Wight
        Wilbanks Wilbur Wilburn Wilcox Wilcoxson Wilde Wilder Wildman Wiles Wiley Wilhelm Wilke Wilken Wilkerson Wilkes Wilkins Wilkinson Wilks Will Willard Willett Willey
        William Williams Williamson Williford Willingham Willis Willoughby Wills Willson Wilmoth Wilson Wilton Wimberly Winchester Windham Windsor Wineland Winfield Winfrey Wing
        Wingate Wingfield Winkler Winn Winslow Winstead Winston Winter Winters Wirth Wise Wiseman Wisniewski Witcher Withers Witherspoon Witt Witte Wofford Wolfe Wolff Wolford
        Womack Wong Woo Wood Woodall Woodard Woodbury Woodcock Woodruff Woodson Woodward Woodworth Woody Wooldridge Wooley Woolley Woolsey Wooten Wooten Worden Workman Worley
        Worrell Worth Wortham Worthington Worthy Wray Wren Wright Wu Wyatt Wylie Wyman Wynn Wynne Xiong Yancey Yanez Yang Yarbrough Yates Yazzie Ybarra Ye Yeager Yee Yoder Yoo Yoon York
        Yost Youmans Youngblood Younger Young Yount Yu Yuen Zachary Zamora Zapata Zaragoza Zarate Zavala Zeigler Zeller Zepeda Zhang Zhao Zheng Zhou Zhu Ziegler Zielinski Ziemer Zimmer
        Zimmerman Zink Zook Zuber Zuniga
        """
}
