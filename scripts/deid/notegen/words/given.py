"""Given names by sex and origin, and nicknames. Written from general knowledge; no list was copied."""

MALE = """
James John Robert Michael William David Richard Joseph Thomas Charles Christopher Daniel Matthew Anthony Mark Donald
Steven Paul Andrew Joshua Kenneth Kevin Brian George Timothy Ronald Edward Jason Jeffrey Ryan Jacob Gary Nicholas Eric
Jonathan Stephen Larry Justin Scott Brandon Benjamin Samuel Gregory Alexander Frank Patrick Raymond Jack Dennis Jerry
Tyler Aaron Jose Adam Nathan Henry Douglas Zachary Peter Kyle Noah Ethan Jeremy Walter Christian Keith Roger Terry
Austin Sean Gerald Carl Harold Dylan Arthur Lawrence Jordan Jesse Bryan Billy Bruce Gabriel Joe Logan Alan Juan Albert
Willie Elijah Wayne Randy Vincent Mason Roy Ralph Bobby Russell Bradley Philip Eugene Liam Lucas Oliver Owen Wyatt
Carter Julian Levi Isaac Gavin Chase Cooper Hudson Easton Parker Colton Grayson Everett Sawyer Beckett Emmett Jasper
Silas Ezra Amos Otis Homer Floyd Elmer Chester Earl Clyde Vernon Leroy Lester Herman Clarence Ernest Alvin Norman
Stanley Leonard Melvin Marvin Wallace Harvey Milton Hubert Virgil Orville Wilbur Rufus Cecil Percy Horace Clifford
Roland Rodney Dwight Duane Darryl Darnell Terrell Jamal DeShawn DeAndre Tyrone Malik Kareem Marquis Lamar Jermaine
Cedric Reginald Demetrius Kendrick Tremaine Antwan Rashad Isaiah Jeremiah Malachi Ezekiel Zion Dax Cash Ace Knox Rhett
Beau Royal Duke Reed Blaine Trent Brett Chad Derek Doug Dale Glenn Kurt Kirk Craig Curtis Lloyd Lyle Merle Monte Murray
Neil Nolan Quentin Quincy Rex Ross Ruben Sidney Spencer Stuart Sylvester Theodore Tobias Todd Travis Trevor Troy Vance
Victor Wade Warren Wendell Wesley Winston Xavier Zane Bartholomew Ignatius Thaddeus Cornelius Augustus Leopold
Alejandro Andres Angel Antonio Arturo Carlos Cesar Diego Eduardo Emilio Enrique Esteban Felipe Fernando Francisco
Gerardo Guillermo Gustavo Hector Hugo Ignacio Ismael Ivan Javier Jesus Joaquin Jorge Julio Leonardo Luis Manuel Marco
Mario Mateo Mauricio Miguel Nestor Octavio Omar Oscar Pablo Pedro Rafael Ramon Raul Ricardo Rigoberto Roberto Rodrigo
Rogelio Salvador Santiago Saul Sergio Teodoro Ulises Vicente Wilfredo Yadiel Heriberto Eleazar Anselmo Cipriano
Ahmed Ali Hassan Hussein Ibrahim Khalid Mahmoud Mohammed Mohamed Muhammad Mustafa Nasser Osama Rashid Saeed Samir Tariq
Yusuf Youssef Zaid Abdul Abdullah Abdirahman Bilal Farid Faisal Hamza Imran Jamil Karim Latif Mansour Nabil Qasim Rami
Amit Anand Anil Arjun Ashok Deepak Dinesh Ganesh Gopal Harish Jagdish Kiran Krishna Mahesh Manoj Mohan Mukesh Naveen
Nikhil Prakash Pradeep Rajesh Rakesh Ramesh Ravi Rohan Sanjay Satish Srinivas Subramaniam Suresh Venkatesh Vijay Vikram
Vinod Gurpreet Harjit Jaspreet Manpreet Baldev Wei Jun Hao Ming Jian Feng Lei Bo Chao Tao Yong Guang Zhiqiang Xiaoming
Haoran Minh Duc Tuan Hung Thanh Quang Khanh Bao Dung Hieu Nghia Vinh Phuc Jin-woo Min-jun Seung-ho Sung-min Dong-hyun
Young-soo Hyun-woo Hiroshi Kenji Takashi Satoshi Daichi Haruto Kazuo Makoto Noboru Shinji Yuki Kenta Boris Dmitri
Sergei Vladimir Mikhail Alexei Nikolai Oleg Igor Yuri Andrei Anatoly Bogdan Grigori Konstantin Leonid Maksim Pavel
Ruslan Stanislav Timur Vadim Vasily Yevgeny Zbigniew Krzysztof Andrzej Wojciech Tomasz Piotr Stanislaw Jaroslaw
Miroslav Zdenek Jiri Vaclav Lajos Istvan Zoltan Gyorgy Laszlo Ferenc Nikola Goran Zoran Dragan Milos Branko Stavros
Dimitrios Konstantinos Georgios Yiannis Spiros Panagiotis Giovanni Giuseppe Luca Matteo Salvatore Vincenzo Enzo Carlo
Angelo Rocco Guido Dante Hans Klaus Jurgen Dieter Heinrich Friedrich Wolfgang Gunther Lars Sven Anders Nils Olaf Bjorn
Erik Gunnar Magnus Henrik Soren Mikkel Jens Pierre Jean Jacques Luc Marcel Olivier Philippe Rene Thierry Yves Guillaume
Etienne Jean-Luc Jean-Pierre Joao Paulo Thiago Rui Nuno Duarte Vasco Seamus Declan Cormac Padraig Fergus Eoin Niall
Ronan Callum Angus Hamish Alasdair Ewan Gareth Rhys Dafydd Emrys Kwame Kofi Kwesi Kojo Yaw Chukwuemeka Chidi Emeka
Obinna Ikenna Olumide Babatunde Femi Tunde Segun Ayodele Sipho Thabo Themba Mandla Tendai Tafadzwa Abebe Tesfaye
Dawit Haile Yohannes Mulugeta Kidane Desta Keoni Kaleo Kekoa Sione Tevita Semisi Mose Tavita Chaim Mordechai Shlomo
Moshe Yosef Avraham Dov Hersh Menachem Ari Eli Asher Reuven Yehuda Somchai Arthit Niran Sopheap Sokha Bounmy Khamphet
Rodel Jomar Renato Danilo Reynaldo Efren Kue Tou Pao Chue Ger Aung Zaw Htun Kyaw Sandeep Arvind Kamal Hari Bishnu
Purna Tenzin Dorji Karma Sonam Farhad Reza Behrouz Dariush Hossein Kaveh Bahram Hakan Mehmet Murat Emre Orhan Serkan
Aram Armen Hovsep Vartan Levon Giorgi Tigran Ansel Will Mark Rob Bill Grant Chase Drew Clay Heath Art Ray Dean Guy Hank
"""

