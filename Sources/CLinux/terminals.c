// Pseudo terminals: see pty(7).
#define _GNU_SOURCE
#include "clinux.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

int cl_open_terminal(int *program) {
  int terminal = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK);
  if (terminal < 0) return -errno;
  int locked = 0;
  *program = -1;
  if (ioctl(terminal, TIOCSPTLCK, &locked) == 0)
    *program = ioctl(terminal, TIOCGPTPEER, O_RDWR | O_NOCTTY | O_CLOEXEC);
  if (*program >= 0) return terminal;
  int error = errno;
  close(terminal);
  return -error;
}

int cl_set_window(int terminal, int rows, int columns) {
  struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns};
  return ioctl(terminal, TIOCSWINSZ, &size) == 0 ? 0 : -errno;
}

int cl_read_away(const int *sources, int count, const int *kept, int all) {
  int child = fork();
  if (child != 0) return child < 0 ? -errno : 0;
  setsid();
  int null = open("/dev/null", O_RDWR);
  for (int fd = 0; fd < 3; fd++) dup2(null, fd);
  // Nobody is to wait for the end of something else that was open, and no address to stay taken.
  unsigned from = 3;
  for (int i = 0; i < all; i++) {
    if (kept[i] < 3) continue;
    if ((unsigned)kept[i] > from) close_range(from, (unsigned)kept[i] - 1, 0);
    from = (unsigned)kept[i] + 1;
  }
  close_range(from, ~0U, 0);
  struct pollfd entries[CL_SOURCES];
  int open = count < CL_SOURCES ? count : CL_SOURCES;
  for (int i = 0; i < open; i++) entries[i] = (struct pollfd){.fd = sources[i], .events = POLLIN};
  while (open > 0) {
    char bytes[4096];
    poll(entries, (nfds_t)open, -1);
    for (int i = 0; i < open; i++) {
      if (entries[i].revents == 0) continue;
      ssize_t got = read(entries[i].fd, bytes, sizeof bytes);
      if (got > 0 || (got < 0 && (errno == EAGAIN || errno == EINTR))) continue;
      close(entries[i].fd);
      entries[i--] = entries[--open];
    }
  }
  _exit(0);
}
