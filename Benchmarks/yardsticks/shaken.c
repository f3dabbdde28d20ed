// Usage: shaken BYTES PORT. A server that reads on until it has as many bytes, answers "ok\n", and closes when its client does.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

int main(int argc, char **argv) {
    int wanted = argc > 1 ? atoi(argv[1]) : 107;
    int port = argc > 2 ? atoi(argv[2]) : 0;
    int one = 1;
    int server = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    setsockopt(server, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    if (bind(server, (struct sockaddr *)&address, sizeof address) != 0 || listen(server, 128) != 0) return 1;
    char buffer[4096];
    while (1) {
        int connection = accept(server, NULL, NULL);
        if (connection < 0) return 1;
        int got = 0;
        ssize_t count;
        while ((count = recv(connection, buffer, sizeof buffer, 0)) > 0) {
            got += count;
            if (got == wanted) send(connection, "ok\n", 3, MSG_NOSIGNAL);
        }
        close(connection);
    }
}
