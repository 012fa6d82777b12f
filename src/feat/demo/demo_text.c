/* Invented names, and words with a name in them. */
#include "feat/demo/demo_in.h"

static const char *const grown[] = { "Sara", "Erik", "Amina", "Johan", "Maria", "Ali", "Emma",
	"Mikael", "Hanna", "Ahmed", "Jenny", "Peter", "Fatima", "Daniel", "Linda", "Omar", "Karin",
	"Anders", "Leila", "Fredrik", "Sofia", "Marcus", "Zahra", "Henrik", "Anna", "Yusuf", "Elin",
	"Patrik", "Ikram", "Stefan", "Camilla", "Hassan", "Ida", "Magnus", "Nadia", "Robert",
	"Malin", "Ibrahim", "Josefin", "Tomas", "Susanna", "Mohamed", "Therese", "Christian",
	"Aino", "Kalle", "Rebecka", "Samir", "Cecilia", "Gustav", "Mariam", "Niklas", "Lotta",
	"Viktor", "Samira", "Björn", "Helena", "Jari", "Ulrika", "Martin" };
static const char *const young[] = { "Alice", "Noah", "Maja", "William", "Vera", "Hugo", "Alma",
	"Lucas", "Selma", "Liam", "Elsa", "Oliver", "Lilly", "Adam", "Astrid", "Elias", "Wilma",
	"Ali", "Freja", "August", "Olivia", "Matteo", "Ebba", "Leon", "Saga", "Omar", "Ines",
	"Axel", "Agnes", "Melvin", "Nora", "Theo", "Stella", "Yusuf", "Signe", "Viggo", "Molly",
	"Sam", "Ellie", "Loke", "Juni", "Isak", "Amira", "Frans", "Livia", "Walter", "Meja", "Amir",
	"Tuva", "Ivar", "Ronja", "Elliot", "Safiya", "Vincent", "Märta", "Edvin", "Hilma", "Otto",
	"Zara", "Malte", "Iris", "Ludvig", "Joline", "Milo", "Leia", "Sixten" };
static const char *const families[] = { "Ahlgren", "Bergman", "Dahlin", "Ekström", "Forsell",
	"Granath", "Hellberg", "Israelsson", "Jonasson", "Karlberg", "Lindqvist", "Malmsten",
	"Norell", "Olofsdotter", "Palmgren", "Ranneby", "Sandell", "Tegner", "Ulvhag", "Viklund",
	"Westin", "Ågren", "Ängquist", "Östling", "Ali", "Hassan", "Yusuf", "Rahimi", "Haddad",
	"Kovac", "Nowak", "Virtanen", "Korhonen", "Nieminen", "Demir", "Yilmaz", "Tesfaye", "Abdi",
	"Nguyen", "Popescu", "Hansen", "Moberg", "Sundelius", "Blomkvist", "Lilja", "Rosenqvist",
	"Stålhand", "Brodin", "Gullberg", "Hedlund", "Kjellin", "Lagerman", "Melander", "Nordqvist",
	"Rydell", "Sjögren", "Törnblom", "Wallin", "Åkesson", "Öhrn" };
static const char *const first[] = { "Ek", "Björk", "Asp", "Lind", "Rönn", "Tall", "Gran", "Hassel",
	"Sten", "Sjö", "Ängs", "Kvarn", "Berg", "Skogs", "Lund", "Bäck", "Vinter", "Sol", "Lärk",
	"Svan" };
static const char *const last[] = { "backens", "hagens", "dalens", "lundens", "åkerns", "viks" };

#define COUNT(a) (sizeof(a) / sizeof(a)[0])

const char *demo_given(struct rnd *r, bool is_grown)
{
	return is_grown ? grown[rnd_below(r, (int)COUNT(grown))]
			: young[rnd_below(r, (int)COUNT(young))];
}

const char *demo_family(struct rnd *r)
{
	return families[rnd_below(r, (int)COUNT(families))];
}

const char *demo_unit_word(size_t n)
{
	static char words[COUNT(first) * COUNT(last)][24];
	size_t i = n % COUNT(words);

	if (!words[i][0]) {
		struct str a = str_of(first[i % COUNT(first)]), b = str_of(last[i / COUNT(first)]);

		for (size_t j = 0; j < a.n; j++)
			words[i][j] = a.p[j];
		for (size_t j = 0; j < b.n; j++)
			words[i][a.n + j] = b.p[j];
	}
	return words[i];
}

struct str demo_say(struct arena *mem, const char *text, const char *name, const char *lead)
{
	struct buf b;

	buf_init(&b, mem, 160);
	for (; *text; text++) {
		if (*text == '@')
			buf_str(&b, str_of(name));
		else if (*text == '#')
			buf_str(&b, str_of(lead));
		else
			buf_char(&b, *text);
	}
	return buf_text(&b);
}
