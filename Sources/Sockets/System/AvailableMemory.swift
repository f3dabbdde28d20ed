import Glibc

/// The memory that this process may still take.
enum AvailableMemory {
  /// Bytes, by MemAvailable of proc_meminfo(5) and the limits of getrlimit(2); nil if nothing tells.
  static var bytes: Int64? {
    [system, limit(of: RLIMIT_AS), limit(of: RLIMIT_DATA)].compactMap { $0 }.min()
  }

  private static var system: Int64? {
    guard let file = fopen("/proc/meminfo", "re") else { return nil }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 128)
    while fgets(&line, CInt(line.count), file) != nil {
      let text = String(decoding: line.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
      let words = text.split(separator: " ")
      if words.first == "MemAvailable:", words.count > 1 { return Int64(words[1]).map { $0 << 10 } }
    }
    return nil
  }

  private static func limit(of resource: __rlimit_resource) -> Int64? {
    var limit = rlimit()
    // RLIM_INFINITY is the highest number.
    guard getrlimit(__rlimit_resource_t(resource.rawValue), &limit) == 0, limit.rlim_cur != .max else {
      return nil
    }
    return Int64(clamping: limit.rlim_cur)
  }
}
