#define _GNU_SOURCE
#include "ctracing.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/kcmp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <unistd.h>

// ---- memory --------------------------------------------------------------------------------------

int64_t trace_read(int process, uint64_t address, void *buffer, size_t count) {
  struct iovec local = {.iov_base = buffer, .iov_len = count};
  struct iovec remote = {.iov_base = (void *)(uintptr_t)address, .iov_len = count};
  ssize_t result = process_vm_readv(process, &local, 1, &remote, 1, 0);
  return result < 0 ? -errno : result;
}

int64_t trace_read_pieces(int process, const trace_piece *pieces, size_t number, void *buffer, size_t count) {
  struct iovec remote[1024];
  size_t used = 0, left = count;
  for (; used < number && used < 1024 && left > 0; used++) {
    size_t length = pieces[used].length < left ? pieces[used].length : left;
    remote[used] = (struct iovec){.iov_base = (void *)(uintptr_t)pieces[used].address, .iov_len = length};
    left -= length;
  }
  struct iovec local = {.iov_base = buffer, .iov_len = count - left};
  ssize_t result = process_vm_readv(process, &local, 1, remote, used, 0);
  return result < 0 ? -errno : result;
}

// ---- processes and descriptors -------------------------------------------------------------------

int trace_open_process(int process) {
  int fd = (int)syscall(SYS_pidfd_open, process, 0);
  return fd < 0 ? -errno : fd;
}

int trace_take_descriptor(int pidfd, int descriptor) {
  int fd = (int)syscall(SYS_pidfd_getfd, pidfd, descriptor, 0);
  return fd < 0 ? -errno : fd;
}

int trace_send_signal(int process, int signal) { return kill(process, signal) == 0 ? 0 : -errno; }

bool trace_shares_descriptors(int one, int other) { return syscall(SYS_kcmp, one, other, KCMP_FILES, 0, 0) == 0; }

trace_kind trace_descriptor_kind(int thread, int descriptor, uint64_t *inode) {
  char path[64], target[64];
  snprintf(path, sizeof path, "/proc/%d/fd/%d", thread, descriptor);
  ssize_t length = readlink(path, target, sizeof target - 1);
  *inode = 0;
  if (length < 0) return TRACE_NOTHING;
  target[length] = 0;
  if (strncmp(target, "socket:[", 8) == 0) {
    *inode = strtoull(target + 8, NULL, 10);
    return TRACE_SOCKET;
  }
  return strcmp(target, "anon_inode:[eventpoll]") == 0 ? TRACE_EPOLL : TRACE_FILE;
}

// ---- sockets -------------------------------------------------------------------------------------

static int option(int fd, int name) {
  int value = 0;
  socklen_t length = sizeof value;
  return getsockopt(fd, SOL_SOCKET, name, &value, &length) == 0 ? value : -1;
}

int trace_socket_facts(int fd, trace_socket *facts) {
  facts->family = option(fd, SO_DOMAIN);
  facts->type = option(fd, SO_TYPE);
  facts->protocol = option(fd, SO_PROTOCOL);
  facts->is_listening = option(fd, SO_ACCEPTCONN) > 0;
  return facts->family < 0 ? -ENOTSOCK : 0;
}

bool trace_is_timed(int fd) {
  struct timeval limit = {0, 0};
  socklen_t length = sizeof limit;
  if (fcntl(fd, F_GETFL) & O_NONBLOCK) return false;
  return getsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, &length) == 0 && (limit.tv_sec || limit.tv_usec);
}

bool trace_resets_at_close(int fd) {
  struct linger linger = {0, 0};
  socklen_t length = sizeof linger;
  return getsockopt(fd, SOL_SOCKET, SO_LINGER, &linger, &length) == 0 && linger.l_onoff && linger.l_linger == 0;
}

// ---- waits ---------------------------------------------------------------------------------------

size_t trace_epoll_event_size(void) { return sizeof(struct epoll_event); }

void trace_epoll_event(const void *memory, uint32_t *events, uint64_t *data) {
  struct epoll_event event;
  memcpy(&event, memory, sizeof event);
  *events = event.events;
  *data = event.data.u64;
}

int trace_epoll_watched(int thread, int descriptor, trace_watched *watched, int most) {
  char path[64], line[256];
  snprintf(path, sizeof path, "/proc/%d/fdinfo/%d", thread, descriptor);
  FILE *file = fopen(path, "re");
  if (!file) return -errno;
  int count = 0;
  while (count < most && fgets(line, sizeof line, file)) {
    unsigned events;
    int target;
    unsigned long long data;
    if (sscanf(line, "tfd: %d events: %x data: %llx", &target, &events, &data) == 3)
      watched[count++] = (trace_watched){.descriptor = target, .events = events, .data = data};
  }
  fclose(file);
  return count;
}