FEMALE = """
Mary Patricia Jennifer Linda Elizabeth Barbara Susan Jessica Sarah Karen Lisa Nancy Betty Sandra Margaret Ashley
Kimberly Emily Donna Michelle Carol Amanda Melissa Deborah Stephanie Dorothy Rebecca Sharon Laura Cynthia Amy Kathleen
Angela Shirley Brenda Emma Anna Pamela Nicole Samantha Katherine Christine Helen Debra Rachel Carolyn Janet Maria
Catherine Heather Diane Olivia Julie Joyce Victoria Ruth Virginia Lauren Kelly Christina Joan Evelyn Judith Andrea
Hannah Megan Cheryl Jacqueline Martha Madison Teresa Gloria Sara Janice Ann Kathryn Abigail Sophia Frances Jean Alice
Judy Isabella Julia Grace Amber Denise Danielle Marilyn Beverly Charlotte Natalie Theresa Diana Brittany Doris Kayla
Alexis Lori Marie Ava Mia Harper Amelia Ella Avery Scarlett Layla Chloe Zoe Lily Nora Hazel Aurora Violet Stella Lucy
Paisley Savannah Brooklyn Bella Claire Skylar Aubrey Ruby Eva Naomi Autumn Piper Willow Ivy Delilah Josephine Adeline
Agnes Bertha Blanche Beulah Clara Cora Edith Edna Effie Elsie Ethel Eunice Fannie Fern Florence Geneva Gertrude Gladys
Harriet Henrietta Hester Hilda Ida Inez Irma Lois Lorene Lorraine Lucille Mabel Maude Maxine Mildred Minnie Myrtle
Nellie Norma Opal Pauline Pearl Phyllis Roberta Rosemary Selma Thelma Verna Viola Velma Wanda Willa Wilma Winifred Zelda
Tiffany Crystal Tamara Tonya Tanya Latoya Lakeisha Keisha Shaniqua Tamika Ebony Imani Aaliyah Nia Kiara Destiny Jada
Precious Monique Yolanda Chantelle Shanice Lashonda Tameka Raven Essence Trinity Serenity Nevaeh Harmony Genesis Heaven
Alma Amalia Ana Araceli Beatriz Blanca Carmen Catalina Celia Claudia Concepcion Consuelo Dolores Dulce Elena Elisa
Esmeralda Esperanza Estela Eugenia Fernanda Gabriela Graciela Guadalupe Ines Irene Itzel Josefina Juana Leticia Lourdes
Lucia Luisa Luz Magdalena Manuela Maribel Marisol Mariana Mercedes Milagros Monica Natalia Noemi Ofelia Paloma Paola
Patricia Pilar Raquel Remedios Reina Rocio Rosa Rosario Sofia Soledad Susana Teresita Valentina Veronica Ximena Yesenia
Yolanda Zulema Aisha Amina Amira Fatima Farah Halima Hana Huda Khadija Layla Leila Mariam Maryam Nadia Noor Nour Rania
Salma Samira Sana Yasmin Zahra Zainab Hodan Ifrah Sahra Ayaan Aditi Anjali Anita Ananya Asha Deepa Divya Geeta Indira
Kavita Kamala Lakshmi Lata Meena Meera Neha Nisha Padma Parvati Pooja Pranali Priya Radha Rekha Rupa Sangeeta Saraswati
Shanti Shreya Sita Sunita Sushma Usha Vidya Harpreet Kulwinder Simran Mei Li Xiu Ying Fang Hong Jing Lan Min Na Ping \
Qing
Rong Shu Ting Xia Yan Yu Zhen Xiaoli Meiling Anh Bich Chau Hoa Huong Kim Lan Linh Loan Mai My Ngoc Nhung Phuong Thao
Thuy Trang Tuyet Uyen Xuan Eun-ji Hye-jin Ji-woo Min-seo Soo-jin Su-bin Yeon-hee Yuna Aiko Akiko Emi Fumiko Haruka
Hitomi Junko Keiko Kumiko Mariko Michiko Naoko Reiko Sakura Setsuko Tomoko Yoko Yumi Anastasia Ekaterina Galina Irina
Larisa Ludmila Lyudmila Marina Nadezhda Natalya Oksana Olga Raisa Svetlana Tatiana Valentina Yelena Zoya Agnieszka
Bozena Danuta Ewa Halina Jadwiga Katarzyna Malgorzata Teresa Urszula Zofia Jana Lenka Milena Vesna Jelena Dragica
Snezana Eleni Katerina Sophia Despina Vasiliki Alessandra Bianca Chiara Francesca Giulia Giovanna Lucia Rosalia
Simonetta Brigitte Elke Gisela Greta Heidi Helga Ingrid Ilse Liesel Ursula Astrid Birgit Freya Gudrun Inga Karin
Kerstin Linnea Maren Sigrid Solveig Aimee Anne-Marie Brigitte Celine Colette Dominique Elodie Genevieve Giselle
Margaux Mathilde Odette Simone Solange Sylvie Beatriz Conceicao Fernanda Ines Aoife Brigid Ciara Deirdre Fionnuala
Maeve Niamh Nuala Oonagh Roisin Saoirse Siobhan Sinead Eilidh Isla Mairi Morag Bronwyn Carys Ffion Rhiannon Sian Akosua
Abena Adwoa Afia Ama Efua Esi Yaa Chiamaka Chidinma Ngozi Nneka Ifeoma Adaeze Funmilayo Folasade Bolanle Yetunde
Titilayo Nomvula Thandiwe Lindiwe Zanele Rudo Tsitsi Almaz Genet Hirut Selam Tigist Lemlem Saba Leilani Kalani Malia
Noelani Mele Sina Losa Chaya Devorah Esther Golda Malka Miriam Rivka Shoshana Tova Yael Zipporah Shira Ilana Malee
Siriporn Sophea Bopha Bounthavy Maricel Rowena Luzviminda Corazon Imelda Ligaya Mai Pa Kia Yer Hnin Thida Pema Dolma
Yangchen Sushila Bimala Parisa Shirin Nasrin Fereshteh Mahnaz Azadeh Ayse Elif Fatma Zeynep Hatice Anahit Arpi Siranush
Nino Ketevan Hope Faith Joy Grace May June April Rose Dawn Summer Autumn Iris Daisy Holly Ivy Ginger Olive Pearl Ruby
Amber Crystal Mercy Charity Patience Constance Prudence Honor Verity Chastity Temperance Melody Star Sky Rain Misty
Sandy Robin Wren Lark Dove Jewel Carol Eve Noel Merry Penny Florence Paris Savannah Sierra Asia Chelsea Brooke Laurel
Heather Clementine Poppy Rosemary Sage Violet
"""

