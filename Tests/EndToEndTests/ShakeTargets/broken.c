// A server that parses memory that was never written: broken PORT. One connection after another.
//
// Message: 0x00000005 + "hello", a length of four bytes in front. Answer: "hello\n".
// Bad: 1, 2, 3. It takes the length from its buffer however many bytes recv returned; what was left there before, which
// is 0xff here so that it is the same each time, makes a length that it refuses: "too long\n".
#include <arpa/inet.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static void serve(int fd) {
  unsigned char buffer[64];
  memset(buffer, 0xff, sizeof buffer);
  ssize_t have = recv(fd, buffer, sizeof buffer, 0);
  if (have <= 0) return;
  uint32_t length;
  memcpy(&length, buffer, sizeof length);
  length = ntohl(length);
  if (length > sizeof buffer - 5) {
    send(fd, "too long\n", 9, MSG_NOSIGNAL);
    return;
  }
  while (have < (ssize_t)(4 + length)) {
    ssize_t count = recv(fd, buffer + have, sizeof buffer - (size_t)have, 0);
    if (count <= 0) return;
    have += count;
  }
  buffer[4 + length] = '\n';
  send(fd, buffer + 4, length + 1, MSG_NOSIGNAL);
}

int main(int count, char **arguments) {
  if (count != 2) return 2;
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
