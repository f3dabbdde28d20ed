// The bare epoll loop: one thread, one listener, recv(SIZE) once a readiness, counting and keeping nothing.
// Usage: epoll SIZE CONNECTIONS. Prints "port N", and when all have ended "calls N" and "bytes N".
#include "yardstick.h"
#include <sys/epoll.h>

int main(int argc, char **argv) {
  size_t size = (size_t)argument(argc, argv, 1);
  long connections = argument(argc, argv, 2), calls = 0, bytes = 0;
  allow_many_descriptors();
  char *buffer = malloc(size);
  int poller = epoll_create1(EPOLL_CLOEXEC), listener = listen_on_loopback();
  struct epoll_event event = {.events = EPOLLIN, .data.fd = listener}, ready[256];
  if (epoll_ctl(poller, EPOLL_CTL_ADD, listener, &event) < 0) fail("epoll_ctl");
  while (connections > 0) {
    int count = epoll_wait(poller, ready, 256, -1);
    for (int i = 0; i < count; i++) {
      int fd = ready[i].data.fd;
      if (fd == listener) {
        struct epoll_event readable = {.events = EPOLLIN, .data.fd = accept4(listener, NULL, NULL, SOCK_CLOEXEC)};
        if (readable.data.fd < 0) fail("accept");
        epoll_ctl(poller, EPOLL_CTL_ADD, readable.data.fd, &readable);
        continue;
      }
      ssize_t n = recv(fd, buffer, size, 0);
      if (n < 0) fail("recv");
      calls++;
      bytes += n;
      if (n == 0) {
        close(fd);
        connections--;
      }
    }
  }
  printf("calls %ld\nbytes %ld\n", calls, bytes);
}
