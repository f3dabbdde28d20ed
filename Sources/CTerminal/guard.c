// Restores the terminal when the process crashes. Everything the handler calls is async-signal-safe.
#include "internal.h"

#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <termios.h>

static const int crashes[] = {SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGABRT, SIGFPE};
enum { CRASHES = sizeof crashes / sizeof *crashes };

static struct sigaction before[NSIG];
static struct termios modes;
static char sequence[512];
static size_t length;
static volatile sig_atomic_t armed;
static int kept = -1, terminal = -1;

// A message of the runtime's trap would go into the alternate screen and vanish with it.
static void keep_errors(void) {
  if (kept < 0) kept = memfd_create("errors", MFD_CLOEXEC);
  if (kept < 0 || !isatty(STDERR_FILENO)) return;
  terminal = dup(STDERR_FILENO);
  if (terminal >= 0) dup2(kept, STDERR_FILENO);
}

static void tell_errors(void) {
  if (terminal < 0) return;
  dup2(terminal, STDERR_FILENO);
  close(terminal);
  terminal = -1;
  char bytes[4096];
  ssize_t count;
  for (off_t at = 0; (count = pread(kept, bytes, sizeof bytes, at)) > 0; at += count)
    put_bytes(STDERR_FILENO, bytes, (size_t)count);
  if (ftruncate(kept, 0) == 0) lseek(kept, 0, SEEK_SET);
}

static void add(const char *text) {
  if (!text || text == (char *)-1) return;
  while (*text && length + 1 < sizeof sequence) {
    // $<5> is a padding time for tputs(3), which is not async-signal-safe.
    const char *end = text[0] == '$' && text[1] == '<' ? strchr(text, '>') : NULL;
    if (end) text = end + 1; else sequence[length++] = *text++;
  }
}

static void crash(int signal_number, siginfo_t *info, void *context) {
  (void)context;
  if (armed) {
    armed = 0;
    put_bytes(STDOUT_FILENO, sequence, length);
    tcsetattr(STDIN_FILENO, TCSANOW, &modes);
    tell_errors();
  }
  sigaction(signal_number, &before[signal_number], NULL);
  // A fault happens again by itself when the handler returns; what was sent must be sent again.
  if (info->si_code <= 0) raise(signal_number);
}

void ct_guard_arm(void) {
  length = 0;
  add("\033[?2026l\033[?1006l\033[?1002l\033[?1000l");
  add(tigetstr("BD"));
  add(tigetstr("sgr0"));
  add(tigetstr("op"));
  add(tigetstr("cnorm"));
  add(tigetstr("rmkx"));
  add(tigetstr("rmcup"));
  keep_errors();
  armed = 1;
}

void ct_guard_disarm(void) {
  armed = 0;
  tell_errors();
}

void ct_guard_install(void) {
  static char stack[64 * 1024];
  static bool installed;
  if (installed) return;
  installed = true;
  tcgetattr(STDIN_FILENO, &modes);
  stack_t current;
  if (sigaltstack(NULL, &current) == 0 && (current.ss_flags & SS_DISABLE)) {
    stack_t ours = {.ss_sp = stack, .ss_size = sizeof stack};
    sigaltstack(&ours, NULL);
  }
  // Swift's backtracer would wait half a minute for a key, so it comes after us only where it was asked for.
  bool chains = getenv("SWIFT_BACKTRACE") != NULL;
  for (int i = 0; i < CRASHES; i++) {
    struct sigaction action = {.sa_sigaction = crash, .sa_flags = SA_SIGINFO | SA_ONSTACK};
    sigemptyset(&action.sa_mask);
    sigaction(crashes[i], &action, &before[crashes[i]]);
    if (!chains) before[crashes[i]] = (struct sigaction){.sa_handler = SIG_DFL};
  }
}
