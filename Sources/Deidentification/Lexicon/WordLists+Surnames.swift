// Written from general knowledge of the surnames in use in the United States and among its immigrants. No list was
// copied.
extension WordLists {
    static let surnames = """
        Abbott Abrams Acosta Adams Adeyemi Adkins Adler Agarwal Aguilar Ahmed Alexander Ali Allen Allison Almeida
        Alvarado Alvarez Andersen Anderson Andersson Andrews Angelou Antonelli Aquino Archer Armstrong Arnold Arroyo
        Asghar Atkins Atkinson Austin Avila Ayala Bailey Baker Baldwin Ball Banerjee Banks Baptiste Barajas Barber
        Barker Barnes Barnett Barrett Barron Barry Bartlett Barton Bass Batista Bauer Baxter Becker Begum Bell Beltran
        Benitez Bennett Benson Bentley Berger Bergman Bergstrom Berg Bernard Bernstein Berry Bianchi Bishop Black
        Blackwell Blair Blake Blanchard Bloom Blum Bolton Bond Booth Bowen Bowers Bowman Boyd Boyer Boyle Bradford
        Bradley Bradshaw Brady Brandt Braun Brennan Brewer Bridges Briggs Brock Brooks Brown Browning Bruce Brunner
        Bryant Buchanan Buck Burgess Burke Burnett Burns Burton Bush Butler Byrd Byrne Cabrera Cain Caldwell Calderon
        Callahan Camacho Cameron Campbell Campos Cannon Cantu Cardenas Carey Carlson Carpenter Carr Carrillo Carroll
        Carson Carter Case Casey Cash Castaneda Castellano Castillo Castro Cervantes Chambers Chan Chandler Chandra
        Chang Chapman Chavez Chen Cheng Cherry Cho Choi Chopra Chowdhury Christensen Chu Chung Church Clark Clarke
        Clay Clayton Clements Cline Cobb Cochran Cohen Cole Coleman Collins Colon Combs Conley Conner Connolly Connor
        Conrad Contreras Conway Cook Cooke Cooper Copeland Cordova Correa Cortes Cortez Costa Cowan Cox Craig Crane
        Crawford Crosby Cross Cruz Cummings Cunningham Curry Curtis Dalton Daniel Daniels Das Daugherty Davenport
        David Davidson Davies Davila Davis Dawson Day Dean Decker Delacruz Deleon Delgado Dennis Desai Diaz Dickerson
        Dickson Dillon Dixon Dodson Dominguez Donahue Donaldson Donovan Dorsey Dougherty Douglas Doyle Drake Dubois
        Dudley Duffy Duke Dumas Duncan Dunlap Dunn Duran Durham Dyer Eaton Edwards Elliott Ellis Ellison Emerson
        Eriksson Escobar Espinosa Espinoza Estes Estrada Evans Everett Ewing Farley Farmer Farrell Faulkner Ferguson
        Fernandes Fernandez Ferrari Ferrell Fields Figueroa Finley Fischer Fisher Fitzgerald Fitzpatrick Fleming
        Fletcher Flores Flowers Floyd Flynn Foley Fontaine Ford Foreman Foster Fowler Fox Francis Franco Frank
        Franklin Fraser Frazier Frederick Freeman French Frey Friedman Frost Fry Frye Fuentes Fuller Gaines Gallagher
        Gallegos Galloway Gamble Garcia Gardner Garner Garrett Garrison Garza Gates Gentry George Gibbs Gibson Gilbert
        Giles Gill Gillespie Gilmore Glass Glenn Glover Goldberg Goldman Goldstein Golden Gomez Gonzales Gonzalez Good
        Goodman Goodwin Gordon Gould Graham Grant Graves Gray Greco Green Greenberg Greene Greer Gregory Griffin
        Griffith Grimes Gross Gruber Guerra Guerrero Gupta Gustafson Guthrie Gutierrez Guzman Haas Haddad Hahn Hale
        Haley Hall Hamilton Hammond Hampton Hancock Hanna Hansen Hanson Hardin Harding Hardy Harmon Harper Harrell
        Harrington Harris Harrison Hart Hartman Harvey Hassan Hawkins Hayes Haynes Heath Hebert Henderson Hendricks
        Henry Hensley Henson Herman Hernandez Herrera Herring Hertzog Hess Hester Hickman Hicks Higgins Hill Hines
        Hinton Ho Hobbs Hodge Hodges Hoffman Hogan Holden Holland Holloway Holmes Holt Hood Hooper Hoover Hopkins Horn
        Horne Horton Hossain House Houston Howard Howe Howell Huang Hubbard Huber Hudson Huff Huffman Hughes Hull
        Humphrey Hunt Hunter Hurley Hurst Hussain Hussein Hutchinson Huynh Ibarra Ingram Irwin Ito Ivanov Ivanova
        Jackson Jacobs Jacobson Jain James Janssen Jarvis Jefferson Jenkins Jennings Jensen Jimenez Johansen Johansson
        Johns Johnson Johnston Jones Jordan Joseph Joyce Juarez Kane Kapoor Kaplan Karlsson Katz Kaufman Kaur Keller
        Kelley Kelly Kemp Kennedy Kent Kerr Kessler Khan Kim King Kirby Kirk Klein Kline Knapp Knight Knowles Knox
        Koch Kovacs Kowalczyk Kowalski Kozlov Kramer Kraus Krause Krishnan Krueger Kumar Kurtz Kuznetsov Lake Lam Lamb
        Lambert Landry Lane Lang Lara Larsen Larson Lau Lawrence Lawson Le Leach Leblanc Lee Lehmann Leon Leonard
        Leone Lester Levin Levine Levy Lewis Li Lim Lin Lindgren Lindqvist Lindsay Lindsey Little Liu Livingston Lloyd
        Logan Long Lopez Lowe Lowery Lozano Lu Lucas Lucero Luna Lynch Lynn Lyons Macdonald Mack Macias MacKenzie
        Madden Maddox Mahler Mahoney Maldonado Malik Malone Mann Manning Marin Marks Marquez Marsh Marshall Martin
        Martinez Martins Mason Massey Mathews Mathis Matthews Maxwell May Mayer Maynard Mayo McAllister McBride McCall
        McCann McCarthy McCarty McClain McClure McConnell McCormick McCoy McCullough McDaniel McDonald McDowell McGee
        McGrath McGuire McIntosh McIntyre McKay McKee McKenzie McKinney McKnight McLaughlin McLean McLeod McMahon
        McMillan McNeil McPherson Meadows Mehta Mejia Melendez Melton Mendes Mendez Mendoza Mercado Mercer Merritt
        Meyer Meyers Michael Middleton Miles Miller Mills Miranda Mishra Mitchell Mohamed Molina Monroe Montgomery
        Montoya Moody Moon Moore Mora Morales Moran Moreau Moreno Morgan Moretti Morin Morris Morrison Morrow Morse
        Morton Moses Mosley Moss Moyer Mueller Muller Mullen Mullins Munoz Murillo Murphy Murray Myers Nair Nakamura
        Nash Navarro Neal Nelson Newman Newton Nguyen Nichols Nicholson Nielsen Nixon Noble Nolan Norman Norris Norton
        Novak Nowak Nunez Obrien Ochoa Oconnell Oconnor Odom Odonnell Okafor Okeefe Okonkwo Oliver Olsen Olson Oneal
        Oneill Oneil Ortega Ortiz Osborne Osman Owen Owens Pace Pacheco Padilla Page Palmer Papadopoulos Park Parker
        Parks Parrish Parsons Patel Patil Patrick Patterson Patton Paul Payne Pearson Peck Pena Pennington Pereira
        Perez Perkins Perry Peters Petersen Peterson Petrov Petrova Petty Pham Phan Phelps Phillips Pham Pierce
        Pittman Pitts Platt Pollard Ponce Poole Pope Popov Porter Potter Powell Powers Prasad Pratt Preston Price
        Prince Proctor Pruitt Pugh Quinn Rahman Ramirez Ramos Ramsey Randall Randolph Rao Rasmussen Ray Raymond Reddy
        Reed Reese Reeves Reid Reilly Reyes Reynolds Rhodes Ricci Rice Rich Richard Richards Richardson Richter Riddle
        Riggs Riley Rios Ritter Rivas Rivera Rivers Roach Robbins Roberson Roberts Robertson Robinson Robles Rocha
        Rodgers Rodriguez Rogers Rojas Roland Roman Romano Romero Rosa Rosales Rosario Rose Rosen Rosenberg Ross Rossi
        Roth Rowe Rowland Roy Rubin Rubio Ruiz Rush Russell Russo Ryan Saavedra Salas Salazar Saleh Salinas Samuels
        Sanchez Sanders Sandoval Sanford Santana Santiago Santos Sato Saunders Savage Sawyer Schaefer Schafer Schmidt
        Schmitt Schneider Schroeder Schultz Schulz Schwartz Scott Sellers Serrano Sexton Shaffer Shah Shannon Shapiro
        Sharma Sharp Shaw Shelton Shepherd Sheppard Sherman Shields Short Silva Silverman Simmons Simon Simpson Sims
        Sinclair Singh Singleton Skinner Slater Sloan Small Smith Snow Snyder Sokolov Solis Solomon Sommer Soto Sousa
        Sparks Spears Spence Spencer Stafford Stanley Stanton Stark Steele Stein Steiner Stephens Stephenson Stevens
        Stevenson Stewart Stokes Stone Stout Strickland Strong Stuart Suarez Sullivan Summers Sutton Suzuki Swanson
        Sweeney Takahashi Talbot Tan Tanaka Tanner Tate Taylor Terrell Terry Thomas Thompson Thomson Thornton Thorne
        Todd Torres Townsend Tran Trevino Trujillo Tucker Turner Tyler Underwood Valdez Valencia Valentine Valenzuela
        Vance Vargas Vasquez Vaughan Vaughn Vazquez Vega Velasquez Velez Vincent Villa Villanueva Villarreal Vogel Vu
        Wade Wagner Walker Wall Wallace Walls Walsh Walter Walters Walton Wang Ward Ware Warner Warren Washington
        Waters Watkins Watson Watts Weaver Webb Weber Webster Weeks Weiss Welch Wells Werner West Wheeler Whitaker
        White Whitehead Whitney Wiggins Wilcox Wiley Wilkerson Wilkins Wilkinson Willard Williams Williamson Willis
        Wilson Winkler Winters Wirtz Wise Wolf Wolfe Wong Wood Woodard Woods Woodward Wright Wu Wyatt Xu Yamamoto Yang
        Yates Ye Yilmaz Yoder York Yoon Young Yu Zamora Zhang Zhao Zheng Zhou Zhu Ziegler Zimmerman Zuniga
        """
}
