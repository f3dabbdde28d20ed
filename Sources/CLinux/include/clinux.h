// The Linux calls and constants that Swift's Glibc module lacks: control messages, ioctls, epoll, eventfd, signalfd.
// Only ints and small structs cross the border. A call returns 0 or more, or a negated errno: nothing can change errno in between.
#ifndef CLINUX_H
#define CLINUX_H

#include <netinet/in.h>
#include <stddef.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <sys/un.h>

#pragma clang assume_nonnull begin

enum { CL_UNKNOWN = -1 };
static const int64_t CL_NO_STAMP = INT64_MIN;

// ---- clocks --------------------------------------------------------------------------------------
// CLOCK_MONOTONIC in nanoseconds.
int64_t cl_monotonic(void);
// CLOCK_REALTIME minus CLOCK_MONOTONIC, from the tightest of several pairs of readings.
int64_t cl_realtime_offset(void);
// Sleeps to a time of CLOCK_MONOTONIC. Returns 0, or -EINTR.
int cl_sleep_until(int64_t deadline);
// Waits while *word has this value, until a time of CLOCK_MONOTONIC at the latest. It may return early. See futex(2).
void cl_wait_while(const void *word, uint32_t value, int64_t deadline);
// Wakes everybody who waits at the word.
void cl_wake_all(const void *word);
// Timer slack of the calling thread in nanoseconds; see PR_SET_TIMERSLACK in prctl(2).
void cl_set_timer_slack(int64_t nanoseconds);

// ---- receiving -----------------------------------------------------------------------------------
// One recvmsg(2) with one buffer, which is recv(2), and what came beside the bytes.
typedef struct cl_receipt {
  int64_t start;   // CLOCK_MONOTONIC when the call was entered
  int64_t end;     // ... when it returned
  int64_t stamp;   // CLOCK_REALTIME of the newest byte's arrival, or CL_NO_STAMP
  int64_t result;  // bytes, or a negated errno
  int32_t queued;  // TCP_INQ: bytes left after the call, or CL_UNKNOWN
  int32_t flags;   // msg_flags
  int32_t segment; // UDP_GRO: size of the datagrams that were joined, or CL_UNKNOWN
} cl_receipt;
// `name` is filled for datagram sockets; pass NULL where no sender is wanted. `entered` holds `start` during the call, 0 after it.
void cl_receive(int fd, void *_Nullable buffer, size_t size, int flags, struct sockaddr_storage *_Nullable name,
                socklen_t *_Nullable name_length, void *_Nullable entered, cl_receipt *receipt);
// Asks for software receive stamps: SO_TIMESTAMPING on inet sockets, SO_TIMESTAMPNS on Unix datagrams and seqpacket.
int cl_enable_stamps(int fd, int is_unix);
// Asks for TCP_INQ with each recvmsg.
int cl_enable_inq(int fd);

int cl_siocinq(int fd);    // bytes to read (TCP), size of the next datagram (UDP)
int cl_siocoutq(int fd);   // bytes sent and not yet acknowledged
int cl_siocatmark(int fd); // 1 at the urgent mark
int cl_is_urgent_inline(int fd); // SO_OOBINLINE
int cl_has_urgent(int fd);       // 1 while an urgent byte is there that was not read (POLLPRI)
// 1 if the peer has ended its sending side and nothing is left to read (POLLRDHUP and SIOCINQ).
int cl_is_hung_up(int fd);
// tcpi_data_segs_in, or CL_UNKNOWN where the kernel's TCP_INFO is too short for it; and tcpi_state.
int64_t cl_segments_in(int fd, int *state);
// 1 if a connection in this state has received the peer's FIN, which TCP_INQ (`queued`) counts as a byte.
int cl_has_fin(int fd, int state, int queued);

// What TCP_INFO says of a connection or a listener; CL_UNKNOWN where this kernel does not say. See tcp(7).
typedef struct cl_tcp_state {
  int64_t state;              // tcpi_state: TCP_ESTABLISHED is 1
  int64_t rtt, rttvar;        // microseconds
  int64_t unacked;            // segments in flight; of a listener: connections that wait in the backlog
  int64_t sacked;             // of a listener: how many may wait
  int64_t retransmits;        // segments sent again so far
  int64_t send_mss, receive_mss;
  int64_t congestion_window;  // segments
  int64_t receive_space;      // bytes
  int64_t last_data_received; // milliseconds ago
  int64_t not_sent;           // bytes in the send queue that were never sent
  int64_t acknowledged;       // bytes; a SYN or FIN of ours counts as one
  int64_t send_window;        // the peer's window in bytes
  int64_t segments_in, segments_out;
} cl_tcp_state;
int cl_tcp_info(int fd, cl_tcp_state *state);

// A signal without its SIG: "SEGV"; null if there is none of this number. See sigabbrev_np(3).
const char *_Nullable cl_signal_name(int signal);

// Joins or leaves the multicast group with this numeric address, on the interface with this index; with 0 routing chooses it.
// Returns 0 or a negated errno.
int cl_membership(int fd, const char *group, unsigned interface, int joins);
// Constants that <netinet/udp.h> of older systems lacks.
enum { CL_UDP_SEGMENT = 103, CL_UDP_GRO = 104 };

