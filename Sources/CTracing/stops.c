#define _GNU_SOURCE
#include "ctracing.h"

#include <errno.h>
#include <linux/audit.h>
#include <linux/ptrace.h> // glibc's <sys/ptrace.h> cannot be included beside it
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static int request(long what, int thread, long address, long data) {
  return syscall(SYS_ptrace, what, thread, address, data) < 0 ? -errno : 0;
}

int trace_seize(int thread, bool ends_with_tracer) {
  long options = PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACESECCOMP | PTRACE_O_TRACEEXEC | PTRACE_O_TRACEEXIT |
                 PTRACE_O_TRACECLONE | PTRACE_O_TRACEFORK | PTRACE_O_TRACEVFORK;
  return request(PTRACE_SEIZE, thread, 0, options | (ends_with_tracer ? PTRACE_O_EXITKILL : 0));
}

int trace_interrupt(int thread) { return request(PTRACE_INTERRUPT, thread, 0, 0); }
int trace_detach(int thread, int signal) { return request(PTRACE_DETACH, thread, 0, signal); }
int trace_resume(int thread, int signal) { return request(PTRACE_CONT, thread, 0, signal); }
int trace_resume_to_call(int thread, int signal) { return request(PTRACE_SYSCALL, thread, 0, signal); }
int trace_listen(int thread) { return request(PTRACE_LISTEN, thread, 0, 0); }

int trace_wait(int *status) {
  int thread = waitpid(-1, status, __WALL | __WNOTHREAD);
  return thread < 0 ? -errno : thread;
}

int trace_event_message(int thread, uint64_t *message) {
  unsigned long value = 0;
  int result = request(PTRACE_GETEVENTMSG, thread, 0, (long)&value);
  *message = value;
  return result;
}

#if defined(__x86_64__)
static bool is_native(uint32_t machine, uint64_t number) {
  return machine == AUDIT_ARCH_X86_64 && number < 0x40000000;
}
#else
static bool is_native(uint32_t machine, uint64_t number) {
  (void)number;
  return machine == AUDIT_ARCH_AARCH64;
}
#endif

int trace_call_info(int thread, trace_call *call) {
  struct ptrace_syscall_info info;
  int result = request(PTRACE_GET_SYSCALL_INFO, thread, sizeof info, (long)&info);
  if (result < 0) return result;
  call->instruction = info.instruction_pointer;
  call->stack = info.stack_pointer;
  call->is_exit = info.op == PTRACE_SYSCALL_INFO_EXIT;
  if (call->is_exit) {
    call->number = -1;
    call->is_native = is_native(info.arch, 0);
    call->result = info.exit.rval;
    return 0;
  }
  if (info.op == PTRACE_SYSCALL_INFO_NONE) return -ENODATA;
  uint64_t number = info.op == PTRACE_SYSCALL_INFO_ENTRY ? info.entry.nr : info.seccomp.nr;
  const __u64 *arguments = info.op == PTRACE_SYSCALL_INFO_ENTRY ? info.entry.args : info.seccomp.args;
  call->number = (int32_t)number;
  call->is_native = is_native(info.arch, number);
  for (int i = 0; i < 6; i++) call->arguments[i] = arguments[i];
  call->result = 0;
  return 0;
}
