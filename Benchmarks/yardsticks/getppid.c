// A call that no filter holds, COUNT times in each of ROUNDS rounds. Prints "ns N": a round's least processor time.
// Usage: getppid COUNT ROUNDS
#include "yardstick.h"
#include <sys/syscall.h>

static int64_t used(void) {
  struct timespec t;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

int main(int argc, char **argv) {
  long count = argument(argc, argv, 1), rounds = argument(argc, argv, 2);
  int64_t least = INT64_MAX;
  for (long round = 0; round < rounds; round++) {
    int64_t start = used();
    for (long i = 0; i < count; i++) syscall(SYS_getppid);
    int64_t took = used() - start;
    if (took < least) least = took;
  }
  printf("ns %ld\n", (long)least);
}
