// Given names of the United States that are not in the first list: younger and older fashions, short forms, and names of
// African American and Hispanic families. Written from general knowledge; no list was copied.
extension WordLists {
    static let feminineNamesAmerican = """
        Aaliyah Abby Adalyn Addie Addison Adelina Adeline Adriane Adrianna Adrienne Agatha Aiyana Alaina Alanna Alayna
        Aleah Alena Alessandra Aletha Alexandria Alexia Alfreda Aliana Alissa Alivia Aliyah Allie Allyson Allyssa Almeda
        Alta Althea Alycia Alyce Alysa Alysia Alyson Amara Amari Amaya Amberly Ami Amiya Anabel Anastacia Anaya Andi
        Andra Angeline Angelique Angelita Angie Anissa Anjanette Annalise Annamarie Annemarie Annetta Annika Annmarie
        Ansley Antoinette Antonette Antonina Anya Arabella Araceli Arcelia Ardella Ardis Ardith Aretha Ariel Ariella
        Arielle Arleen Arleth Arline Armida Ashanti Ashlee Ashleigh Ashly Ashlyn Ashlynn Ashton Athena Aubree Aubrie
        Audra Audrie Augusta Augustina Aura Aurelia Aurora Autumn Avelina Averie Avis Ayana Ayanna Ayesha Ayla Azalea
        Azucena Bailee Barbie Barbra Bea Beatriz Bebe Benita Berenice Bernadine Bernice Berta Bertie Bessie Bethann
        Bethel Bette Bettie Bettye Bettyann Beulah Bev Bibi Billie Birdie Blair Blanche Bobbi Bobbie Bobbye Bonita Bonny
        Brandi Brandie Brandy Breana Breann Breanna Breanne Bree Brenna Bria Brianna Brianne Bridgett Bridgette Brielle
        Briley Brinley Brionna Bristol Britany Britni Britt Brittani Brittni Brook Brooke Brooklyn Brooklynn Bryanna
        Brylee Brynlee Brynn Buffy Callie Cami Camila Camilla Candi Candice Candis Candy Caridad Carina Carisa Carissa
        Carlene Carletta Carley Carlie Carlotta Carly Carmela Carmelita Carmella Carmelo Caren Carey Cari Carlyn Carma
        Carole Caroll Carolann Carolee Carri Carrol Carroll Caryl Caryn Casandra Cassidy Cassie Cate Catharine Catherina
        Cathey Cathi Cathie Cathleen Cathryn Catrina Cayla Ceara Cecelia Cecile Celena Celestine Celina Celine Chana
        Chandra Chanel Chanelle Chante Chantel Chantelle Charisse Charity Charla Charleen Charlette Charlie Charlotte
        Charmaine Chasity Chastity Chaya Chelsey Chelsie Cher Cheri Cherie Cherise Cherri Cherry Cheryle Cheryll Cheyanne
        Cheyenne Chiquita Chloe Chris Chrissy Christa Christal Christel Christen Christene Christi Christian Christiana
        Christie Christin Christy Chrystal Ciara Ciera Cierra Claire Claribel Clare Clarice Clarisa Claudette Claudine
        Clementine Cleo Cleta Clorinda Cody Colby Coleen Colette Collette Concepcion Conchita Contessa Coral Coralee
        Cordelia Coretta Cori Corina Corinna Corliss Cornelia Corrie Corrine Cortney Courtnie Creola Cristal Cristine
        Cristy Cyndi Cyndy Dahlia Daija Daisha Dakota Dalia Damaris Danae Dani Dania Danica Daniele Danita Danna Dannie
        Danyell Danyelle Dara Darci Darcy Daria Darla Darleen Darlena Darnell Davida Davina Dayana Dayna Deana Deandra
        Deann Deanna Deanne Debbi Debbra Debby Debi Debora Debrah Dedra Dee Deeann Deeanna Deena Deidra Deidre Deirdre
        Delaney Delfina Delia Delilah Delinda Della Delma Delois Delora Delores Deloris Delphine Delta Demetria Demi Dena
        Denice Denisha Denita Desirae Desiree Destinee Destini Destiny Devon Devyn Dian Diana Diann Dianna Dianne Dina
        Dinah Dione Dionne Dixie Dollie Dolly Dominica Dominique Dona Donetta Donita Donnetta Donnie Dora Dorcas Doretha
        Doretta Dori Dorinda Dorine Dorla Dorotea Dorothea Dorris Dortha Dorthy Dottie Drema Drucilla Dulce Dusty Earlene
        Earnestine Eartha Easter Eboni Edda Edie Edwina Effie Elaina Elayne Elda Eldora Eleanora Eleanore Elena Eleni
        Elia Elicia Elida Elisha Elissa Eliza Ella Elle Ellena Ellyn Elma Elna Elnora Eloisa Elouise Elva Elvera Elvia
        Elyse Elyssa Emelia Emeline Emely Emerald Emerson Emilee Emilie Emmaline Emmy Enedina Enid Enola Enriqueta Erlinda
        Erma Erna Ernestina Ernestine Eryn Estefania Estela Estell Estella Ester Etha Ethelyn Etta Eugenie Eula Eulalia
        Eunice Eva Evangelina Evangeline Eve Evelin Evelina Evelyne Everly Evie Evon Evonne Exie Ezra Faiga Fallon Fannie
        Fanny Farrah Fatimah Fawn Fay Felecia Felicity Felisha Fern Fernande Finley Flavia Fleta Flo Florene Floretta
        Florida Florine Flossie Fonda Fran France Francene Francie Francina Francisca Frankie Freddie Freeda Freida
        Gabriella Gaile Gala Gale Galilea Garnet Gaye Gayla Gayle Gaylene Gaynell Gearldine Gena Genesis Geneva Genevie
        Genia Genoveva Georgeann Georgette Georgiana Georgianna Georgie Georgina Geralyn Geri Germaine Gerri Gerry Gia
        Gigi Gilda Gillian Ginger Ginny Giovanna Gisela Giselle Glenna Glinda Gloriana Glynda Glynis Goldie Graciella
        Greer Gricelda Griselda Gussie Gwen Gwenda Gwendolen Gwenn Gwyn Gwyneth Hadley Hailee Halle Halley Hallie Halona
        Hanna Harley Harmony Harper Hattie Haven Haydee Haylee Hayley Heaven Hedwig Heide Helaine Helen Helene Hellen Henny
        Herlinda Herminia Hermione Hester Hettie Hilaria Hilary Hildegard Hildegarde Hillary Hollie Hollis Honora Hortencia
        Hortense Hunter Hyacinth Idella Iesha Ila Ilana Ilene Iliana Ima Imogene Ina India Inez Inga Iola Iona Ione Ioma
        Irena Irmgard Isabela Isabell Isadora Isela Isis Isobel Itzel Ivette Ivey Ivonne Izabella Jacinda Jacinta Jackeline
        Jackelyn Jaclyn Jacquelin Jacquelyn Jacquelyne Jada Jadyn Jaelyn Jaida Jaiden Jaimie Jakayla Jaleesa Jalisa Jaliyah
        Jamie Jamila Jamya Janae Janay Jane Janel Janell Janella Janelle Janene Janessa Janetta Janette Janey Janiah Janie
        Janiece Janis Janita Janiya Janna Jannette Jannie Jaqueline Jaquelyn Jasmin Jaycee Jayda Jayden Jayla Jaylene Jaylynn
        Jayme Jaymie Jayne Jazlyn Jazmin Jazmine Jeane Jeanetta Jeanie Jeanna Jeannette Jeannie Jeannine Jena Jenae Jenelle
        Jenette Jeni Jenifer Jenine Jenise Jennette Jenniffer Jerri Jerrica Jerry Jesenia Jesica Jessi Jessika Jesusa Jettie
        Jewel Jewell Jillian Jimmie Jina Joana Joanie Joannie Jobeth Jocelyne Jodee Jodi Jodie Jody Joella Joelle Joellen
        Joetta Johana Johanne Johnetta Johnna Johnnie Joi Joie Joleen Jolene Jolie Jonelle Joni Jonna Jordana Jordyn Joselyn
        Josefa Josefina Joselin Josette Josie Joslyn Journey Jovita Joycelyn Juanetta Judi Judie Juli Juliann Julianna Julianne
        Juliette Julissa June Justina Justine Kaci Kacie Kacey Kacy Kadence Kadijah Kaelyn Kaia Kaila Kailee Kailey Kailyn
        Kaitlin Kaitlynn Kala Kaleigh Kaley Kali Kaliyah Kallie Kami Kamari Kamila Kamille Kamryn Kandace Kandi Kandice
        Kandy Kara Karan Kareen Karena Karey Kari Karie Karima Karissa Karlee Karlene Karley Karli Karly Karlyn Karma Karol
        Karolyn Karon Karri Karrie Karyn Kasandra Kasey Kasie Kassandra Kassidy Kassie Katarina Katelin Katelyn Katelynn
        Katey Katharina Katharine Kathe Katheryn Kathey Kathi Kathie Kathlene Kathryne Kathrine Kathy Kati Katlin Katlyn Katlynn
        Katrin Kattie Katy Kaycee Kaye Kayleah Kaylee Kayleen Kayleigh Kaylie Kaylin Kaylyn Kaylynn Kazuko Keeley Keely Keena
        Keira Kelle Kelley Kelli Kellie Kellye Kelsea Kelsi Kelsie Kenadie Kenda Kendal Kendall Kenia Kenisha Kenna Kennedy
        Kenya Kenyatta Kenzie Keri Kerri Kerrie Kesha Keshia Ketty Keturah Keyla Khadijah Khalilah Khloe Kia Kiana Kianna
        Kiara Kiera Kierra Kiersten Kiley Kimber Kimberlee Kimberley Kimberlie Kimbra Kimora Kinley Kinsey Kinsley Kira
        Kirby Kirstie Kirstin Kisha Kitty Kiya Kiyoko Kizzy Kori Korey Kortney Kourtney Kris Krishna Krissy Krista Kristal
        Kristan Kristel Kristi Kristian Kristie Kristle Kristy Kristyn Krysta Krysten Krystle Krystina Kyla Kylah Kyle Kylee
        Kyleigh Kylie Kyra Lacey Laci Lacie Lacy Ladonna Lael Laila Laine Lainey Lajuana Lakeisha Lakesha Lakeshia Lakisha
        Lakiesha Lala Lanell Lanette Lani Lanie Lanita Lanora Laquita Larae Laraine Laree Larhonda Larisa Larissa Larue Lashanda
        Lashawn Lashonda Lashunda Lasonya Latanya Latasha Latashia Latesha Latonia Latonya Latosha Latoya Latrice Latricia
        Laureen Laurel Lauren Laurena Laurene Lauretta Laurette Lauri Laurie Laurinda Laverna Laverne Lavina Lavinia Lavon
        Lavonda Lavonia Lavonne Lawanda Layne Leandra Leann Leanna Leanne Leanora Leatha Leatrice Leda Leeann Leeanne Leesa Leia
        Leigha Leighann Leila Leilani Leisa Lela Lelah Lelia Lenita Lenna Lennie Lenora Lenore Leola Leoma Leonarda Leone
        Leonie Leonila Leonora Leontine Leora Leota Lesa Lesia Leslee Lesley Lesli Leslie Lessie Leta Letha Letitia Lettie
        Letty Lexi Lexie Lezlie Lia Liana Liane Lianna Lianne Libby Liberty Lida Lidia Lien Liesel Ligia Lilah Lili Lilia
        Liliana Lilianna Lilith Lilla Lilli Lillia Lilliana Lillie Lilly Lina Linda Lindsy Lindsey Lindy Linette Ling Linnea
        Linnie Linsey Lisabeth Lisbeth Lise Lisette Lisha Lissa Lissette Lita Livia Liz Lizabeth Lizbeth Lizeth Lizette
        Lizzie Logan Loida Loise Lolita Lona Londa London Loni Lonna Lora Loraine Loralee Lorelei Loren Lorena Lorene Loreta
        Loretta Lorette Loria Loriann Lorie Lorinda Lorine Loris Lorna Lorri Lorrie Lory Lotta Lottie Lou Louann Louanne
        Louella Louetta Louisa Lourie Louvenia Love Lovie Lowanda Loyce Luana Luann Luanne Luba Lucero Luci Luciana Lucie
        Lucila Lucilla Lucina Lucrecia Lucretia Ludie Luella Luetta Luisana Lula Lulu Luna Lupe Lupita Lura Lurdes Lurline
        Lyda Lyla Lyn Lynda Lyndia Lyndsay Lyndsey Lynelle Lynetta Lynette Lynna Lynne Lynnette Lyra Mabelle Mable Macey
        Machelle Maci Macie Mackenzie Macy Madalyn Maddie Maddison Madeleine Madelaine Madelene Madelyn Madelynn Madge Madilyn
        Madisyn Madonna Mae Maegan Maeve Magali Magaly Magan Magda Magdalen Magdalene Maggy Magnolia Mahalia Maia Maida Maira
        Maisie Majorie Makayla Makenna Makenzie Malaysia Malia Malika Malinda Malissa Mallie Mallory Malvina Mamie Mandi Mandie
        Manda Marcelina Marcella Marcelle Marceline Marci Marcie Marcy Mardell Maren Margaretta Margarete Margart Marge
        Margeret Margery Margie Margit Margo Margret Margurite Mari Mariana Maribel Maribeth Maricela Maricruz Mariel Mariela
        Mariella Marielle Marietta Mariko Marilee Marilou Marilu Marilynn Marin Marinda Marisela Marissa Marita Maritza Marjory
        Marla Marlana Marleen Marlee Marleigh Marlen Marley Marlin Marlo Marlyn Marlys Marna Marni Marnie Marquetta Marquita
        Marsha Marta Marti Martine Marva Marvella Marvis Maryalice Maryam Maryann Maryanna Maryanne Marybelle Marybeth Maryellen
        Maryetta Maryjane Maryjo Maryland Marylee Marylin Marylou Marylouise Marylyn Marylynn Maryrose Masako Mathilda Mathilde
        Matilde Mattie Maude Maudie Maura Maurine Mavis Maxie Maxima Maybell Maybelle Maye Mayme Mayola Mayra Mazie Mckayla
        Mckenna Mckenzie Mckinley Meagan Meaghan Mechelle Meda Mee Meg Meghan Meghann Melaine Melani Melania Melany Melba Melia
        Melina Melita Mellie Mellisa Melodie Melonie Melony Melva Melvina Melynda Mercedez Mercy Meredith Meri Merideth Merissa
        Merle Merlene Merna Merri Merrie Merrilee Merrill Merry Mertie Meryl Meta Micaela Micah Micaiah Michaela Michaele
        Michal Michell Michelina Micki Mickie Mignon Mika Mikaela Mikayla Mila Milagro Milagros Milan Millicent Millie Milly
        Mindi Mindy Minna Minnie Mira Mirabel Miracle Miranda Mireya Mirella Miriam Mirna Mirta Mirtha Missy Misti Mitzi Mittie
        Moira Mollie Monet Monika Monique Monserrate Monroe Morgan Moriah Mozell Mozelle Mya Myah Myla Mylie Myrna Myrtice
        Myrtis Nada Nadene Naida Nan Nana Nanci Nancie Nanette Nannette Nannie Naoma Narcisa Natacha Natalee Natalya Natashia
        Nathalie Natisha Natividad Natosha Nedra Neely Neida Nelda Nelia Nelida Nell Nella Nelle Nelly Nena Nenita Neoma Nereida
        Nerissa Nery Neta Nettie Nevaeh Neva Nevada Nia Nicholle Nicki Nickole Nicola Nicolette Nicolle Nida Niesha Nikia
        Nikita Nikki Nikole Nila Nilda Nilsa Nita Noelia Noemi Nohemi Nola Noma Nona Norene Noriko Norine Novella Nyah Nyasia
        Nydia Nyla Ocie Octavia Oda Odelia Odell Odessa Odette Odilia Ofelia Ola Oleta Olevia Olive Oliva Ollie Oma Omega Oneida
        Ora Oralia Oretha Orpha Otha Ottilie Ouida Ozella Page Paisley Palma Palmira Pam Pamala Pamela Pamelia Pamella Pamila
        Pandora Pansy Paola Paris Parker Parthenia Particia Pasty Pat Patrica Patrice Patrina Patti Pattie Paulene Pauletta
        Paulina Paulita Payton Peggie Pennie Pepper Perla Perpetua Perry Petrina Petronila Peyton Philomena Phung Phuong Phylicia
        Piedad Pierina Pink Piper Pinkie Portia Precious Presley Princess Providencia Prudence Quiana Queenie Quinn Rachael
        Racheal Rachelle Racquel Rae Raeann Raelene Raelynn Rafaela Ragan Raina Ramonita Rana Randa Randi Ranee Raven Rayna
        Reagan Reanna Reatha Reba Rebeca Rebecka Rebekah Reed Reena Reese Refugia Regena Regenia Regine Reginia Reina Rema Remedios
        Rena Renae Renate Renay Renda Renea Renetta Renita Renna Ressie Reta Retha Retta Reva Reyna Rhea Rheba Rhoda Rhona Rhys
        Ria Richelle Ricki Rikki Riley Rima Ripley Risa Rivka Robbie Robbin Robbyn Robena Robbi Robyn Rochell Rochelle Roma
        Romaine Romana Romona Rona Ronda Roni Ronna Ronnie Rory Rosalba Rosalee Rosalia Rosalina Rosalinda Rosaline Rosalva
        Rosalyn Rosamond Rosana Rosann Rosanna Rosanne Rosaria Rosaura Roseann Roseanna Roseanne Roselia Roselle Roselyn Rosemarie
        Rosena Rosetta Rosette Rosie Rosina Rosio Rosita Roslyn Rossana Rossie Rosy Rowena Roxana Roxane Roxann Roxanna Roxie Roxy
        Rozella Rubi Rubye Rueben Ruthann Ruthanne Ruthe Ruthie Ryann Rylee Ryleigh Rylie Sabine Sabra Sade Sadie Sage Saige
        Sallie Salome Samara Samatha Sammie Sanda Sandi Sandie Sandy Sanjuana Sanora Santa Santana Santina Sarahi Sarai Sarita
        Saundra Savanna Savina Scarlet Scarlett Season Selene Selina Selinda Serafina Serena Serenity Serina Shae Shaina Shakia
        Shakira Shakita Shala Shalanda Shalon Shalonda Shameka Shamika Shan Shana Shanae Shanda Shandi Shane Shaneka Shanell
        Shanelle Shani Shania Shanice Shanika Shaniqua Shanita Shaniya Shanna Shanta Shantae Shante Shantel Shantell Shaquana
        Shaquita Shara Sharan Sharda Sharee Sharell Sharen Shari Sharice Sharie Sharika Sharilyn Sharita Sharla Sharlene Sharmaine
        Sharolyn Sharonda Sharron Sharyl Sharyn Shasta Shauna Shaunda Shaunna Shaunta Shavon Shavonne Shawana Shawanda Shawanna
        Shawn Shawna Shawnda Shawnee Shawnna Shawnta Shay Shayla Shayna Shayne Shea Sheba Sheena Sheilah Shela Shelba Shelia
        Shelley Shelli Shellie Shemeka Shemika Shena Shenika Shenita Shenna Shera Sheree Sherell Sheri Sherice Sheridan Sherie
        Sherika Sherill Sherilyn Sherise Sherita Sherlyn Sheron Sherrell Sherrie Sherrill Sherron Sheryl Sheryll Shiela Shiloh
        Shirely Shirlee Shirleen Shirlene Shona Shonda Shonna Shoshana Shyanne Shyla Sienna Silva Simona Sindy Siena Skye Skyla
        Skylar Skyler Sloane Socorro Solange Somer Sommer Sonya Sophie Stacee Staci Stacia Stacie Star Starla Starr Stefani
        Stefanie Stephaine Stephani Stephania Stephany Stephenie Stephnie Stormy Sudie Sueann Suellen Suk Sumiko Sunday Sunni
        Sunny Sunshine Susann Susannah Susanne Susie Susy Suzan Suzann Suzanna Suzette Suzi Suzie Suzy Sybil Syble Sydnee Sydni
        Sydnie Sylvie Syreeta Tabatha Tabetha Tai Taina Takisha Talia Talisha Talitha Talya Tambra Tameika Tameka Tamekia Tamela
        Tamera Tami Tamia Tamica Tamie Tamika Tamiko Tamisha Tammara Tammi Tammie Tamra Tandra Tandy Taneisha Tanesha Tangela
        Tania Tanika Tanisha Taniya Tanja Tanna Tari Tarsha Taryn Tasha Tashia Tashina Tatianna Taunya Tawana Tawanda Tawanna
        Tawna Tawnya Taylor Tayna Teagan Teena Tegan Tena Tenesha Tenisha Tennie Tennille Tera Teresia Teresita Terese Teressa
        Terina Terra Terresa Terrie Terry Tesha Tess Tessa Tessie Thalia Thea Theda Theola Theresia Therese Theressa Thersa Thomasina
        Thomasine Thora Thresa Tia Tiana Tianna Tiara Tiera Tierra Tiesha Tiffani Tiffanie Tiffiny Tijuana Tilda Tillie Timika
        Timothea Tinisha Tisa Tish Tisha Tomasa Tomeka Tomi Tomika Tomiko Tommie Tommye Tona Tonda Tonette Tonia Tonie Tonisha
        Tonja Tonita Tora Tori Torri Torrie Tory Tosha Toshia Toshiko Tova Towanda Toya Treasa Treena Tressa Tressie Treva Trena
        Tresa Treva Trinh Trinidad Trinity Trish Trista Tristan Troy Trudi Trudie Trula Tuyet Twana Twanda Twanna Twila Twyla
        Tyesha Tyisha Tyler Tyra Ula Una Unique Vada Val Valarie Valda Valene Valentine Valeri Valery Valorie Vanda Vanesa Vanita
        Vannesa Vannessa Vashti Vella Velda Velia Vella Velva Velvet Venessa Venetta Venice Venita Vennie Venus Veola Verda Verdell
        Verdie Verena Vergie Verla Verlene Verlie Verona Veronika Veronique Versie Vertie Vesta Veta Vi Vickey Vicky Victorina Vida
        Vikki Vilma Vina Vincenza Vinita Vinnie Viola Violeta Violette Virgie Virgil Virgina Vita Viva Viviana Vivien Vonda Vonnie
        Waltraud Waneta Wanetta Wava Waylon Wenona Wendi Wendie Whitley Wilda Willa Willena Willene Willetta Willette Willie Willow
        Wilma Windy Winnie Winnifred Winona Winter Wren Wynona Xenia Ximena Xochitl Yadira Yahaira Yajaira Yanira Yaritza Yasmine
        Yazmin Yessenia Yetta Yolande Yolonda Yoshiko Yulanda Yuri Yuriko Yvone Zada Zaida Zana Zandra Zaniyah Zaria Zariah Zella
        Zelma Zena Zenaida Zendaya Zenia Zenobia Zetta Zina Zita Zoey Zoie Zoila Zola Zona Zora Zoraida Zula Zulema Zulma
        """

