import Glibc
import Testing

import Watching

/// What strace(1) says of a program, in the words of `Seen.Call`: for each thread its calls on sockets, in order.
struct Strace {
  struct Call: Hashable, CustomStringConvertible {
    var name: String
    var result: String

    init(_ name: String, _ result: String) {
      self.name = name
      // Which descriptor is free depends on what other threads do at that time.
      self.result = name.hasPrefix("accept") && Int(result) != nil ? "a descriptor" : result
    }

    var description: String { "\(name)=\(result)" }
  }

  /// Calls that are compared: those that have one record each, whatever they return.
  static let names = [
    "read", "readv", "recvfrom", "recvmsg", "write", "writev", "sendto", "sendmsg", "accept4", "connect",
    "bind",
    "listen", "shutdown", "close", "setsockopt",
  ]

  /// The calls of each thread; threads with the same calls are told apart by nothing, so they are in no order.
  let threads: [[Call]]

  /// - Returns: nil if strace cannot be started.
  init?(_ words: [String]) {
    let file = "/tmp/recvscope-strace-\(getpid()).txt"
    defer { unlink(file) }
    let line =
      ["strace", "-f", "-yy", "-o", file, "-e", "trace=" + Self.names.joined(separator: ","), "--"] + words
    guard system(line.map { "'\($0)'" }.joined(separator: " ") + " </dev/null >/dev/null 2>&1") >= 0,
      let text = Self.text(of: file)
    else { return nil }
    var threads: [Int32: [Call]] = [:]
    var begun: [Int32: String] = [:]
    for line in text.split(separator: "\n") {
      guard let space = line.firstIndex(of: " "), let thread = Int32(line[..<space]) else { continue }
      var rest = String(line[space...].drop { $0 == " " })
      if let end = rest.range(of: " <unfinished ...>") {
        begun[thread] = String(rest[..<end.lowerBound])
        continue
      }
      if rest.hasPrefix("<... "), let resumed = rest.range(of: " resumed>") {
        rest = (begun.removeValue(forKey: thread) ?? "") + rest[resumed.upperBound...]
      }
      if let call = Self.call(rest) { threads[thread, default: []].append(call) }
    }
    self.threads = threads.values.sorted { "\($0)" < "\($1)" }
  }

  private static func call(_ text: String) -> Call? {
    guard let open = text.firstIndex(of: "("), let equals = text.range(of: " = ", options: .backwards) else {
      return nil
    }
    let name = String(text[..<open])
    let arguments = text[text.index(after: open)...]
    let kinds = ["<TCP", "<UDP", "<UNIX", "<socket:"]
    guard names.contains(name), let mark = arguments.firstIndex(of: "<"),
      arguments[..<mark].allSatisfy(\.isNumber), kinds.contains(where: arguments[mark...].hasPrefix)
    else { return nil }
    let words = text[equals.upperBound...].split(separator: " ")
    // A call that goes on after a signal is one.
    if words.first == "?" { return nil }
    let result = words.first == "-1" ? String(words[1]) : String(words[0].prefix { $0.isNumber })
    return Call(name, result)
  }

  private static func text(of path: String) -> String? {
    guard let file = fopen(path, "re") else { return nil }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = fread(&piece, 1, piece.count, file)
      if count == 0 { return String(decoding: bytes, as: UTF8.self) }
      bytes += piece[..<count]
    }
  }
}

extension String {
  /// The last or the first place of a piece.
  fileprivate func range(of piece: String, options: Options = .forwards) -> Range<Index>? {
    let found: Int? = withCString { text in
      var found: Int?
      while let place = strstr(text + (found.map { $0 + 1 } ?? 0), piece) {
        found = place - UnsafeMutablePointer(mutating: text)
        if options == .forwards { break }
      }
      return found
    }
    guard let found else { return nil }
    let start = utf8.index(startIndex, offsetBy: found)
    return start..<utf8.index(start, offsetBy: piece.utf8.count)
  }

  fileprivate enum Options { case forwards, backwards }
}
