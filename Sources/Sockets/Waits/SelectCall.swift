import Glibc
import SystemPackage
import Traffic

/// select(2): three sets of descriptors go in, and come out with what is ready.
///
/// The sets are as long as the highest descriptor needs. C's fd_set ends at 1024; the kernel's call does not.
struct SelectCall: WaitCall {
  static let call = WaitCallName.select

  private var reading = DescriptorSet()
  private var writing = DescriptorSet()

  mutating func watch(_ descriptor: CInt, for interest: Interest) -> Result<Void, Errno> {
    if interest.contains(.reading) { reading.insert(descriptor) } else { reading.remove(descriptor) }
    if interest.contains(.writing) { writing.insert(descriptor) } else { writing.remove(descriptor) }
    return .success(())
  }

  /// select(2) counts microseconds: it needs none.
  mutating func rest(until deadline: Nanoseconds) {}

  mutating func wait(timeout: Nanoseconds?, ready: inout [Ready]) -> Result<CInt, Errno> {
    // select() writes over its sets, so each call gets copies.
    var readable = reading
    var writable = writing
    var exceptional = reading
    let count = max(reading.limit, writing.limit)
    // The kernel reads as far as the first argument says, in each of the three.
    readable.reserve(count)
    writable.reserve(count)
    exceptional.reserve(count)
    var limit = timeout.map {
      timeval(tv_sec: Int($0 / 1_000_000_000), tv_usec: Int($0 % 1_000_000_000 / 1_000))
    }
    let result = readable.withPointer { readable in
      writable.withPointer { writable in
        exceptional.withPointer { exceptional in
          limit == nil
            ? select(count, readable, writable, exceptional, nil)
            : select(count, readable, writable, exceptional, &limit!)  // not nil
        }
      }
    }
    let outcome = valueOrErrno(result)
    if result > 0 {
      for descriptor in 0..<count {
        let found = Ready(
          descriptor: descriptor, isReadable: readable.contains(descriptor),
          isWritable: writable.contains(descriptor), isExceptional: exceptional.contains(descriptor))
        if found.isReadable || found.isWritable || found.isExceptional { ready.append(found) }
      }
    }
    return outcome
  }
}
