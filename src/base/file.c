#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#define FIRST_ROOM ((size_t)64 * 1024)

static enum err read_all(struct arena *mem, int fd, size_t most, struct str *out)
{
	size_t room = FIRST_ROOM, n = 0;
	char *p = arena_take(mem, room, 1, 1);

	for (;;) {
		ssize_t got;

		if (n == room) {
			p = arena_grow(mem, p, room, 2 * room);
			room *= 2;
		}
		got = read(fd, p + n, room - n);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return ERR_NOT_FOUND;
		if (got == 0)
			break;
		n += (size_t)got;
		if (n > most)
			return ERR_TOO_LARGE;
	}
	*out = (struct str){ p, n };
	return OK;
}

enum err file_read(struct arena *mem, const char *path, size_t most, struct str *out)
{
	bool is_stdin = strcmp(path, "-") == 0;
	int fd = is_stdin ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
	enum err e;

	if (fd < 0)
		return ERR_NOT_FOUND;
	e = read_all(mem, fd, most, out);
	if (!is_stdin)
		close(fd);
	return e;
}
