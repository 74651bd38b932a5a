// Written from general knowledge of the names in use in the United States and among its immigrants. No list was copied.
extension WordLists {
    static let feminineNames = """
        Abigail Ada Adelaide Adele Adriana Agnes Aicha Aileen Aisha Akiko Alana Alba Alejandra Alexa Alexandra Alexis
        Alice Alicia Alina Alisha Alison Allison Alma Alyssa Amal Amalia Amanda Amber Amelia Amelie Amina Amira Amy
        Ana Anastasia Andrea Angela Angelica Angelina Anika Anita Ann Anna Annabelle Anne Annette Annie Antonia April
        Ariana Arlene Ashley Astrid Audrey Aurora Ava Barbara Beatrice Beatriz Becky Belinda Bella Bernadette Bernice
        Bertha Bess Beth Bethany Betsy Betty Beverly Bianca Birgit Blanca Bonnie Brenda Briana Bridget Brigitte
        Britney Brittany Caitlin Camila Camille Candace Cara Carla Carmen Carol Carole Carolina Caroline Carolyn
        Carrie Cassandra Catalina Catherine Cathy Cecilia Celeste Celia Chantal Charlene Charlotte Chelsea Cheryl
        Chiara Chloe Christina Christine Cindy Claire Clara Clarissa Claudia Colleen Connie Constance Consuelo Cora
        Corinne Courtney Cristina Crystal Cynthia Dagmar Daisy Dana Daniela Danielle Daphne Darlene Dawn Debbie
        Deborah Debra Deepa Deirdre Delia Denise Desiree Diana Diane Dolores Donna Dora Doreen Doris Dorothea Dorothy
        Durga Ebony Edith Edna Eileen Elaine Eleanor Elena Eliana Elisa Elisabeth Elise Eliza Elizabeth Ella Ellen
        Ellie Eloise Elsa Elsie Elvira Emilia Emily Emma Erica Erika Erin Esmeralda Esperanza Estelle Esther Ethel
        Eugenia Eva Evelyn Faith Farah Fatima Faye Felicia Fernanda Fiona Flora Florence Frances Francesca Francine
        Freda Frida Gabriela Gabrielle Gail Gemma Genevieve Georgia Geraldine Gertrude Gianna Gina Giulia Gladys
        Glenda Gloria Grace Graciela Greta Gretchen Guadalupe Gudrun Gwendolyn Hailey Haley Hana Hannah Harriet Hazel
        Heather Heidi Helen Helena Helene Helga Henrietta Hilary Hilda Holly Hope Hui Ida Ilse Imani Imelda Ines Inga
        Ingrid Irene Iris Irina Irma Isabel Isabella Isabelle Isla Ivana Ivy Jackie Jacqueline Jade Jaime Jana Jane
        Janet Janice Janine Jasmine Jean Jeanette Jeanne Jenna Jennie Jennifer Jenny Jessica Jessie Jill Jo Joan Joann
        Joanna Joanne Jocelyn Johanna Josephine Joy Joyce Juana Juanita Judith Judy Julia Juliana Julie Juliet June
        Kaitlyn Kamala Karen Karin Karina Karla Kate Katarzyna Katherine Kathleen Kathryn Kathy Katie Katrina Kay
        Kayla Keiko Keisha Kelly Kelsey Kendra Kerry Khadija Kim Kimberly Kirsten Kristen Kristin Kristina Kristine
        Krystal Lakshmi Lana Lara Latisha Laura Lauren Layla Lea Leah Leila Lena Leona Leonor Leslie Leticia Lila
        Lilian Lillian Lily Linda Lindsay Lisa Liza Lois Lola Loretta Lori Lorraine Louise Lourdes Lucia Lucille
        Lucinda Lucja Lucy Luisa Luz Lydia Lynn Mabel Madeline Madison Magdalena Maggie Mai Malgorzata Mandy Manuela
        Mara Marcela Marcia Margaret Margarita Margot Marguerite Maria Mariah Mariam Marian Mariana Marianne Marie
        Marilyn Marina Marion Marisa Marisol Marjorie Marlene Marta Martha Martina Mary Matilda Maureen Maxine Maya
        Meera Megan Mei Melanie Melinda Melissa Melody Mercedes Meredith Mia Michele Michelle Mildred Mildrid Milena
        Mina Minerva Miranda Miriam Misty Molly Mona Monica Monika Muriel Myra Myriam Myrtle Nadia Nadine Nancy Naomi
        Natalia Natalie Natasha Nellie Nicole Nina Noelle Noor Nora Norah Noreen Norma Olena Olga Olivia Opal Oksana
        Paige Paloma Pamela Patience Patricia Patsy Patty Paula Paulette Pauline Pearl Peggy Penelope Penny Petra
        Phoebe Phyllis Pilar Polly Priscilla Priya Rachel Ramona Raquel Rebecca Regina Renata Renee Rhonda Rita
        Roberta Robin Rocio Rosa Rosalie Rosalind Rosario Rose Rosemary Roxanne Ruby Ruth Sabrina Sally Salma Samantha
        Samira Sandra Sara Sarah Sasha Savannah Selena Selma Shannon Sharon Sheila Shelby Shelly Sherri Sherry Shirley
        Sierra Sigrid Silvia Simone Siobhan Sofia Soledad Sonia Sonja Sonya Sophia Sophie Stacey Stacy Stefania Stella
        Stephanie Sue Summer Sunita Susan Susana Susanna Suzanne Svetlana Sybil Sydney Sylvia Tabitha Tamara Tammy
        Tanya Tara Tatiana Tatyana Teresa Teri Terri Tess Thandiwe Thelma Theresa Tiffany Tina Toni Tonya Tracey Tracy
        Trang Tricia Trina Trisha Trudy Ursula Valentina Valeria Valerie Vanessa Velma Vera Verna Veronica Vicki
        Vickie Victoria Viola Violet Virginia Vivian Vivienne Wanda Wendy Whitney Wilhelmina Wilma Winifred Xiomara
        Yasmin Yelena Yesenia Yoko Yolanda Yuki Yvette Yvonne Zahra Zara Zainab Zelda Zoe Zoya Zsofia Zuzana
        """

