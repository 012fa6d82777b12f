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

/* "pattern_meet" said of what is done is the message "done_meet". */
static struct str key_done(struct arena *mem, struct str pattern)
{
	struct str ahead = S("pattern_");

	return str_starts(pattern, ahead)
		   ? str_fmt(mem, "done_%.*s", (int)(pattern.n - ahead.n), pattern.p + ahead.n)
		   : S("");
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
		/* What was meant for Monday may have been done on Friday: the page says the day it
		 * was done, and the sentence no other. */
		if (s->done && msg_of_key(key_done(mem, s->pattern), &m)) {
			args[1] = args[2];
			said = i18n_text(mem, lang, today, (int)m, args, 2);
		} else
			said = i18n_text(mem, lang, today, (int)m, args, 4);
	}
	return s->done              ? said
	       : s->due_minute >= 0 ? with_clock(mem, lang, today, said, s->due_minute)
				    : said;
}
