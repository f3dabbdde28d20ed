import CTracing
import Glibc

/// The bytes of one call, copied out of the program's memory; used again for the next.
final class PayloadBuffer {
  /// What is kept of one call at most.
  static let most = 16 << 20

  private var memory = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
  private(set) var count = 0

  var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: memory.baseAddress, count: count) }

  func clear() { count = 0 }

  /// Copies bytes that lie together.
  func read(_ process: pid_t, at address: UInt64, count wanted: Int) {
    count = 0
    let wanted = min(wanted, Self.most)
    guard wanted > 0, address != 0 else { return }
    grow(to: wanted)
    count = max(0, Int(trace_read(process, address, memory.baseAddress!, wanted)))
  }

  /// Copies bytes that lie in pieces.
  func read(_ process: pid_t, _ pieces: [trace_piece], count wanted: Int) {
    count = 0
    let wanted = min(wanted, Self.most)
    guard wanted > 0, !pieces.isEmpty else { return }
    grow(to: wanted)
    count = max(0, Int(trace_read_pieces(process, pieces, pieces.count, memory.baseAddress!, wanted)))
  }

  /// Copies bytes of a file, at an offset of it.
  func read(file descriptor: CInt, at offset: Int64, count wanted: Int) {
    count = 0
    let wanted = min(wanted, Self.most)
    guard wanted > 0 else { return }
    grow(to: wanted)
    count = max(0, pread(descriptor, memory.baseAddress!, wanted, off_t(offset)))
  }

  private func grow(to size: Int) {
    if size <= memory.count { return }
    memory.deallocate()
    memory = .allocate(byteCount: max(size, 2 * memory.count), alignment: 16)
  }

  deinit { memory.deallocate() }
}
