#define _GNU_SOURCE
#include "ctracing.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#if defined(__x86_64__)
#define NATIVE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define NATIVE AUDIT_ARCH_AARCH64
#else
#error "recvscope watches programs on x86-64 and aarch64"
#endif

// The calls that are known by name; those that a machine lacks are left out.
static const struct {
  const char *name;
  int32_t number;
} calls[] = {
#define CALL(name) {#name, SYS_##name}
    CALL(read), CALL(readv), CALL(recvfrom), CALL(recvmsg), CALL(recvmmsg),
    CALL(write), CALL(writev), CALL(sendto), CALL(sendmsg), CALL(sendmmsg), CALL(sendfile), CALL(splice),
    CALL(accept), CALL(accept4), CALL(connect), CALL(bind), CALL(listen), CALL(shutdown),
    CALL(close), CALL(close_range), CALL(dup), CALL(dup3), CALL(fcntl), CALL(socket), CALL(socketpair),
    CALL(setsockopt), CALL(pselect6), CALL(ppoll), CALL(epoll_ctl), CALL(epoll_pwait),
#ifdef SYS_epoll_pwait2
    CALL(epoll_pwait2),
#endif
#ifdef SYS_dup2
    CALL(dup2),
#endif
#ifdef SYS_select
    CALL(select),
#endif
#ifdef SYS_poll
    CALL(poll),
#endif
#ifdef SYS_epoll_wait
    CALL(epoll_wait),
#endif
#undef CALL
};

int32_t trace_call_number(const char *name) {
  for (size_t i = 0; i < sizeof calls / sizeof calls[0]; i++) {
    if (strcmp(calls[i].name, name) == 0) return calls[i].number;
  }
  return -1;
}

int32_t trace_io_uring_number(void) { return SYS_io_uring_setup; }
int32_t trace_restart_number(void) { return SYS_restart_syscall; }
int32_t trace_return_number(void) { return SYS_rt_sigreturn; }

// ---- the filter ----------------------------------------------------------------------------------

enum { MOST_INSTRUCTIONS = 256 };
struct builder {
  struct sock_filter code[MOST_INSTRUCTIONS];
  unsigned short count;
};

static void add(struct builder *builder, struct sock_filter instruction) {
  if (builder->count < MOST_INSTRUCTIONS) builder->code[builder->count++] = instruction;
}
static void load(struct builder *builder, size_t offset) {
  add(builder, (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, (uint32_t)offset));
}
static void answer(struct builder *builder, uint32_t action) {
  add(builder, (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, action));
}
// One comparison with what was loaded last, and the answer if it holds.
static void answer_if_equal(struct builder *builder, uint32_t value, uint32_t action) {
  add(builder, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, value, 0, 1));
  answer(builder, action);
}

static void build(struct builder *builder, const trace_program *program) {
  load(builder, offsetof(struct seccomp_data, arch));
#if defined(__x86_64__)
  // i386: socketcall(2) and the calls that make sockets there. Their arguments are not looked at.
  add(builder, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, AUDIT_ARCH_I386, 0, 6));
  load(builder, offsetof(struct seccomp_data, nr));
  answer_if_equal(builder, 102, SECCOMP_RET_TRACE | TRACE_FOREIGN);
  answer_if_equal(builder, 359, SECCOMP_RET_TRACE | TRACE_FOREIGN);
  answer(builder, SECCOMP_RET_ALLOW);
#endif
  add(builder, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, NATIVE, 1, 0));
  answer(builder, SECCOMP_RET_ALLOW);
  load(builder, offsetof(struct seccomp_data, nr));
#if defined(__x86_64__)
  add(builder, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, 0x40000000, 0, 1));
  answer(builder, SECCOMP_RET_TRACE | TRACE_FOREIGN);
