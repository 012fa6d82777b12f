#include "web/sentence.h"

#include "msg.h"

/* The time of day in the last sentence of said: "... tisdag 24 november klockan 10.00." What ends
 * with a question or a call stays as it was written, and the time is its own sentence. */
static struct str with_clock(
    struct arena *mem, const struct i18n *lang, struct date today, struct str said, int64_t minute)
{
	struct str clock = str_fmt(mem, "%02d.%02d", (int)(minute / 60), (int)(minute % 60));
	struct msg_arg arg = msg_arg_text(clock);
	bool own = str_ends(said, S("?")) || str_ends(said, S("!"));

	while (str_ends(said, S(".")))
		said.n--;
	return str_fmt(mem, "%.*s %.*s", STR(said),
	    STR(i18n_text(mem, lang, today, own ? MSG_step_at_alone : MSG_step_at, &arg, 1)));
}

struct str plan_say(
    struct arena *mem, const struct i18n *lang, struct date today, const struct plan_sentence *s)
{
	struct msg_arg args[] = { msg_arg_text(s->who), msg_arg_date(s->due),
		msg_arg_text(s->words), msg_arg_text(s->child) };
	struct str said = str_trim(s->words);
	enum msg m;

	if (s->pattern.n && msg_of_key(s->pattern, &m)) {
		/* "Anna träffar dig", but "Anna och du tar en promenad". */
		if (s->you.n && str_eq(said, s->you))
			args[2] = msg_arg_text(i18n_text(mem, lang, today,
			    m == MSG_pattern_walk ? MSG_who_and_you : MSG_who_to_you, NULL, 0));
		said = i18n_text(mem, lang, today, (int)m, args, 4);
	}
	return s->due_minute >= 0 ? with_clock(mem, lang, today, said, s->due_minute) : said;
}
