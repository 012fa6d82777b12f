/* Invented names and what plans are about. Plain words, written so that the child can read them.
 * Over 400 lines because it is a table. @ is the child's name, # the lead's. */
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

const struct theme demo_themes[] = {
	{ "warmth", 0, 2, { PARTY_BVC, PARTY_SOC, PARTY_ANY },
	    "@ är ledsen mycket och nätterna är korta. Föräldrarna behöver få vila.",
	    "@ lugnar sig när någon sjunger.", "@ och föräldrarna får lugnare dagar tillsammans.",
	    "Öppna förskolan har öppet varje förmiddag.",
	    { "baby_bonding", "early_home_visit", "open_preschool" },
	    { "Stöd i samspel, sex träffar", "Hembesök tillsammans med familjestöd",
		"Öppen förskola en förmiddag i veckan" },
	    { "Råd om sömn och samspel", "Familjestöd hemma" },
	    { "BVC vägde och mätte @ och pratade om nätterna", "Första hembesöket",
		"Familjen besökte öppna förskolan", "BVC följde upp sömnen" },
	    { "call_by|@s familj", "visit|@", "choose|en tid på öppna förskolan" } },
	{ "learning", 2, 5, { PARTY_PRESCHOOL, PARTY_BVC, PARTY_SOC, PARTY_ANY },
	    "@ har få ord och blir lätt missförstådd av andra barn.",
	    "@ älskar böcker och visar gärna med händerna.", "@ kan säga vad @ vill i leken.",
	    "Läs en kort stund varje kväll och peka tillsammans.",
	    { "preschool_extra", "speech_support", "parent_group" },
	    { "Bildstöd och lugna stunder i förskolan", "Logopeden provar och ger övningar",
		"Föräldragrupp på familjecentralen" },
	    { "Stöd i förskolan", "Tal och språk", "Föräldragrupp" },
	    { "Förskolan gjorde bilder för dagen", "BVC tittade på hörseln: den är bra",
		"Möte om hur @ har det i leken", "Remiss till logoped skickad" },
	    { "show|bilderna som @ använder", "tell_queue|logopeden",
		"come_along|familjecentralens språkstund" } },
	{ "guidance", 3, 11, { PARTY_SOC, PARTY_SCHOOL_PSYCHOSOCIAL, PARTY_ANY },
	    "Det blir ofta bråk hemma på morgonen och vid läggdags.",
	    "@ och syskonen hittar på lekar tillsammans.", "Morgnarna är lugna de flesta dagar.",
	    "Familjestödet svarar i telefon alla vardagar.",
	    { "parent_course", "counsellor_talk", "family_talk" },
	    { "Föräldrakurs, fem kvällar", "Samtal hos kuratorn varannan vecka", "Familjesamtal" },
	    { "Stöd till familjen", "Samtal i skolan" },
	    { "Första samtalet med familjen", "Familjen valde vad ni ville börja med",
		"Första kvällen på kursen", "Avstämning per telefon" },
	    { "call|@s familj", "talk_child|@", "try|det nya morgonschemat" } },
	{ "learning", 6, 15,
	    { PARTY_SCHOOL_PSYCHOSOCIAL, PARTY_SCHOOL_TEACHER, PARTY_BUP, PARTY_ANY },
	    "@ har svårt att komma igång och tappar lätt tråden när det är mycket ljud.",
	    "@ är duktig på att bygga och att hjälpa andra.",
	    "@ vet vad som ska hända under dagen och orkar hela lektionen.",
	    "@ får sitta i lilla rummet när det blir för mycket ljud.",
	    { "counsellor_talk", "timetable_pictures", "bup_assessment" },
	    { "Samtal hos kuratorn en gång i veckan", "Schema med bilder i klassrummet",
		"Utredning om vad som är svårt och varför" },
	    { "Samtal i skolan", "Extra stöd i klassrummet", "Utredning på BUP" },
	    { "Möte med familjen och skolan", "Läraren satte upp dagens schema med bilder",
		"Remiss till BUP skickad", "@ provade hörselkåpor: det hjälpte" },
	    { "meet|@", "tell_queue|BUP", "give|svaren på frågorna från BUP" } },
	{ "feelings", 10, 17, { PARTY_BUP, PARTY_SCHOOL_PSYCHOSOCIAL, PARTY_VC, PARTY_ANY },
	    "@ sover dåligt och orkar inte det som var roligt förut.",
	    "@ har två nära vänner och spelar gitarr.", "@ sover bättre och kommer ut varje dag.",
	    "Ring första linjen på vardagar om det blir tungt.",
	    { "bup_treatment", "counsellor_talk", "health_first_line" },
	    { "Samtal på BUP varannan vecka", "Kuratorn möter på morgonen",
		"Första linjen följer upp sömnen" },
	    { "Behandling på BUP", "Stöd i skolan", "Uppföljning på vårdcentralen" },
	    { "Första besöket på BUP", "@ valde vem på skolan som får veta", "Plan för morgnarna",
		"Uppföljning av sömnen" },
	    { "meet|@", "walk|@", "call_by|BUP" } },
	{ "learning", 7, 16,
	    { PARTY_SCHOOL_PSYCHOSOCIAL, PARTY_SOC, PARTY_SCHOOL_TEACHER, PARTY_ANY },
	    "@ har varit hemma många dagar i höst.", "@ kommer gärna när det är bild och slöjd.",
	    "@ är i skolan tre dagar i veckan före lovet.",
	    "Skolan skickar hem det viktigaste varje fredag.",
	    { "return_to_school", "family_talk", "classroom_support" },
	    { "Små steg tillbaka med en vuxen att lita på", "Familjesamtal om morgnarna",
		"En vuxen nära i klassrummet" },
	    { "Tillbaka till skolan", "Samtal med familjen", "Stöd i klassrummet" },
	    { "Kartläggning av vad som gör skolan svår",
		"@ och kuratorn gick runt i skolan efter skoltid", "Första halvdagen med bild",
		"Möte med familjen" },
	    { "meet|@", "call_by|@s familj", "choose|vilken lektion @ börjar med" } },
	{ "self", 1, 15, { PARTY_HAB, PARTY_SCHOOL_TEACHER, PARTY_BVC, PARTY_ANY },
	    "@ behöver hjälp att röra sig och att äta i lugn och ro.",
	    "@ tycker om musik och vatten.", "@ kan välja själv vid maten och leken.",
	    "Hjälpmedelscentralen lånar ut en stol under tiden.",
	    { "habilitation", "classroom_support", "sleep_support" },
	    { "Träning och hjälpmedel", "En vuxen nära under dagen", "Råd om sömn" },
	    { "Stöd från habiliteringen", "Stöd under dagen", "Råd från BVC" },
	    { "Habiliteringen provade en ny stol", "Hembesök om maten",
		"Möte med alla som hjälper till", "Ny träning visad för skolan" },
	    { "visit|@", "show|hur @ väljer med bilder", "give|listan över vad @ äter" } },
	{ "health", 4, 16, { PARTY_VC, PARTY_SCHOOL_NURSE, PARTY_ANY },
	    "@ blir trött och rör sig mindre än förr.",
	    "@ är snäll mot yngre barn och tycker om att laga mat.",
	    "Familjen hittar vardagar som håller.",
	    "Skolsköterskan har öppet varje dag efter lunch.",
	    { "healthy_weight", "nurse_talk", "leisure_lots" },
	    { "Mat och rörelse för hela familjen", "Hälsosamtal hos skolsköterskan",
		"Fritid med en ledare" },
	    { "Stöd från vårdcentralen", "Hälsosamtal" },
	    { "Första samtalet på vårdcentralen", "@ provade simskola",
		"Skolsköterskan pratade med @ om sömn", "Uppföljning" },
	    { "call_by|@s familj", "meet|@", "choose|en aktivitet" } },
	{ "home", 0, 17, { PARTY_SOC, PARTY_BVC, PARTY_ANY },
	    "Familjen flyttar ofta och pengarna tar slut före månadens slut.",
	    "Familjen håller ihop och har släkt i närheten.", "@ har ett eget hem att räkna med.",
	    "Frivilliga hjälper till med möbler.",
	    { "budget_advice", "parent_talk", "housing_support" },
	    { "Budgetråd, tre gånger", "Samtal för föräldrar", "Hjälp att ordna boendet" },
	    { "Boende och ekonomi", "Råd från BVC" },
	    { "Genomgång av ekonomin", "Ansökan om boende", "Samtal med hyresvärden",
		"Familjen fick svar om boendet" },
	    { "back|@s familj", "talk_child|@s föräldrar", "give|papper om hyran" } },
	{ "health", 13, 17, { PARTY_SOC, PARTY_SCHOOL_NURSE, PARTY_ANY },
	    "@ är ute sent och har provat sådant som inte är bra.", "@ är bra på att laga mopeder.",
	    "@ har något att göra om kvällarna.", "Fältarna finns ute fredagar och lördagar.",
	    { "sober_support", "nurse_talk", "mentor" },
	    { "Samtal utan ansökan", "Hälsosamtal hos skolsköterskan", "En mentor som ringer" },
	    { "Samtal på socialtjänsten", "Hälsosamtal" },
	    { "@ och # träffades på ett kafé", "@ valde en mentor", "Familjen var med på ett möte",
		"Uppföljning" },
	    { "write|@", "meet|@", "choose|tider för kvällarna" } },
};
const size_t demo_theme_count = COUNT(demo_themes);
