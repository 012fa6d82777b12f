/*
 * Rows as bytes: eight bytes of shape, the number of rows, then each column in turn. A number is
 * its length (0: NULL) and that many bytes, lowest first; a text its length and one (0: NULL) and
 * its bytes; a day is the number y * 512 + m * 32 + d. Lengths are base 128, lowest first.
 */
#include <string.h>

#include "db/db.h"

#define LENGTH_BYTES 10
#define ROWS_MOST 100000

/* FNV-1a over the columns: not a secret, only whether it is the same row struct. gen/queries.c
 * makes the same number (the test db_shapes_made_by_the_build_are_those_of_the_columns). */
uint64_t db_shape(const struct db_query *q)
{
	uint64_t h = UINT64_C(14695981039346656037);

	for (int i = 0; i < q->outs; i++) {
		const char *p = q->cols[i].name;

		for (; *p; p++)
			h = (h ^ (unsigned char)*p) * UINT64_C(1099511628211);
		h = (h ^ (unsigned)(q->cols[i].type * 2 + q->cols[i].nullable)) *
		    UINT64_C(1099511628211);
	}
	return h;
}

static uint64_t shape_of(const struct db_query *q)
{
	return q->shape ? q->shape : db_shape(q);
}

static void put_length(struct buf *b, uint64_t n)
{
	while (n >= 128) {
		buf_char(b, (char)(n % 128 + 128));
		n /= 128;
	}
	buf_char(b, (char)n);
}

static void put_number(struct buf *b, int64_t v)
{
	/* Small ones of either sign are short: the sign goes lowest. */
	uint64_t u = (uint64_t)v << 1 ^ (v < 0 ? UINT64_MAX : 0);
	char bytes[9];
	int n = 0;

	for (; u; u >>= 8)
		bytes[++n] = (char)(u & 255);
	bytes[0] = (char)(n + 1);
	buf_put(b, bytes, (size_t)n + 1);
}

static void put_column(struct buf *b, const struct db_column *c, const unsigned char *row)
{
	const void *at = row + c->at;

	switch (c->type) {
	case DB_INT64:
		if (c->null_at && *(const bool *)(row + c->null_at))
			buf_char(b, 0);
		else
			put_number(b, *(const int64_t *)at);
		break;
	case DB_TEXT:
	case DB_BLOB: {
		struct str s = *(const struct str *)at;

		put_length(b, s.p ? s.n + 1 : 0);
		buf_str(b, s);
		break;
	}
	case DB_DATE: {
		struct date d = *(const struct date *)at;

		put_length(b, (uint64_t)d.y * 512 + (uint64_t)d.m * 32 + (uint64_t)d.d);
		break;
	}
	}
}

void db_pack(const struct db_query *q, const void *rows, size_t n, struct buf *out)
{
	uint64_t shape = shape_of(q);

	buf_put(out, (const char *)&shape, sizeof shape);
	put_length(out, n);
	for (size_t i = 0; i < n; i++)
		for (int k = 0; k < q->outs; k++)
			put_column(out, &q->cols[k], (const unsigned char *)rows + i * q->row);
}

static bool take(struct str *s, size_t n, const char **out)
{
	if (n > s->n)
		return false;
	*out = s->p;
	s->p += n;
	s->n -= n;
	return true;
}

static bool take_length(struct str *s, uint64_t *out)
{
	*out = 0;
	for (int i = 0; i < LENGTH_BYTES && s->n; i++) {
		unsigned char c = (unsigned char)*s->p;

		s->p++;
		s->n--;
		*out |= (uint64_t)(c & 127) << (7 * i);
		if (c < 128)
			return true;
	}
	return false;
}

static bool take_number(struct str *s, const struct db_column *c, unsigned char *row)
{
	const char *n, *bytes;
	uint64_t u = 0;

	if (!take(s, 1, &n) || *n < 0 || *n > 9)
		return false;
	if (*n == 0) {
		if (!c->null_at)
			return false;
		*(bool *)(row + c->null_at) = true;
		return true;
	}
	if (!take(s, (size_t)*n - 1, &bytes))
		return false;
	for (int i = *n - 2; i >= 0; i--)
		u = u << 8 | (unsigned char)bytes[i];
	*(int64_t *)(void *)(row + c->at) = (int64_t)(u >> 1 ^ (u & 1 ? UINT64_MAX : 0));
	return true;
}

static bool take_column(struct str *s, const struct db_column *c, unsigned char *row)
{
	void *at = row + c->at;
	uint64_t n;

	switch (c->type) {
	case DB_INT64:
		return take_number(s, c, row);
	case DB_TEXT:
	case DB_BLOB: {
		struct str *text = at;

		if (!take_length(s, &n))
			return false;
		if (n == 0)
			return c->nullable;
		if (n - 1 > s->n)
			return false;
		text->n = (size_t)n - 1;
		return take(s, text->n, &text->p);
	}
	case DB_DATE:
		if (!take_length(s, &n) || n >= UINT64_C(3000) * 512)
			return false;
		*(struct date *)at =
		    (struct date){ (int16_t)(n / 512), (int8_t)(n / 32 % 16), (int8_t)(n % 32) };
		return true;
	}
	return false;
}

bool db_unpack(
    const struct db_query *q, struct arena *mem, struct str *bytes, void **rows, size_t *n)
{
	uint64_t shape, count;
	const char *p;
	unsigned char *out;

	*n = 0;
	*rows = NULL;
	if (!take(bytes, sizeof shape, &p))
		return false;
	memcpy(&shape, p, sizeof shape);
	if (shape != shape_of(q) || !take_length(bytes, &count) || count > ROWS_MOST ||
	    count > bytes->n)
		return false;
	out = arena_take(mem, (size_t)count, q->row, _Alignof(max_align_t));
	for (size_t i = 0; i < (size_t)count; i++)
		for (int k = 0; k < q->outs; k++)
			if (!take_column(bytes, &q->cols[k], out + i * q->row))
				return false;
	*rows = out;
	*n = (size_t)count;
	return true;
}
