#include "torture/vfs_drop.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"

#define FILES 64
#define SECTOR 512

/* One write or truncation since the last sync. */
struct change {
	int64_t at, size_before;
	int n, n_before;       /* bytes written; bytes that stood there */
	unsigned char *before; /* keeps */
	unsigned char *after;  /* keeps; NULL: the file was cut to at */
};

struct disk_file {
	char path[512]; /* empty: free */
	struct change *changes;
	size_t n, room;
	int open;
};

struct handle {
	sqlite3_file base;
	struct disk_file *disk; /* NULL: a file without a name, not kept */
	sqlite3_file *real;     /* behind this struct */
};

static struct disk_file files[FILES];
static sqlite3_vfs *real_vfs, drop_vfs;
static int64_t until_cut;
static bool dark;
static int full_in_thousand;
static uint64_t (*full_chance)(void);
static const char *planted, *sick;
static struct drop_count count;

static struct handle *handle_of(sqlite3_file *f)
{
	return (struct handle *)(void *)f;
}

static sqlite3_file *real_of(sqlite3_file *f)
{
	return handle_of(f)->real;
}

/* One operation on the platter; true: there is no power for it. */
static bool no_power(void)
{
	if (!dark && until_cut && --until_cut == 0) {
		dark = true;
		count.cuts++;
	}
	return dark;
}

static struct disk_file *disk_of(const char *path)
{
	struct disk_file *empty = NULL;

	for (size_t i = 0; i < FILES; i++) {
		if (strcmp(files[i].path, path) == 0)
			return &files[i];
		if (!empty && !files[i].path[0])
			empty = &files[i];
	}
	must(empty && strlen(path) < sizeof empty->path);
	snprintf(empty->path, sizeof empty->path, "%s", path);
	return empty;
}

static void forget(struct disk_file *d)
{
	for (size_t i = 0; i < d->n; i++) {
		free(d->changes[i].before);
		free(d->changes[i].after);
	}
	d->n = 0;
}

static void remember(struct handle *h, const void *bytes, int n, int64_t at)
{
	struct disk_file *d = h->disk;
	struct change c = { .at = at, .n = n };
	sqlite3_int64 size = 0;

	if (!d)
		return;
	must(h->real->pMethods->xFileSize(h->real, &size) == SQLITE_OK);
	c.size_before = size;
	if (!bytes)
		n = size > at ? (int)(size - at) : 0;
	c.n_before = size <= at ? 0 : size - at < n ? (int)(size - at) : n;
	if (c.n_before) {
		c.before = malloc((size_t)c.n_before);
		must(c.before &&
		     h->real->pMethods->xRead(h->real, c.before, c.n_before, at) == SQLITE_OK);
	}
	if (bytes) {
		c.after = malloc((size_t)n + 1); /* never of nothing */
		must(c.after);
		memcpy(c.after, bytes, (size_t)n);
	}
	if (d->n == d->room) {
		d->room = d->room ? 2 * d->room : 64;
		d->changes = realloc(d->changes, d->room * sizeof *d->changes);
		must(d->changes);
	}
	d->changes[d->n++] = c;
}

/* --- the methods of a file --- */

static int f_close(sqlite3_file *f)
{
	if (handle_of(f)->disk)
		handle_of(f)->disk->open--;
	return real_of(f)->pMethods->xClose(real_of(f));
}

static int f_read(sqlite3_file *f, void *to, int n, sqlite3_int64 at)
{
	return dark ? SQLITE_IOERR_READ : real_of(f)->pMethods->xRead(real_of(f), to, n, at);
}

static int f_write(sqlite3_file *f, const void *from, int n, sqlite3_int64 at)
{
	if (dark)
		return SQLITE_IOERR_WRITE;
	if (full_in_thousand && full_chance() % 1000 < (uint64_t)full_in_thousand) {
		count.full++;
		return SQLITE_FULL;
	}
	/* The write under way when the power fails may have reached the platter, or part of it. */
	remember(handle_of(f), from, n, at);
	count.writes++;
	must(real_of(f)->pMethods->xWrite(real_of(f), from, n, at) == SQLITE_OK);
	return no_power() ? SQLITE_IOERR_WRITE : SQLITE_OK;
}

