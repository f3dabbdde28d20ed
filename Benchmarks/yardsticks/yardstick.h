// What the yardsticks share: loopback sockets, a monotonic clock, and a way out.
#ifndef YARDSTICK_H
#define YARDSTICK_H
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static inline _Noreturn void fail(const char *what) {
  fprintf(stderr, "yardstick: %s: %s\n", what, strerror(errno));
  exit(1);
}

static inline int64_t now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

static inline void sleep_until(int64_t at) {
  struct timespec t = {at / 1000000000, at % 1000000000};
  while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &t, NULL) == EINTR) {}
}

static inline struct sockaddr_in loopback(int port) {
  struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
  a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return a;
}

// Listens on a free port of 127.0.0.1 and prints "port N".
static inline int listen_on_loopback(void) {
  int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  struct sockaddr_in a = loopback(0);
  socklen_t length = sizeof a;
  if (fd < 0 || bind(fd, (struct sockaddr *)&a, sizeof a) < 0 || listen(fd, 4096) < 0) fail("listen");
  if (getsockname(fd, (struct sockaddr *)&a, &length) < 0) fail("getsockname");
  printf("port %d\n", ntohs(a.sin_port));
  fflush(stdout);
  return fd;
}

// Connects to 127.0.0.1; the listener may still be starting, so it tries for ten seconds.
static inline int connect_to_loopback(int port) {
  for (int64_t end = now() + 10000000000; ; sleep_until(now() + 5000000)) {
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    struct sockaddr_in a = loopback(port);
    if (fd < 0) fail("socket");
    if (connect(fd, (struct sockaddr *)&a, sizeof a) == 0) return fd;
    if (errno != ECONNREFUSED || now() > end) fail("connect");
    close(fd);
  }
}

static inline void send_all(int fd, const char *bytes, size_t size) {
  while (size > 0) {
    ssize_t n = send(fd, bytes, size, MSG_NOSIGNAL);
    if (n < 0) fail("send");
    bytes += n;
    size -= (size_t)n;
  }
}

// Ends the sending side and waits until the peer has closed: everything sent was read.
static inline void finish(int fd) {
  char byte;
  shutdown(fd, SHUT_WR);
  while (recv(fd, &byte, 1, 0) > 0) {}
  close(fd);
}

static inline void allow_many_descriptors(void) {
  struct rlimit limit;
  getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
}

static inline long argument(int argc, char **argv, int index) {
  if (index >= argc) {
    fprintf(stderr, "yardstick: %s: argument %d is missing\n", argv[0], index);
    exit(2);
  }
  return atol(argv[index]);
}
#endif
