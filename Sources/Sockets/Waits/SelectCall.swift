import Glibc
import SystemPackage
import Traffic

/// select(2): three sets of descriptors go in, and come out with what is ready.
///
/// The sets are as long as the highest descriptor needs. C's fd_set ends at 1024; the kernel's call does not.
struct SelectCall: WaitCall {
  static let call = WaitCallName.select

  private var watched = DescriptorSet()
  private var watchesWriting = false

  /// - Parameter watchesWriting: also asks which are writable.
  init(watchesWriting: Bool = false) { self.watchesWriting = watchesWriting }

  mutating func add(_ descriptor: CInt) -> Result<Void, Errno> {
    watched.insert(descriptor)
    return .success(())
  }

  mutating func remove(_ descriptor: CInt) { watched.remove(descriptor) }

  mutating func wait(timeout: Nanoseconds?, ready: inout [Ready]) -> Result<CInt, Errno> {
    // select() writes over its sets, so each call gets copies.
    var readable = watched
    var writable = watchesWriting ? watched : DescriptorSet(emptyLike: watched)
    var exceptional = watched
    var limit = timeout.map {
      timeval(tv_sec: Int($0 / 1_000_000_000), tv_usec: Int($0 % 1_000_000_000 / 1_000))
    }
    let count = watched.limit
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
      for descriptor in watched.members {
        let found = Ready(
          descriptor: descriptor, isReadable: readable.contains(descriptor),
          isWritable: writable.contains(descriptor), isExceptional: exceptional.contains(descriptor))
        if found.isReadable || found.isWritable || found.isExceptional { ready.append(found) }
      }
    }
    return outcome
  }
}
