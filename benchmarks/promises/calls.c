/* Stands between a program and the files of one folder: writes down what the disk is asked for, or refuses one call.

   Built on the spot by calls.py and loaded before the system's own library. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

enum { NO_SPACE = 1, IO_ERROR = 2, HALF = 3 };
enum { FILES = 65536 };

static char folder[PATH_MAX];
static unsigned char watched[FILES]; /* by descriptor: 1 a file of the folder */
static int log_to = -1;              /* descriptor that the calls are written down to */
static long made, wanted;            /* calls so far; the one to refuse */
static int how, next_too;            /* in which way; whether the next write is refused as well */

#define REAL(type, name, ...)                                       \
  static type (*real)(__VA_ARGS__);                                 \
  if (!real) real = (type(*)(__VA_ARGS__))dlsym(RTLD_NEXT, name);

/* -- what the program under trial calls through ctypes ------------------------------------------------------- */

void calls_watch(const char *path, int descriptor) {
  snprintf(folder, sizeof folder, "%s", path);
  log_to = descriptor;
}

void calls_refuse(long number, int way) {
  made = 0;
  wanted = number;
  how = way;
  next_too = 0;
}

long calls_made(void) { return made; }

/* -- what is asked of the disk ------------------------------------------------------------------------------- */

static int ours(const char *path) {
  size_t length = strlen(folder);
  return length && path && !strncmp(path, folder, length) && (path[length] == '/' || !path[length]);
}

static int file_of_ours(int fd) { return fd >= 0 && fd < FILES && watched[fd]; }

static void note(char kind, int fd, int64_t at, const void *data, size_t size) {
  REAL(ssize_t, "write", int, const void *, size_t)
  struct { char kind[4]; int32_t fd; int64_t at; int64_t size; } head = {{kind, 0, 0, 0}, fd, at, (int64_t)size};
  if (log_to < 0) return;
  int kept = errno;
  real(log_to, &head, sizeof head);
  if (size) real(log_to, data, size);
  errno = kept;
}

/* Return 0 where a call goes its way, else how it is refused. */
static int refused(int writes) {
  if (next_too && writes) {
    next_too = 0;
    return NO_SPACE;
  }
  if (__sync_add_and_fetch(&made, 1) != wanted) return 0;
  if (how == HALF && writes) next_too = 1;
  return how;
}

static int fails(int way) {
  errno = way == NO_SPACE ? ENOSPC : EIO;
  return -1;
}

/* -- the calls ----------------------------------------------------------------------------------------------- */

static int opened(int fd, const char *path, int flags, int way) {
  if (fd >= 0 && fd < FILES) watched[fd] = 1;
  if (fd >= 0) note('o', fd, flags, path, strlen(path));
  if (fd >= 0 && way) { /* done, and yet reported as failed */
    close(fd);
    return fails(way);
  }
  return fd;
}

