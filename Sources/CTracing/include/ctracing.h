// What watching another program takes of Linux: ptrace(2), a seccomp(2) filter, its memory and its descriptors.
// Only ints and small structs cross the border. A call returns 0 or more, or a negated errno.
#ifndef CTRACING_H
#define CTRACING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>

#pragma clang assume_nonnull begin

// ---- starting ------------------------------------------------------------------------------------
// What the filter hands to the tracer beside the calls themselves: the value of PTRACE_GETEVENTMSG at its stop.
enum { TRACE_FILTERED = 0, TRACE_FOREIGN = 1, TRACE_IO_URING = 2, TRACE_OTHER_TRACER = 3 };
// How a program is started.
typedef struct trace_program {
  const char *path;
  char *_Nullable const *_Nonnull arguments;
  char *_Nullable const *_Nonnull environment;
  const char *_Nullable directory; // NULL stays
  int input, output, error;        // descriptors; -1 leaves the caller's
  bool is_own_session;             // setsid(2): no terminal of ours is its own
  int terminal;                    // the one that its session has; -1 for none
  bool is_filtered;                // only `calls` stop; else every call does
  bool refuses_io_uring;           // io_uring_setup(2) fails with ENOSYS; needs the filter
  bool ends_with_tracer;           // PTRACE_O_EXITKILL
  int64_t descriptor_limit;        // soft RLIMIT_NOFILE; 0 leaves it
  const int32_t *calls;            // numbers of the calls of interest
  size_t count;
} trace_program;
// Forks, seizes the child and lets it go on to execve(2). By the thread that traces. `failure` is a descriptor that holds
// what `trace_start_failure` reads if the child ends before it has become the program. Returns its id.
int trace_start(const trace_program *program, int *failure);
// The step that failed, 'f'ilter, 'd'irectory or 'e'xec, and its errno; 0 if there was none.
int trace_start_failure(int failure, int *error);
// The number of a call by its name on this machine; -1 if there is none. `dup2` is missing on aarch64.
int32_t trace_call_number(const char *name);
int32_t trace_io_uring_number(void); // io_uring_setup(2)
int32_t trace_restart_number(void);    // restart_syscall(2)
int32_t trace_return_number(void);     // rt_sigreturn(2)

// ---- stops ---------------------------------------------------------------------------------------
// PTRACE_SEIZE with the options of a program that is followed.
int trace_seize(int thread, bool ends_with_tracer);
int trace_interrupt(int thread);
int trace_detach(int thread, int signal);
// waitpid(2) for the children and tracees of the calling thread. Returns the thread, or a negated errno.
int trace_wait(int *status);
int trace_resume(int thread, int signal);          // to the next stop of the filter
int trace_resume_to_call(int thread, int signal);  // to the next entry or exit of a call
int trace_listen(int thread);                      // stays in a group stop
int trace_event_message(int thread, uint64_t *message);
typedef struct trace_call {
  int32_t number;        // -1 at an exit
  bool is_native;        // of this machine's own kind; false for i386 and x32
  bool is_exit;
  uint64_t instruction, stack;
  uint64_t arguments[6];
  int64_t result;        // at an exit: as the register has it
} trace_call;
// What call a stopped thread is in; -ENODATA if it is in none.
int trace_call_info(int thread, trace_call *call);

// ---- the program's memory and descriptors --------------------------------------------------------
// Bytes that could be read, fewer than asked where the memory ends.
int64_t trace_read(int process, uint64_t address, void *buffer, size_t count);
typedef struct trace_piece {
  uint64_t address;
  uint64_t length;
} trace_piece;
// The pieces one after another into one buffer, `count` bytes at most; at most 1024 pieces.
int64_t trace_read_pieces(int process, const trace_piece *pieces, size_t number, void *buffer, size_t count);
int trace_open_process(int process);                 // pidfd_open(2)
int trace_take_descriptor(int pidfd, int descriptor); // pidfd_getfd(2)
int trace_send_signal(int process, int signal);      // kill(2)
bool trace_shares_descriptors(int one, int other);   // kcmp(2); false where the kernel cannot tell

// What one descriptor of a program is.
typedef enum trace_kind { TRACE_NOTHING, TRACE_FILE, TRACE_SOCKET, TRACE_EPOLL } trace_kind;
trace_kind trace_descriptor_kind(int thread, int descriptor, uint64_t *inode);

// ---- sockets -------------------------------------------------------------------------------------
// By a duplicate of ours.
typedef struct trace_socket {
  int family, type, protocol;
  bool is_listening;
} trace_socket;
int trace_socket_facts(int fd, trace_socket *facts);
bool trace_is_timed(int fd);        // it waits, and SO_RCVTIMEO ends that
bool trace_resets_at_close(int fd); // SO_LINGER with 0 seconds

// ---- waits ---------------------------------------------------------------------------------------
typedef struct trace_watched {
  int32_t descriptor;
  uint32_t events;
  uint64_t data;
} trace_watched;
// An epoll_event of the program's memory, which is packed on some machines.
size_t trace_epoll_event_size(void);
void trace_epoll_event(const void *memory, uint32_t *events, uint64_t *data);
// What an epoll descriptor watches, by proc_pid_fdinfo(5): how many were found, at most `most`.
int trace_epoll_watched(int thread, int descriptor, trace_watched *watched, int most);

#pragma clang assume_nonnull end
#endif
