// What the trainer asks of the system: a lock, a file written whole or not at all, a clock.
#define _GNU_SOURCE
#include "LadderKernels.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

int ladder_lock(const char *path) {
    // The descriptor stays open on purpose: the system drops the lock with the process, however it ends.
    const int file = open(path, O_CREAT | O_RDWR | O_CLOEXEC, 0644);
    if (file < 0) return -1;
    if (flock(file, LOCK_EX | LOCK_NB) == 0) return 1;
    close(file);
    return 0;
}

int ladder_write_atomically(const char *path, const void *bytes, size_t count) {
    char beside[4096];
    if (snprintf(beside, sizeof beside, "%s.partial", path) >= (int)sizeof beside) return ENAMETOOLONG;
    const int file = open(beside, O_CREAT | O_WRONLY | O_TRUNC | O_CLOEXEC, 0644);
    if (file < 0) return errno;
    const char *from = bytes;
    while (count > 0) {
        const ssize_t written = write(file, from, count);
        if (written < 0) {
            if (errno == EINTR) continue;
            const int reason = errno;
            close(file);
            unlink(beside);
            return reason;
        }
        from += written;
        count -= (size_t)written;
    }
    if (fsync(file) != 0 || close(file) != 0 || rename(beside, path) != 0) return errno;
    return 0;
}

static double seconds_of(clockid_t clock) {
    struct timespec now;
    clock_gettime(clock, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

double ladder_seconds(void) { return seconds_of(CLOCK_MONOTONIC); }

double ladder_processor_seconds(void) { return seconds_of(CLOCK_PROCESS_CPUTIME_ID); }
