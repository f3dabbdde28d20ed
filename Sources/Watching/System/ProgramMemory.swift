import CTracing
import Glibc

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

  /// `count` values of a plain type, as many as could be read.
  func values<Value: BitwiseCopyable>(_ type: Value.Type, at address: UInt64, count: Int) -> [Value] {
    guard address != 0, count > 0 else { return [] }
    let size = MemoryLayout<Value>.stride
    return [Value](unsafeUninitializedCapacity: count) { buffer, initialized in
      initialized = max(0, Int(trace_read(process, address, buffer.baseAddress!, count * size))) / size
    }
  }
}
