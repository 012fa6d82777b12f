/*
 * assets OUT.h OUT.c FOLDER: puts every file of a folder (not of folders in it) into the program,
 * with its gzip form and a path that changes with the content, so that a browser may keep it for
 * ever. Made: assets[] and, for each file, a macro as ASSET_tillsammans_css with its path.
 */
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <sodium.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#define MOST_FILES 256
#define HASH_BYTES 8

struct file {
	char name[128];
	unsigned char *plain, *packed;
	size_t n, packed_n; /* packed_n 0: gzip makes it no smaller */
	char hash[2 * HASH_BYTES + 1];
	const char *type;
};

static const struct {
	const char *ending, *type;
} types[] = {
	{ ".css", "text/css; charset=utf-8" },
	{ ".js", "text/javascript; charset=utf-8" },
	{ ".mjs", "text/javascript; charset=utf-8" },
	{ ".svg", "image/svg+xml" },
	{ ".png", "image/png" },
	{ ".ico", "image/x-icon" },
	{ ".woff2", "font/woff2" },
	{ ".txt", "text/plain; charset=utf-8" },
	{ ".webmanifest", "application/manifest+json" },
};

static _Noreturn void stop(const char *path, const char *what)
{
	fprintf(stderr, "%s:1: %s\n", path, what);
	exit(1);
}

static void *room(size_t n)
{
	void *p = calloc(n ? n : 1, 1);
	if (!p)
		stop("assets", "out of memory");
	return p;
}

static int by_name(const void *a, const void *b)
{
	return strcmp(((const struct file *)a)->name, ((const struct file *)b)->name);
}

static void read_file(const char *path, struct file *f)
{
	FILE *in = fopen(path, "rb");
	long n;
	if (!in || fseek(in, 0, SEEK_END) != 0 || (n = ftell(in)) < 0)
		stop(path, strerror(errno));
	rewind(in);
	f->n = (size_t)n;
	f->plain = room(f->n);
	if (fread(f->plain, 1, f->n, in) != f->n)
		stop(path, "can't be read whole");
	fclose(in);
}

/* gzip without name and time, so that the same file gives the same bytes. */
static void pack(const char *path, struct file *f)
{
	z_stream z = { 0 };
	if (deflateInit2(&z, 9, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY) != Z_OK)
		stop(path, "zlib does not start");
	size_t most = deflateBound(&z, f->n);
	f->packed = room(most);
	z.next_in = f->plain;
	z.avail_in = (uInt)f->n;
	z.next_out = f->packed;
	z.avail_out = (uInt)most;
	if (deflate(&z, Z_FINISH) != Z_STREAM_END)
		stop(path, "zlib does not finish");
	f->packed_n = z.total_out < f->n ? z.total_out : 0;
	deflateEnd(&z);
}

static void load(const char *folder, struct file *f)
{
	char path[4096];
	snprintf(path, sizeof(path), "%s/%s", folder, f->name);
	const char *ending = strrchr(f->name, '.');
	for (size_t i = 0; ending && i < sizeof(types) / sizeof(types[0]); i++)
		if (strcmp(ending, types[i].ending) == 0)
			f->type = types[i].type;
	if (!f->type)
		stop(path, "of this ending the program knows no type (gen/assets.c)");
	for (const char *c = f->name; *c; c++)
		if (!isalnum((unsigned char)*c) && !strchr("._-", *c))
			stop(path,
			    "a name of an asset has letters a-z, digits, '.', '-' and '_' only");
	read_file(path, f);
	unsigned char hash[crypto_generichash_BYTES_MIN];
	crypto_generichash(hash, sizeof(hash), f->plain, f->n, NULL, 0);
	sodium_bin2hex(f->hash, sizeof(f->hash), hash, HASH_BYTES);
	pack(path, f);
}

static void put_bytes(FILE *out, const char *what, size_t i, const unsigned char *p, size_t n)
{
	fprintf(out, "static const unsigned char %s_%zu[] = {", what, i);
	for (size_t k = 0; k < n; k++)
		fprintf(out, "%s%u,", k % 24 ? "" : "\n\t", p[k]);
	fprintf(out, "\n};\n");
}

