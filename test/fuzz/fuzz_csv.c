/* Any bytes as a table of law cases: read or refused with a place, never more; what was read is
 * written and read back the same. */
#include "access/cases.h"
#include "access/ground.h"
#include "base/arena.h"
#include "base/csv.h"
#include "base/err.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void round_trip(struct arena *mem, const struct csv *csv)
{
	struct csv again;
	struct buf b;

	buf_init(&b, mem, 256);
	for (size_t r = 0; r < csv->n; r++) {
		for (size_t i = 0; i < csv->v[r].n; i++) {
			if (i)
				buf_char(&b, ',');
			if (csv->v[r].n == 1 && csv->v[r].v[i].n == 0)
				buf_str(&b, S("\"\"")); /* alone and empty: else an empty line */
			csv_put(&b, csv->v[r].v[i]);
		}
		buf_str(&b, S("\r\n"));
	}
	must(csv_read(mem, buf_text(&b), &again) || csv->n == 0);
	must(again.n == csv->n);
	for (size_t r = 0; r < csv->n; r++) {
		for (size_t i = 0; i < csv->v[r].n; i++)
			must(str_eq(csv->v[r].v[i], again.v[r].v[i]));
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static struct arena mem;
	struct str text = { (const char *)data, n };
	struct csv csv;
	struct cases cases;

	if (!mem.base)
		arena_init(&mem, 16 << 20);
	if (csv_read(&mem, text, &csv))
		round_trip(&mem, &csv);
	else
		must(csv.bad_line > 0 && csv.bad_what);
	if (!cases_judge(&mem, text, ground_read_on(), &cases))
		must(cases.problem.n > 0);
	arena_rewind(&mem, 0);
	return 0;
}
