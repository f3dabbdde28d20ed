import Glibc

/// The memory that this process may still take.
public enum AvailableMemory {
  /// Bytes, by MemAvailable of proc_meminfo(5), and by the limits of getrlimit(2) without what proc_pid_statm(5) says is in use;
  /// nil if nothing tells.
  public static var bytes: Int64? {
    let used = Usage(statm: "/proc/self/statm")
    return [
      available(meminfo: "/proc/meminfo"), left(of: RLIMIT_AS, used: used?.addressSpace),
      left(of: RLIMIT_DATA, used: used?.data),
    ].compactMap { $0 }.min()
  }

  /// What the system has, by a file like proc_meminfo(5).
  static func available(meminfo path: String) -> Int64? {
    lines(of: path, first: 16).lazy.compactMap { words in
      words.first == "MemAvailable:" && words.count > 1 ? bytes(words[1], each: 1024) : nil
    }.first
  }

  /// A number of units as bytes; nil for what is none.
  private static func bytes(_ word: Substring, each unit: Int64) -> Int64? {
    guard let number = Int64(word), number >= 0 else { return nil }
    let (bytes, overflow) = number.multipliedReportingOverflow(by: unit)
    return overflow ? .max : bytes
  }

  private static func left(of resource: __rlimit_resource, used: Int64?) -> Int64? {
    var limit = rlimit()
    // RLIM_INFINITY is the highest number.
    guard getrlimit(__rlimit_resource_t(resource.rawValue), &limit) == 0, limit.rlim_cur != .max else {
      return nil
    }
    return max(0, Int64(clamping: limit.rlim_cur) - (used ?? 0))
  }

  /// What counts against the limits, in bytes.
  struct Usage {
    let addressSpace: Int64
    /// With the stack, which RLIMIT_DATA leaves out: a little too much.
    let data: Int64

    /// By a file like proc_pid_statm(5), which counts pages.
    init?(statm path: String) {
      let page = Int64(sysconf(CInt(_SC_PAGESIZE)))
      guard let words = lines(of: path, first: 1).first, words.count == 7,
        let addressSpace = bytes(words[0], each: page), let data = bytes(words[5], each: page)
      else { return nil }
      (self.addressSpace, self.data) = (addressSpace, data)
    }
  }

  /// The words of the first lines of a file of proc(5). No large memory is asked for: there may be little.
  private static func lines(of path: String, first count: Int) -> [[Substring]] {
    guard let file = fopen(path, "re") else { return [] }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 128)
    var lines: [[Substring]] = []
    while lines.count < count, fgets(&line, CInt(line.count), file) != nil {
      let text = String(decoding: line.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
      lines.append(text.split { $0 == " " || $0 == "\n" })
    }
    return lines
  }
}
