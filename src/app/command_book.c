#include "app/command_book.h"

#include <pwd.h>
#include <stdlib.h>
#include <unistd.h>

enum err command_book(const struct config *cfg, const char *name, const struct keys *keys,
    struct db *db, struct arena *mem, struct book **out, const char **by)
{
	const char *sudo = getenv("SUDO_USER");
	struct passwd *me = sudo ? NULL : getpwuid(getuid());
	struct book_options o = { .where = cfg->book,
		.copy = str_c(mem, str_fmt(mem, "%s.%s", cfg->copy, name)),
		.version = name,
		.keys = keys };
	size_t voided;

	*by = sudo ? sudo : me ? str_c(mem, str_of(me->pw_name)) : NULL;
	TRY(book_open(&o, out));
	return book_settle(*out, db, &voided);
}
