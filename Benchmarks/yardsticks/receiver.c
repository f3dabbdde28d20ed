// The bare receive loop: a thread a connection, in recv(SIZE), which counts and keeps nothing.
// Usage: receiver SIZE CONNECTIONS. Prints "port N", and when all have ended "calls N", "bytes N" and
// "short N": the connections whose first call returned less than was asked.
#include "yardstick.h"
#include <pthread.h>

static size_t size;
static _Atomic long calls, bytes, short_first, open_connections;

static void *serve(void *argument) {
  int fd = (int)(intptr_t)argument;
  char *buffer = malloc(size);
  long my_calls = 0, my_bytes = 0;
  ssize_t n;
  while ((n = recv(fd, buffer, size, 0)) > 0) {
    if (my_calls == 0 && (size_t)n < size) short_first++;
    my_calls++;
    my_bytes += n;
  }
  if (n < 0) fail("recv");
  calls += my_calls + 1;
  bytes += my_bytes;
  close(fd);
  free(buffer);
  open_connections--;
  return NULL;
}

int main(int argc, char **argv) {
  size = (size_t)argument(argc, argv, 1);
  long connections = argument(argc, argv, 2);
  int listener = listen_on_loopback();
  open_connections = connections;
  for (long i = 0; i < connections; i++) {
    int fd = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
    pthread_t thread;
    if (fd < 0) fail("accept");
    if (pthread_create(&thread, NULL, serve, (void *)(intptr_t)fd) != 0) fail("pthread_create");
    pthread_detach(thread);
  }
  while (open_connections > 0) sleep_until(now() + 1000000);
  printf("calls %ld\nbytes %ld\nshort %ld\n", calls, bytes, short_first);
}
