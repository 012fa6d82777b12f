/* Which files libpq opens when it connects: what the connection's words and the environment name,
 * what it looks for by itself, and what the C library reads to find a server by its name. */
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/db_engine.h"

static const char *const by_itself[] = { "/etc/hosts", "/etc/host.conf", "/etc/resolv.conf",
	"/etc/nsswitch.conf", "/etc/gai.conf", "/etc/services", "/etc/passwd", "/etc/localtime",
	"/etc/ssl", "/usr/lib/ssl", "/usr/share/ca-certificates",
	"/usr/local/share/ca-certificates", "/etc/postgresql-common", "/usr/share/zoneinfo" };

static const char *const options[] = { "passfile", "sslcert", "sslkey", "sslrootcert", "sslcrl",
	"sslcrldir" };

static void see_options(const PQconninfoOption *all, db_place_fn see, void *ctx)
{
	for (const PQconninfoOption *o = all; o && o->keyword; o++)
		for (size_t i = 0; i < sizeof options / sizeof *options; i++)
			if (strcmp(o->keyword, options[i]) == 0 && o->val && o->val[0] == '/')
				see(ctx, o->val, false);
}

void db_pg_places(const char *where, db_place_fn see, void *ctx)
{
	static const char *const at_home[] = { ".pgpass", ".pg_service.conf", ".postgresql" };
	PQconninfoOption *given = PQconninfoParse(where, NULL);
	PQconninfoOption *others = PQconndefaults();
	const char *home = getenv("HOME"), *service = getenv("PGSERVICEFILE");
	char path[4096];

	see_options(given, see, ctx);
	see_options(others, see, ctx);
	PQconninfoFree(given);
	PQconninfoFree(others);
	if (service)
		see(ctx, service, false);
	for (size_t i = 0; home && i < sizeof at_home / sizeof *at_home; i++)
		if (snprintf(path, sizeof path, "%s/%s", home, at_home[i]) < (int)sizeof path)
			see(ctx, path, false);
	for (size_t i = 0; i < sizeof by_itself / sizeof *by_itself; i++)
		see(ctx, by_itself[i], false);
}