// Connections that wait in a TCP listener's backlog, or CL_UNKNOWN.
int64_t cl_backlog(int fd);

// ---- descriptors and events ----------------------------------------------------------------------
int cl_pipe(int *ends); // close on exec; see pipe2(2)
int cl_eventfd(void); // not blocking, close on exec
int cl_eventfd_ring(int fd);
void cl_eventfd_clear(int fd);
// Waits until it was rung, until a time of CLOCK_MONOTONIC at the latest: 1, 0, or -EINTR. See ppoll(2).
int cl_eventfd_wait(int fd, int64_t deadline);
// ppoll(2) until a time of CLOCK_MONOTONIC at the latest. The entries are those of poll(2).
struct pollfd;
int cl_poll_until(struct pollfd *_Nullable entries, unsigned long count, int64_t deadline);
int cl_accept(int fd, struct sockaddr_storage *name, socklen_t *name_length); // accept4(2), close on exec
// epoll(7), level-triggered unless told otherwise; the bits of `events` are those of poll(2).
typedef struct cl_epoll_ready {
  int32_t descriptor;
  uint32_t events;
} cl_epoll_ready;
int cl_epoll_create(void);
int cl_epoll_set(int epoll, int fd, uint32_t events, int is_edge); // EPOLL_CTL_MOD, or ADD where it is not there yet
int cl_epoll_remove(int epoll, int fd);
int cl_epoll_wait(int epoll, cl_epoll_ready *ready, int count, int milliseconds);
// Blocks signals in the calling thread and in the ones it starts, and returns a descriptor to read them from.
int cl_signalfd(const int *signals, int count);
int cl_signalfd_read(int fd); // a signal's number, or 0

// ---- the wire ------------------------------------------------------------------------------------
// What passes all interfaces, from the IP header on, into a ring that the kernel fills. See packet(7); needs CAP_NET_RAW.
typedef struct cl_wire cl_wire;
enum { CL_WIRE_BYTES = 160 }; // of each packet at most
// Names of interfaces have fewer bytes: IFNAMSIZ of netdevice(7).
enum { CL_INTERFACE_NAME = 16 };
// An instruction of a classic filter, as sock_filter of <linux/filter.h>.
typedef struct cl_wire_instruction {
  uint16_t code;
  uint8_t if_true, if_false;
  uint32_t value;
} cl_wire_instruction;
typedef struct cl_wire_packet {
  int64_t stamp;     // CLOCK_REALTIME when it passed
  uint32_t length;   // of the packet
  uint32_t count;    // bytes of it that follow
  int32_t interface; // its index
  uint8_t bytes[CL_WIRE_BYTES];
} cl_wire_packet;
// Nothing comes before it begins. `frames`: packets that the ring holds, a multiple of 256. NULL with an errno.
cl_wire *_Nullable cl_wire_open(unsigned frames, int *error);
int cl_wire_descriptor(const cl_wire *wire); // readable, for poll(2), while there are packets
int cl_wire_filter(cl_wire *wire, const cl_wire_instruction *instructions, unsigned short count); // may be called again
int cl_wire_begin(cl_wire *wire);
bool cl_wire_next(cl_wire *wire, cl_wire_packet *packet);
unsigned cl_wire_dropped(cl_wire *wire); // packets for which the ring had no room, since the last time
void cl_wire_close(cl_wire *wire);
void cl_interface_name(int interface, char *name); // "?" for one that is gone
int cl_interface_mtu(int interface);               // bytes; -1 unknown
int cl_interfaces(int *indices, int most);         // of those that are up; returns how many

// ---- files ---------------------------------------------------------------------------------------
// True for a file of proc(5) or sysfs(5), whose size stat(2) does not tell. See statfs(2).
bool cl_is_sizeless(const char *path);

// ---- terminals -----------------------------------------------------------------------------------
// A new pseudo terminal: our end, not blocking, and the program's. Both close on exec. See pty(7).
int cl_open_terminal(int *program);
// TIOCSWINSZ: the foreground processes get SIGWINCH if it is another size. See ioctl_tty(2).
int cl_set_window(int terminal, int rows, int columns);
// Leaves a process behind that reads what comes from descriptors, at most CL_SOURCES, to their end: who writes there can
// outlive this process. It has no others open but `kept`, which are in ascending order and hold the sources too.
enum { CL_SOURCES = 64 };
int cl_read_away(const int *sources, int count, const int *kept, int all);

// ---- threads -------------------------------------------------------------------------------------
// The signal that interrupts a blocked call: its handler does nothing, and no call is restarted.
int cl_install_interrupt(void);
// Lets the interrupting signal through in the calling thread only.
void cl_allow_interrupt(void);
typedef uint64_t cl_thread;
// Starts a thread with a small stack. Returns 0 or a negated errno.
int cl_thread_start(cl_thread *thread, const char *name, void *_Nullable (*_Nonnull body)(void *_Nullable), void *_Nullable context);
// Interrupts a thread's blocking call once, if it is in one. The thread may have ended; it must not be detached.
void cl_thread_interrupt(cl_thread thread);
void cl_thread_detach(cl_thread thread);
// Raises the soft limit of open descriptors to the hard one. Returns the limit.
int64_t cl_raise_descriptor_limit(void);

#pragma clang assume_nonnull end
#endif
