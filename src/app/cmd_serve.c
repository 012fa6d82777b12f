#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#include "app/app.h"
#include "app/options.h"
#include "base/log.h"

static const char help[] =
    "tillsammans serve [--config FILE] [--data DIR] [--database FILE|URL] [--port N]\n\n"
    "Serves the program until it gets SIGINT or SIGTERM, then finishes the requests in flight.\n"
    "Without a configured sign-in it serves the demo (tillsammans demo make) or a closed door.\n";

/* Waits for the word to stop. The signals are blocked in every thread; this one takes them. */
static void wait_for_stop(const sigset_t *stop)
{
	int got;

	while (sigwait(stop, &got) != 0)
		;
}

int cmd_serve(int argc, char **argv)
{
	struct options o;
	struct server *server = NULL;
	sigset_t stop;
	bool shown;

	if (!options_read(argc, argv, help, &o, &shown))
		return shown ? 0 : 2;
	if (!options_there(&o))
		return 1;
	sigemptyset(&stop);
	sigaddset(&stop, SIGINT);
	sigaddset(&stop, SIGTERM);
	pthread_sigmask(SIG_BLOCK, &stop, NULL);
	signal(SIGPIPE, SIG_IGN);
	if (server_start(&o.cfg, &server) != OK) {
		fprintf(stderr, "tillsammans: could not start; the log above says why\n");
		return 1;
	}
	fprintf(stderr, "Tillsammans svarar på http://%s:%d\n", o.cfg.address, server_port(server));
	log_line(LOG_INFO, "started", "port=%d", server_port(server));
	wait_for_stop(&stop);
	log_line(LOG_INFO, "stopping", "finishing requests in flight");
	server_stop(server);
	log_line(LOG_INFO, "stopped", "done");
	return 0;
}

int cmd_version(int argc, char **argv)
{
	(void)argc;
	(void)argv;
	printf("tillsammans %s\n", PROGRAM_VERSION);
	return 0;
}

static const char *method_name(enum http_method m)
{
	return m == HTTP_POST ? "POST" : "GET";
}

static void print_users(unsigned users)
{
	static const char *const names[] = { "public", "guardian", "youth", "carer", "staff",
		"manager", "administrator" };
	bool first = true;

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		if (!(users & (1U << i)))
			continue;
		printf("%s\"%s\"", first ? "" : ",", names[i]);
		first = false;
	}
}

/* The surface for strangers: docs/surface.md. Paths and codes are our own, so they need no
 * escaping. */
int cmd_routes(int argc, char **argv)
{
	bool first = true;

	if (argc == 2 && str_eq(str_of(argv[1]), S("--help"))) {
		printf(
		    "tillsammans routes --json\n\nEvery route: method, path, act, users, reads or writes.\n");
		return 0;
	}
	if (argc != 2 || !str_eq(str_of(argv[1]), S("--json"))) {
		fprintf(stderr, "tillsammans routes --json\n");
		return 2;
	}
	printf("[");
	for (size_t t = 0; app_routes[t]; t++) {
		for (const struct route *r = app_routes[t]; r->path; r++) {
			const struct act_info *act = act_info(r->act);

			printf("%s\n {\"method\":\"%s\",\"path\":\"%s\",\"act\":\"%s\",\"users\":[",
			    first ? "" : ",", method_name(r->method), r->path, act->code);
			print_users(act->users);
			printf("],\"does\":\"%s\"}", r->method == HTTP_POST ? "writes" : "reads");
			first = false;
		}
	}
	printf("\n]\n");
	return 0;
}
