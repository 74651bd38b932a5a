"""People after whom medicine named its signs, diseases, scores, maneuvers and tools. From general knowledge."""

EPONYMS = """
Abbe Achilles Addison Adson Alagille Allen Allis Alport Alzheimer Apgar Argyll Arnold Aschoff Asherman Asperger Auer
Auspitz Austin Babinski Baker Balint Bankart Barlow Barrett Bartholin Bartter Battle Beck Becker Beckwith Behcet Bell
Bence Bennett Berger Bernard Bertolotti Billroth Bishop Bloom Boerhaave Bouchard Bouveret Bowen Braden Braxton Breslow
Brisbane Broca Brodie Brown Bruce Brudzinski Brugada Budd Buerger Burkitt Byler Caplan Caroli Carpenter Castleman Chagas
Chance Charcot Chediak Cheyne Chiari Child Churg Chvostek Codman Colles Conn Cooley Coombs Cori Courvoisier Coxsackie
Creutzfeldt Crigler Crohn Cullen Curling Cushing Dandy Darier Dercum Devic Diamond DiGeorge Dix Down Dressler
Dubin Duchenne Dukes Dupuytren Duroziez Ebstein Edinburgh Edwards Ehlers Eisenmenger Epley Epworth Erb Ewing Fabry
Fallot Fanconi Felty Finkelstein Fisher Fitz Foley Fournier Framingham Freiberg Friedreich Fuhrman Galeazzi Gardner
Gartland Gaucher Gilbert Glanzmann Glasgow Gleason Goodpasture Gottron Gower Graves Grey Guillain Gustilo Hageman Ham
Hamilton Hampton Hand Harrison Hashimoto Hawkins Heberden Heimlich Heinz Henoch Hill Hirschsprung Hodgkin Hoehn Hoffmann
Homans Horner Howell Huntington Hurler Hutchinson Ishihara Jackson Janeway Jones Kaposi Karnofsky Kartagener Katz
Kawasaki Kayser Kehr Kernig Kienbock Killip Kleihauer Klinefelter Klippel Klumpke Koplik Korsakoff Krukenberg Kussmaul
Lachman Langerhans Lasegue Laurence Lawton Legg Lennox Leopold Leriche Levine Lewy Lhermitte Lichtman Lisfranc Loeffler
Ludwig Lyme Maddrey Maisonneuve Mallampati Mallory Mantoux Marcus Marfan Mayo McArdle McBurney McMurray Meckel Meigs
Menetrier Meniere Mentzer Mikulicz Mobitz Mohs Mondor Monro Monteggia Moro Morse Morton Muller Munchausen Murphy Neer
Nelson Niemann Noonan Norton Ober Ogilvie Ortolani Osgood Osler Paget Pancoast Parkinson Partin Patau Patrick Perthes
Peutz Peyronie Phalen Pick Plummer Poland Pompe Pott Potter Prader Prinzmetal Purkinje Queckenstedt Quincke Ramsay
Ranson Raynaud Reiter Rett Reye Reynolds Richter Riedel Rinne Rockwood Romberg Rorschach Roth Rotter Rovsing Salter
Schamroth Schatzker Schilling Schirmer Schober Seldinger Sengstaken Sever Sheehan Shy Simmonds Sister Sjogren Snellen
Spurling Stevens Still Stokes Strumpell Sturge Sydenham Takayasu Tanner Tay Thomas Thompson Tietze Tinel Tinetti Todd
Tourette Trendelenburg Trousseau Turner Valsalva Virchow Wallenberg Waterhouse Weber Wegener Weil Wells Wenckebach
Wernicke Whipple Widal Wiener Williams Wilms Wilson Wolff Wood Yergason Zenker Ziehl Zollinger
""".split()
