import CTracing
import Glibc

/// Seizes a process that runs, with all its threads.
struct Attachment {
  let process: pid_t

  init(to process: pid_t) { self.process = process }

  /// - Parameter add: is given each thread that was seized.
  /// - Returns: why it could not be; then what was seized has to be let go.
  func seize(_ add: (pid_t) -> Void) -> WatchFailure? {
    var seized: Set<pid_t> = []
    // Threads may be made while the list is read.
    while true {
      let new = Self.numbers(in: "/proc/\(process)/task").filter { !seized.contains($0) }
      if new.isEmpty { break }
      for thread in new {
        let result = trace_seize(thread, false)
        // One that has ended since needs nobody.
        if result == -ESRCH, thread != process { continue }
        if result < 0 { return failure(-result) }
        seized.insert(thread)
        add(thread)
      }
    }
    return seized.contains(process) ? nil : .noSuchProcess(process)
  }

  /// Its open descriptors.
  var descriptors: [Int32] { Self.numbers(in: "/proc/\(process)/fd") }

  static func isThread(_ thread: pid_t, of process: pid_t) -> Bool {
    access("/proc/\(process)/task/\(thread)", F_OK) == 0
  }

  private func failure(_ errno: CInt) -> WatchFailure {
    if errno == ESRCH { return .noSuchProcess(process) }
    guard errno == EPERM else { return .notAttached(process, errno: errno) }
    let status = Self.lines(of: "/proc/\(process)/status")
    if let tracer = status["TracerPid"].flatMap({ Int32($0) }), tracer != 0 {
      return .alreadyTraced(process, by: tracer)
    }
    if let user = status["Uid"]?.split(separator: "\t").first.flatMap({ UInt32($0) }), user != geteuid() {
      return .notOurs(process, user: user)
    }
    let scope = Self.text(of: "/proc/sys/kernel/yama/ptrace_scope").flatMap { Int($0.prefix(1)) } ?? 0
    return scope > 0 ? .forbiddenByYama(process, scope: scope) : .notAttached(process, errno: errno)
  }

  private static func lines(of path: String) -> [String: String] {
    var lines: [String: String] = [:]
    for line in (text(of: path) ?? "").split(separator: "\n") {
      guard let colon = line.firstIndex(of: ":") else { continue }
      lines[String(line[..<colon])] = String(
        line[line.index(after: colon)...].drop { $0 == "\t" || $0 == " " })
    }
    return lines
  }

  private static func text(of path: String) -> String? {
    guard let file = fopen(path, "re") else { return nil }
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = fread(&bytes, 1, bytes.count, file)
    return String(decoding: bytes.prefix(count), as: UTF8.self)
  }

  /// The entries of a folder of proc(5) that are numbers.
  private static func numbers(in path: String) -> [Int32] {
    guard let folder = opendir(path) else { return [] }
    defer { closedir(folder) }
    var numbers: [Int32] = []
    while let entry = readdir(folder) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) {
        String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
      }
      if let number = Int32(name) { numbers.append(number) }
    }
    return numbers.sorted()
  }
}
