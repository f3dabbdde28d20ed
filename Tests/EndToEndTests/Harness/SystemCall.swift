/// One socket call as strace(1) saw it.
struct SystemCall: Equatable {
  let name: String
  /// The descriptor and, after it in `<>`, its protocol and addresses.
  let descriptor: String
  /// The size that was asked for; nil where strace does not tell it: in a recvmsg that failed.
  let asked: Int?
  /// nil if it failed.
  let returned: Int?
  let errno: String?
  /// Seconds since 1970 at the call's start.
  let time: Double

  /// The descriptor without what strace adds.
  var number: Substring { descriptor.prefix { $0.isNumber } }

  /// What the call gave, written as `Event.result` writes it.
  var result: String? { returned.map(String.init) ?? errno }

  /// Reads a line of `strace -ttt -yy -s 1 -xx`; nil for lines that are no such call, or one that never returned.
  init?(line: String) {
    let whole = /^(?<time>[0-9.]+) (?<name>[a-z0-9]+)\((?<fd>[0-9]+<[^>]*(?:->[^>]*)?>|[0-9]+), (?<rest>.*)$/
    guard let head = line.wholeMatch(of: whole), let time = Double(head.time) else { return nil }
    let rest = String(head.rest)
    guard let end = rest.ranges(of: #/\) += /#).last else { return nil }
    let result = rest[end.upperBound...].split(separator: " ")
    guard let first = result.first, first != "?" || result.count > 1 else { return nil }
    name = String(head.name)
    descriptor = String(head.fd)
    asked = Self.asked(String(head.name), String(rest[..<end.lowerBound]))
    self.time = time
    if let count = Int(first), count >= 0 {
      returned = count
      errno = nil
    } else {
      returned = nil
      // A call that a handler without SA_RESTART cut short: the program sees EINTR. See signal(7).
      let name = result.count > 1 ? String(result[1]) : ""
      errno = name.hasPrefix("ERESTART") ? "EINTR" : name
    }
  }

  private static func asked(_ name: String, _ arguments: String) -> Int? {
    switch name {
    case "recvmsg", "sendmsg":
      let sizes = arguments.matches(of: /iov_len=(\d+)/).compactMap { Int($0.1) }
      return sizes.isEmpty ? nil : sizes.reduce(0, +)
    case "recvfrom", "sendto":
      return arguments.firstMatch(of: #/(?:"[^"]*"(?:\.\.\.)?|0x[0-9a-f]+|NULL), (\d+),/#).flatMap {
        Int($0.1)
      }
    default: return nil
    }
  }
}
