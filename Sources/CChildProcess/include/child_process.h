#ifndef CONSILIUM_CHILD_PROCESS_H
#define CONSILIUM_CHILD_PROCESS_H

#include <stdint.h>
#include <sys/types.h>

/// What a child may use; 0 means no bound.
struct child_limits {
    uint64_t memory_bytes;
    uint64_t cpu_seconds;
    /// The largest file that it may write. Pipes are not files.
    uint64_t file_bytes;
};

/// Starts `path` with the three descriptors as its standard streams and no others.
///
/// The child leads a process group of its own, ends with its parent, gains no privileges, and opens no sockets (Linux).
/// The limits hold before its first instruction. Swift has neither fork nor prlimit, hence C.
///
/// Returns the process id, or the negative of errno; a program that can't be executed is reported here too.
pid_t child_process_start(
    const char *path, char *const arguments[], char *const environment[], int input, int output, int errors,
    struct child_limits limits);

/// A file in memory (or an unlinked one in `folder`), which no other process can open by name. -1 and errno on failure.
int child_process_private_file(const char *folder);

#endif
