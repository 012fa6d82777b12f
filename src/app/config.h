/*
 * The configuration: one commented file (INI) plus environment variables TILLSAMMANS_KEY=value. A
 * wrong key or value stops the start with the file, the line and what is allowed. Secrets stand in
 * files of their own, never here and never on the command line.
 */
#ifndef APP_CONFIG_H
#define APP_CONFIG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

#define CONFIG_TEXT 512

struct config {
	char address[64];           /* listen address; 127.0.0.1 */
	int64_t port;               /* 8080; 0: any free one */
	int64_t threads;            /* 0: one per processor */
	char data[CONFIG_TEXT];     /* data directory */
	char database[CONFIG_TEXT]; /* file, or postgresql://...; empty: DATA/tillsammans.db */
	char book[CONFIG_TEXT];     /* the book's store; empty: DATA/book.db, or the same server */
	char key_file[CONFIG_TEXT]; /* master key; empty: systemd credential, else DATA.key */
	char copy[32]; /* this copy's name among several on one PostgreSQL server; main */
	char witness[CONFIG_TEXT]; /* file that gets each checkpoint; empty: none */
	int64_t session_minutes;   /* 60 */
	int64_t kept_mb;           /* memory for kept pages (web/kept.h); 0: none are kept */
	int64_t wal_mb; /* 8: a store's WAL over this (SQLite) is moved by the writer too */
	bool tls_in_front;
	bool sandbox; /* on: see sandbox.h */
	int64_t log_debug;
};

/* Defaults, then the file (NULL: none), then the environment. Tells on standard error what is
 * wrong. */
enum err config_load(const char *path, struct config *out);
/* Fills what was left empty from data. */
void config_finish(struct config *cfg);
/* Are the folders there that the stores lie in (not asked of a server)? false: say tells which one
 * is not, and what to do, for the person who starts the program. */
bool config_folders(const struct config *cfg, char *say, size_t room);

#endif