NICKNAMES = {
    "Robert": "Bob Bobby Rob",
    "William": "Bill Will Billy Liam",
    "Richard": "Rick Dick Rich",
    "James": "Jim Jimmy",
    "John": "Jack Johnny",
    "Michael": "Mike Mikey",
    "Joseph": "Joe Joey",
    "Thomas": "Tom Tommy",
    "Charles": "Chuck Charlie",
    "Christopher": "Chris Topher",
    "Daniel": "Dan Danny",
    "Matthew": "Matt",
    "Anthony": "Tony",
    "Steven": "Steve",
    "Andrew": "Andy Drew",
    "Joshua": "Josh",
    "Kenneth": "Ken Kenny",
    "Timothy": "Tim",
    "Ronald": "Ron Ronnie",
    "Edward": "Ed Eddie Ted",
    "Jeffrey": "Jeff",
    "Nicholas": "Nick",
    "Jonathan": "Jon",
    "Stephen": "Steve",
    "Benjamin": "Ben",
    "Samuel": "Sam",
    "Gregory": "Greg",
    "Alexander": "Alex Sasha",
    "Patrick": "Pat Paddy",
    "Raymond": "Ray",
    "Lawrence": "Larry",
    "Eugene": "Gene",
    "Theodore": "Ted Teddy",
    "Leonard": "Len Lenny",
    "Francisco": "Paco Pancho",
    "Jose": "Pepe",
    "Ignacio": "Nacho",
    "Guillermo": "Memo",
    "Elizabeth": "Liz Beth Betty Libby Lizzie",
    "Margaret": "Peggy Maggie Meg Marge",
    "Katherine": "Kathy Kate Katie",
    "Catherine": "Cathy Cate",
    "Patricia": "Pat Patty Trish",
    "Barbara": "Barb",
    "Susan": "Sue Susie",
    "Deborah": "Deb Debbie",
    "Jennifer": "Jen Jenny",
    "Jessica": "Jess",
    "Rebecca": "Becky",
    "Dorothy": "Dot Dottie",
    "Kimberly": "Kim",
    "Christine": "Chris Tina",
    "Christina": "Tina Chrissy",
    "Samantha": "Sam",
    "Victoria": "Vicky Tori",
    "Virginia": "Ginny",
    "Judith": "Judy",
    "Abigail": "Abby",
    "Theresa": "Terri Tess",
    "Josephine": "Jo Josie",
    "Gertrude": "Trudy",
    "Florence": "Flo",
    "Guadalupe": "Lupe",
    "Rosario": "Chayo",
    "Maria": "Mia",
    "Dolores": "Lola",
    "Concepcion": "Concha",
    "Ekaterina": "Katya",
    "Dmitri": "Dima",
    "Mikhail": "Misha",
    "Henrietta": "Etta Hattie",
    "Mildred": "Millie",
    "Eleanor": "Nell Ellie",
}

