// Restores the terminal when the process crashes or is killed. Everything the handlers call is async-signal-safe.
#include "internal.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <termios.h>

static const int crashes[] = {SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGABRT, SIGFPE};
enum { CRASHES = sizeof crashes / sizeof *crashes };

// What else ends a process by itself, and is not read by the screen's loop; real-time signals do too.
static const int killers[] = {
  SIGUSR2, SIGALRM, SIGVTALRM, SIGPROF, SIGXCPU, SIGXFSZ, SIGIO, SIGSYS, SIGSTKFLT, SIGPWR,
};
enum { KILLERS = sizeof killers / sizeof *killers };

static struct sigaction before[NSIG];
static struct termios modes;
static char sequence[512];
static size_t length;
static volatile sig_atomic_t armed;
static pthread_t drawing;
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

static void give_back(void) {
  if (!armed) return;
  armed = 0;
  put_bytes(STDOUT_FILENO, sequence, length);
  tcsetattr(STDIN_FILENO, TCSANOW, &modes);
  tell_errors();
}

static void crash(int number, siginfo_t *info, void *context) {
  (void)context;
  give_back();
  sigaction(number, &before[number], NULL);
  // A fault happens again by itself when the handler returns; what was sent must be sent again.
  if (info->si_code <= 0) raise(number);
}

static void die(int number) {
  // Another thread would give the screen back while this one goes on drawing.
  if (!pthread_equal(pthread_self(), drawing)) {
    pthread_kill(drawing, number);
    return;
  }
  give_back();
  sigaction(number, &(struct sigaction){.sa_handler = SIG_DFL}, NULL);
  raise(number);
}

static void nothing(int number) { (void)number; }

// What the process was started to ignore stays so.
static void catch_default(int number, void (*handler)(int)) {
  struct sigaction action = {.sa_handler = handler, .sa_flags = SA_RESTART}, old;
  sigemptyset(&action.sa_mask);
  if (sigaction(number, NULL, &old) == 0 && old.sa_handler == SIG_DFL) sigaction(number, &action, NULL);
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
  drawing = pthread_self();
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
  for (int i = 0; i < KILLERS; i++) catch_default(killers[i], die);
  for (int number = SIGRTMIN; number <= SIGRTMAX; number++) catch_default(number, die);
  // ncurses ignores SIGTSTP while it draws, and one that comes then is lost, even a blocked one; it leaves the signal alone
  // where there is a handler before newterm.
  catch_default(SIGTSTP, nothing);
}