static int f_truncate(sqlite3_file *f, sqlite3_int64 size)
{
	if (no_power())
		return SQLITE_IOERR_TRUNCATE;
	remember(handle_of(f), NULL, 0, size);
	return real_of(f)->pMethods->xTruncate(real_of(f), size);
}

static bool named(const char *path, const char *part)
{
	const char *name = strrchr(path, '/');

	return strstr(name ? name : path, part) != NULL;
}

static int f_sync(sqlite3_file *f, int flags)
{
	(void)flags;
	if (no_power())
		return SQLITE_IOERR_FSYNC;
	if (sick && handle_of(f)->disk && named(handle_of(f)->disk->path, sick))
		return SQLITE_IOERR_FSYNC;
	count.syncs++;
	if (planted && handle_of(f)->disk && named(handle_of(f)->disk->path, planted))
		return SQLITE_OK; /* nor does who syncs by himself */
	if (handle_of(f)->disk)
		forget(handle_of(f)->disk);
	return SQLITE_OK; /* this disk's platter is our own memory */
}

static int f_size(sqlite3_file *f, sqlite3_int64 *size)
{
	return real_of(f)->pMethods->xFileSize(real_of(f), size);
}

static int f_lock(sqlite3_file *f, int level)
{
	return real_of(f)->pMethods->xLock(real_of(f), level);
}

static int f_unlock(sqlite3_file *f, int level)
{
	return real_of(f)->pMethods->xUnlock(real_of(f), level);
}

static int f_reserved(sqlite3_file *f, int *out)
{
	return real_of(f)->pMethods->xCheckReservedLock(real_of(f), out);
}

static int f_control(sqlite3_file *f, int op, void *arg)
{
	char **pragma = arg;
	struct disk_file *d = handle_of(f)->disk;

	if (op == SQLITE_FCNTL_PRAGMA && planted && d && named(d->path, planted) && pragma[2] &&
	    strlen(pragma[2]) >= 3 && sqlite3_stricmp(pragma[1], "synchronous") == 0)
		memcpy(pragma[2], "OFF", 4);
	if (op == SQLITE_FCNTL_SIZE_HINT)
		return dark ? SQLITE_IOERR : SQLITE_OK; /* the file grows by its writes alone */
	return real_of(f)->pMethods->xFileControl(real_of(f), op, arg);
}

static int f_sector(sqlite3_file *f)
{
	return real_of(f)->pMethods->xSectorSize(real_of(f));
}

static int f_traits(sqlite3_file *f)
{
	return real_of(f)->pMethods->xDeviceCharacteristics(real_of(f));
}

static int f_shm_map(sqlite3_file *f, int page, int bytes, int extend, void volatile **out)
{
	return real_of(f)->pMethods->xShmMap(real_of(f), page, bytes, extend, out);
}

static int f_shm_lock(sqlite3_file *f, int at, int n, int flags)
{
	return real_of(f)->pMethods->xShmLock(real_of(f), at, n, flags);
}

static void f_shm_barrier(sqlite3_file *f)
{
	real_of(f)->pMethods->xShmBarrier(real_of(f));
}

static int f_shm_unmap(sqlite3_file *f, int remove)
{
	return real_of(f)->pMethods->xShmUnmap(real_of(f), remove);
}

static int f_fetch(sqlite3_file *f, sqlite3_int64 at, int n, void **out)
{
	return real_of(f)->pMethods->xFetch(real_of(f), at, n, out);
}

static int f_unfetch(sqlite3_file *f, sqlite3_int64 at, void *p)
{
	return real_of(f)->pMethods->xUnfetch(real_of(f), at, p);
}

static const sqlite3_io_methods methods = { 3, f_close, f_read, f_write, f_truncate, f_sync, f_size,
	f_lock, f_unlock, f_reserved, f_control, f_sector, f_traits, f_shm_map, f_shm_lock,
	f_shm_barrier, f_shm_unmap, f_fetch, f_unfetch };

/* --- the disk --- */

static int v_open(sqlite3_vfs *v, sqlite3_filename name, sqlite3_file *f, int flags, int *out)
{
	struct handle *h = handle_of(f);
	int rc;

	(void)v;
	*h = (struct handle){ .real = (sqlite3_file *)(void *)(h + 1) };
	if (dark)
		return SQLITE_CANTOPEN;
	rc = real_vfs->xOpen(real_vfs, name, h->real, flags, out);
	if (rc != SQLITE_OK)
		return rc;
	if (name && !(flags & SQLITE_OPEN_DELETEONCLOSE)) {
		h->disk = disk_of(name);
		h->disk->open++;
	}
	h->base.pMethods = &methods;
	return SQLITE_OK;
}

