#define _GNU_SOURCE
#include "clinux.h"

#include <arpa/inet.h>
#include <errno.h>
#include <linux/errqueue.h>
#include <linux/net_tstamp.h>
#include <linux/sockios.h>
#include <linux/tcp.h>
#include <poll.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>

// States of <netinet/tcp.h>, which cannot be included beside <linux/tcp.h>.
enum { TCP_TIME_WAIT = 6, TCP_CLOSE = 7, TCP_CLOSE_WAIT = 8, TCP_LAST_ACK = 9, TCP_LISTEN = 10, TCP_CLOSING = 11 };

// <netinet/udp.h> and <netinet/tcp.h> of older systems lack these; the values are the kernel's interface.
#ifndef SOL_UDP
#define SOL_UDP 17
#endif
#ifndef SOL_TCP
#define SOL_TCP 6
#endif

void cl_receive(int fd, void *buffer, size_t size, int flags, struct sockaddr_storage *name, socklen_t *name_length,
                void *entered, cl_receipt *receipt) {
  union {
    char bytes[256];
    struct cmsghdr align;
  } control;
  struct iovec piece = {.iov_base = buffer, .iov_len = size};
  struct msghdr message = {
      .msg_name = name,
      .msg_namelen = name ? sizeof *name : 0,
      .msg_iov = &piece,
      .msg_iovlen = 1,
      .msg_control = control.bytes,
      .msg_controllen = sizeof control.bytes,
  };
  receipt->start = cl_monotonic();
  if (entered) __atomic_store_n((int64_t *)entered, receipt->start, __ATOMIC_RELAXED);
  ssize_t result = recvmsg(fd, &message, flags);
  int error = errno;
  if (entered) __atomic_store_n((int64_t *)entered, 0, __ATOMIC_RELAXED);
  receipt->end = cl_monotonic();
  receipt->result = result < 0 ? -error : result;
  receipt->stamp = CL_NO_STAMP;
  receipt->queued = CL_UNKNOWN;
  receipt->segment = CL_UNKNOWN;
  receipt->flags = result < 0 ? 0 : message.msg_flags;
  if (name_length) *name_length = result < 0 ? 0 : message.msg_namelen;
  if (result < 0) return;
  for (struct cmsghdr *c = CMSG_FIRSTHDR(&message); c; c = CMSG_NXTHDR(&message, c)) {
    if (c->cmsg_level == SOL_SOCKET && (c->cmsg_type == SO_TIMESTAMPING || c->cmsg_type == SO_TIMESTAMPNS)) {
      struct timespec stamp; // the software stamp is the first of SO_TIMESTAMPING's three
      memcpy(&stamp, CMSG_DATA(c), sizeof stamp);
      if (stamp.tv_sec || stamp.tv_nsec) receipt->stamp = stamp.tv_sec * 1000000000LL + stamp.tv_nsec;
    } else if (c->cmsg_level == SOL_TCP && c->cmsg_type == TCP_CM_INQ) {
      memcpy(&receipt->queued, CMSG_DATA(c), sizeof receipt->queued);
    } else if (c->cmsg_level == SOL_UDP && c->cmsg_type == CL_UDP_GRO) {
      memcpy(&receipt->segment, CMSG_DATA(c), sizeof receipt->segment);
    }
  }
}

static int set_option(int fd, int level, int name, int value) {
  return setsockopt(fd, level, name, &value, sizeof value) == 0 ? 0 : -errno;
}

int cl_enable_stamps(int fd, int is_unix) {
  if (is_unix) return set_option(fd, SOL_SOCKET, SO_TIMESTAMPNS, 1);
  return set_option(fd, SOL_SOCKET, SO_TIMESTAMPING, SOF_TIMESTAMPING_RX_SOFTWARE | SOF_TIMESTAMPING_SOFTWARE);
}

int cl_enable_inq(int fd) { return set_option(fd, SOL_TCP, TCP_INQ, 1); }

static int ask(int fd, unsigned long request) {
  int value = 0;
  return ioctl(fd, request, &value) == 0 ? value : -errno;
}

int cl_siocinq(int fd) { return ask(fd, SIOCINQ); }
int cl_siocoutq(int fd) { return ask(fd, SIOCOUTQ); }
int cl_siocatmark(int fd) { return ask(fd, SIOCATMARK); }

