#define _GNU_SOURCE
#include "child_process.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#ifdef __linux__
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#endif

static void limit(int resource, uint64_t value) {
    if (value == 0) return;
    struct rlimit bound = {.rlim_cur = (rlim_t)value, .rlim_max = (rlim_t)value};
    setrlimit(resource, &bound);
}

#ifdef __linux__
/// A converter of documents has no business with the network: socket() fails with EACCES.
static void refuse_sockets(void) {
#if defined(__x86_64__)
    const unsigned int architecture = AUDIT_ARCH_X86_64;
#elif defined(__aarch64__)
    const unsigned int architecture = AUDIT_ARCH_AARCH64;
#else
    return;
#endif
#if defined(__x86_64__) || defined(__aarch64__)
    struct sock_filter program[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, arch)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, architecture, 1, 0),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_socket, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EACCES),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    struct sock_fprog filter = {.len = sizeof program / sizeof *program, .filter = program};
    prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter);
#endif
}
#endif

static void close_from(int first) {
#if defined(__linux__) && defined(SYS_close_range)
    if (syscall(SYS_close_range, first, ~0U, 0) == 0) return;
#endif
    long most = sysconf(_SC_OPEN_MAX);
    if (most < 0 || most > 65536) most = 65536;
    for (int descriptor = first; descriptor < most; descriptor++) close(descriptor);
}

/// Only calls that are safe between fork and exec in a program with threads.
static void become(
    const char *path, char *const arguments[], char *const environment[], const int streams[3], int report,
    pid_t parent, struct child_limits limits) {
    setpgid(0, 0);
#ifdef __linux__
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent) _exit(127);
#else
    (void)parent;
#endif
    struct sigaction standard;
    memset(&standard, 0, sizeof standard);
    standard.sa_handler = SIG_DFL;
    for (int number = 1; number < NSIG; number++) sigaction(number, &standard, NULL);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);

    // First out of the way of 0...3, so that no move overwrites a stream that is still to be moved.
    int moved[4];
    for (int index = 0; index < 4; index++) {
        moved[index] = fcntl(index < 3 ? streams[index] : report, F_DUPFD, 10);
        if (moved[index] < 0) _exit(127);
    }
    for (int index = 0; index < 4; index++) dup2(moved[index], index);
    close_from(4);
    fcntl(3, F_SETFD, FD_CLOEXEC);

    limit(RLIMIT_AS, limits.memory_bytes);
    limit(RLIMIT_CPU, limits.cpu_seconds);
    limit(RLIMIT_FSIZE, limits.file_bytes);
    struct rlimit core = {0, 0};
    setrlimit(RLIMIT_CORE, &core);
    umask(077);
#ifdef __linux__
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    refuse_sockets();
#endif
    execve(path, arguments, environment);
    int fault = errno;
    ssize_t written = write(3, &fault, sizeof fault);
    (void)written;
    _exit(127);
}

pid_t child_process_start(
    const char *path, char *const arguments[], char *const environment[], int input, int output, int errors,
    struct child_limits limits) {
    int report[2];
    if (pipe(report) != 0) return -errno;
    fcntl(report[0], F_SETFD, FD_CLOEXEC);
    fcntl(report[1], F_SETFD, FD_CLOEXEC);
    const int streams[3] = {input, output, errors};
    pid_t parent = getpid();
    pid_t child = fork();
    if (child < 0) {
        int fault = errno;
        close(report[0]);
        close(report[1]);
        return -fault;
    }
    if (child == 0) become(path, arguments, environment, streams, report[1], parent, limits);
    close(report[1]);
    int fault = 0;
    ssize_t count;
    do { count = read(report[0], &fault, sizeof fault); } while (count < 0 && errno == EINTR);
    close(report[0]);
    // Nothing to read: exec closed the pipe.
    return count == (ssize_t)sizeof fault ? -fault : child;
}

int child_process_private_file(const char *folder) {
#if defined(__linux__) && defined(SYS_memfd_create)
    int memory = (int)syscall(SYS_memfd_create, "document", 1U /* MFD_CLOEXEC */);
    if (memory >= 0) return memory;
#endif
    char name[4096];
    if (snprintf(name, sizeof name, "%s/document.XXXXXX", folder) >= (int)sizeof name) {
        errno = ENAMETOOLONG;
        return -1;
    }
    int file = mkstemp(name);
    if (file < 0) return -1;
    unlink(name);
    fcntl(file, F_SETFD, FD_CLOEXEC);
    return file;
}
