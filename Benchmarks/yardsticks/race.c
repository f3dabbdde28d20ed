// R1's race: 5 bytes and at once 50, to a receiver that has been in recv(10) for a while; again and again, each
// trial with each receiver in turn.
// Usage: race TRIALS PORT...
#include "yardstick.h"

int main(int argc, char **argv) {
  long trials = argument(argc, argv, 1);
  char bytes[50];
  memset(bytes, 'a', sizeof bytes);
  for (long i = 0; i < trials; i++) {
    for (int receiver = 2; receiver < argc; receiver++) {
      int fd = connect_to_loopback((int)argument(argc, argv, receiver));
      sleep_until(now() + 2000000);
      send_all(fd, bytes, 5);
      send_all(fd, bytes, 50);
      finish(fd);
    }
  }
}
