// CONNECTIONS connections at once, each sending CHUNKS times SIZE bytes in turn with the others.
// Usage: many PORT CONNECTIONS CHUNKS SIZE. Prints "ns N" from the first connect until the last peer has closed.
#include "yardstick.h"

int main(int argc, char **argv) {
  long port = argument(argc, argv, 1), connections = argument(argc, argv, 2);
  long chunks = argument(argc, argv, 3), size = argument(argc, argv, 4);
  allow_many_descriptors();
  char *bytes = calloc(1, (size_t)size);
  int *fds = calloc((size_t)connections, sizeof *fds);
  int64_t start = now();
  for (long i = 0; i < connections; i++) fds[i] = connect_to_loopback((int)port);
  for (long chunk = 0; chunk < chunks; chunk++)
    for (long i = 0; i < connections; i++) send_all(fds[i], bytes, (size_t)size);
  for (long i = 0; i < connections; i++) finish(fds[i]);
  printf("ns %ld\n", (long)(now() - start));
}
