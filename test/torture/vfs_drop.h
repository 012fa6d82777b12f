/*
 * A disk that forgets. The SQLite VFS "drop" lies over the usual one and remembers, for each file,
 * what stood there at its last sync. At a simulated power cut everything written since is lost, or
 * part of it: a random prefix, a random choice of writes, single sectors of a write. SIGKILL can't
 * show a missing fsync, because the kernel keeps what a dead process wrote; this can.
 *
 * One thread. Nothing of it is in the program: only the torture tests link it.
 */
#ifndef TORTURE_VFS_DROP_H
#define TORTURE_VFS_DROP_H

#include <stdbool.h>
#include <stdint.h>

/* Registers the VFS; once. */
void drop_install(void);
/* The power fails at the nth write, truncation or sync from now on (0: never). */
void drop_cut_after(int64_t n);
/* From then on every operation fails until drop_power_on. */
bool drop_is_dark(void);
/* All files are closed: what was not synced is lost as chance wills, and the disk answers again. */
void drop_power_on(uint64_t (*chance)(void));
/* Writes answer SQLITE_FULL, each with this many chances in a thousand; 0: there is room. */
void drop_full(int in_thousand, uint64_t (*chance)(void));
/* Plants the mistake this VFS is for: "PRAGMA synchronous" is answered as if it said OFF, and no
 * sync reaches the platter, on files with that in their name; NULL: as written. */
void drop_plant_off(const char *part);

/* A disk that is dying: syncs of files with that in their name fail; NULL: none does. */
void drop_refuse_sync(const char *part);

/* What the disk did since drop_install. */
struct drop_count {
	int64_t writes, syncs, cuts, lost, full;
};
struct drop_count drop_counted(void);

#endif
