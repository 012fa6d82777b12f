/* Two walls: Landlock for files (by its raw calls: Debian 12 has no library for it), libseccomp for
 * the calls to the kernel. */
#include "app/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <seccomp.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/log.h"
#include "base/sanitized.h"
#include "db/db.h"

/* Newer than Debian 12's headers; the kernel says by its version whether it knows them. */
#define FS_TRUNCATE (1ULL << 14)  /* version 3 */
#define FS_IOCTL_DEV (1ULL << 15) /* version 5 */

#define FS_READ (LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR)
#define FS_KEEP \
	(FS_READ | LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_MAKE_REG | \
	    LANDLOCK_ACCESS_FS_REMOVE_FILE | FS_TRUNCATE)
#define FS_OF_FILES (LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE | FS_TRUNCATE)

struct walls {
	int ruleset;
	uint64_t known; /* the kinds of access that this kernel knows */
};

static uint64_t known_to(long version)
{
	uint64_t known = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1; /* all of version 1 */

	if (version >= 2)
		known |= LANDLOCK_ACCESS_FS_REFER;
	if (version >= 3)
		known |= FS_TRUNCATE;
	if (version >= 5)
		known |= FS_IOCTL_DEV;
	return known;
}

/* A folder with all in it, or one file. One that is not there stays shut. */
static void let_in(void *ctx, const char *path, bool writes)
{
	const struct walls *w = ctx;
	struct landlock_path_beneath_attr rule = { 0 };
	struct stat st;
	int fd = open(path, O_PATH | O_CLOEXEC);

	if (fd < 0)
		return;
	rule.parent_fd = fd;
	rule.allowed_access = (writes ? FS_KEEP : FS_READ) & w->known;
	if (fstat(fd, &st) == 0 && !S_ISDIR(st.st_mode))
		rule.allowed_access &= FS_OF_FILES;
	if (syscall(SYS_landlock_add_rule, w->ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0) != 0)
		log_line(LOG_WARN, "sandbox", "a place stays shut, errno=%d", errno);
	close(fd);
}

/* The folder of a file: what stands in it is written whole and put in place. */
static void let_in_folder(struct walls *w, const char *file)
{
	char folder[CONFIG_TEXT];
	char *slash;

	snprintf(folder, sizeof folder, "%s", file);
	slash = strrchr(folder, '/');
	if (slash)
		slash[slash == folder] = '\0';
	let_in(w, slash ? folder : ".", true);
}

/* What lies in memory (pages, keys, tokens) is left in no core file and read by no other program of
 * the same user. */
static void shut_memory(void)
{
	static const struct rlimit none;

	if (setrlimit(RLIMIT_CORE, &none) != 0 ||
	    (!SANITIZED && prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0))
		log_line(LOG_WARN, "sandbox", "memory stays open, errno=%d", errno);
}

void sandbox_files(const struct config *cfg)
{
	long version =
	    syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
	struct landlock_ruleset_attr attr;
	struct walls w = { .known = known_to(version) };

	if (!cfg->sandbox) {
		log_line(LOG_WARN, "sandbox", "off by configuration");
		return;
	}
	shut_memory();
	attr = (struct landlock_ruleset_attr){ .handled_access_fs = w.known };
	w.ruleset = version < 1 ? -1 : (int)syscall(SYS_landlock_create_ruleset, &attr, 8, 0);
	if (w.ruleset < 0) {
		log_line(LOG_WARN, "sandbox", "this kernel has no Landlock: files stay open");
		return;
	}
	db_places(cfg->database, let_in, &w);
	db_places(cfg->book, let_in, &w);
	if (cfg->witness[0])
		let_in_folder(&w, cfg->witness);
	let_in(&w, "/dev/urandom", false);
	let_in(&w, "/dev/null", true);
	if (SANITIZED)
		let_in(&w, "/proc", false);
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 ||
	    syscall(SYS_landlock_restrict_self, w.ruleset, 0) != 0)
		log_line(LOG_WARN, "sandbox", "Landlock refuses, errno=%d: files stay open", errno);
	else
		log_line(LOG_INFO, "sandbox", "files landlock=%ld", version);
	close(w.ruleset);
}