    static let masculineNamesAmerican = """
        Abbott Abdiel Abram Ace Adan Addison Adelbert Adolfo Adolph Adolphus Agustin Ahmad Aidan Aiden Ajay Aldo Alden Alejandro
        Alexandro Alexis Alfie Alfonzo Algernon Alijah Allison Alonso Aloysius Alphonse Alphonso Alton Alva Alvaro Alvin
        Amado Amari Ambrose Americo Amiel Amare Amir Anastacio Anderson Andreas Andrea Anibal Ansel Anson Antione Antoine Antone
        Antonia Antony Antwan Antwon Apollo Archer Archibald Ariel Aric Arlen Arlie Arlin Arlo Arnoldo Arnulfo Aron Arron Art
        Artie Arlis Asa Asher Ashton Atticus Aubrey Augustine Augustus Aurelio Avery Axel Ayaan Aydan Ayden Bailey Baron Barney
        Baron Barrett Barron Bart Barton Basil Baxter Beau Beckett Bennett Bennie Benny Benito Benson Benton Bernardo Bernie Berry
        Berton Bertram Bev Billie Blaine Blair Blaise Bo Boaz Bobbie Bodhi Booker Boyce Boyd Brad Braden Bradford Bradly Brady
        Braeden Braiden Brain Branden Brandt Brant Brantley Braxton Brayan Brayden Braylon Brendon Brennan Brenton Bret Brice
        Bridger Brien Britt Brock Broderick Brodie Brody Bronson Brooks Bruno Bryant Bryon Bryson Buck Bud Buddy Buford Burl
        Burt Burton Buster Cade Caden Cael Caiden Cain Cale Callan Callen Callum Camden Camilo Camren Camron Canaan Candelario
        Carey Carl Carlo Carlton Carmelo Carmen Carmine Carnell Carrol Carroll Carson Carter Cash Cason Casper Cassius Cayden
        Cayson Cecil Cedrick Cesar Chadwick Chaim Chance Chandler Channing Charley Charlie Chas Chase Chauncey Che Chet Chi Chip
        Christoper Christophe Christian Cian Cicero Clair Clarence Clark Claud Claudio Clay Claiborne Clem Clement Clemente Cleo
        Cletus Cleve Cleveland Cliff Clifton Clint Cloyd Coby Cohen Colby Cole Coleman Collin Colt Colten Colter Colton Columbus
        Conner Connor Conor Conrad Constantine Cooper Corbin Cordell Cordero Corbett Cordaro Cornelius Cornell Corrie Cortez Cortney
        Cory Coty Courtney Coy Creed Cristian Cristobal Cristofer Cristopher Cruz Cullen Curt Curtiss Cuthbert Cy Dabney Dakota Dalton
        Damarcus Damari Damien Damion Dandre Dane Danial Danilo Dannie Dante Daquan Daren Darin Dario Darion Darnell Daron Darrel
        Darren Darrick Darrin Darrion Darron Darwin Daryl Dashawn Davin Davion Davis Davon Davonte Dawson Dax Dayton Deacon Deandre
        Deangelo Declan Dedrick Dee Del Delano Delbert Delmar Delmer Deloy Delroy Delvin Demarco Demarcus Demario Demetri Demetrius
        Denis Dennie Dennison Denny Denver Denzel Deon Deonte Derrell Derick Derik Deshaun Deshawn Devan Devante Deven Deveraux
        Devonte Devyn Dewayne Dewey Dewitt Diamond Dick Dillan Dillard Dillon Dimitrios Dimitris Dino Dion Dionte Dirk Domenic Domenico
        Domingo Dominick Dominik Dominique Don Donato Donavan Donell Donn Donnell Donnie Donny Donta Donte Dontae Dorian Dorsey Doyle
        Draven Drake Duke Dudley Dusty Dwain Dwaine Dwane Earle Earnest Easton Ebenezer Eben Eddy Edgardo Edison Edmond Edmundo Edric
        Edsel Eduard Edwardo Efrain Efren Egbert Elbert Elden Eldon Eldridge Elgin Elian Elias Eliezer Eliot Eliseo Elisha Elliot
        Ellsworth Ellwood Elmo Eloy Elton Elvin Elwin Elwood Ely Emerson Emery Emil Emile Emmet Emmett Emmitt Emory Enoch Enos Enzo
        Ephraim Erasmo Erich Erick Erin Erwin Esteban Estevan Estel Ethan Eugenio Eusebio Eustace Evans Everette Evert Ezekiel Ezequiel
        Ezra Faustino Federico Felton Ferdinand Ferris Finley Finnegan Fletcher Florencio Florentino Ford Forest Forrest Foster Fox
        Francesco Franklyn Frankie Fransisco Franz Fred Freddy Frederic Frederico Fredric Fredrick Freeman Fritz Gabe Gage Gail Gale
        Galen Gannon Garet Garfield Garland Garret Garrick Garry Garth Gaston Gavyn Gaylon Gaylord Genaro Genesis Gerardo Gerold Gerry
        Gideon Gil Giles Gilberto Gino Giovani Giovanny Glendon Glynn Godfrey Golden Gonzalo Grady Graeme Graham Graig Granville Gray
        Grayson Green Greggory Gregg Gregorio Greyson Griffin Grover Guadalupe Guido Gunnar Gunner Guthrie Haden Hai Hal Hank Hamilton
        Hampton Hans Harlan Harland Harley Harmon Harper Harrell Harris Harvie Hassan Hayden Hayes Heath Heber Heberto Hendrix Henderson
        Heriberto Herb Herbie Heriberto Hershel Herschel Hilario Hilbert Hilton Hipolito Hiram Hobart Hobert Holden Hollis Horacio Hosea
        Houston Hoyt Hudson Huey Humberto Hung Hunter Hyman Ichabod Ike Immanuel Ignatius Ira Irvin Irwin Isaias Isai Isiah Isidro Isreal
        Israel Issac Ivory Izaiah Jabari Jace Jack Jackie Jacinto Jacoby Jackson Jaden Jadon Jaeden Jagger Jaheim Jaiden Jaime Jairo
        Jakob Jakobe Jalen Jamaal Jamar Jamarcus Jamari Jamarion Jame Jamel Jameson Jamey Jamie Jamil Jamir Jamison Jaquan Jarod Jarred
        Jarrell Jarrett Jarrod Jarvis Jase Jasper Javion Javon Jaxon Jaxson Jaxton Jaycob Jayce Jayceon Jayden Jaylen Jaylin Jaylon Jayson
        Jed Jedediah Jedidiah Jeffry Jemal Jefferson Jensen Jerad Jerald Jeramie Jeramy Jere Jered Jerel Jeremey Jeremie Jeremy Jerold Jerod
        Jerrell Jerrod Jerrold Jess Jessie Jesus Jett Jimmie Joan Joaquim Jody Joesph Johathan Johnathan Johnie Johnnie Johnpaul Johnson
        Johny Jonah Jonathon Jonnie Jordan Jordon Jorden Joseluis Josef Josh Josue Jovan Jovani Jovanni Joziah Juancarlos Judah Judd Jude Judson
        Jules Junior Junius Justus Kade Kaden Kai Kale Kaleb Kamari Kamden Kameron Kamren Kane Kareem Karson Karter Kason Kayden Kayson Keanu
        Keaton Keegan Keenan Keifer Keion Kelby Kellen Kelly Kelton Kelvin Kendal Kendall Kendrick Kenneth Kennith Kenton Kenyon Keon Keonte
        Kermit Kerry Keshaun Keshawn Keven Keyon Keyshawn Khalil Khristopher Kian Kiefer Kiel King Kingsley Kingston Kip Kirby Knox Kobe Kody
        Kolby Kolton Korbin Korey Kory Kraig Kristofer Kristoffer Kristopher Kurtis Kyan Kyler Kymani Kyree Kyrie Lacy Laddie Lafayette Lamont
        Landen Lando Landon Landry Landyn Lane Langston Larkin Laron Laquan Laverne Lavern Lawerence Lawson Layne Layton Lazaro Leandro Leander
        Lee Legend Leighton Leland Lemuel Len Lenard Lennie Lennon Lennox Lenny Leobardo Leon Leonel Leopold Leopoldo Lesley Leslie Les Lex
        Lexington Lincoln Lindbergh Lindell Linden Lindsay Lindsey Lindy Linwood Lino Lisandro Lloyd Logan London Lon Long Loren Lorin Lorne
        Loyd Lucas Lucian Luciano Lucien Lucius Lucio Ludwig Luis Lukas Lupe Luther Lyman Lyndon Lynn Lynwood Mac Mack Madison Magnus Mahlon
        Major Makai Malachi Malakai Malcom Malik Marcelino Marcelo Marcelo Marcellus Margarito Mariano Marion Marlin Marquez Marquis Marquise
        Marques Marquel Marsh Marshal Martavious Martez Martell Marv Masen Mathias Matteo Mauro Maverick Maximilian Maximiliano Maximo
        Maximus Maxwell Maynard Mckinley Mel Melton Melvyn Mervin Merle Merlin Merrill Merritt Messiah Mervyn Meyer Micah Michal Michale
        Micheal Mick Mickey Mikel Milan Milford Millard Milo Minor Misael Mitch Mitchel Modesto Mohammed Moises Monroe Monte Montgomery
        Monty Mordecai Morgan Morton Moshe Murphy Murray Muhammed Murl Myles Myron Napoleon Narciso Nash Nasir Nat Nathan Nathanael Nathanial
        Neville Newton Newell Nick Nickolas Nicky Nico Nicolas Nigel Niko Nixon Noble Noe Nolan Norberto Norris Norwood Obadiah Obed Obie
        Octavio Odell Odin Odis Ollie Olen Olin Omari Omer Oren Orion Orin Orlin Orrin Orval Orville Osbaldo Osborne Osvaldo Oswald Oswaldo Otha
        Otho Otto Ottis Owen Ozzie Palmer Paris Parker Pasquale Patricio Patrick Paulo Paxton Payton Pernell Percy Perry Peyton Phillip
        Philemon Phineas Pierce Pierre Porfirio Porter Prentice Prentiss Prescott Presley Preston Price Prince Quade Quintin Quentin Quincy
        Quinn Quinten Quinton Rae Raekwon Raheem Raiden Raleigh Ramiro Ramsey Rand Randal Randell Randolf Randon Raphael Rashad Rasheed
        Rashawn Rasheed Rayan Rayden Rayford Raylan Raymon Raymundo Raynard Reagan Reece Reed Reese Refugio Regan Reggie Reid Reinaldo Reis
        Remington Remy Renaldo Renato Reuben Rex Rey Reyes Reymundo Reynaldo Reynold Rhett Rhys Ricardo Rich Richie Rick Rickey Rickie Ricky
        Ridge Rigoberto Riley River Robbie Robby Robin Robinson Robt Rocky Rodger Rodrick Rogers Rohan Rolf Rolland Rollie Rollin Roman Romeo
        Romulo Ronan Ronnie Ronny Rory Rosario Roscoe Rosendo Roosevelt Rowan Rowdy Rowland Royal Royce Ruben Rubin Rudolfo Rufus Russ
        Russel Rusty Ryder Ryker Ryland Rylan Saad Sage Sal Salvatore Sam Sammie Samson Sanford Sandy Sang Santana Santino Santo Santos
        Saul Sawyer Schuyler Scot Scottie Scotty Seamus Sebastian Sergio Seymour Shad Shaquille Sharif Shayne Shelby Shelton Sherwood Shirley
        Shon Sid Sidney Silas Silvio Silvester Skip Skyler Slade Sol Soren Spencer Stacy Stan Stanford Stanton Stephan Stephon Sterling Stetson
        Stevan Stevie Stewart Stoney Storm Sullivan Sumner Sylvester Tad Talon Tanner Tate Tayshaun Taurean Taylor Teddy Teodoro Terence
        Terrell Terrance Terrill Terris Terron Tevin Tex Thad Thaddeus Thatcher Theodis Theron Thor Thurman Thurston Titus Tobias Tobin Toby
        Tod Tomas Tommie Tory Toney Toriano Torrance Trace Tracey Tracy Travon Travion Traviss Tre Tremaine Trent Trenton Trevin Trevion
        Trevon Trey Tripp Tristen Tristian Tristin Troy Truman Tucker Turner Ty Tyce Tyquan Tyree Tyrell Tyrese Tyrel Tyrik Tyshawn Tyson
        Ulysses Uriah Uriel Urban Van Vance Vaughan Vaughn Vern Verlin Verne Vernell Vicente Vince Vincenzo Virgil Virgilio Vonn Walker Waldo
        Wallace Wally Wallis Walton Ward Wardell Warner Waylon Weldon Wendall Werner Westin Weston Wes Whitney Wilber Wilburn Wiley Wilford
        Wilfredo Wilhelm Willian Willy Wilmer Wilton Windell Winford Winfred Winfield Winford Winton Woodie Woodrow Woody Wyatt Xander Xzavier
        Yadiel Yael Yahir Yancy Yosef Young Zachariah Zachery Zack Zackary Zackery Zaiden Zaire Zander Zavier Zayden Zayne Zechariah Zeke
        Zev Zion
        """
}
