// Given names of men, as in ``feminineNamesWorld``.
extension WordLists {
    static let masculineNamesWorld = """
        Aadi Aakash Aarav Abhay Abhijit Abhinav Abhishek Aditya Ajay Ajit Akash Akhil Akshay Alok Aman Amar Ambrish Amish Amitabh
        Amol Amrit Anand Anil Animesh Aniruddha Anirudh Anish Anjan Ankit Ankur Anmol Anoop Ansh Anuj Anup Anurag Arjun Arnav Arvind
        Aseem Ashish Ashutosh Ashwin Asim Atul Avinash Ayush Babu Bala Balaji Baldev Balwinder Barun Bharat Bhaskar Bhavesh Bhupinder
        Bhushan Bijoy Bikram Bimal Bipin Chandan Chandra Chandrakant Charan Chetan Chinmay Chirag Daksh Darshan Dattatreya Debashish
        Deep Deepankar Dev Devansh Devdas Devendra Dhananjay Dharam Dharmendra Dhruv Digvijay Dilip Dinesh Dipak Dipankar Divyesh Dushyant
        Eknath Eshan Ganesh Ganpat Gaurav Gautam Girish Gobind Gokul Gopal Gopi Govind Gulshan Gurbir Gurdeep Gurinder Gurpreet Gursharan
        Hardeep Hardik Hari Harinder Harish Harjit Harsh Harsha Harshad Harshil Hemant Hiren Himanshu Hitesh Hrishikesh Inder Inderjit Ishaan
        Ishan Ishwar Jagdeep Jagdish Jagjit Jai Jaideep Jaidev Janak Jaswant Jatin Jay Jayant Jayesh Jayanta Jignesh Jitendra Joginder Jugal
        Kailash Kalpesh Kalyan Kamalesh Kamlesh Kanhaiya Kapil Karan Karthik Kartik Kaushal Kaushik Kedar Keshav Ketan Kiran Kirit Kishan
        Kishore Krish Krishna Krishnan Kuldeep Kunal Kush Lakhan Lakshman Lalit Lokesh Madan Madhav Madhu Madhukar Mahadev Mahavir Mahendra
        Mahesh Mahipal Manan Manas Mandeep Mangesh Maninder Manish Manjeet Manmohan Manoj Manohar Mayank Mayur Mihir Milind Milan Mithun Mitesh
        Mohan Mohit Mohinder Mukesh Mukul Murali Murugan Nachiket Nagaraj Nagendra Naman Nandan Nandu Narayan Narayanan Naren Narendra Naresh
        Narinder Navdeep Naveen Navin Navneet Neeraj Nihar Nikhilesh Nilesh Nimesh Niranjan Nirav Nirmal Nishant Nitesh Nitin Nityanand Omkar
        Onkar Palash Pankaj Param Paresh Parminder Parth Partha Pavan Pawan Pinaki Piyush Prabhakar Prabhat Prabhu Pradeep Prakash Pramod Pranav
        Pranay Prasad Prasanna Prashant Pratap Prateek Pratik Praveen Pravin Prem Prithvi Priyansh Puneet Purushottam Pushkar Raghav Raghu
        Raghunath Rahul Raj Raja Rajan Rajat Rajeev Rajendra Rajinder Rajiv Rajkumar Raju Rakesh Ram Raman Ramachandra Ramakrishna Raman
        Ramnath Rana Randeep Randhir Ranjan Ranjit Rashmikant Ratan Ravinder Ravindra Rishabh Rishi Ritesh Rohit Ronak Roshan Ruchir Rudra
        Rupesh Sachin Sagar Sahil Sai Samarth Sameer Samrat Sandesh Sandip Sanat Sanjiv Sankar Santosh Sarabjit Sarthak Satish Satinder
        Satnam Satyajit Satyam Saurabh Shailendra Shailesh Shankar Shantanu Sharad Shashank Shashi Shekhar Shirish Shiv Shiva Shivam Shreyas
        Shrikant Shubham Shyam Siddharth Siddhartha Sohan Somesh Sourav Soumya Sridhar Srikanth Srinivas Srinivasan Sriram Subhash Subrata
        Subramaniam Subramanian Sudhir Sudarshan Sudhakar Sudesh Sujit Sujoy Sukhdev Sukhwinder Sumit Sundar Sunder Suraj Surendra Suresh
        Surinder Surjit Suryakant Sushant Sushil Swapnil Swaminathan Tanmay Tapan Tarun Tejas Trilok Tushar Uday Udit Ujjwal Umesh Upendra
        Utkarsh Utpal Vaibhav Varun Vasant Vasu Vasudev Ved Veer Venkat Venkata Venkatesh Venkateswara Vibhor Vidyadhar Vihaan Vijayan Vikas
        Vikash Vimal Vinay Vineet Vinit Vipin Vipul Viraj Virendra Vishal Vishnu Vishwanath Viswanathan Vivaan Vivek Yash Yashwant Yogendra
        Yogesh Yuvraj
        Aamir Abbas Abd Abdallah Abdelaziz Abdelkader Abdelrahman Abderrahim Abdi Abdirahman Abdirizak Abdou Abdoulaye Abdulaziz Abdulhamid
        Abdulkadir Abdulkarim Abdullahi Abdulmajid Abdulrahman Abdur Abidin Abu Adel Adham Adil Adnan Afzal Aftab Ahmet Ajmal Akbar Akram Akif
        Alaa Alaeddin Ala Aladdin Alam Alireza Altaf Amer Ameen Amin Amjad Ammar Amr Anas Anees Anis Anwar Aqeel Arash Aref Arif Arman Arsalan
        Arshad Asad Ashkan Ashraf Asif Aslam Ata Atif Atta Awad Ayaz Ayman Ayoub Ayub Azam Azhar Azim Aziz Azmi Babak Badr Baha Bahaa Bahram
        Bahman Bakr Baraa Barham Basel Basem Basheer Basim Bassam Bassel Behnam Behrouz Behzad Bijan Borhan Burhan Chaudhry Cyrus Danish Daoud
        Dariush Daud Dawood Davood Ebrahim Ehab Ehsan Elyas Emad Enayat Ervand Esmail Essam Fadel Fadi Fahad Fahd Fahim Faiz Faizan Faraj Faris
        Farhad Farhan Farooq Farouk Farrukh Farshad Faruk Farzad Fareed Fathi Fawad Fawaz Fawzi Faysal Fayez Fayyaz Feras Fereydoun Ferhat Feroz
        Firas Firouz Fouad Fuad Furqan Ghaith Ghanem Ghassan Ghulam Habibullah Hadi Hafez Hafiz Haidar Haider Haitham Hakan Hakeem Hakim Hamad
        Hamdan Hameed Hamed Hamid Hamidreza Hammad Hani Hanif Haris Haroon Harun Hashem Hashim Hassan Hatem Haydar Hazem Hekmat Hesham Hicham
        Hisham Homayoun Hooman Hosam Hossam Hossein Houssam Husam Husain Husni Hussam Idris Ihab Ihsan Ijaz Ilias Ilyas Imad Imam Imtiaz Inam
        Iqbal Iraj Irfan Isam Ismail Ismet Issa Izzat Jabbar Jaber Jabir Jafar Jahan Jahangir Jalal Jaleel Jalil Jamshid Jasim Jassim Javad Javed
        Jawad Jihad Junaid Kader Kadir Kaleem Kambiz Kamran Karam Kareem Karim Kasim Kasra Kaveh Kazem Kazim Keyvan Khaldoun Khaled Khair Khairul
        Khosrow Khurram Kian Kourosh Latif Lotfi Luay Lutfi Mahbub Mahdi Maher Mahir Mahmood Mahmud Majed Majid Makram Mamdouh Mamoun Mansoor Mansour
        Maqbool Marwan Masood Masoud Masud Mazen Mazin Mehdi Mehrdad Mehran Meisam Milad Mirza Moaz Moeen Mohammadreza Mohanad Mohannad Mohsen Mohsin
        Moin Mokhtar Morteza Mostafa Mounir Moussa Mu'adh Mubarak Mudassar Muhannad Muhsin Mujahid Mukhtar Muneer Munir Murad Murtaza Musa Musaab
        Muslim Mustapha Mutasim Muzaffar Nabeel Nabil Nader Nadeem Nadim Nadir Naeem Nafees Naif Naim Naji Najib Najeeb Nashwan Nasim Nasr Nasser
        Nassim Naveed Nawaf Nawaz Nayef Nazim Nazir Nima Nizar Noman Nooruddin Noureddine Numan Nuri Obaid Omair Omid Osama Osman Ossama Othman Oussama
        Parviz Payam Pedram Pejman Peyman Pouya Qais Qasim Rabih Radwan Rafat Rafi Rafiq Raheel Rahim Rahmat Raid Rajab Rami Ramadan Ramez Ramin Ramzi
        Rasheed Rasool Rasul Rauf Rayan Reda Rehan Rehman Riad Riaz Ridha Rifat Riyad Riyadh Rizwan Rostam Roushan Ruhollah Saad Sabri Sadegh Sadiq Saeed
        Safdar Safwan Said Saif Saifullah Sajid Sajjad Salah Salahuddin Saleem Salem Salim Salman Samih Sami Samer Sarfraz Sarmad Sattar Sayed Selim
        Sepehr Shaban Shabbir Shadi Shafiq Shafiqul Shah Shahab Shahid Shahin Shahram Shahriar Shahzad Shaker Shakil Shakir Shamim Shams Sharif Shaukat
        Shawkat Sherif Shoaib Siamak Siavash Sina Sirajuddin Soheil Soroush Souheil Subhan Sufyan Suhail Sulaiman Suleiman Suleyman Sultan Syed Taha
        Tahir Tahseen Taimur Talal Talib Tamer Tamim Tanveer Tareq Tarek Tauqeer Tayeb Tayyab Thamer Toufic Turki Ubaid Umair Umer Usama Usman Uthman
        Wadih Wael Wahab Waheed Wahid Wajid Walid Waleed Waqar Waqas Wasim Waseem Wissam Yacoub Yahya Yaqoob Yaqub Yaser Yasin Yasir Yassin Yassine Yazan
        Yazid Younes Younis Yousef Youssef Yunus Yusef Zafar Zahid Zaheer Zahir Zaid Zain Zaki Zakaria Zakariya Zaman Zayd Zayed Zeeshan Zeyad Ziad Zia
        Ziyad Zubair Zuhair Zulfiqar
        Abayomi Abdourahmane Abebe Abel Abidemi Abimbola Abiodun Abraha Achebe Adebayo Adedayo Adekunle Adeleke Ademola Adeniyi Aderemi Adesina Adetokunbo
        Adewale Adisa Adjei Afolabi Agyei Agyeman Akachi Akande Akintunde Akinyemi Akwasi Alhaji Alhassan Alieu Alioune Alpha Amadou Amadi Amare Amaru Amani
        Amsalu Anane Anene Antwi Aregawi Asante Asefa Aweke Ayele Ayinde Ayodeji Azubuike Babajide Babatunde Bakari Balogun Bamidele Bayo Bekele Berhane Berhanu
        Bereket Biniam Biruk Boakye Boubacar Bolaji Bongani Cheikh Chibueze Chibuike Chibuzo Chidiebere Chidubem Chijioke Chike Chima Chimezie Chinedu Chinonso
        Chinua Chisomo Chukwuemeka Chukwudi Chukwuma Comfort Danjuma Daouda Dawit Dejen Demba Diallo Diarra Dumisani Ebenezer Ebo Ebrima Efosa Ekene Ekow Emeka
        Enitan Ephrem Eshetu Femi Fiifi Fikru Fode Folarin Gamba Garba Gebre Getachew Girma Gizaw Haile Hailu Hamisi Ibou Idowu Ifeanyi Ike Ikechukwu Ikenna
        Issouf Iyasu Jabu Jabulani Jaja Jelani Jide Jomo Juma Kaba Kagiso Kamau Kasahun Kassa Kayode Kebede Keita Kelechi Khamis Khaya Kibet Kiplagat Kiprop
        Kiptoo Kofi Kojo Koffi Kouadio Kouame Kouassi Kudzai Kwabena Kwadwo Kwaku Kwaku Kwasi Kweku Kwesi Lamin Langa Lateef Lekan Lwazi Madu Mahamadou Makonnen
        Malcolm Mamadou Mandla Masego Mehari Melaku Melvin Mengistu Mesfin Modibo Modou Mogos Momodou Moussa Mthunzi Mulugeta Mutua Mwangi Mwenda Nana Ndiaye
        Negash Ngugi Njoroge Nkosana Nkosi Nnamdi Nuru Nyame Nyerere Obafemi Obi Obinna Ochieng Odhiambo Ogbonna Okechukwu Okello Okeke Okoro Okoth Olabode
        Oladele Oladipo Olajide Olakunle Olalekan Olanrewaju Olatunde Olatunji Olawale Oluwafemi Oluwole Olusegun Olumide Omari Omondi Onyekachi Opeyemi Osagie
        Osaze Osei Otieno Ousmane Owusu Paa Petros Rashidi Rotimi Ruto Salif Samba Sande Seife Sekou Selassie Seun Seydou Shaka Sibusiso Sipho Siyabonga Solomon
        Soumaila Souleymane Tadesse Tafari Tamrat Tau Tebogo Tekle Temesgen Tendai Tesfaye Thabo Themba Thulani Tilahun Tobenna Tochukwu Tope Tsegaye Tumelo
        Tunde Tunji Uche Uchenna Ugochukwu Usaini Uzochukwu Uzoma Vusi Wale Wanjala Wondimu Workneh Yao Yared Yaw Yemi Yohannes Yonas Zerihun Zewdu Zola
        Akihiko Akihiro Akio Akito Arata Atsushi Ayato Daichi Daigo Daiki Daisuke Eiichi Eiji Fumio Gaku Goro Hachiro Hajime Haru Haruki Haruo Hayato Hideaki
        Hideki Hideo Hideto Hikaru Hiro Hiroaki Hirofumi Hiroki Hiroto Hiroyuki Hisao Hisashi Hitoshi Ichiro Isao Itsuki Iwao Jiro Jun Junichi Kaito Kaname Kaoru
        Katsumi Katsuo Kazuhiko Kazuhiro Kazuki Kazuma Kazuya Kazuyuki Kei Keiichi Keiji Keisuke Keita Ken Kenichi Kenshin Kenta Kento Kiyoshi Kohei Koichi Koji
        Kosuke Kota Kouta Kunio Kyohei Makoto Mamoru Manabu Masaaki Masahiko Masahiro Masaki Masami Masanori Masao Masaru Masashi Masato Masayoshi Masayuki Michio
        Minoru Mitsuo Mitsuru Morio Motoki Naoki Naoto Naoya Natsuo Nobu Nobuo Nobuyuki Noboru Norio Osamu Reiji Ren Riku Rikuto Rintaro Ryo Ryohei Ryoichi Ryosuke
        Ryota Ryu Ryuichi Ryuji Saburo Sadao Satoru Satoshi Seiichi Seiji Shigeo Shigeru Shin Shinichi Shinji Shinya Sho Shogo Shohei Shoichi Shoji Shota Shuichi
        Shuji Shun Shunsuke Sora Sosuke Susumu Tadao Tadashi Taiga Taichi Taiki Takahiro Takao Takashi Takayuki Takehiko Takeo Takeru Takeshi Taku Takuma Takumi
        Takuya Taro Tatsuo Tatsuya Teruo Tetsuo Tetsuya Tomohiro Tomoya Toru Toshiaki Toshio Toshiro Toshiyuki Tsubasa Tsutomu Tsuyoshi Wataru Yamato Yasuhiro Yasuo
        Yasushi Yasuyuki Yo Yoichi Yoji Yosuke Yoshiaki Yoshihiro Yoshikazu Yoshiki Yoshinori Yoshio Yoshito Yoshiyuki Yuichi Yuji Yuki Yukio Yusuke Yuta Yutaka Yuto
        Yuya
        Beomsoo Byungchul Byunghun Byungsoo Changho Changmin Changsoo Chanho Chanwoo Chulsoo Daehyun Daejung Daeho Donghae Donghoon Donghyun Dongjin Dongjoon Dongsoo
        Dongwook Eunho Eunwoo Geonwoo Gunwoo Hajun Hojin Hoon Hoyoung Hwan Hyungjin Hyunjoon Hyunseok Hyunsoo Hyunwoo Ilsung Inho Insoo Jaehoon Jaehyun Jaejin Jaemin
        Jaesung Jaewon Jaewook Jaeyoung Jeongho Jihoon Jihwan Jinho Jinhyuk Jinsoo Jinwoo Jinyoung Jongho Jonghyun Jongmin Jongsoo Joohyung Joon Joonho Joonsoo
        Junghoon Jungho Junghwan Jungwoo Junho Junhyuk Junseo Junyoung Kangmin Kihyun Kiyoung Kwangho Kwangsoo Kyuhyun Kyungho Kyungsoo Kyungmin Minho Minhyuk Minjae
        Minjun Minkyu Minseok Minsoo Minsung Minwoo Myungsoo Namjoon Sangchul Sangho Sanghoon Sanghyun Sangjin Sangmin Sangwoo Sangyoung Seojun Seokjin Seongho
        Seungchul Seungho Seunghoon Seunghyun Seungjun Seungmin Seungwoo Siwon Siwoo Sungho Sunghoon Sunghyun Sungjin Sungjun Sungmin Sungsoo Sungwoo Taehyun Taejin
        Taesung Taewoo Taeyang Taeyong Wonho Woojin Woosung Wooyoung Yejun Yonghwan Yongjun Yongsoo Yoonho Youngchul Youngho Younghoon Youngjae Youngjin Youngjun
        Youngmin Youngsoo Yunho
        Bao Baoping Baozhu Bin Bing Bingwen Bo Bolin Changming Chao Chaoyang Cheng Chengwei Chunlei Chunlin Da Dawei Dehua Deming Dong Feng Fu Fuguang Gang Guang
        Guanghui Guangming Guodong Guoliang Guoping Guoqiang Guowei Guozhi Haibo Haidong Haifeng Haitao Han Hang Hanming Hao Haoran Haoyu Heng Hongbo Hongwei Hua
        Huan Hui Jia Jiahao Jiaming Jian Jianbo Jianfeng Jianguo Jianhong Jianjun Jianlin Jianming Jianping Jianwei Jianxin Jianye Jianzhong Jie Jin Jinbo Jinfeng
        Jinlong Jinping Jinsong Jun Junfeng Junhua Junwei Kai Kang Ke Kun Lei Liang Likun Lin Liming Liwei Long Longwei Mengyao Minghao Minghui Ming Mingwei Ningbo
        Peng Pengfei Ping Qi Qiang Qing Qinghua Qingshan Qiu Ren Rongguang Ruolan Shaohua Shen Sheng Shengli Shi Shigang Shiming Shoushan Shuang Shuai Siyuan Song
        Tao Tianyi Tianyu Ting Tong Wang Weidong Weimin Weiming Weiguo Weihua Weiqiang Wen Wenbin Wenbo Wenhao Wenjie Wenjun Wenyan Wu Xiangyang Xiaobo Xiaodong
        Xiaofeng Xiaogang Xiaojun Xiaoming Xiaowei Xin Xing Xinhua Xiong Xu Xue Xueqin Yang Yao Yaozu Yijun Yifan Yiming Yong Yongjun Yongliang Yongqiang You Yuanjun
        Yuchen Yuhang Yulong Yunfei Yusheng Yuxuan Zedong Zemin Zeng Zhang Zhaohui Zhe Zhengguo Zhenhua Zhiwei Zhigang Zhihao Zhijian Zhiming Zhiqiang Zhiyong Zhiyuan
        Zhong Zhongwei Zian Zihao Zixin
        An Anh Bao Binh Canh Chau Chien Chinh Cong Cuong Dai Dan Dang Danh Dat Dinh Do Doan Duc Dung Duong Duy Giang Hai Hao Hau Hiep Hieu Hien Hoan Hoang Hung Huu Huy
        Khai Khanh Khoa Khoi Kien Lam Liem Loc Loi Long Luan Luc Manh Minh Nam Nghia Nghiem Ngoc Nguyen Nhan Nhat Nhon Phat Phi Phong Phu Phuc Quan Quang Quoc Quy Quyen
        Sinh Son Tai Tan Tam Tan Thai Thang Thanh Thien Thinh Tho Thong Thuan Tien Tin Toan Trai Tri Trieu Trong Trung Truong Tu Tung Tuong Vien Viet Vinh Vu Vuong Xuan
        Agustin Alfonso Amado Amador Antolin Apolinario Ariel Arnel Arsenio Bayani Benigno Benjie Bong Bongbong Butch Celso Crisanto Danilo Dante Datu Dindo Dodong Edgardo
        Efren Eladio Emmanuel Erwin Eusebio Ferdinand Fidel Florante Fortunato Gerardo Gilbert Honorio Isagani Jaypee Jejomar Jericho Joselito Junjun Lito Lauro Leandro
        Macario Mang Manny Marcelino Marlon Nestor Nonoy Noynoy Oscar Pacifico Paeng Procopio Ramil Reynaldo Rizal Rodel Rodolfo Rodrigo Rolando Romeo Romulo Ronaldo
        Rosauro Rowell Ruel Rufino Silvestre Teodoro Tirso Virgilio Wilfredo
        Adam Adrian Afanasy Albin Aleksandar Aleksander Aleksandr Aleksei Aleksey Aleksy Ales Alexandru Alexey Alojz Ambroz Anatol Anatoli Anatoly Andrei Andrej Andrey
        Andrii Andriy Andrzej Anto Anton Antoni Antun Apostol Arkadi Arkadiusz Arkady Arseny Artem Artur Artyom Attila Balazs Bartek Bartlomiej Bartosz Bela Blazej Bogdan
        Bogumil Boguslaw Bohdan Bohumil Bohuslav Bojan Boleslaw Bolek Borislav Borna Borys Borut Bostjan Boyan Bozidar Branimir Branislav Branko Bronislaw Cezary Cornel
        Cristian Csaba Cyryl Czeslaw Dalibor Damir Damjan Danijel Danila Danilo Dariusz Darko Davor Davorin Dejan Denes Denys Dimitar Dmitriy Dmitry Dobromir Dominik
        Dorian Dorin Dragan Dragomir Dragos Drahomir Drazen Dumitru Dusan Dzhamal Eduard Edvin Emanuil Emilian Eryk Evgeni Evgeny Fedir Fedor Felician Ferdynand Ferenc
        Filip Florian Florin Franciszek Franjo Frantisek Fyodor Gabor Gavril Gavrilo Gennady Georgi Georgiy Gergely Gheorghe Gleb Goran Gregor Grigori Grigory Grzegorz
        Gyorgy Gyula Heorhiy Hristo Hrvoje Hryhoriy Ignacy Igor Ihor Ilia Ilie Ilija Illya Ilya Imre Innokenty Ioan Ion Ionel Ionut Iosif Ireneusz Istvan Iulian Ivan
        Ivaylo Ivica Ivo Izydor Jacek Jakov Jakub Jan Janez Jano Janos Janusz Jaromir Jaroslav Jaroslaw Jasmin Jeno Jerzy Jevgeni Jindrich Jiri Joakim Josip Jovan Jozef
        Jozsef Julian Juraj Jure Juri Jurij Kacper Kajetan Kalman Kamen Kamil Karel Karol Karoly Kazimierz Kiril Kirill Klemen Klement Kolya Kondrat Konrad Konstantin
        Konstanty Kornel Kosta Krasimir Kresimir Krunoslav Krystian Krzysztof Kuba Kuzma Lajos Laszlo Lazar Lech Leonid Leopold Leslaw Leszek Lev Levko Liviu Ljubomir
        Ljubo Lovro Lubomir Lucjan Ludek Ludovit Ludwik Lukasz Lukas Luka Lyubomir Maciej Maksim Maksym Maksymilian Marcin Marek Marian Mariusz Marinko Marius Marko
        Martin Matej Mateusz Matija Matjaz Matus Matyas Matvei Maxim Mersad Michail Michal Mieczyslaw Mihai Mihail Mihajlo Mihaly Mijo Mikhailo Mikita Mikola Mikolaj
        Mikulas Milan Mile Milenko Milivoj Miljenko Milos Milosz Milovan Milutin Mircea Mirko Miro Miron Miroslav Miroslaw Mitja Mitko Mladen Momcilo Mykhailo Mykola
        Nandor Natan Nazar Nebojsa Nedeljko Nemanja Nenad Nicolae Nikifor Nikita Nikodem Nikola Nikolay Norbert Oleg Oleh Oleksandr Oleksii Oleksiy Olek Oliwier Ondrej
        Orest Oskar Ostap Osip Pal Panteleimon Patrik Patryk Pavle Pavlo Pawel Petar Petko Peter Petr Petru Petro Plamen Predrag Prohor Przemyslaw Radomir Radoslav
        Radoslaw Radovan Radu Rafal Rajko Rastislav Ratko Razvan Remigiusz Robert Rodion Roland Roman Rostislav Rumen Ruslan Ryszard Sandor Sandu Sanja Sasa Sava Savo
        Sebastian Semyon Senad Serhii Serhiy Sergej Sergiu Sergiusz Simeon Sinisa Slavko Slavoljub Slavomir Slawomir Slobodan Sorin Spartak Srdjan Srecko Stanimir
        Stanislaw Stanko Stas Stefan Stepan Stephan Stevan Stipe Stjepan Stoyan Svatopluk Svetislav Svetozar Svyatoslav Szymon Szczepan Tadeusz Tadej Tadeas Tamas Taras
        Teodor Tibor Tihomir Timofei Timur Tomas Tomasz Tomaz Tomislav Tymofiy Vaclav Vadim Vadym Valentin Valeri Valery Valeriu Vasil Vasile Vasili Vasily Vasyl Vedran
        Velibor Velimir Veselin Viktor Vilem Vilmos Vincenc Vinko Viorel Vit Vitali Vitaliy Vitaly Vitezslav Vjekoslav Vlad Vladan Vladimir Vladislav Vladyslav Vlado
        Vladko Vojtech Volodymyr Voytek Vsevolod Vuk Vyacheslav Waclaw Waldemar Walenty Wieslaw Wiktor Wincenty Witold Wladyslaw Wlodzimierz Wojciech Yakov Yaroslav Yefim
        Yegor Yevgeny Yevhen Yuriy Yury Zachar Zbigniew Zbynek Zdenek Zdravko Zdzislaw Zeljko Zenon Zivko Zlatan Zlatko Zoran Zsolt Zvonimir Zygmunt
        Aage Aake Aatos Ahti Aimo Ake Alf Algot Anders Andreas Anker Antero Antti Ari Arild Arne Arni Arnfinn Arnt Arto Arvid Arvo Asbjorn Asger Aslak Asmund Atle Audun
        Balder Bengt Bent Bertil Birger Birk Bjarne Bjarni Bjoern Bjarte Bo Borge Borje Brage Brynjar Bryn Carsten Christer Christoffer Claes Dag Dagfinn Edvard Eero Eetu
        Egil Egill Eigil Einar Eino Eirik Eivind Ejnar Elof Emil Endre Enok Erkki Erlend Erling Esa Esben Eskil Espen Even Eyvind Finn Flemming Folke Fredrik Frede Frode
        Geir Gisle Gisli Gorm Gosta Greger Gudmund Gudmundur Gunnar Gustaf Gustav Haakon Haavard Hakan Hakon Hallgeir Halldor Hallvard Halvard Halvor Hannu Harald Haraldur
        Hardy Harri Heikki Heimo Helge Helgi Henning Henrik Hjalmar Holger Iikka Ilkka Ilmari Ingemar Ingmar Ingolf Ingvar Isak Ivar Iver Jaakko Jan-Erik Janne Jari Jarle
        Jarl Jarmo Jens Jeppe Jesper Joakim Jochum Johannes Jon Joni Jonny Jorgen Jorma Jostein Jouko Jouni Juha Juhani Juho Jukka Jussi Kaarlo Kai Kaj Kalervo Kalevi Kalle
        Kari Karsten Kasper Kauko Kenneth Kent Kim Kjartan Kjeld Kjell Klaus Knud Knut Kristofer Kristoffer Kurt Kyosti Lasse Lauri Lauritz Leif Lennart Loke Lorentz Ludvig
        Mads Magne Magnus Markku Marko Markus Marten Marthin Martti Mathias Matti Mats Mattias Mauri Mauritz Mika Mikael Mikko Mogens Morten Niels Niklas Niilo Nils Njal Odd
        Oddbjorn Oddvar Ola Olaf Olav Olavi Ole Olle Olli Olof Onni Orjan Osmo Osvald Ove Oystein Paavo Pal Palle Pasi Paul Peder Pekka Pentti Per Pertti Petri Petter Poul
        Preben Ragnar Raimo Rasmus Rauno Reidar Reijo Rikard Risto Roald Roar Roger Rolf Rune Runar Sakari Sami Samuli Sander Sauli Seppo Sigfrid Sigmund Sigurd Sigurdur
        Simen Sindre Sivert Sixten Sjur Skjalg Snorre Sofus Soren Stein Steinar Steingrim Sten Stian Stig Sture Sune Svein Sven Svend Sverre Tage Taisto Tapani Tapio Tarjei
        Tauno Teemu Tero Terje Teuvo Thomas Thor Thorbjorn Thore Thorleif Thorstein Thorvald Timo Toivo Tom Tor Torbjorn Tord Tore Torgeir Torgny Torkel Torkil Tormod Torolf
        Torstein Torsten Trond Troels Trygve Tuomas Tuomo Tuure Ulf Ulrik Uno Urban Urho Urpo Vagn Valdemar Vebjorn Veijo Vegard Veikko Vemund Verner Vidar Viggo Vilhelm
        Viljo Ville Villy Vesa Yngvar Yngve Yrjo Ymir
        Achim Adalbert Adelmo Adolf Alain Albrecht Aldo Alois Aloys Amadeo Amedeo Ambrogio Andrea Angelo Anselm Ansgar Antoine Antonello Armand Arnaud Arnd Arne Arnulf
        Attilio August Auguste Aurelien Baldassare Baptiste Bart Bartolomeo Bas Bastian Bastien Battista Benedikt Benito Benno Benoit Bernd Bernhard Berthold Bertrand
        Biagio Bodo Burkhard Calogero Camille Carmelo Carmine Carsten Cees Cedric Celestino Cesare Christoph Christophe Ciro Clemens Clement Corrado Cosimo Cristiano
        Damiano Dario Davide Denis Detlef Didier Dierk Dietmar Dietrich Dino Dirk Domenico Donato Dries Edgardo Edoardo Eckhard Eckart Eddy Edmond Edouard Egon Eike
        Ekkehard Elio Elmar Emanuele Emile Emilien Ennio Enno Enrico Enzo Eraldo Erhard Ermanno Ernst Erwin Etienne Ettore Eugen Eugenio Evert Ewald Fabio Fabien Fabrice
        Fabrizio Fausto Federico Felice Ferdinando Ferruccio Filippo Flavio Florent Florian Fokke Folkert Fortunato Franck Franz Fredo Frederic Frederik Frits Fritz Fulvio
        Gabriele Gaetan Gaetano Gaspard Gaspare Gaston Gauthier Georg Georges Gerbert Gerd Gerhard Gerhardt Germain Germano Gernot Gerolamo Gerrit Gert Gervais Ghislain Giacomo
        Giampaolo Giancarlo Gianfranco Gianluca Gianluigi Gianmarco Gianpiero Gilles Gino Giordano Giorgio Giosue Giuliano Giulio Gottfried Gottlieb Gregoire Gregor
        Guglielmo Guido Guillaume Gunter Gunther Gustave Guus Guy Hannes Hans-Peter Harald Hartmut Hartwig Heiko Heiner Heinz Helge Hellmut Helmut Helmuth Hendrik Henk
        Henning Herbert Hermann Hermes Herve Hinrich Holger Horst Hubertus Hugo Hugues Ignazio Ingo Innocenzo Ivo Jaap Jaco Jacopo Jakob Jannick Jannik Jasper Jean Jelle
        Jens Jeroen Jerome Joachim Jobst Jochen Joep Joerg Joffrey Jonas Joost Joop Joris Jorn Jos Josef Josselin Julien Jupp Jurgen Karl-Heinz Karlheinz Kars Kaspar Kees
        Kilian Klaas Klemens Klaas Koen Konrad Korbinian Kuno Kurt Lambert Lamberto Laurent Lazzaro Leandro Leonhard Leonce Leopoldo Lino Lionel Loic Lorenz Lothar Luc Luciano
        Lucien Ludger Ludo Ludovic Ludovico Ludwig Luitpold Lutz Maarten Malte Manfredi Manlio Mantas Marcello Marius Marijn Markus Martijn Massimiliano Massimo Mathieu
        Mathis Mathijs Mattheus Matthieu Mattia Maurits Maurizio Mauro Maxence Maxime Melchior Menno Michel Michele Michiel Mirco Moritz Nazario Nello Niccolo Nicola
        Niek Niels Nils Nino Norbert Norberto Octave Odo Onofrio Oreste Orfeo Oscar Oskar Oswald Ottavio Ottmar Ottmar Otmar Pascal Pasquale Patrice Patrizio Paolo Pepijn
        Philibert Philipp Pier Piero Piet Pieter Pierrick Pim Primo Quirino Quinten Raffaele Raimondo Raimund Rainer Raoul Ralf Reiner Reinhard Reinhold Reinier Remi
        Remo Renato Renaud Renzo Rico Rinaldo Robrecht Rocco Rodolphe Roel Roeland Rogier Roland Rolf Romain Romano Romeo Romolo Romuald Ronan Rosario Ruben Rudiger Rudi
        Ruggero Ruggiero Rupert Rutger Ruud Salvo Samuele Sandro Sante Santo Sascha Savino Savoldo Sepp Serge Sergio Severin Severino Siegbert Siegfried Siegmund Siem
        Sigmund Sigismund Sil Silvain Silvano Silvestro Silvio Sjaak Sjoerd Stanislas Stefaan Steffen Stephane Stijn Sylvain Tancredi Teun Thaddaus Theo Theobald
        Theodoor Thibaud Thibault Thierry Thijs Thilo Thorben Thomas Tiberio Tiemo Tiziano Till Tilman Tim Timo Timon Timoteo Tjeerd Tobias Tommaso Toon Torben Torsten
        Tristan Tullio Udo Ueli Ugo Ulf Ulli Ulrich Umberto Urs Utz Valentin Valentino Valere Valerio Veit Vico Vinzenz Virgile Virgilio Vitale Vito Vittore Vittorio
        Volker Volkmar Wally Walther Wendelin Wenzel Werner Wieland Wilbert Wilfried Wilhelm Willem Willi Willibald Wim Winfried Wolf Wolfram Wolfgang Wouter Xaver Yann
        Yannick Yannis Yves Yvon Zeno
        Achilleas Alekos Alexandros Alexios Anargyros Anastasios Anastasis Andonis Andreas Angelos Anestis Antonis Antonios Apostolos Argyris Aris Aristidis Aristotelis
        Athanasios Bill Charalampos Charalambos Charilaos Christos Chrysanthos Chrysostomos Costas Damianos Dimitrios Dimitris Dimosthenis Dionysios Dionysis Efstathios
        Efthimios Eleftherios Elias Epaminondas Evangelos Filippos Fotios Fotis Georgios Gerasimos Giannis Giorgos Grigoris Haralambos Iakovos Ilias Ioannis Iosif Isidoros
        Kleanthis Kostas Konstantinos Konstantin Kyriakos Kyriacos Lampros Lazaros Lefteris Leonidas Loukas Makis Manolis Marinos Marios Matthaios Meletis Menelaos Michalis
        Michail Miltiadis Nektarios Nicos Nikiforos Nikolaos Nikos Odysseas Orestis Panagiotis Panayiotis Panos Pantelis Paraskevas Pavlos Pericles Periklis Petros Polykarpos
        Prodromos Rigas Savvas Sokratis Sotirios Sotiris Spiros Spyridon Spyros Stamatis Stathis Stavros Stefanos Stelios Stylianos Takis Tasos Telemachos Thanasis Thanos
        Themistoklis Theodoros Theofilos Theofanis Thrasyvoulos Timoleon Tryfon Vaggelis Vangelis Vasileios Vasilios Vasilis Vassilis Vlasis Xenofon Yanni Yiannis Yiorgos
        Zacharias Zisis
        Abdurrahman Adem Ahmet Ali Alper Altan Anil Arda Arslan Asim Atakan Ates Atilla Aydin Ayhan Aykut Baris Batuhan Bayram Bekir Berat Berk Berkay Bora Bulent Burak Cahit
        Can Caner Celal Cem Cemal Cemil Cengiz Cetin Cihan Coskun Cumhur Cuneyt Davut Dogan Dogukan Durmus Dursun Ege Emin Emir Emrah Emre Enes Engin Enver Ercan Erdal Erdem
        Erdogan Eren Ergin Erhan Erkan Erol Ersin Ertan Ertugrul Evren Eyup Fahri Faik Fatih Ferhat Ferit Fevzi Fikret Firat Furkan Galip Gokhan Gurkan Guven Hakan Halil Halit
        Haluk Hamdi Hasan Haydar Hikmet Huseyin Husnu Ibrahim Ilhan Ilker Ilyas Irfan Ismet Izzet Kaan Kadir Kamil Kaya Kazim Kemal Kenan Kerem Kerim Koray Korkmaz Kubilay
        Kutay Levent Lutfi Mahmut Mazhar Mehmet Melih Mert Mesut Mete Metin Mevlut Mikail Muhammet Muhittin Murat Musa Mustafa Muzaffer Naci Nazim Necati Necdet Necmettin
        Nihat Nuri Nurettin Oguz Oguzhan Okan Oktay Olcay Omer Onder Onur Orhan Osman Ozan Ozcan Ozgur Ozkan Polat Ramazan Recep Remzi Resul Riza Sabri Sadik Sakir Salih Sami
        Savas Sedat Sefa Selahattin Selcuk Selim Semih Serdar Serhat Serkan Sezer Sinan Suat Suleyman Sukru Tahsin Tamer Taner Tarik Tayfun Tayyip Temel Tevfik Tolga Tufan
        Tugrul Tuncay Tuncer Turan Turgay Turgut Turhan Ufuk Ugur Umit Umut Vedat Veli Volkan Yakup Yalcin Yasar Yasin Yavuz Yigit Yilmaz Yuksel Yunus Yusuf Zafer Zeki
        Aharon Ahron Akiva Alon Alter Amichai Amir Amnon Amram Ari Arieh Aryeh Asaf Asher Avi Aviel Avigdor Avihu Avishai Aviv Avner Avraham Avram Avrohom Avrumi Azriel
        Baruch Benzion Berel Betzalel Binyamin Binyomin Boaz Chaim Chanan Chanoch Dov Dovid Dror Efraim Efrem Ehud Elazar Eldad Elad Elchanan Elchonon Eli Eliahu Eliav Eliezer
        Elimelech Eliyahu Elkanah Elyakim Eran Eyal Ezra Feivel Fishel Gadi Gal Gavriel Gedalia Gershon Getzel Gidon Gilad Guy Hanan Haim Hershel Hillel Idan Ido Idan Ilan
        Issachar Itai Itamar Itay Itzhak Izhak Kalman Kobi Leibel Leib Leiby Lior Liron Matan Meir Menachem Menashe Mendel Mendy Meshulam Michoel Mordechai Moishe Moshe Motti
        Nachman Nachum Nadav Naftali Nahum Natan Nathanel Netanel Nir Nissan Nissim Noam Ofer Ofir Ohad Omri Oren Ori Pesach Pinchas Pinchos Pinny Raanan Rafi Ran Raphael Reuven
        Roi Ron Ronen Sagi Shai Shalom Shamai Shaul Shaya Shimon Shimshon Shlomi Shlomo Shmaryahu Shmuel Shmuli Shneur Sholom Shragi Simcha Srulik Tal Tamir Tomer Tuvia Tzvi
        Uri Uzi Velvel Yaakov Yair Yakir Yakov Yankel Yaniv Yankev Yaron Yechezkel Yechiel Yehonatan Yehoshua Yehuda Yekutiel Yeshaya Yisrael Yisroel Yitzchak Yitzchok Yitzhak
        Yoav Yochanan Yoel Yoni Yonatan Yosef Yosi Yossi Yotam Yuval Zalman Zecharia Zev Zeev Ziv Zvi
        Adalberto Adan Adolfo Agapito Alberto Alcides Alejo Alexis Alfonso Alirio Alvaro Amador Amancio Ambrosio Anacleto Anastasio Andres Angel Anibal Anselmo Antonio Apolinar
        Arcadio Ariel Aristides Armando Arnulfo Arsenio Arturo Asdrubal Atanasio Augusto Aureliano Aurelio Avelino Baldomero Baltasar Bartolo Bartolome Baudilio Benigno Benito
        Bernabe Bernardino Bernardo Bonifacio Braulio Bruno Camilo Candido Carmelo Casimiro Catalino Cayetano Celedonio Celestino Cesareo Ciriaco Cirilo Claudio Clemente Cornelio
        Crescencio Crisanto Cristobal Cruz Cuauhtemoc Dagoberto Damaso Danilo Dario Demetrio Desiderio Diego Dimas Dionisio Domingo Donaciano Edelmiro Edgardo Edmundo Eduardo Efrain
        Efren Eladio Eleazar Elenilson Eleuterio Eligio Eliseo Eloy Elpidio Emeterio Emigdio Emiliano Emilio Enrique Epifanio Erasmo Ernesto Esequiel Estanislao Esteban Eudoro
        Eufemio Eugenio Eulalio Eulogio Eusebio Eustaquio Evaristo Everardo Ezequiel Fabian Fabricio Facundo Faustino Fausto Federico Feliciano Felipe Felix Ferdinando Fermin
        Fernando Fidel Filemon Filiberto Florencio Florentino Fortunato Francisco Froilan Fulgencio Gabino Gamaliel Gaspar Genaro German Gerardo Germain Gilberto Gonzalo Gregorio
        Guadalupe Gualberto Guillermo Gumersindo Gustavo Heberto Hector Heliodoro Heriberto Hermenegildo Herminio Hernan Hernando Hilario Hipolito Homero Horacio Huber Hugo Humberto
        Ignacio Ildefonso Inocencio Iker Irineo Isaias Isidoro Isidro Ismael Israel Jacinto Jacobo Jaime Jairo Javier Jenaro Jeremias Jeronimo Jesus Joaquin Joel Jonas Jorge Jose
        Josue Juan Julian Julio Justino Justo Juvenal Juventino Ladislao Lautaro Lazaro Leandro Leobardo Leocadio Leonardo Leoncio Leonel Leonidas Leopoldo Librado Lino Lisandro
        Lorenzo Lucas Luciano Lucio Luis Macario Macedonio Manolo Manuel Marcelino Marcelo Marcial Marco Marcos Margarito Mariano Mario Martin Mateo Matias Mauricio Mauro Maximiliano
        Maximino Maximo Melchor Melquiades Melquisedec Miguel Misael Modesto Moises Narciso Nazario Nemesio Nestor Nicanor Nicasio Nicolas Nicomedes Noe Norberto Octavio Olegario
        Omar Onesimo Orlando Oscar Osvaldo Oswaldo Otoniel Pablo Pancho Pascual Patricio Paulino Pedro Pepe Perfecto Pio Placido Policarpo Ponciano Porfirio Primitivo Procopio
        Prudencio Quirino Rafael Raimundo Ramiro Ramon Raul Raymundo Refugio Remigio Renato Rene Reinaldo Reyes Reynaldo Ricardo Rigoberto Roberto Rodolfo Rodrigo Rogelio Rolando
        Roman Romulo Roque Rosalio Rosendo Ruben Rufino Ruperto Rutilio Sabas Sabino Salomon Salvador Samuel Santiago Santos Saturnino Saul Sebastian Secundino Segundo Senen Serafin
        Sergio Severiano Severo Sigifredo Silverio Silvestre Silvio Simon Sixto Teodoro Teofilo Tiburcio Timoteo Tito Tomas Toribio Tranquilino Trinidad Ubaldo Ulises Urbano Uriel
        Valentin Valeriano Venancio Venustiano Vicente Victor Victoriano Vidal Virgilio Vladimir Wenceslao Wilfredo Wilmer Wilson Yahir Zacarias Zenon
        """
}