#define OPEN(name)                                                  \
  int name(const char *path, int flags, ...) {                      \
    REAL(int, #name, const char *, int, ...)                        \
    va_list rest;                                                   \
    va_start(rest, flags);                                          \
    mode_t mode = va_arg(rest, mode_t);                             \
    va_end(rest);                                                   \
    if (!ours(path)) return real(path, flags, mode);                \
    int way = refused(0);                                           \
    if (way && way != HALF) return fails(way);                      \
    return opened(real(path, flags, mode), path, flags, way);       \
  }
OPEN(open)
OPEN(open64)

#define OPENAT(name)                                                \
  int name(int at, const char *path, int flags, ...) {              \
    REAL(int, #name, int, const char *, int, ...)                   \
    va_list rest;                                                   \
    va_start(rest, flags);                                          \
    mode_t mode = va_arg(rest, mode_t);                             \
    va_end(rest);                                                   \
    if (!ours(path)) return real(at, path, flags, mode);            \
    int way = refused(0);                                           \
    if (way && way != HALF) return fails(way);                      \
    return opened(real(at, path, flags, mode), path, flags, way);   \
  }
OPENAT(openat)
OPENAT(openat64)

int close(int fd) {
  REAL(int, "close", int)
  if (file_of_ours(fd)) watched[fd] = 0;
  return real(fd);
}

ssize_t write(int fd, const void *data, size_t size) {
  REAL(ssize_t, "write", int, const void *, size_t)
  if (!file_of_ours(fd)) return real(fd, data, size);
  int way = refused(1);
  if (way && (way != HALF || size < 2)) return fails(way);
  off_t at = lseek(fd, 0, fcntl(fd, F_GETFL) & O_APPEND ? SEEK_END : SEEK_CUR);
  ssize_t done = real(fd, data, way ? size / 2 : size);
  if (done > 0) note('w', fd, at, data, (size_t)done);
  return done;
}

#define PWRITE(name, offset)                                        \
  ssize_t name(int fd, const void *data, size_t size, offset at) {  \
    REAL(ssize_t, #name, int, const void *, size_t, offset)         \
    if (!file_of_ours(fd)) return real(fd, data, size, at);         \
    int way = refused(1);                                           \
    if (way && (way != HALF || size < 2)) return fails(way);        \
    ssize_t done = real(fd, data, way ? size / 2 : size, at);       \
    if (done > 0) note('w', fd, at, data, (size_t)done);            \
    return done;                                                    \
  }
PWRITE(pwrite, off_t)
PWRITE(pwrite64, off64_t)

/* A call that is done or not: refused by half, it is done and yet reported as failed. */
#define WHOLE(mine, doing, noting)                                  \
  if (!(mine)) return doing;                                        \
  int way = refused(0);                                             \
  if (way && way != HALF) return fails(way);                        \
  int done = doing;                                                 \
  if (!done) noting;                                                \
  return way ? fails(way) : done;

int ftruncate(int fd, off_t size) {
  REAL(int, "ftruncate", int, off_t)
  WHOLE(file_of_ours(fd), real(fd, size), note('t', fd, size, 0, 0))
}

int ftruncate64(int fd, off64_t size) {
  REAL(int, "ftruncate64", int, off64_t)
  WHOLE(file_of_ours(fd), real(fd, size), note('t', fd, size, 0, 0))
}

int fsync(int fd) {
  REAL(int, "fsync", int)
  WHOLE(file_of_ours(fd), real(fd), note('s', fd, 0, 0, 0))
}

int fdatasync(int fd) {
  REAL(int, "fdatasync", int)
  WHOLE(file_of_ours(fd), real(fd), note('s', fd, 0, 0, 0))
}

int unlink(const char *path) {
  REAL(int, "unlink", const char *)
  WHOLE(ours(path), real(path), note('u', -1, 0, path, strlen(path)))
}

static void note_two(char kind, const char *from, const char *to) {
  char both[2 * PATH_MAX];
  int length = snprintf(both, sizeof both, "%s%c%s", from, 0, to);
  note(kind, -1, 0, both, (size_t)length);
}

int rename(const char *from, const char *to) {
  REAL(int, "rename", const char *, const char *)
  WHOLE(ours(to), real(from, to), note_two('r', from, to))
}

int link(const char *from, const char *to) {
  REAL(int, "link", const char *, const char *)
  WHOLE(ours(to), real(from, to), note_two('l', from, to))
}

int mkdir(const char *path, mode_t mode) {
  REAL(int, "mkdir", const char *, mode_t)
  WHOLE(ours(path), real(path, mode), note('m', -1, 0, path, strlen(path)))
}

/* The ways round `write`: refused, so that the bytes come by `write`. */
ssize_t sendfile(int to, int from, off_t *at, size_t size) {
  REAL(ssize_t, "sendfile", int, int, off_t *, size_t)
  if (!file_of_ours(to)) return real(to, from, at, size);
  errno = EINVAL;
  return -1;
}

ssize_t copy_file_range(int from, off64_t *in, int to, off64_t *out, size_t size, unsigned flags) {
  REAL(ssize_t, "copy_file_range", int, off64_t *, int, off64_t *, size_t, unsigned)
  if (!file_of_ours(to)) return real(from, in, to, out, size, flags);
  errno = EXDEV;
  return -1;
}
