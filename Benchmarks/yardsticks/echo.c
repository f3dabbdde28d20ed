// The least that a screen can do: for each key a frame of 4 KiB in the brackets of a synchronized update.
// Usage: echo. The first frame comes by itself; it ends at the end of its input.
#include "yardstick.h"
#include <termios.h>

static const char begin[] = "\033[?2026h? help", end[] = "\033[?2026l";

int main(void) {
  struct termios raw;
  char frame[4096], key;
  if (tcgetattr(STDIN_FILENO, &raw) < 0) fail("tcgetattr");
  cfmakeraw(&raw);
  if (tcsetattr(STDIN_FILENO, TCSANOW, &raw) < 0) fail("tcsetattr");
  memset(frame, 'a', sizeof frame);
  memcpy(frame, begin, sizeof begin - 1);
  memcpy(frame + sizeof frame - (sizeof end - 1), end, sizeof end - 1);
  do {
    for (size_t done = 0; done < sizeof frame;) {
      ssize_t n = write(STDOUT_FILENO, frame + done, sizeof frame - done);
      if (n < 0) fail("write");
      done += (size_t)n;
    }
  } while (read(STDIN_FILENO, &key, 1) == 1);
}