    static let masculineNames = """
        Aaron Abdul Abdullah Abe Abel Abraham Adam Adrian Ahmad Ahmed Akira Alan Albert Alberto Aldo Alec Alejandro
        Alex Alexander Alexei Alfonso Alfred Alfredo Ali Allan Allen Alonzo Alvin Amir Amit Amos Anders Andre Andreas
        Andres Andrew Andy Angel Angelo Angus Anthony Anton Antonio Archie Ari Armando Arnold Arthur Arturo Arun Ashok
        Aubrey August Austin Avery Bashir Barry Bartholomew Basil Ben Benedict Benjamin Bernard Bernardo Bernie Bert
        Bilal Bill Billy Bjorn Blake Bob Bobby Boris Brad Bradley Brandon Brendan Brent Brett Brian Bruce Bruno Bryan
        Bryce Byron Caleb Calvin Cameron Carl Carlos Carlton Cary Casey Cecil Cedric Cesar Chad Charles Charlie
        Chester Chidi Chris Christian Christopher Chuck Claude Clarence Clark Clayton Clifford Clifton Clint Clinton
        Clyde Cody Colin Conrad Corey Cornelius Craig Curtis Cyril Cyrus Dale Damian Damon Dan Daniel Danny Darius
        Darnell Darrell Darren Darryl Dave David Dean Deepak Dennis Derek Derrick Desmond Devin Devon Dexter Diego
        Dieter Dilip Dimitri Dmitri Dmytro Dominic Don Donald Donovan Doug Douglas Drew Duane Duncan Dustin Dwayne
        Dwight Dylan Earl Ed Eddie Edgar Edmund Eduardo Edward Edwin Elias Eli Elijah Elliott Ellis Elmer Elvis
        Emanuel Emil Emilio Emmanuel Enrique Eric Erik Ernest Ernesto Ernie Ervin Esteban Ethan Eugene Evan Everett
        Fabian Faisal Farid Felipe Felix Ferdinand Fernando Fidel Finn Floyd Francesco Francis Francisco Franco
        Francois Frank Franklin Fred Freddie Frederick Fredrik Friedrich Gabriel Garrett Gary Gavin Gene Geoff
        Geoffrey George Gerald Gerard Gerardo Gianni Gilbert Gilberto Giovanni Giuseppe Glen Glenn Gonzalo Gordon
        Graham Grant Greg Gregory Guillermo Gunther Gus Gustavo Guy Habib Hamza Hans Harold Haruto Harris Harrison
        Harry Harvey Hasan Hassan Hector Heinrich Henri Henrik Henry Herbert Herman Hiroshi Homer Horace Horst Howard
        Hubert Hugh Hugo Hussein Ian Ibrahim Ignacio Igor Imran Ira Irving Isaac Isaiah Isamu Ismael Ivan Jack Jackson
        Jacob Jacques Jake Jamal James Jan Jared Jason Javier Jay Jean-Pierre Jeff Jefferson Jeffery Jeffrey Jerald
        Jeremiah Jeremy Jermaine Jerome Jerry Jesse Jesus Jim Jimmy Joaquin Joe Joel Joey Johan Johann John Johnathon
        Johnny Jon Jonas Jonathan Jordan Jorge Jose Josef Joseph Joshua Josiah Juan Julian Julio Julius Jurgen Justin
        Kamal Karl Kazuo Keith Ken Kenji Kenneth Kenny Kent Kevin Khalid Khalil Kieran Kirk Klaus Kristian Kumar Kurt
        Kwame Kyle Lamar Lance Larry Lars Laurence Lawrence Lee Leif Leo Leon Leonard Leonardo Leroy Lester Levi Lewis
        Liam Linus Lionel Lloyd Logan Lonnie Lorenzo Lou Louie Louis Lucas Luca Luigi Luis Luke Luther Lyle Mahmoud
        Malcolm Malik Manfred Manuel Marc Marcel Marco Marcos Marcus Marek Mario Mark Marlon Marshall Martin Marty
        Marvin Mason Mateo Mathew Matt Matthew Matthias Maurice Mauricio Max Maxwell Mehmet Melvin Michael Micheal
        Miguel Mikael Mike Mikhail Milan Miles Milo Milton Minh Mitchell Mohamed Mohammad Mohammed Moises Morris Moses
        Muhammad Murray Mustafa Myron Nathan Nathaniel Neal Ned Neil Nelson Nicholas Nick Nicolas Nikhil Nikolai Noah
        Noel Norbert Norman Olaf Oleg Oliver Olivier Omar Orlando Oscar Osman Otis Otto Owen Pablo Pascal Patrick Paul
        Pavel Pedro Percy Perry Pete Peter Phil Philip Philippe Phillip Pierre Pietro Piotr Preston Quentin Quincy
        Rafael Rahul Raj Rajesh Ralph Ramesh Ramon Randall Randolph Randy Raphael Rashid Raul Ravi Ray Raymond Reggie
        Reginald Reza Rene Ricardo Richard Rick Ricky Riley Rob Robert Roberto Rocco Rod Roderick Rodney Rodolfo
        Rodrigo Rogelio Roger Rohan Roland Rolando Roman Ron Ronald Ronnie Roosevelt Rory Ross Roy Ruben Rudolf
        Rudolph Rudy Rufus Russell Ryan Salvador Salvatore Sam Samir Sammy Samuel Sandeep Sanjay Santiago Sanjeev Saul
        Scott Sean Sebastian Sergei Sergey Sergio Seth Seymour Shane Shaun Shawn Sheldon Sherman Shiro Sidney Simon
        Sohail Solomon Sonny Spencer Stan Stanislav Stanley Stefan Stefano Stephan Stephen Steve Steven Stewart Stuart
        Sunil Suresh Sven Syed Takashi Tariq Taylor Ted Terence Terrance Terrell Terrence Terry Thaddeus Theo Theodore
        Thomas Thorsten Tim Timothy Toby Todd Tom Tomas Tommy Tony Travis Trevor Tristan Troy Tuan Tyler Tyrone Ulrich
        Umar Uwe Vernon Vicente Victor Vijay Vikram Viktor Vince Vincent Vinod Vito Vladimir Wade Wallace Walter
        Warren Wayne Wei Wendell Wesley Wilbert Wilbur Wilfred Will Willard William Willie Willis Wilson Winston
        Wolfgang Woodrow Xavier Yosef Yuri Yusuf Zachary Zane Zoltan
        """
}