static int v_delete(sqlite3_vfs *v, const char *name, int sync)
{
	(void)v;
	if (no_power())
		return SQLITE_IOERR_DELETE;
	forget(disk_of(name));
	return real_vfs->xDelete(real_vfs, name, sync);
}

static int v_access(sqlite3_vfs *v, const char *name, int flags, int *out)
{
	(void)v;
	return real_vfs->xAccess(real_vfs, name, flags, out);
}

static int v_full_name(sqlite3_vfs *v, const char *name, int n, char *out)
{
	(void)v;
	return real_vfs->xFullPathname(real_vfs, name, n, out);
}

void drop_install(void)
{
	/* As the program configures SQLite (db_sqlite.c), before this starts it. */
	(void)sqlite3_config(SQLITE_CONFIG_MULTITHREAD);
	real_vfs = sqlite3_vfs_find(NULL);
	must(real_vfs);
	drop_vfs = *real_vfs;
	drop_vfs.zName = "drop";
	drop_vfs.szOsFile = (int)sizeof(struct handle) + real_vfs->szOsFile;
	drop_vfs.xOpen = v_open;
	drop_vfs.xDelete = v_delete;
	drop_vfs.xAccess = v_access;
	drop_vfs.xFullPathname = v_full_name;
	must(sqlite3_vfs_register(&drop_vfs, 0) == SQLITE_OK);
}

void drop_cut_after(int64_t n)
{
	until_cut = n;
}

bool drop_is_dark(void)
{
	return dark;
}

void drop_full(int in_thousand, uint64_t (*chance)(void))
{
	full_in_thousand = in_thousand;
	full_chance = chance;
}

void drop_refuse_sync(const char *part)
{
	sick = part;
}

void drop_plant_off(const char *part)
{
	planted = part;
}

struct drop_count drop_counted(void)
{
	return count;
}

/* --- the power cut --- */

static void put(int fd, const unsigned char *p, int n, int64_t at)
{
	must(pwrite(fd, p, (size_t)n, at) == n);
}

/* A write of which only some sectors reached the platter. */
static void put_torn(int fd, const struct change *c, uint64_t (*chance)(void))
{
	for (int i = 0; i < c->n; i += SECTOR)
		if (chance() & 1)
			put(fd, c->after + i, c->n - i < SECTOR ? c->n - i : SECTOR, c->at + i);
}

/* Back to the last sync, then what chance lets through. */
static void lose(struct disk_file *d, uint64_t (*chance)(void))
{
	enum { NOTHING, PREFIX, CHOICE, TORN, KINDS };
	unsigned kind = (unsigned)(chance() % KINDS);
	size_t prefix = kind == PREFIX ? chance() % (d->n + 1) : 0;
	int fd = open(d->path, O_RDWR | O_CLOEXEC);

	must(fd >= 0);
	for (size_t i = d->n; i-- > 0;) {
		struct change *c = &d->changes[i];

		if (c->n_before)
			put(fd, c->before, c->n_before, c->at);
		must(ftruncate(fd, c->size_before) == 0);
	}
	for (size_t i = 0; i < d->n; i++) {
		struct change *c = &d->changes[i];
		bool keep = kind == PREFIX ? i < prefix : kind == CHOICE && (chance() & 1);

		if (keep && !c->after)
			must(ftruncate(fd, c->at) == 0);
		else if (keep)
			put(fd, c->after, c->n, c->at);
		else if (kind == TORN && c->after)
			put_torn(fd, c, chance);
		count.lost += !keep;
	}
	close(fd);
	forget(d);
}

void drop_power_on(uint64_t (*chance)(void))
{
	for (size_t i = 0; i < FILES; i++) {
		must(files[i].open == 0);
		if (files[i].path[0] && files[i].n)
			lose(&files[i], chance);
		free(files[i].changes);
		files[i] = (struct disk_file){ 0 };
	}
	dark = false;
	until_cut = 0;
}
