#define _GNU_SOURCE
#include "clinux.h"

#include <errno.h>
#include <poll.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <time.h>
#include <unistd.h>

int cl_pipe(int *ends) { return pipe2(ends, O_CLOEXEC) == 0 ? 0 : -errno; }

int cl_eventfd(void) {
  int fd = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
  return fd < 0 ? -errno : fd;
}

int cl_eventfd_ring(int fd) {
  uint64_t one = 1;
  return write(fd, &one, sizeof one) == sizeof one ? 0 : -errno;
}

void cl_eventfd_clear(int fd) {
  uint64_t value;
  (void)!read(fd, &value, sizeof value);
}

int cl_poll_until(struct pollfd *entries, unsigned long count, int64_t deadline) {
  int64_t now = cl_monotonic();
  int64_t left = deadline > now ? deadline - now : 0;
  // poll(2) takes whole milliseconds, which would make a shorter pause longer.
  struct timespec limit = {.tv_sec = left / 1000000000, .tv_nsec = left % 1000000000};
  int result = ppoll(entries, count, &limit, NULL);
  return result < 0 ? -errno : result;
}

int cl_eventfd_wait(int fd, int64_t deadline) {
  struct pollfd entry = {.fd = fd, .events = POLLIN};
  return cl_poll_until(&entry, 1, deadline);
}

int cl_accept(int fd, struct sockaddr_storage *name, socklen_t *name_length) {
  *name_length = sizeof *name;
  int connection = accept4(fd, (struct sockaddr *)name, name_length, SOCK_CLOEXEC);
  return connection < 0 ? -errno : connection;
}

int cl_epoll_create(void) {
  int fd = epoll_create1(EPOLL_CLOEXEC);
  return fd < 0 ? -errno : fd;
}

int cl_epoll_set(int epoll, int fd, uint32_t events, int is_edge) {
  struct epoll_event event = {.events = events | (is_edge ? EPOLLET : 0), .data = {.fd = fd}};
  if (epoll_ctl(epoll, EPOLL_CTL_MOD, fd, &event) == 0) return 0;
  if (errno != ENOENT) return -errno;
  return epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event) == 0 ? 0 : -errno;
}

int cl_epoll_remove(int epoll, int fd) { return epoll_ctl(epoll, EPOLL_CTL_DEL, fd, NULL) == 0 ? 0 : -errno; }

int cl_epoll_wait(int epoll, cl_epoll_ready *ready, int count, int milliseconds) {
  struct epoll_event events[256];
  int result = epoll_wait(epoll, events, count < 256 ? count : 256, milliseconds);
  if (result < 0) return -errno;
  for (int i = 0; i < result; i++) ready[i] = (cl_epoll_ready){events[i].data.fd, events[i].events};
  return result;
}

int cl_signalfd(const int *signals, int count) {
  sigset_t set;
  sigemptyset(&set);
  for (int i = 0; i < count; i++) sigaddset(&set, signals[i]);
  int error = pthread_sigmask(SIG_BLOCK, &set, NULL);
  if (error != 0) return -error;
  int fd = signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
  return fd < 0 ? -errno : fd;
}

int cl_signalfd_read(int fd) {
  struct signalfd_siginfo info;
  return read(fd, &info, sizeof info) == sizeof info ? (int)info.ssi_signo : 0;
}

// ---- threads -------------------------------------------------------------------------------------

// Two pages of a Swift frame and a small control buffer need little; payload buffers are on the heap.
enum { STACK = 256 * 1024 };

static void nothing(int number) { (void)number; }

int cl_install_interrupt(void) {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGUSR1);
  pthread_sigmask(SIG_BLOCK, &set, NULL);
  struct sigaction action = {.sa_handler = nothing}; // no SA_RESTART: the call returns EINTR
  return sigaction(SIGUSR1, &action, NULL) == 0 ? 0 : -errno;
}

void cl_allow_interrupt(void) {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGUSR1);
  pthread_sigmask(SIG_UNBLOCK, &set, NULL);
}

int cl_thread_start(cl_thread *thread, const char *name, void *(*body)(void *), void *context) {
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setstacksize(&attributes, STACK);
  pthread_t made;
  int error = pthread_create(&made, &attributes, body, context);
  pthread_attr_destroy(&attributes);
  if (error != 0) return -error;
  char short_name[16];
  strncpy(short_name, name, sizeof short_name - 1);
  short_name[sizeof short_name - 1] = 0;
  pthread_setname_np(made, short_name);
  *thread = made;
  return 0;
}

void cl_thread_interrupt(cl_thread thread) { pthread_kill(thread, SIGUSR1); }

int64_t cl_raise_descriptor_limit(void) {
  struct rlimit limit;
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return -errno;
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
  getrlimit(RLIMIT_NOFILE, &limit);
  return (int64_t)limit.rlim_cur;
}

void cl_thread_detach(cl_thread thread) { pthread_detach(thread); }
