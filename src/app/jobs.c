#include "app/jobs.h"

#include "base/date.h"
#include "base/log.h"
#include "feat/climb/climb.h"

void jobs_run(struct db *db, struct arena *mem)
{
	size_t mark = arena_mark(mem), made = 0;
	enum err e;

	if (db_begin(db, DB_WRITE) != OK)
		return;
	e = climb_run(db, mem, clock_now_ms(), &made);
	if (e == OK)
		e = db_commit(db);
	else
		db_rollback(db, DB_WRITE);
	arena_rewind(mem, mark);
	if (e != OK)
		log_line(LOG_WARN, "jobs", "climbing failed: %s", err_name(e));
	else if (made)
		log_line(LOG_INFO, "jobs", "climbed=%zu", made);
}
