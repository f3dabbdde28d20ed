// Sends 64 bytes and waits for them to come back, COUNT times, to 127.0.0.1:PORT; or, without COUNT, is who sends them back.
// Usage: roundtrips PORT COUNT. Prints "p50 N" and "p99 N", in ns.   roundtrips: prints "port N", serves one connection.
#include "yardstick.h"

enum { SIZE = 64 };

static int by_value(const void *a, const void *b) {
  int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
  return (x > y) - (x < y);
}

static int receive_all(int fd, char *bytes) {
  for (size_t done = 0; done < SIZE;) {
    ssize_t n = recv(fd, bytes + done, SIZE - done, 0);
    if (n < 0) fail("recv");
    if (n == 0) return 0;
    done += (size_t)n;
  }
  return 1;
}

static void send_back(void) {
  char bytes[SIZE];
  int one = 1, fd = accept4(listen_on_loopback(), NULL, NULL, SOCK_CLOEXEC);
  if (fd < 0) fail("accept");
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  while (receive_all(fd, bytes)) send_all(fd, bytes, SIZE);
}

int main(int argc, char **argv) {
  if (argc == 1) {
    send_back();
    return 0;
  }
  long port = argument(argc, argv, 1), count = argument(argc, argv, 2);
  int64_t *times = calloc((size_t)count, sizeof *times);
  char bytes[SIZE] = {0};
  int one = 1, fd = connect_to_loopback((int)port);
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  for (long i = 0; i < count; i++) {
    int64_t start = now();
    send_all(fd, bytes, SIZE);
    if (!receive_all(fd, bytes)) fail("end of stream");
    times[i] = now() - start;
  }
  qsort(times, (size_t)count, sizeof *times, by_value);
  printf("p50 %ld\np99 %ld\n", (long)times[count / 2], (long)times[count * 99 / 100]);
}
