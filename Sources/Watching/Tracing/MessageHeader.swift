import CTracing
import Glibc
import Traffic

/// A msghdr in the program's memory, as far as it tells of the bytes. See recvmsg(2).
struct MessageHeader {
  static let size = MemoryLayout<msghdr>.size
  /// Of a mmsghdr, which has the length of its message behind it.
  static let sizeOfMany = MemoryLayout<msghdr>.stride + 8

  let pieces: [trace_piece]
  let address: String?
  let conditions: Conditions
  /// Descriptors that came with it (SCM_RIGHTS); see unix(7).
  let rights: [Int32]

  var asked: Int { Self.length(of: pieces) }

  init?(at place: UInt64, in memory: ProgramMemory) {
    guard let header = memory.value(msghdr.self, at: place) else { return nil }
    pieces = Self.pieces(
      at: UInt64(UInt(bitPattern: header.msg_iov)), count: UInt64(truncatingIfNeeded: header.msg_iovlen),
      in: memory)
    let name = UInt64(UInt(bitPattern: header.msg_name))
    address =
      name == 0
      ? nil : AddressText.text(memory.bytes(at: name, count: min(128, Int(header.msg_namelen))))
    var conditions: Conditions = []
    if header.msg_flags & CInt(MSG_TRUNC) != 0 { conditions.insert(.truncated) }
    if header.msg_flags & CInt(MSG_CTRUNC) != 0 { conditions.insert(.controlTruncated) }
    if header.msg_flags & CInt(MSG_EOR) != 0 { conditions.insert(.endOfRecord) }
    if header.msg_flags & CInt(MSG_OOB) != 0 { conditions.insert(.outOfBand) }
    self.conditions = conditions
    let control = UInt64(UInt(bitPattern: header.msg_control))
    rights = Self.rights(memory.bytes(at: control, count: min(4096, Int(header.msg_controllen))))
  }

  private static func rights(_ control: [UInt8]) -> [Int32] {
    var rights: [Int32] = []
    var place = 0
    let head = MemoryLayout<cmsghdr>.size
    while place + head <= control.count {
      let header = control.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: place, as: cmsghdr.self) }
      guard Int(header.cmsg_len) >= head, Int(header.cmsg_len) <= control.count - place else { break }
      let end = place + Int(header.cmsg_len)
      if header.cmsg_level == SOL_SOCKET, header.cmsg_type == 1 {  // SCM_RIGHTS
        for one in stride(from: place + head, to: end - 3, by: 4) {
          rights.append(control.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: one, as: Int32.self) })
        }
      }
      place += (Int(header.cmsg_len) + 7) & ~7
    }
    return rights
  }

  /// Of all pieces; a program may ask for more than there can be.
  static func length(of pieces: [trace_piece]) -> Int {
    pieces.reduce(0) { sum, piece in
      let (more, isOver) = sum.addingReportingOverflow(Int(clamping: piece.length))
      return isOver ? .max : more
    }
  }

  /// An array of iovec, at most IOV_MAX of them.
  static func pieces(at place: UInt64, count: UInt64, in memory: ProgramMemory) -> [trace_piece] {
    memory.values(trace_piece.self, at: place, count: Int(min(count, 1024)))
  }
}