int cl_is_urgent_inline(int fd) {
  int value = 0;
  socklen_t length = sizeof value;
  return getsockopt(fd, SOL_SOCKET, SO_OOBINLINE, &value, &length) == 0 && value;
}

int cl_has_urgent(int fd) {
  struct pollfd entry = {.fd = fd, .events = POLLPRI};
  return poll(&entry, 1, 0) == 1 && (entry.revents & POLLPRI) != 0;
}

int cl_is_hung_up(int fd) {
  struct pollfd entry = {.fd = fd, .events = POLLRDHUP};
  return poll(&entry, 1, 0) == 1 && (entry.revents & (POLLRDHUP | POLLHUP)) && cl_siocinq(fd) <= 0;
}

int cl_tcp_info(int fd, cl_tcp_state *state) {
  struct tcp_info info;
  socklen_t length = sizeof info;
  if (getsockopt(fd, SOL_TCP, TCP_INFO, &info, &length) != 0) return -errno;
#define FIELD(name) (length >= offsetof(struct tcp_info, name) + sizeof info.name ? (int64_t)info.name : CL_UNKNOWN)
  *state = (cl_tcp_state){
      .state = FIELD(tcpi_state),
      .rtt = FIELD(tcpi_rtt),
      .rttvar = FIELD(tcpi_rttvar),
      .unacked = FIELD(tcpi_unacked),
      .sacked = FIELD(tcpi_sacked),
      .retransmits = FIELD(tcpi_total_retrans),
      .send_mss = FIELD(tcpi_snd_mss),
      .receive_mss = FIELD(tcpi_rcv_mss),
      .congestion_window = FIELD(tcpi_snd_cwnd),
      .receive_space = FIELD(tcpi_rcv_space),
      .last_data_received = FIELD(tcpi_last_data_recv),
      .not_sent = FIELD(tcpi_notsent_bytes),
      .acknowledged = FIELD(tcpi_bytes_acked),
      .send_window = FIELD(tcpi_snd_wnd),
      .segments_in = FIELD(tcpi_data_segs_in),
      .segments_out = FIELD(tcpi_data_segs_out),
  };
#undef FIELD
  return 0;
}

int cl_has_fin(int fd, int state, int queued) {
  switch (state) {
    case TCP_TIME_WAIT:
    case TCP_CLOSE_WAIT:
    case TCP_LAST_ACK:
    case TCP_CLOSING:
      if (queued < 0) return 1;
      __attribute__((fallthrough));
    // Both a reset and the last of two FINs end in TCP_CLOSE; and any FIN may have come between the call and this question.
    // Nothing comes after one, and SIOCINQ leaves it out: a count that is higher has counted it.
    case TCP_CLOSE: return queued > 0 && cl_siocinq(fd) < queued;
    default: return 0;
  }
}

int64_t cl_backlog(int fd) {
  cl_tcp_state state;
  // Of a listener tcpi_unacked is the length of its backlog; see tcp_get_info() in the kernel.
  return cl_tcp_info(fd, &state) == 0 && state.state == TCP_LISTEN ? state.unacked : CL_UNKNOWN;
}

int64_t cl_segments_in(int fd, int *state) {
  struct tcp_info info;
  socklen_t length = sizeof info;
  *state = CL_UNKNOWN;
  if (getsockopt(fd, SOL_TCP, TCP_INFO, &info, &length) != 0) return CL_UNKNOWN;
  *state = info.tcpi_state;
  if (length < offsetof(struct tcp_info, tcpi_data_segs_in) + sizeof info.tcpi_data_segs_in) return CL_UNKNOWN;
  return info.tcpi_data_segs_in;
}

int cl_membership(int fd, const char *group, unsigned interface, int joins) {
  struct ip_mreqn four = {.imr_ifindex = (int)interface};
  struct ipv6_mreq six = {.ipv6mr_interface = interface};
  int result;
  if (inet_pton(AF_INET, group, &four.imr_multiaddr) == 1) {
    result = setsockopt(fd, IPPROTO_IP, joins ? IP_ADD_MEMBERSHIP : IP_DROP_MEMBERSHIP, &four, sizeof four);
  } else if (inet_pton(AF_INET6, group, &six.ipv6mr_multiaddr) == 1) {
    result = setsockopt(fd, IPPROTO_IPV6, joins ? IPV6_ADD_MEMBERSHIP : IPV6_DROP_MEMBERSHIP, &six, sizeof six);
  } else {
    return -EINVAL;
  }
  return result == 0 ? 0 : -errno;
}
