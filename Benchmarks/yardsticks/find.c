// find MEBIBYTES: looks for eight bytes that are nowhere in so much memory with memmem(3), the best of five times.
// What is searched is what the sender sends: the same letter again and again.
#include "yardstick.h"

static int64_t processor_time(void) {
  struct timespec t;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

int main(int argc, char **argv) {
  size_t count = (size_t)atoi(argc > 1 ? argv[1] : "1024") << 20;
  const unsigned char wanted[] = {0xf0, 0xf1, 0xf2, 0xf3, 0xf4, 0xf5, 0xf6, 0xf7};
  unsigned char *bytes = malloc(count);
  if (!bytes) fail("malloc");
  memset(bytes, 'a', count);
  int64_t best = INT64_MAX;
  for (int i = 0; i < 5; i++) {
    int64_t start = processor_time();
    if (memmem(bytes, count, wanted, sizeof wanted)) return 1;
    int64_t time = processor_time() - start;
    if (time < best) best = time;
  }
  printf("bytes %zu\nns %lld\n", count, (long long)best);
}