/* /static/NAME.HASH.ENDING */
static void put_path(FILE *out, const struct file *f)
{
	const char *ending = strrchr(f->name, '.');
	fprintf(out, "\"/static/%.*s.%s%s\"", (int)(ending - f->name), f->name, f->hash, ending);
}

static void put_header(FILE *out, const struct file *files, size_t n)
{
	fprintf(out,
	    "/* Made by gen/assets: files that stand in the program, for everyone and for ever. */\n"
	    "#ifndef MADE_ASSETS_H\n#define MADE_ASSETS_H\n\n#include <stddef.h>\n\n"
	    "struct asset {\n"
	    "\tconst char *name; /* \"tillsammans.css\" */\n"
	    "\tconst char *path; /* changes with the content: cache it for ever */\n"
	    "\tconst char *type; /* for Content-Type */\n"
	    "\tconst char *etag; /* with its quotes */\n"
	    "\tconst unsigned char *plain;\n\tsize_t plain_n;\n"
	    "\tconst unsigned char *gzip; /* NULL: gzip makes it no smaller */\n\tsize_t gzip_n;\n"
	    "};\n\nextern const struct asset assets[];\nextern const size_t assets_n;\n\n");
	for (size_t i = 0; i < n; i++) {
		fprintf(out, "#define ASSET_");
		for (const char *c = files[i].name; *c; c++)
			fputc(isalnum((unsigned char)*c) ? *c : '_', out);
		fputc(' ', out);
		put_path(out, &files[i]);
		fputc('\n', out);
	}
	fprintf(out, "\n#endif\n");
}

static void put_source(FILE *out, const struct file *files, size_t n)
{
	fprintf(out, "/* Made by gen/assets. */\n#include \"assets.h\"\n\n");
	for (size_t i = 0; i < n; i++) {
		put_bytes(out, "plain", i, files[i].plain, files[i].n);
		if (files[i].packed_n)
			put_bytes(out, "packed", i, files[i].packed, files[i].packed_n);
	}
	fprintf(out, "const struct asset assets[] = {\n");
	for (size_t i = 0; i < n; i++) {
		const struct file *f = &files[i];
		fprintf(out, "\t{ \"%s\", ", f->name);
		put_path(out, f);
		fprintf(
		    out, ", \"%s\", \"\\\"%s\\\"\", plain_%zu, %zu, ", f->type, f->hash, i, f->n);
		if (f->packed_n)
			fprintf(out, "packed_%zu, %zu },\n", i, f->packed_n);
		else
			fprintf(out, "NULL, 0 },\n");
	}
	fprintf(out, "};\nconst size_t assets_n = %zu;\n", n);
}

static FILE *create(const char *path)
{
	FILE *out = fopen(path, "w");
	if (!out)
		stop(path, strerror(errno));
	return out;
}

static void finish(FILE *out, const char *path)
{
	if (fclose(out) != 0)
		stop(path, strerror(errno));
}

int main(int argc, char **argv)
{
	static struct file files[MOST_FILES];
	size_t n = 0;
	if (argc != 4 || sodium_init() < 0) {
		fprintf(stderr, "usage: assets OUT.h OUT.c FOLDER\n");
		return 2;
	}
	DIR *dir = opendir(argv[3]);
	if (!dir)
		stop(argv[3], strerror(errno));
	for (struct dirent *e; (e = readdir(dir));) {
		if (*e->d_name == '.' || e->d_type == DT_DIR)
			continue;
		if (n == MOST_FILES || strlen(e->d_name) >= sizeof(files[0].name))
			stop(argv[3], "too many files, or a name too long");
		snprintf(files[n++].name, sizeof(files[0].name), "%s", e->d_name);
	}
	closedir(dir);
	if (n == 0)
		stop(argv[3], "no file: build the style sheet first (scripts/web)");
	qsort(files, n, sizeof(files[0]), by_name);
	for (size_t i = 0; i < n; i++)
		load(argv[3], &files[i]);

	FILE *out = create(argv[1]);
	put_header(out, files, n);
	finish(out, argv[1]);
	out = create(argv[2]);
	put_source(out, files, n);
	finish(out, argv[2]);
	for (size_t i = 0; i < n; i++) {
		free(files[i].plain);
		free(files[i].packed);
	}
	return 0;
}