#endif
  for (size_t i = 0; i < program->count; i++) {
    if (program->calls[i] >= 0 && program->calls[i] != SYS_fcntl)
      answer_if_equal(builder, (uint32_t)program->calls[i], SECCOMP_RET_TRACE | TRACE_FILTERED);
  }
  answer_if_equal(builder, SYS_ptrace, SECCOMP_RET_TRACE | TRACE_OTHER_TRACER);
  answer_if_equal(builder, SYS_io_uring_setup,
                  program->refuses_io_uring ? SECCOMP_RET_ERRNO | ENOSYS : SECCOMP_RET_TRACE | TRACE_IO_URING);
  // fcntl(2) only where it makes another descriptor.
  add(builder, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_fcntl, 0, 5));
  load(builder, offsetof(struct seccomp_data, args[1]));
  answer_if_equal(builder, F_DUPFD, SECCOMP_RET_TRACE | TRACE_FILTERED);
  answer_if_equal(builder, F_DUPFD_CLOEXEC, SECCOMP_RET_TRACE | TRACE_FILTERED);
  answer(builder, SECCOMP_RET_ALLOW);
}

static int install(const struct sock_fprog *filter) {
  // Without SPEC_ALLOW older kernels slow the whole program down; see seccomp(2).
  if (syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_SPEC_ALLOW, filter) == 0) return 0;
  return syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, filter) == 0 ? 0 : -errno;
}

// ---- the child -----------------------------------------------------------------------------------

static void fail(int pipe, char step, int error) {
  int told[2] = {step, error};
  (void)!write(pipe, told, sizeof told);
  _exit(127);
}

static void place(int fd, int target) {
  if (fd >= 0 && fd != target) dup2(fd, target);
}

// Only calls that signal-safety(7) allows: other threads may hold any lock.
static void become(const trace_program *program, const struct sock_fprog *filter, int go, int failure) {
  char byte;
  // The tracer is gone, or has seized this process.
  if (read(go, &byte, 1) != 1) _exit(127);
  if (program->is_own_session) setsid();
  // Only a leader of a session without a terminal can have one.
  if (program->terminal >= 0) ioctl(program->terminal, TIOCSCTTY, 0);
  place(program->input, 0);
  place(program->output, 1);
  place(program->error, 2);
  if (program->directory && chdir(program->directory) != 0) fail(failure, 'd', errno);
  if (program->descriptor_limit > 0) {
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
      limit.rlim_cur = (rlim_t)program->descriptor_limit;
      setrlimit(RLIMIT_NOFILE, &limit);
    }
  }
  // What recvscope does with signals is not for the program.
  signal(SIGPIPE, SIG_DFL);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
  if (program->is_filtered && install(filter) != 0) {
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || install(filter) != 0) fail(failure, 'f', errno);
  }
  execvpe(program->path, program->arguments, program->environment);
  fail(failure, 'e', errno);
}

int trace_start(const trace_program *program, int *failure) {
  struct builder builder = {.count = 0};
  build(&builder, program);
  struct sock_fprog filter = {.len = builder.count, .filter = builder.code};
  int go[2], told[2];
  if (pipe2(go, O_CLOEXEC) != 0) return -errno;
  if (pipe2(told, O_CLOEXEC) != 0) {
    int error = errno;
    close(go[0]), close(go[1]);
    return -error;
  }
  // SIGSTOP as a handshake would leave a group stop behind: a pipe leaves nothing.
  int child = fork();
  if (child == 0) {
    close(go[1]);
    become(program, &filter, go[0], told[1]);
  }
  int error = child < 0 ? -errno : trace_seize(child, program->ends_with_tracer);
  close(go[0]), close(told[1]);
  if (error == 0) {
    (void)!write(go[1], "g", 1);
    *failure = told[0];
  } else {
    close(told[0]);
  }
  close(go[1]);
  if (error != 0 && child > 0) waitpid(child, NULL, __WALL);
  return error != 0 ? error : child;
}

int trace_start_failure(int failure, int *error) {
  int told[2] = {0, 0};
  if (read(failure, told, sizeof told) != sizeof told) told[0] = 0;
  close(failure);
  *error = told[1];
  return told[0];
}
