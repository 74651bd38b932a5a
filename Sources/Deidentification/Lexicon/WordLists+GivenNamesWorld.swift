// Given names of the languages that are common among patients and staff in American and European clinics. Written from
// general knowledge; no list was copied.
extension WordLists {
    static let feminineNamesWorld = """
        Aadya Aaradhya Aarti Aditi Aishwarya Ajita Akanksha Alka Amala Ambika Amisha Amrita Anandi Anaya Anila Anisha Anita
        Anjali Anju Ankita Anuja Anupama Anuradha Anushka Aparna Archana Arpita Arundhati Arya Asha Ashwini Avani Bhagya Bhavana
        Bhavna Bharati Bhavika Bindu Chaitra Chandrika Charu Chaya Chitra Damini Darshana Daya Deepika Deepali Deepti Devi Devika
        Dhara Dimple Dipti Disha Divya Drishti Ekta Esha Falguni Gauri Gayatri Geeta Geetha Gita Gitanjali Hansa Harini Harpreet
        Heena Hema Hemlata Himani Indira Indrani Indu Isha Ishani Ishita Jagruti Jasleen Jaspreet Jaya Jayanti Jayashree Jyoti
        Jyotsna Kajal Kalpana Kalyani Kamla Kanchan Kanika Kanta Karuna Kaveri Kavita Kavya Keerthi Khushi Kiran Kirti Komal
        Kriti Kumari Kumud Kusum Lalita Latha Lavanya Laxmi Leela Lekha Madhavi Madhu Madhuri Mahima Malathi Malini Malti Mamta
        Manisha Manjula Manju Manpreet Mansi Maya Medha Meenakshi Meena Meghna Menaka Mira Mitali Mohini Mridula Mukta Mythili
        Nalini Namrata Nandini Nandita Navya Neelam Neerja Neeta Neha Nidhi Nikita Nilima Nirmala Nisha Nitya Padma Padmini
        Pallavi Parul Parvati Payal Pooja Poonam Poornima Prabha Prachi Pragya Pranavi Pratibha Preeti Prema Priti Priyanka
        Purnima Pushpa Rachana Radha Radhika Ragini Rajani Rajeshwari Rajni Rama Ramya Rani Ranjana Rashmi Ratna Rati Raveena
        Reena Rekha Renu Renuka Reshma Richa Riddhi Ridhi Ritika Ritu Riya Roopa Roshni Ruchi Rukmini Rupa Rupal Sadhana Sakshi
        Sandhya Sangeeta Sanjana Sapna Sarala Saraswati Sarika Sarita Saroj Saumya Savita Savitri Seema Shailaja Shakuntala
        Shalini Shanta Shanthi Sharada Sharmila Shashi Sheetal Shilpa Shivani Shobha Shraddha Shreya Shruti Shubha Shweta
        Simran Sindhu Smita Smriti Sneha Snehal Sonali Sonal Sridevi Srividya Subha Suchitra Sudha Sujata Sukanya Sulochana
        Suman Sumathi Sumitra Sunaina Surbhi Surekha Sushila Sushma Swapna Swara Swarna Swati Taara Tanvi Tanuja Tara Tejal
        Trupti Tulsi Uma Upasana Urmila Usha Vaidehi Vaishali Vaishnavi Vandana Vani Varsha Vasanthi Vasudha Vasundhara Veena
        Vibha Vidya Vijaya Vimala Vinita Vrinda Yamini Yashoda
        Aaliya Abeer Abida Adila Afaf Afsaneh Afsheen Ahlam Aida Aisha Alia Aliya Almas Amani Amaal Amat Amatullah Amena Ameena
        Amna Anahita Anan Arezoo Areej Arwa Aseel Ashraf Asma Asmaa Atefeh Atiya Awatif Aya Ayah Ayat Ayse Aysel Aysha Azadeh
        Azar Aziza Azra Badia Bahar Bahareh Basma Batool Batul Baheera Bushra Dalal Dalia Darya Dina Doaa Donya Elaheh Elham
        Elmira Eman Esma Esra Fadila Fadia Faiza Farhana Fariba Farida Farideh Farkhanda Farnaz Farzana Farzaneh Fatema
        Fatemeh Fathia Fatma Faten Fawzia Fereshteh Firoozeh Fouzia Ghada Ghazal Golnaz Habiba Hadeel Hafsa Haifa Hajar
        Hala Haleh Halima Hamida Hanan Hania Haniya Hanin Haya Hayat Heba Hediyeh Hend Hiba Hind Hoda Homa Houda Huda Humaira
        Hana Ibtisam Ikram Ilham Iman Inaam Inas Intisar Isra Israa Izdihar Jamileh Jamila Jannat Jawahir Jihan Joumana Jumana
        Kaltham Karima Kawthar Khadeeja Khadijeh Khawla Khulood Kimia Kulsum Ladan Lama Lamia Lamis Lamya Latifa Layan Leyla
        Lina Linah Loubna Lubna Lujain Maha Mahbooba Mahin Mahnaz Mahsa Mahtab Maimuna Maisa Majida Malak Malika Manal Manar
        Marwa Maryam Maysa Maysoon Mehri Mehrnaz Mervat Meryem Mina Mitra Mona Mouna Munira Nabila Nada Nader Nadira Nafisa
        Nagla Nahid Nahla Naila Naima Najat Najla Najma Najwa Nargis Narges Narjis Nasim Nasreen Nasrin Nawal Nazanin Nazia
        Nazli Nazira Negar Negin Nermin Neda Nihal Niloofar Nisreen Noha Nora Noura Nour Noora Nuha Nur Nura Olfat Omaima
        Parisa Parvaneh Parveen Parvin Pegah Rabab Rabia Radwa Rafah Raghad Rahaf Rahma Raja Rajaa Rana Ranya Rania Rasha
        Rashida Rawan Razan Razia Reem Rehab Reham Rehana Renad Riham Rima Roghayeh Rola Ronak Roqaya Roya Ruba Rubina Rukhsana
        Rula Ruqayyah Rushda Saadia Saba Sabah Sabiha Sadaf Sadia Safa Safaa Safiya Safia Sahar Sajida Sakina Salwa Saleha
        Salima Samah Samar Samia Samiha Samina Samiya Sana Sanaa Sanam Sara Sawsan Sayeda Sedigheh Sepideh Seham Setareh
        Shabana Shabnam Shadi Shaheen Shahida Shahla Shahnaz Shahrzad Shaima Shaista Shakila Shamim Shamsa Sharifa Shatha
        Shazia Sheida Sherine Shereen Shideh Shirin Shohreh Shokoufeh Siham Simin Sobia Soha Sohaila Soheila Somaya Soraya
        Suad Suha Suhair Sukaina Sultana Sumaiya Sumayya Susan Tahereh Tahira Tahmina Tala Talia Tamara Tasneem Tayyaba
        Thuraya Umaima Umm Wafa Wafaa Wahida Wajiha Warda Widad Yalda Yasaman Yasmeen Yosra Yumna Yusra Zahida Zahraa Zakia
        Zakiya Zaynab Zeina Zeinab Zeinabu Zeynep Ziba Zohra Zohreh Zubaida Zuhra Zulekha
        Abena Abeni Abimbola Abiola Achieng Ada Adaeze Adaku Adanna Adaobi Ade Adebola Adenike Adeola Aderonke Adesuwa Adetola
        Adhiambo Adjoa Adoma Adwoa Adzo Afia Afua Ajoke Akinyi Akosua Akua Akuba Akwaba Alaba Amarachi Amma Amaka Ama Ami
        Aminata Amoke Anyango Araba Arewa Assata Assefa Atieno Awa Ayo Ayobami Ayodele Ayomide Ayoola Baako Bahati Binta Bolanle
        Bukola Buhle Busisiwe Bontle Chanda Chausiku Chiamaka Chibundu Chidinma Chika Chimamanda Chinelo Chinwe Chinyere Chioma
        Chipo Dada Dalila Dayo Desta Diarra Dineo Ebele Ebere Efe Efua Ejiro Ekua Eniola Enitan Epiphanie Esi Fanta Fatou
        Fatoumata Fatoumatta Folake Folasade Fola Funke Funmi Funmilayo Genet Gugu Habibatou Haja Hawa Hirut Ifeoma Ifeyinwa
        Ije Ijeoma Ines Isatou Itunu Iyabo Jahzara Jelani Jumoke Kadiatou Kainda Kehinde Kemi Kesi Khadijatou Khanyi Kunto Lerato
        Lesedi Lindiwe Lulit Lwazi Maame Makena Mariama Mariatu Mariamou Mawusi Mbali Meseret Mmabatho Modupe Monifa Morowa
        Mosunmola Mpho Muthoni Mwanajuma Nafissatou Naledi Nakato Nandi Nasha Ndidi Neema Ngozi Njeri Nkechi Nkeiru Nneka
        Nnenna Nomsa Nomvula Nomusa Nompumelelo Nosipho Nothando Ntombi Nyambura Nyasha Nyokabi Obioma Oby Oluchi Olabisi
        Olamide Olayinka Olufunke Olufunmilayo Oluwaseun Oluwatoyin Omolara Omotola Onyinye Oumou Precieuse Ramatu Refilwe Remi
        Ronke Rudo Rutendo Sade Saffiatu Saran Selam Senait Sewit Shanique Sibongile Simisola Siphokazi Sisanda Subira Sophonie
        Tabia Taiwo Tamala Tariro Tatenda Tendai Temitope Temperance Thabisa Thandi Thandeka Thulani Tigist Tinuke Titilayo Tiwa
        Tola Tolu Toyin Tsehay Tumelo Uchenna Uju Uzoma Wambui Wangari Wanjiku Wanjiru Wairimu Winta Yaa Yaba Yejide Yeshi
        Yetunde Yewande Zahara Zainabu Zandile Zanele Zawadi Zodwa Zola Zuri Zuwena
        Ai Aiko Akane Akemi Aki Akina Ami Asami Asuka Atsuko Ayaka Ayako Ayame Ayano Ayumi Chie Chieko Chihiro Chika Chiyo Chiyoko
        Chizuko Eiko Emi Emiko Eri Eriko Etsuko Fumi Fumiko Fusako Haruka Haruko Haruna Hatsue Hideko Hikari Hina Hisako Hiroko
        Hiromi Hitomi Honoka Hoshi Ikuko Izumi Junko Kaede Kana Kanako Kaori Kaoru Katsuko Kayo Kayoko Kazue Kazumi Kei Kiko Kikue
        Kimi Kimiko Kiyomi Kotone Kumiko Kuniko Kyoko Machiko Madoka Maki Makiko Mami Mana Manami Mao Masae Masumi Matsuko Mayu
        Mayuko Mayumi Megumi Michi Michiko Midori Mie Mieko Miho Mihoko Miki Mikiko Minako Minori Mio Misaki Misato Mitsuko Miu
        Miwa Miyako Miyoko Mizuki Moe Momoka Momoko Motoko Mutsuko Nagisa Nana Nanami Nao Naoko Natsuki Natsuko Natsumi Noa Nobuko
        Nozomi Reiko Ren Rie Rieko Riko Rin Rina Rumi Ruriko Ryoko Sachi Sachiko Sadako Saki Sakura Sakurako Satomi Satsuki Sayaka
        Sayuri Seiko Setsuko Shigeko Shinobu Shiori Shizue Shizuka Shizuko Sora Sumire Suzu Suzume Takako Tamako Tamiko Tatsuko
        Teruko Tokiko Tomiko Tomoe Tomoka Tomoko Tomomi Toshie Toshiko Tsubaki Tsuneko Umeko Wakana Yae Yasuko Yoko Yoshie Yoshimi
        Yoshino Youko Yui Yuka Yukari Yukie Yukiko Yuko Yumi Yumiko Yuna Yuriko Yuuka Yuzuki
        Aera Areum Bora Boram Byeol Chaewon Chaeyoung Dahye Dayoung Eunbi Eunha Eunhye Eunji Eunjin Eunjoo Eunju Eunkyung Eunseo
        Eunsook Eunyoung Gaeun Gayoung Goeun Haewon Hayoon Heejin Heejung Heesun Hyejin Hyeji Hyekyung Hyeri Hyesook Hyewon Hyojin
        Hyosun Hyunjin Hyunjoo Hyunjung Hyunju Hyunmi Hyunsook Inhye Jaehee Jeongeun Jihye Jihyun Jimin Jinah Jinhee Jinsook Jisoo
        Jiwon Jiwoo Jiyeon Jiyoung Juhee Jungeun Junghee Jungmin Jungsook Kyunghee Kyungmi Kyungsook Kyungja Mija Miju Mikyung Minah
        Minji Minjeong Minju Minkyung Minseo Misook Misun Miyoung Nayeon Nayoung Sangmi Seohyun Seoyeon Seoyoung Seulgi Seungmi
        Seungyeon Sohee Sohyun Somin Sookja Soojin Soomin Soonja Soyeon Soyoung Subin Sujin Sumi Sunghee Sunhee Sunhwa Sunja Sunmi
        Sunyoung Taeyeon Yeji Yejin Yeonhee Yeonjoo Yeonsoo Yerin Yoona Yoonhee Yoonjung Younga Younghee Youngja Youngmi Youngsook
        Yujin Yuna Yunhee Yunji Yunjung
        Aihua Aiping Baozhen Bingbing Caihong Chunhua Chunli Chunmei Chunyan Cuifen Dandan Fang Fangfang Fengying Guifang Guihua
        Guilan Guiying Guizhen Haiyan Haixia Hong Hongmei Hongxia Hongyan Huifang Huilan Huifen Huimin Huiying Huizhen Jiali Jiayi
        Jiaxin Jianhua Jing Jingjing Jingyi Jinhua Juan Junjie Lanfen Lanying Lihong Lihua Lijuan Lili Limei Lina Ling Lingling
        Liping Liqin Liying Lixia Liyan Manli Meifang Meihua Meilin Meiling Meixiang Meiyun Meizhen Menglan Mingzhu Ning Peiying
        Qian Qiaoling Qing Qiong Qiuyue Ruihong Rong Rui Shanshan Shaohua Shufang Shufen Shuhua Shulan Shuling Shumin Shuping
        Shuqin Shuying Shuzhen Siyu Suhua Sufen Suqin Suyun Suzhen Tingting Wanjun Weiwei Wenjing Wenli Wenting Xia Xiang Xiaohong
        Xiaohui Xiaojuan Xiaoli Xiaoling Xiaomei Xiaomin Xiaoping Xiaoqing Xiaoxia Xiaoyan Xiaoying Xiaoyu Xiufang Xiuhua Xiulan
        Xiumei Xiuqin Xiuying Xiuyun Xiuzhen Xiuli Xuemei Yan Yanfang Yanhong Yanhua Yanli Yanling Yanping Yanyan Yaqin Yating Yi
        Ying Yingying Yonghong Yu Yue Yuehua Yueying Yufang Yufen Yuhua Yulan Yulian Yuling Yumei Yun Yuping Yuqin Yuxin Yuying
        Yuzhen Zhen Zhenzhen Zhihong Zhiying Zixuan
        Anh Bich Cam Chau Cuc Dao Diem Diep Dung Duyen Giang Ha Hang Hanh Hien Hoa Hoai Hong Hue Huong Huyen Khanh Kieu Kim Lan Lien
        Linh Loan Ly Mai My Nga Ngan Nghi Ngoc Nguyet Nhi Nhu Nhung Oanh Phuong Phung Quyen Quynh Sang Suong Tam Thanh Thao Thi Thoa
        Thom Thu Thuy Thy Tien Tram Trang Trinh Truc Tuyen Tuyet Uyen Van Vy Xuan Yen
        Analyn Annaliza Arlyn Aurora Baby Cherrylyn Corazon Crisanta Divina Editha Erlinda Evelyn Fe Flordeliza Gemma Girlie Glorylyn
        Imelda Jennylyn Jocelyn Jonalyn Joylyn Julieta Leonora Ligaya Liezl Liwayway Lolita Lourdes Luningning Luzviminda Maricar
        Maricel Marichu Marilou Marites Maryjane Merlinda Merlita Mylene Myrna Nenita Norma Perla Remedios Rizalina Rosalie Rosemarie
        Rowena Rubelyn Teresita Victorina Vilma Virginia Wilhelmina Zenaida
        Adela Adelaida Agata Agnieszka Aldona Aleksandra Alicja Aliona Alla Alyona Anastasija Anastasiya Aneta Anfisa Angelika Aniela
        Anja Anka Anna Antonina Anzhela Barbora Bogdana Boglarka Bojana Bozena Branka Bronislava Bronislawa Danuta Darina Daria Dariya
        Darja Dasha Diana Dominika Dorota Doroteya Dragana Dubravka Dunja Dusana Edyta Ekaterina Eleonora Eliska Elzbieta Emese Erzsebet
        Eszter Eudokia Evgenia Evgeniya Ewa Ewelina Faina Feodora Filippa Galina Gizella Gordana Grazyna Halina Halyna Hanka Hanna
        Helena Hermina Ildiko Ilona Inessa Inna Ionela Irena Iryna Ivanka Ivana Ivona Iwona Izabela Jadranka Jadwiga Jagoda Jana
        Jarmila Jaroslava Jasmina Jasna Jelena Jelka Jitka Joanna Jolana Jolanta Jovana Jozefa Julianna Julija Julita Justyna Kalina
        Kamila Karolina Katalin Katerina Katica Katja Katka Kinga Kira Klara Klaudia Klavdia Kornelia Kristyna Krystyna Ksenia Kseniya
        Lada Larisa Larysa Lenka Lesia Lesya Lidia Lidiya Lidija Liliana Liliya Ljiljana Ljubica Lubov Lucie Lucyna Ludmila Ludmyla
        Ludmilla Lyubov Lyudmila Madalina Maja Malwina Margita Mariana Marianna Marija Marika Mariola Marisa Mariya Marlena Marta
        Martyna Marzena Maryna Masha Matylda Melita Michalina Mihaela Mila Milada Milana Milica Milka Mira Mirela Mirjana Miroslava
        Miroslawa Monika Nadezda Nadezhda Nada Nadya Nastia Nataliia Nataliya Nataliia Natasa Natalija Nela Nika Nikoletta Nikola Nina
        Noemi Oksana Oktawia Oleksandra Olesya Olga Olha Patrycja Pavla Pelageya Polina Radka Radmila Raisa Ramona Ranka Regina Renata
        Ribana Rimma Romana Roza Rozalia Ruzena Ruslana Sabina Sanja Sarka Serafima Slavica Slavka Slobodanka Snezana Snezhana Sofiya
        Sonja Stana Stanislava Stanislawa Stefka Stepanka Svetla Sylwia Szilvia Taisiya Tamara Tanja Tatjana Teodora Teofila Tereza
        Tetiana Tetyana Timea Tunde Ulyana Urszula Valentyna Valeriya Vanda Vanja Varvara Vasilisa Vasylyna Vera Verica Veronika
        Vesna Viktoria Viktoriya Viktorija Violetta Vira Vladimira Vlasta Wanda Weronika Wieslawa Wioletta Wladyslawa Yana Yaroslava
        Yekaterina Yelizaveta Yevgenia Yulia Yuliana Yuliya Zdenka Zdislava Zina Zinaida Zita Zlata Zofia Zora Zorica Zsuzsanna Zuzanna
        Agneta Agnetha Aina Aino Alfhild Alva Amalie Ane Anita Anja Anne-Lise Annelie Annika Anniken Anni Arja Asa Asta Aud Aune Aslaug
        Barbro Benedikte Bente Berit Birgitta Birgitte Birna Birthe Bjork Bodil Britt Britta Camilla Carin Cecilie Connie Dagny Dorte
        Dorthe Ebba Edda Eevi Eila Eija Eira Elin Elina Elise Elisabet Ellen Elna Else Elvi Emilie Emma Eva Evy Freja Freya Frideborg
        Frida Gerd Greta Grete Grethe Gry Gudny Gudrun Gunborg Gunilla Gunn Gunnhild Gunvor Gurli Guri Hanne Hedda Hege Heidi Heidrun
        Heli Helle Helvi Henny Herdis Hilde Hildur Hilkka Hjordis Iben Ida Inga-Lill Inge Ingeborg Ingegerd Inger Ingunn Ingvild Irja
        Irmeli Iselin Jannike Jette Jofrid Johanne Jonna Jorunn Josefine Kaarina Kaija Kaisa Kajsa Karen-Marie Kari Karianne Karoliina
        Katri Katrine Kerstin Kirsi Kirsten Kirsti Kjersti Kristbjorg Kristiina Kristine Laila Leena Lena Lene Liisa Linn Linnea Lis
        Lisbet Lisbeth Liv Live Lone Lotta Lotte Lovisa Magnhild Maija Maiken Maj Malene Malin Maren Margareta Margareth Margit Margrethe
        Margret Mari Mariann Marianne Marika Marit Marita Marjatta Marjo Marketta Marte Marthe Merete Merja Merethe Mette Mia Minna Mirja
        Moa Monica Nanna Nina Oddny Oddrun Oili Outi Paivi Pernilla Pernille Petra Pia Pirjo Pirkko Raija Ragna Ragnhild Randi Rannveig
        Rauha Rigmor Riikka Riitta Rikke Ritva Runa Saara Saga Sanna Satu Sigbritt Signe Signy Sigridur Sigrun Siiri Silja Sini Sinikka
        Sirkka Sissel Siv Sofie Sol Solveig Soffia Stina Stine Sunniva Susanne Suvi Sylvi Synnove Taina Tea Terhi Thea Thordis Thorunn
        Thyra Tiina Tilde Tiril Tone Tonje Torborg Torhild Torill Torunn Tora Tove Trine Trude Tuula Tuulikki Tyra Ulla Ulrika Unn Unni
        Unnur Valborg Veera Vibeke Vigdis Vilde Viveka Ylva Yrsa
        Adelheid Alessia Alida Aloisia Amelie Angelica Anke Anneke Annelies Anneliese Annemiek Annerose Antje Antonella Assunta Aurelie
        Barbel Beate Beatrix Benedetta Berenike Bettina Bianca Brunhilde Carlotta Carola Caterina Catherina Cecile Celine Charlotte
        Chiara Christa Christel Christiane Cinzia Claudine Clelia Clemence Clotilde Concetta Constanze Coralie Cornelia Corinne Cosima
        Costanza Daniela Delphine Donatella Dorothee Edeltraud Edwige Elda Elena Eleonora Elfriede Elettra Elke Elodie Elisabetta Elsbeth
        Emanuela Emmanuelle Emmy Enrica Ermelinda Erna Ernestine Ersilia Eugenie Eulalie Evamaria Fabienne Fabiola Federica Fernande
        Fiamma Filomena Fiorella Flavie Floriane Francine Franka Franziska Frauke Friederike Gabriella Gaetana Gaelle Genoveffa
        Georgette Gerda Gerlinde Gertraud Ghislaine Gilberte Ginevra Giorgia Giovanna Gisela Gislinde Giuliana Giuseppina Graziella
        Grazia Greet Gretel Gudula Hannelore Hedwig Heike Helga Henriette Hermine Hiltrud Hildegard Huguette Ilaria Ilka Imke Immacolata
        Incoronata Ines Inge Ingeborg Inka Irmgard Irmtraud Isabeau Isotta Ivonne Jacintha Jacoba Jacqueline Janneke Jantje Jeannine
        Jocelyne Jorinde Josephina Josiane Josette Jutta Karoline Karola Kathe Kathrin Katja Kerstin Kirstin Klaartje Laetitia Laure
        Laurence Laurine Leandra Lieke Lieselotte Liesbeth Liliane Lidia Lisbeth Livia Lorella Lorena Loredana Lotte Luana Lucette
        Lucienne Lucrezia Ludivine Luigia Maaike Madeleine Mafalda Magali Manon Manuela Margaux Margarethe Margherita Margot Margret
        Margriet Marga Mariagrazia Mariangela Mariella Marieke Marielle Marijke Marilena Marinella Mariuccia Marlies Marlis Marleen
        Marthe Maryse Maryvonne Mathilde Mechthild Melissande Mieke Milena Mireille Monique Morgane Muriel Myrthe Nadege Natascha Nathalie
        Neeltje Nicoletta Nicole Noemie Oceane Odette Odile Oriana Ornella Ottavia Patrizia Pascale Perrine Pia Pierrette Quirine
        Raffaella Reinhilde Regine Reinhild Renate Renata Rita Roberta Romane Romina Ronja Rosalba Rosamunde Rosanna Rosaria Roswitha
        Rosetta Sabine Sandrine Saskia Serafina Serena Severine Sibylle Sidonie Sieglinde Sigrun Silke Silvana Simonetta Sofie Solange
        Sonja Steffi Stefanie Stefania Susanne Sybille Sylviane Tanja Teresina Thekla Theres Therese Thierry Tiziana Traudl Trijntje
        Trudi Uta Ute Uschi Valentine Valerie Veerle Verena Veronique Violaine Virginie Vittoria Viviane Waltraud Wencke Wiebke Wilma
        Willemijn Willemina Xaviera Yolaine Yolanda Zita
        Anastasia Angeliki Anthoula Aphrodite Areti Argyro Artemis Aspasia Athina Chrysanthi Chrysoula Chrysa Danae Demetra Despina
        Dimitra Dionysia Effie Eftychia Efthymia Eirini Elefteria Eleftheria Eleni Elpida Eirene Evangelia Evanthia Evdokia Fotini
        Foteini Garifalia Georgia Haido Haralambia Ioanna Ioulia Kalliope Kalliopi Katina Kiriaki Kyriaki Konstantina Koula Kyveli
        Lambrini Marika Matina Melina Myrto Niki Ourania Panagiota Parthena Paraskevi Pelagia Penelope Persefoni Polyxeni Potoula
        Sophia Smaragda Soula Sotiria Stamatia Stavroula Styliani Theodora Theodosia Theofania Thomais Tasoula Vasiliki Vassiliki
        Voula Xanthi Xenia Zacharoula Zoi
        Aylin Ayten Aytac Asli Aslihan Bahriye Banu Basak Belgin Berna Beyza Burcu Busra Canan Ceren Damla Defne Deniz Derya Didem
        Dilara Dilek Duygu Ebru Ece Eda Ela Elif Emel Emine Esin Ezgi Fadime Feride Figen Filiz Funda Gamze Gonca Gul Gulay Gulcan
        Gulden Gulhan Gulizar Gulsen Gulseren Gulsum Gulten Hacer Hande Handan Hatice Havva Hulya Ilknur Ipek Irem Kader Kezban Kubra
        Lale Leman Melek Meltem Meral Merve Meryem Mine Muge Mujde Nalan Nazan Neslihan Nesrin Nevin Nihan Nilgun Nilufer Nurcan
        Nurdan Nuray Nurten Ozge Ozlem Pelin Pembe Pinar Rabia Rukiye Saadet Sabiha Saliha Seda Sema Semra Sebnem Selin Selma Sevda
        Sevgi Sevil Sevim Sevinc Seyhan Sibel Simge Songul Sultan Suna Sureyya Tugba Tulay Tulin Tuba Ulku Umran Yaprak Yeliz Yildiz
        Yonca Zehra Zeliha Zerrin Zubeyde Zuhal
        Adina Ahuva Aliza Anat Ariella Atara Avigail Avital Aviva Ayala Ayelet Batsheva Batya Bracha Chava Chaya Chedva Dafna Devora
        Devorah Dorit Dvora Edna Efrat Eliana Elisheva Esti Etty Faigy Frieda Fruma Galit Geula Gila Gitel Gittel Golda Hadar Hadas
        Hadassah Hagit Hinda Ilana Inbal Irit Keren Leah Leora Liat Limor Liora Malka Maayan Mazal Meira Menucha Merav Michal Mindel
        Mindy Miri Miryam Moriya Naama Nechama Neta Netanya Nili Nirit Noa Nomi Nurit Ofra Orit Orly Osnat Penina Pessy Rachel Raizel
        Rakefet Raya Reizel Rina Rivka Rivkah Rochel Ronit Ruchel Ruth Sarit Shani Sharona Shifra Shira Shirel Shlomit Shoshana Shulamit
        Shula Sigal Sima Tal Talya Tamar Techiya Tikva Tirza Tova Tovah Tzipora Tzippy Tziporah Varda Vered Yael Yaffa Yehudit Yocheved
        Zahava Zehava Zelda Zipporah Ziva
        Aintzane Ainhoa Aitana Almudena Altagracia Amparo Anahi Angelines Angustias Antonella Araceli Aracely Asuncion Aurora Begona
        Belen Benita Bernarda Betzabe Brisa Candela Candelaria Caridad Carmencita Carmina Casilda Catalina Cayetana Chabela Chantal
        Chelo Citlali Citlalli Clemencia Concepcion Concha Conchita Conception Coromoto Covadonga Cruz Custodia Dayami Delfina Dolores
        Dulce Edelmira Eloina Elvira Emilce Encarna Encarnacion Enriqueta Escarlata Esmeralda Estefany Esther Estrella Etelvina Eufemia
        Eugenia Eulogia Eusebia Evarista Fabiana Fanny Felicitas Felipa Feliciana Fermina Filomena Florencia Francisca Gema Generosa
        Genoveva Georgina Gertrudis Gisela Gladis Gregoria Guillermina Herlinda Herminia Hilda Hortensia Idalia Ignacia Iluminada
        Imelda Inmaculada Irasema Irma Isaura Isela Itzel Itziar Ivelisse Ivonne Iztel Jacinta Jazmin Jesusa Joaquina Josefa Jovita
        Julissa Justa Laia Leandra Leonarda Leonor Leticia Lidia Ligia Liliana Lorenza Lucrecia Luisana Lupe Macarena Magdalena Maite
        Malena Manuelita Marcelina Margarita Maribel Maricarmen Mariela Marilu Marisela Marisol Maritza Marta Matilde Maura Maximina
        Mayra Mercedes Micaela Milagros Mireia Mirta Modesta Monserrat Montserrat Nayeli Nazaret Nereida Nidia Nieves Nilda Noelia
        Norma Nuria Nydia Obdulia Ofelia Olivia Orquidea Otilia Paloma Pastora Paula Paulina Paz Perla Petra Petrona Piedad Pilar Prisca
        Prudencia Purificacion Rafaela Ramona Raquel Rebeca Refugio Reina Remedios Reyna Reyes Rocio Romina Rosalba Rosalia Rosalinda
        Rosana Rosario Roxana Rufina Salome Salud Sandra Santa Sara Sarai Serafina Silvana Silvia Socorro Sofia Soledad Sonia Susana
        Teodora Teofila Tomasa Trinidad Ursula Valentina Vanesa Veronica Vicenta Victoria Vilma Violeta Virginia Visitacion Viviana
        Xiomara Xochitl Yadira Yamila Yaneth Yanet Yanira Yarely Yasmin Yazmin Yesica Yolanda Yuliana Yuridia Zaida Zenaida Zoila Zoraida
        Zulema Zuleyka
        """
}
