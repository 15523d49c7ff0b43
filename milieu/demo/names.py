"""What people in the demonstration are called: given names with pronouns, and family names, by origin.

Invented combinations; nobody real is meant. One given name lives in the house at a time, for boards speak by given name.
"""

from __future__ import annotations

from random import Random

SHE, HE, THEY = "she/her", "he/him", "they/them"

# origin: (given names of women, of men, family names)
ORIGINS: tuple[tuple[str, str, str], ...] = (
    ("Ruth Grace Sofie Dee Molly Joan Tess Abby Nell Fern", "Carl Ben Tom Marcus Owen Kit Ralph Ned Hugh Miles",
     "Dawlish Fernsby Wetherly Tamblyn Aldous Marwick Oakhurst Penhale Birtwell Lorrimer"),
    ("Elena Sofia Marisol Itzel Paloma Ximena Lucia", "Alejandro Mateo Ignacio Efrain Tomas Joaquin Benicio",
     "Cardenas Robledo Villaplana Quintero Zamarripa Olivarez Terrazas Barragan"),
    ("Aisha Mina Leila Samira Yasmin Nour", "Yusuf Karim Idris Tarek Samir Bilal",
     "Nassiri Haddadin Belkacem Ouazzani Khoury Benslim Zerrouki"),
    ("Priyanka Meera Anjali Kavita Lakshmi", "Arjun Rohan Vikram Sanjay Devan",
     "Selvaraj Bhattarai Kulkarni Iyengar Thapa Gunasekara"),
    ("Ama Esi Ngozi Adaeze Folake Abena", "Kofi Kwame Chidi Emeka Tunde Yaw",
     "Pobee Owusu Nwachukwu Adeyinka Boateng Ezeilo Asante"),
    ("Hana Yuki Emi Naoko Rin", "Kenji Haru Daichi Ren Shun", "Morikawa Shiraki Onodera Hayashida Kitagiri"),
    ("Mei Xiulan Lihua Jingyi", "Wei Jun Haoran Bo", "Qiu Shen Cao Deng Luo Peng Tan"),
    ("Linh Thuy Mai Kim-Ly", "Minh Duc Quang Bao", "Doan Luong Trieu Huynh Vuong"),
    ("Jasmine Marikit Ligaya Corazon", "Jonah Rodel Dante Efren", "Bautista Macaraeg Dimalanta Panganiban Abueva"),
    ("Kasia Zofia Danuta Oksana Iryna Milena", "Luca Pavel Marek Taras Bogdan Stefan",
     "Gorski Wierzba Halushko Savchuk Stoyanov Kralik Drozdow"),
    ("Giulia Chiara Eleni Despina", "Matteo Renzo Nikos Stavros", "Bellandi Morettini Kalogeras Papadakos Ferrante"),
    ("Solange Mirlande Fabiola", "Jean-Luc Wilner Yves", "Desravines Toussard Beauplan Jolicoeur Metellus"),
    ("Almaz Tigist Hodan Zahra", "Dawit Yonas Abdi Liban", "Tesfaye Gebre Warsame Farahani Bekele"),
    ("Leilani Mele Sina", "Keoni Tavita Sione", "Kahale Faleolo Makoa Leavasa"),
    ("Shandiin Nizhoni Dezba", "Ahiga Niyol Shiye", "Begaye Tsosie Nakai Etsitty"),
    ("Ingrid Greta Maren", "Anders Jonas Lars", "Lindvall Osterby Hansgaard Kessel"),
    ("Azra Elif Defne", "Emre Kerem Deniz", "Yildizhan Karagoz Aksoy Demirkan"),
    ("Inês Beatriz Thais", "Caetan Rafael Otavio", "Moreira Figueiro Saldanha Brandao"),
)  # fmt: skip

# People whose pronoun the name does not tell.
EITHER = ("Sky", "Robin", "Ari", "Kai", "Jules")

# The first ones of the team, so that pictures of the screens keep the same faces: (role, given, family, pronouns).
FACES: tuple[tuple[str, str, str, str], ...] = (
    ("charge_nurse", "Nadia", "Rahman", SHE), ("therapist", "Amara", "Okwuosa", SHE), ("technician", "Sam", "Whitlow", HE),
    ("technician", "Bea", "Castellan", SHE), ("technician", "Joel", "Marchetti", HE), ("facilitator", "Nadia", "Rahman", SHE),
    ("facilitator", "Sam", "Whitlow", HE), ("nurse", "Hyun-woo", "Baek", HE), ("doctor", "Efua", "Mensah", SHE),
    ("manager", "Ines", "Vaszary", SHE), ("admin", "Tobias", "Ruhland", HE), ("surveyor", "Margaret", "Quillfeather", SHE),
)  # fmt: skip


def draw(random: Random, taken: set[str]) -> tuple[str, str, str]:
    """A given name nobody here has, a family name and pronouns."""
    for _ in range(400):
        women, men, families = ORIGINS[random.randrange(len(ORIGINS))]
        chance = random.random()
        if chance < 0.06:
            given, pronouns = random.choice(EITHER), THEY
        elif chance < 0.5:
            given, pronouns = random.choice(women.split()), SHE
        else:
            given, pronouns = random.choice(men.split()), HE
        if given not in taken:
            return given, random.choice(families.split()), pronouns
    raise LookupError("Every given name is in the house already. Ask for fewer residents.")
