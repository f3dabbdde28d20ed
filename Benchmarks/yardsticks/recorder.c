// The receive loop that records in full what recvscope does, in plain C: a thread for the connection, recvmsg with stamps and TCP_INQ, TCP_INFO when
// something can have arrived, two readings of the clock, and under a mutex a record and the bytes copied into memory
// that is kept, 256 MiB of it in blocks that are used again.
// Usage: recorder SIZE. Prints "port N", and when the connection has ended "calls N" and "bytes N".
#include "yardstick.h"
#include <linux/net_tstamp.h>
#include <pthread.h>

enum { BLOCK = 1 << 20, BLOCKS = 256, TCP_INQ_OPTION = 36, RECORD = 88 };

struct record {
  int64_t start, end, offset, stamp, position;
  uint32_t length, asked;
  int32_t result, queued;
  uint32_t socket, number, segments, rest[5];
};
_Static_assert(sizeof(struct record) == RECORD, "as large as recvscope's");

// Blocks in the order in which they were taken; the oldest go first.
struct log {
  char *blocks[BLOCKS];
  int first, count;
  char *newest;
  size_t used;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct log records = {.used = BLOCK}, payloads = {.used = BLOCK};
static int64_t position, offset;
static uint32_t number;

static char *oldest(struct log *log) {
  char *block = log->blocks[log->first];
  log->first = (log->first + 1) % BLOCKS;
  log->count--;
  return block;
}

// The oldest payloads go before the oldest records, down to a quarter of the memory.
static void next_block(struct log *log) {
  char *block;
  if (records.count + payloads.count < BLOCKS) {
    block = malloc(BLOCK);
    if (!block) fail("malloc");
  } else {
    block = oldest(payloads.count * 4 > BLOCKS ? &payloads : &records);
  }
  log->blocks[(log->first + log->count++) % BLOCKS] = block;
  log->newest = block;
  log->used = 0;
}

static void append(struct record *record, const char *bytes) {
  pthread_mutex_lock(&lock);
  record->position = position;
  record->offset = offset;
  record->number = ++number;
  for (size_t left = record->length; left > 0;) {
    if (payloads.used == BLOCK) next_block(&payloads);
    size_t piece = left < BLOCK - payloads.used ? left : BLOCK - payloads.used;
    memcpy(payloads.newest + payloads.used, bytes, piece);
    payloads.used += piece;
    bytes += piece;
    left -= piece;
  }
  position += record->length;
  if (record->result > 0) offset += record->result;
  if (records.used + RECORD > BLOCK) next_block(&records);
  memcpy(records.newest + records.used, record, RECORD);
  records.used += RECORD;
  pthread_mutex_unlock(&lock);
}

static size_t size;
static long calls, bytes;

static void *serve(void *argument) {
  int fd = (int)(intptr_t)argument, on = 1;
  int stamps = SOF_TIMESTAMPING_RX_SOFTWARE | SOF_TIMESTAMPING_SOFTWARE;
  setsockopt(fd, SOL_SOCKET, SO_TIMESTAMPING, &stamps, sizeof stamps);
  setsockopt(fd, IPPROTO_TCP, TCP_INQ_OPTION, &on, sizeof on);
  char *buffer = malloc(size);
  int inq = -1;
  uint32_t segments_before = 0;
  for (;;) {
    union { char bytes[256]; struct cmsghdr align; } control;
    struct iovec piece = {buffer, size};
    struct msghdr message = {
        .msg_iov = &piece, .msg_iovlen = 1, .msg_control = control.bytes, .msg_controllen = sizeof control.bytes};
    struct record record = {.asked = (uint32_t)size, .socket = 1, .queued = -1};
    record.start = now();
    ssize_t n = recvmsg(fd, &message, 0);
    record.end = now();
    if (n < 0) fail("recvmsg");
    record.result = (int32_t)n;
    record.length = (uint32_t)n;
    for (struct cmsghdr *c = CMSG_FIRSTHDR(&message); c; c = CMSG_NXTHDR(&message, c)) {
      if (c->cmsg_level == SOL_SOCKET && c->cmsg_type == SO_TIMESTAMPING) {
        struct timespec stamp;
        memcpy(&stamp, CMSG_DATA(c), sizeof stamp);
        record.stamp = stamp.tv_sec * 1000000000LL + stamp.tv_nsec;
      } else if (c->cmsg_level == IPPROTO_TCP && c->cmsg_type == TCP_INQ_OPTION) {
        memcpy(&record.queued, CMSG_DATA(c), sizeof record.queued);
      }
    }
    if (inq < 0 || record.queued != inq - n) {
      struct tcp_info info;
      socklen_t length = sizeof info;
      if (getsockopt(fd, IPPROTO_TCP, TCP_INFO, &info, &length) != 0) fail("TCP_INFO");
      // tcpi_data_segs_in lies behind what <netinet/tcp.h> declares; what is asked costs the same.
      record.segments = info.tcpi_unacked - segments_before;
      segments_before = info.tcpi_unacked;
    }
    inq = record.queued;
    append(&record, buffer);
    calls++;
    bytes += n;
    if (n == 0) break;
  }
  close(fd);
  return NULL;
}

int main(int argc, char **argv) {
  size = (size_t)argument(argc, argv, 1);
  int listener = listen_on_loopback();
  int fd = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
  pthread_t thread;
  if (fd < 0) fail("accept");
  if (pthread_create(&thread, NULL, serve, (void *)(intptr_t)fd) != 0) fail("pthread_create");
  pthread_join(thread, NULL);
  printf("calls %ld\nbytes %ld\n", calls, bytes);
}
