// A right server whose calls on connections go through io_uring, so that no recv call of it is seen: uring PORT.
//
// Message: "hello world\n". Answer: "HELLO WORLD\n", then it closes. One connection after another.
// Exit status 77 and "unsupported" on standard error where there is no io_uring.
#include <arpa/inet.h>
#include <ctype.h>
#include <errno.h>
#include <linux/io_uring.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

static int ring;
static struct io_uring_params parameters;
static char *submissions, *completions;
static struct io_uring_sqe *entries;

static unsigned *at(char *base, unsigned offset) { return (unsigned *)(void *)(base + offset); }

static char *map(size_t size, off_t offset) {
  void *memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_POPULATE, ring, offset);
  if (memory == MAP_FAILED) exit(1);
  return memory;
}

static void set_up(void) {
  ring = (int)syscall(SYS_io_uring_setup, 4, &parameters);
  if (ring < 0) {
    int why = errno;
    fprintf(stderr, "unsupported: io_uring_setup: %s\n", strerror(why));
    exit(why == ENOSYS || why == EPERM ? 77 : 1);
  }
  submissions = map(parameters.sq_off.array + parameters.sq_entries * sizeof(unsigned), IORING_OFF_SQ_RING);
  completions = map(
    parameters.cq_off.cqes + parameters.cq_entries * sizeof(struct io_uring_cqe), IORING_OFF_CQ_RING);
  entries = (struct io_uring_sqe *)(void *)map(
    parameters.sq_entries * sizeof(struct io_uring_sqe), IORING_OFF_SQES);
}

// One operation, and what it returned: a negated errno where it failed.
static int call(uint8_t operation, int fd, void *buffer, size_t size) {
  unsigned tail = *at(submissions, parameters.sq_off.tail);
  unsigned place = tail & *at(submissions, parameters.sq_off.ring_mask);
  struct io_uring_sqe *entry = &entries[place];
  memset(entry, 0, sizeof *entry);
  entry->opcode = operation;
  entry->fd = fd;
  entry->addr = (uint64_t)(uintptr_t)buffer;
  entry->len = (uint32_t)size;
  if (operation == IORING_OP_SEND) entry->msg_flags = MSG_NOSIGNAL;
  at(submissions, parameters.sq_off.array)[place] = place;
  __atomic_store_n(at(submissions, parameters.sq_off.tail), tail + 1, __ATOMIC_RELEASE);
  unsigned head = *at(completions, parameters.cq_off.head);
  unsigned to_submit = 1;
  while (head == __atomic_load_n(at(completions, parameters.cq_off.tail), __ATOMIC_ACQUIRE)) {
    long done = syscall(SYS_io_uring_enter, ring, to_submit, 1, IORING_ENTER_GETEVENTS, NULL, 0);
    if (done < 0 && errno != EINTR) exit(1);
    if (done > 0) to_submit = 0;
  }
  struct io_uring_cqe *all = (struct io_uring_cqe *)(void *)(completions + parameters.cq_off.cqes);
  int result = all[head & *at(completions, parameters.cq_off.ring_mask)].res;
  __atomic_store_n(at(completions, parameters.cq_off.head), head + 1, __ATOMIC_RELEASE);
  return result;
}

static void serve(int fd) {
  char line[256];
  size_t have = 0;
  while (have == 0 || line[have - 1] != '\n') {
    int count = have < sizeof line ? call(IORING_OP_RECV, fd, line + have, sizeof line - have) : 0;
    if (count <= 0) return;
    have += (size_t)count;
  }
  for (size_t place = 0; place < have; place++) line[place] = (char)toupper((unsigned char)line[place]);
  call(IORING_OP_SEND, fd, line, have);
}

int main(int count, char **arguments) {
  if (count != 2) return 2;
  set_up();
  int server = socket(AF_INET, SOCK_STREAM, 0), yes = 1;
  setsockopt(server, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  struct sockaddr_in address = {
    .sin_family = AF_INET, .sin_port = htons((uint16_t)atoi(arguments[1])),
    .sin_addr = {htonl(INADDR_LOOPBACK)}};
  if (bind(server, (struct sockaddr *)&address, sizeof address) || listen(server, 64)) return 1;
  for (;;) {
    int fd = accept(server, NULL, NULL);
    if (fd < 0) return 1;
    serve(fd);
    close(fd);
  }
}