SYLLABLES = """
ba be bi bo bra bri ca ce cha cho da de di do dra e el fa fe fi ga ge gra ha he hi ja je jo ka ke ki ko la le li lo \
lu ma
me mi mo na ne ni no o ol pa pe pi ra re ri ro ru sa se sha shi si so ta te ti to tra u va ve vi vo wa wi ya ye yo za \
ze zi zo
""".split()

ENDINGS = "n na s r ra l la m x th t ka nne lyn ron dan ven ris tor sha quin iel iah ia a o e i".split()

#: The names that most people bear.
COMMON = {
    "M": """
James John Robert Michael William David Richard Joseph Thomas Charles Daniel Matthew Anthony Mark Steven Paul Andrew
Kevin Brian George Edward Jason Ryan Eric Samuel Jack Sam Alan Frank Peter Henry Jose Juan Carlos Luis
""".split(),
    "F": """
Mary Patricia Jennifer Linda Elizabeth Barbara Susan Jessica Sarah Karen Lisa Nancy Margaret Ashley Emily Emma Donna
Michelle Laura Amy Anna Helen Jane Julia Alice Maria Ana Rosa Grace Olivia Sophia Ruth Kathleen
""".split(),
}

#: Names that are words as well; they are picked more often than their share: they are the hard ones.
WORD_GIVEN = {
    "M": """
Will Mark Grant Chase Drew Clay Heath Art Ray Dean Guy Hank Bill Rob Jack Frank Gene Pat Rich Dick Harry Miles Wade
Reed Cash Rusty Sonny Buck Bud Chip Cliff Dale Earl Ford Foster Glen Hunter Hunt Mason Major Noble Pierce Rock Royal
Sage Skip Sterling Stone Trip Duke Ace Angel August Christian Jesus Ty Van Von Lance Brook Forest Cole Colt
""".split(),
    "F": """
Hope Faith Joy Grace May June April Rose Dawn Summer Autumn Iris Daisy Holly Ivy Ginger Olive Pearl Ruby Amber Mercy
Charity Patience Constance Prudence Honor Star Sky Rain Misty Sandy Robin Wren Jewel Carol Eve Penny Florence Paris
Sierra Asia Chelsea Brooke Laurel Heather Poppy Sage Violet Sunny Candy Bunny Dot Sue Barb Fern Hazel Lily Melody
Harmony Destiny Precious Princess Treasure Chance Journey Story Reign Kitty Cherry Brandy Crystal Gale Gay Kay Page
Star Tiny Vi Mary-Grace Virginia Carolina Georgia Dakota Savannah Charlotte Madison Austin Victoria Florence India
""".split(),
}

MALE = sorted(set(MALE.split()))
FEMALE = sorted(set(FEMALE.split()))
