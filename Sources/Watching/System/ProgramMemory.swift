import CTracing
import Glibc
import Traffic

/// The memory of one process, which is read as it is and never written.
struct ProgramMemory {
  let process: pid_t

  /// The bytes at an address, as many as could be read.
  func bytes(at address: UInt64, count: Int) -> [UInt8] {
    guard address != 0, count > 0 else { return [] }
    return [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      initialized = max(0, Int(trace_read(process, address, buffer.baseAddress!, count)))  // count > 0
    }
  }

  /// One value of a plain type; nil if it cannot be read.
  func value<Value: BitwiseCopyable>(_ type: Value.Type, at address: UInt64) -> Value? {
    guard address != 0 else { return nil }
    return withUnsafeTemporaryAllocation(of: Value.self, capacity: 1) { place in
      let size = MemoryLayout<Value>.size
      guard trace_read(process, address, place.baseAddress!, size) == size else { return nil }
      return place[0]
    }
  }

  /// A timespec; nil at a null pointer.
  func timespec(at address: UInt64) -> Nanoseconds? {
    value(Glibc.timespec.self, at: address).map { Self.duration($0.tv_sec, nanoseconds: $0.tv_nsec) }
  }

  /// A timeval; nil at a null pointer.
  func timeval(at address: UInt64) -> Nanoseconds? {
    value(Glibc.timeval.self, at: address).map { Self.duration($0.tv_sec, nanoseconds: $0.tv_usec &* 1000) }
  }

  /// A program may ask for more years than nanoseconds can count.
  private static func duration(_ seconds: Int, nanoseconds: Int) -> Nanoseconds {
    let (whole, isOver) = Nanoseconds(seconds).multipliedReportingOverflow(by: 1_000_000_000)
    let (sum, isOverToo) = whole.addingReportingOverflow(Nanoseconds(nanoseconds))
    return isOver || isOverToo ? .max : sum
  }

  /// `count` values of a plain type, as many as could be read.
  func values<Value: BitwiseCopyable>(_ type: Value.Type, at address: UInt64, count: Int) -> [Value] {
    guard address != 0, count > 0 else { return [] }
    let size = MemoryLayout<Value>.stride
    return [Value](unsafeUninitializedCapacity: count) { buffer, initialized in
      initialized = max(0, Int(trace_read(process, address, buffer.baseAddress!, count * size))) / size
    }
  }
}
