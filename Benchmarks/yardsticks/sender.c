// Sends COUNT times SIZE bytes to 127.0.0.1:PORT, a send GAP nanoseconds after the last, on absolute deadlines.
// Usage: sender PORT COUNT SIZE GAP. Prints "ns N" from the first send until the peer has read and closed,
// "sending N" until the last send returned, and with a gap "p50 N", "p99 N" and "max N": how late the sends began.
#include "yardstick.h"
#include <sys/prctl.h>

static int by_value(const void *a, const void *b) {
  int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
  return (x > y) - (x < y);
}

int main(int argc, char **argv) {
  long port = argument(argc, argv, 1), count = argument(argc, argv, 2), size = argument(argc, argv, 3);
  int64_t gap = argument(argc, argv, 4), one = 1;
  char *bytes = malloc((size_t)size);
  int64_t *late = calloc((size_t)count, sizeof *late);
  memset(bytes, 'a', (size_t)size);
  prctl(PR_SET_TIMERSLACK, 1);
  int fd = connect_to_loopback((int)port);
  if (gap > 0) setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(int));
  int64_t start = now();
  for (long i = 0; i < count; i++) {
    if (gap > 0) {
      int64_t at = start + gap * i, began;
      // Sleeping ends late by tens of microseconds; the rest is spun away.
      if (at - now() > 200000) sleep_until(at - 200000);
      while ((began = now()) < at) {}
      late[i] = began - at;
    }
    send_all(fd, bytes, (size_t)size);
  }
  int64_t sent = now();
  finish(fd);
  printf("ns %ld\nsending %ld\n", (long)(now() - start), (long)(sent - start));
  if (gap > 0) {
    qsort(late, (size_t)count, sizeof *late, by_value);
    printf("p50 %ld\np99 %ld\nmax %ld\n", (long)late[count / 2], (long)late[count * 99 / 100], (long)late[count - 1]);
  }
}