/* What a server that has started asks of the kernel. All else answers EPERM. */
static const int calls[] = {
	/* bytes */
	SCMP_SYS(read), SCMP_SYS(write), SCMP_SYS(readv), SCMP_SYS(writev), SCMP_SYS(pread64),
	SCMP_SYS(pwrite64), SCMP_SYS(preadv), SCMP_SYS(pwritev), SCMP_SYS(sendfile),
	/* files (which ones: Landlock) */
	SCMP_SYS(open), SCMP_SYS(openat), SCMP_SYS(close), SCMP_SYS(stat), SCMP_SYS(fstat),
	SCMP_SYS(lstat), SCMP_SYS(newfstatat), SCMP_SYS(statx), SCMP_SYS(access),
	SCMP_SYS(faccessat), SCMP_SYS(faccessat2), SCMP_SYS(readlink), SCMP_SYS(readlinkat),
	SCMP_SYS(lseek), SCMP_SYS(fsync), SCMP_SYS(fdatasync), SCMP_SYS(ftruncate),
	SCMP_SYS(fallocate), SCMP_SYS(fcntl), SCMP_SYS(flock), SCMP_SYS(unlink), SCMP_SYS(unlinkat),
	SCMP_SYS(rename), SCMP_SYS(renameat), SCMP_SYS(renameat2), SCMP_SYS(getcwd),
	SCMP_SYS(fchmod), SCMP_SYS(fchown), SCMP_SYS(getdents64), SCMP_SYS(dup),
	/* memory */
	SCMP_SYS(munmap), SCMP_SYS(mremap), SCMP_SYS(madvise), SCMP_SYS(brk), SCMP_SYS(mlock),
	SCMP_SYS(mlock2), SCMP_SYS(munlock), SCMP_SYS(msync), SCMP_SYS(membarrier),
	/* waiting, time, threads as they are */
	SCMP_SYS(futex), SCMP_SYS(set_robust_list), SCMP_SYS(rseq), SCMP_SYS(sched_yield),
	SCMP_SYS(sched_getaffinity), SCMP_SYS(getcpu), SCMP_SYS(clock_gettime),
	SCMP_SYS(clock_getres), SCMP_SYS(clock_nanosleep), SCMP_SYS(nanosleep),
	SCMP_SYS(gettimeofday), SCMP_SYS(time), SCMP_SYS(restart_syscall), SCMP_SYS(exit),
	SCMP_SYS(exit_group), SCMP_SYS(rt_sigaction), SCMP_SYS(rt_sigprocmask),
	SCMP_SYS(rt_sigreturn), SCMP_SYS(rt_sigtimedwait), SCMP_SYS(sigaltstack),
	/* connections that are there */
	SCMP_SYS(accept), SCMP_SYS(accept4), SCMP_SYS(shutdown), SCMP_SYS(getsockname),
	SCMP_SYS(getpeername), SCMP_SYS(getsockopt), SCMP_SYS(setsockopt), SCMP_SYS(sendto),
	SCMP_SYS(sendmsg), SCMP_SYS(sendmmsg), SCMP_SYS(recvfrom), SCMP_SYS(recvmsg),
	SCMP_SYS(poll), SCMP_SYS(ppoll), SCMP_SYS(select), SCMP_SYS(pselect6), SCMP_SYS(epoll_ctl),
	SCMP_SYS(epoll_wait), SCMP_SYS(epoll_pwait),
	/* about oneself */
	SCMP_SYS(getpid), SCMP_SYS(gettid), SCMP_SYS(getppid), SCMP_SYS(getuid), SCMP_SYS(geteuid),
	SCMP_SYS(getgid), SCMP_SYS(getegid), SCMP_SYS(getrandom), SCMP_SYS(uname),
	SCMP_SYS(sysinfo), SCMP_SYS(getrusage), SCMP_SYS(getrlimit)
};

/* A lost server is connected to again: its name looked up (bind and netlink are the C library's),
 * a socket made. */
