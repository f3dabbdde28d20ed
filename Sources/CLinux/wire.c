#define _GNU_SOURCE
#include "clinux.h"

#include <arpa/inet.h>
#include <errno.h>
#include <linux/filter.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

// A frame holds what the kernel says of a packet, its address, and CL_WIRE_BYTES of it.
enum { FRAME = 256, BLOCK = 1 << 16 };
_Static_assert(TPACKET_ALIGN(sizeof(struct tpacket2_hdr)) + TPACKET_ALIGN(sizeof(struct sockaddr_ll)) + 16 + CL_WIRE_BYTES
                   <= FRAME, "a packet fits");
_Static_assert(sizeof(cl_wire_instruction) == sizeof(struct sock_filter), "the same instruction");

struct cl_wire {
  int fd;
  unsigned frames, next;
  uint8_t *ring;
};

cl_wire *cl_wire_open(unsigned frames, int *error) {
  cl_wire *wire = calloc(1, sizeof *wire);
  if (!wire) {
    *error = ENOMEM;
    return NULL;
  }
  wire->frames = frames;
  wire->ring = MAP_FAILED;
  // Protocol 0: nothing comes before cl_wire_begin.
  wire->fd = socket(AF_PACKET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  int version = TPACKET_V2;
  struct tpacket_req request = {
      .tp_block_size = BLOCK, .tp_block_nr = frames / (BLOCK / FRAME), .tp_frame_size = FRAME, .tp_frame_nr = frames};
  if (wire->fd < 0 || setsockopt(wire->fd, SOL_PACKET, PACKET_VERSION, &version, sizeof version) < 0
      || setsockopt(wire->fd, SOL_PACKET, PACKET_RX_RING, &request, sizeof request) < 0
      || (wire->ring = mmap(NULL, (size_t)frames * FRAME, PROT_READ | PROT_WRITE, MAP_SHARED, wire->fd, 0))
             == MAP_FAILED) {
    *error = errno;
    cl_wire_close(wire);
    return NULL;
  }
  return wire;
}

int cl_wire_descriptor(const cl_wire *wire) { return wire->fd; }

int cl_wire_filter(cl_wire *wire, const cl_wire_instruction *instructions, unsigned short count) {
  struct sock_fprog program = {.len = count, .filter = (struct sock_filter *)instructions};
  return setsockopt(wire->fd, SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof program) == 0 ? 0 : -errno;
}

int cl_wire_begin(cl_wire *wire) {
  struct sockaddr_ll all = {.sll_family = AF_PACKET, .sll_protocol = htons(ETH_P_ALL)};
  return bind(wire->fd, (struct sockaddr *)&all, sizeof all) == 0 ? 0 : -errno;
}

bool cl_wire_next(cl_wire *wire, cl_wire_packet *packet) {
  struct tpacket2_hdr *header = (struct tpacket2_hdr *)(wire->ring + (size_t)wire->next * FRAME);
  if (!(__atomic_load_n(&header->tp_status, __ATOMIC_ACQUIRE) & TP_STATUS_USER)) return false;
  struct sockaddr_ll address;
  memcpy(&address, (uint8_t *)header + TPACKET_ALIGN(sizeof *header), sizeof address);
  packet->stamp = (int64_t)header->tp_sec * 1000000000 + header->tp_nsec;
  packet->length = header->tp_len;
  packet->interface = address.sll_ifindex;
  packet->count = header->tp_snaplen < CL_WIRE_BYTES ? header->tp_snaplen : CL_WIRE_BYTES;
  if (header->tp_net + packet->count > FRAME) packet->count = 0;
  memcpy(packet->bytes, (uint8_t *)header + header->tp_net, packet->count);
  __atomic_store_n(&header->tp_status, TP_STATUS_KERNEL, __ATOMIC_RELEASE);
  wire->next = (wire->next + 1) % wire->frames;
  return true;
}

unsigned cl_wire_dropped(cl_wire *wire) {
  struct tpacket_stats statistics = {0};
  socklen_t length = sizeof statistics;
  return getsockopt(wire->fd, SOL_PACKET, PACKET_STATISTICS, &statistics, &length) == 0 ? statistics.tp_drops : 0;
}

void cl_interface_name(int interface, char *name) {
  if (interface <= 0 || !if_indextoname((unsigned)interface, name)) strcpy(name, "?");
}

// Asks of an interface by ioctl(2), on a socket of any kind; see netdevice(7).
static bool ask_interface(int interface, unsigned long request, struct ifreq *answer) {
  memset(answer, 0, sizeof *answer);
  if (interface <= 0 || !if_indextoname((unsigned)interface, answer->ifr_name)) return false;
  int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (fd < 0) return false;
  bool is_told = ioctl(fd, request, answer) == 0;
  close(fd);
  return is_told;
}

int cl_interface_mtu(int interface) {
  struct ifreq answer;
  return ask_interface(interface, SIOCGIFMTU, &answer) ? answer.ifr_mtu : -1;
}

int cl_interfaces(int *indices, int most) {
  struct if_nameindex *all = if_nameindex();
  int count = 0;
  for (struct if_nameindex *one = all; one && one->if_index && count < most; one++) {
    struct ifreq answer;
    if (ask_interface((int)one->if_index, SIOCGIFFLAGS, &answer) && answer.ifr_flags & IFF_UP)
      indices[count++] = (int)one->if_index;
  }
  if (all) if_freenameindex(all);
  return count;
}

void cl_wire_close(cl_wire *wire) {
  if (wire->ring != MAP_FAILED) munmap(wire->ring, (size_t)wire->frames * FRAME);
  if (wire->fd >= 0) close(wire->fd);
  free(wire);
}