static const int calls_postgres[] = { SCMP_SYS(connect), SCMP_SYS(bind), SCMP_SYS(recvmmsg),
	SCMP_SYS(umask) };

/* The leak finder stops the threads from a process beside them; the race finder has a thread of its
 * own. Neither is in a build that serves anybody. */
static const int calls_sanitized[] = { SCMP_SYS(clone), SCMP_SYS(clone3), SCMP_SYS(ptrace),
	SCMP_SYS(wait4), SCMP_SYS(kill), SCMP_SYS(prctl), SCMP_SYS(mprotect), SCMP_SYS(pipe2),
	SCMP_SYS(pipe), SCMP_SYS(prlimit64), SCMP_SYS(arch_prctl), SCMP_SYS(process_vm_readv),
	SCMP_SYS(set_tid_address), SCMP_SYS(getdents), SCMP_SYS(sched_setaffinity),
	SCMP_SYS(mmap) };

static bool allow_all(scmp_filter_ctx f, const int *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (list[i] >= 0 && seccomp_rule_add(f, SCMP_ACT_ALLOW, list[i], 0) != 0)
			return false; /* below 0: this machine has no such call */
	return true;
}

/* Calls that are let through for some of their arguments only. */
static bool allow_some(scmp_filter_ctx f, bool connects)
{
	static const int families[] = { AF_UNIX, AF_INET, AF_INET6, AF_NETLINK };
	static const unsigned long asks[] = { FIONBIO, FIONREAD, TCGETS };
	int bad = 0;

	if (!SANITIZED) {
		/* Memory is written or run, never both; what is mapped from now on is not run. */
		bad |= seccomp_rule_add(f, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 1,
		    SCMP_CMP(2, SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
		bad |= seccomp_rule_add(f, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1,
		    SCMP_CMP(2, SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
		/* Limits are read, not set. */
		bad |= seccomp_rule_add(
		    f, SCMP_ACT_ALLOW, SCMP_SYS(prlimit64), 1, SCMP_CMP(2, SCMP_CMP_EQ, 0, 0));
	}
	/* must() ends the program by a signal to itself. */
	bad |= seccomp_rule_add(f, SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 1,
	    SCMP_CMP(0, SCMP_CMP_EQ, (scmp_datum_t)getpid(), 0));
	for (size_t i = 0; i < sizeof asks / sizeof *asks; i++)
		bad |= seccomp_rule_add(
		    f, SCMP_ACT_ALLOW, SCMP_SYS(ioctl), 1, SCMP_CMP(1, SCMP_CMP_EQ, asks[i], 0));
	for (size_t i = 0; connects && i < sizeof families / sizeof *families; i++)
		bad |= seccomp_rule_add(f, SCMP_ACT_ALLOW, SCMP_SYS(socket), 1,
		    SCMP_CMP(0, SCMP_CMP_EQ, (scmp_datum_t)families[i], 0));
	return bad == 0;
}

void sandbox_calls(const struct config *cfg)
{
	bool connects = db_connects(cfg->database) || db_connects(cfg->book);
	scmp_filter_ctx f;
	int bad = -ENOMEM;

	if (!cfg->sandbox)
		return;
	f = seccomp_init(SCMP_ACT_ERRNO(EPERM));
	if (f && seccomp_attr_set(f, SCMP_FLTATR_CTL_TSYNC, 1) == 0 &&
	    seccomp_attr_set(f, SCMP_FLTATR_CTL_OPTIMIZE, 2) == 0 && /* a tree, not a list */
	    allow_all(f, calls, sizeof calls / sizeof *calls) &&
	    (!connects ||
		allow_all(f, calls_postgres, sizeof calls_postgres / sizeof *calls_postgres)) &&
	    (!SANITIZED ||
		allow_all(f, calls_sanitized, sizeof calls_sanitized / sizeof *calls_sanitized)) &&
	    allow_some(f, connects))
		bad = seccomp_load(f);
	if (bad)
		log_line(LOG_WARN, "sandbox", "seccomp refuses, errno=%d: calls stay open", -bad);
	else
		log_line(LOG_INFO, "sandbox", "calls filtered, connects=%d", connects);
	seccomp_release(f);
}
