import CLinux
import Glibc
import Staging
import SystemPackage
import Testing
import Traffic

@testable import Sockets

/// Every two flags of recv(2) together, with every option that has a part in it, on every kind of socket: each call is made by
/// the program and, on a second socket in the same state, bare. What the program tells must be what the kernel did, and its
/// sentences may name no cause that is not there.
struct FlagPairsTests {
  /// What lies in the queue.
  enum State: String, CaseIterable {
    case empty
    /// 5 bytes.
    case queued
    /// 5 bytes, and the end of the stream.
    case queuedEnd
    /// The end of the stream.
    case end
    /// 5 bytes, an urgent one, 3 bytes.
    case urgent

    var burst: String? {
      switch self {
      case .empty: nil
      case .queued: "\"abcde\""
      case .queuedEnd: "\"abcde\" shutdown"
      case .end: "shutdown"
      case .urgent: "\"abcde\" oob \"!\" \"fgh\""
      }
    }
    var isEnded: Bool { self == .end || self == .queuedEnd }
  }

  /// One call.
  struct Case: CustomStringConvertible {
    var kind: SocketKind
    var state: State
    var flags: MessageFlags
    var options: [OptionRule.Name]

    var description: String {
      "\(kind.rawValue), \(state), \(flags.names), \(options.map(\.rawValue))"
    }

    var isStream: Bool { kind == .tcp || kind == .unix }
    func has(_ flag: MessageFlags) -> Bool { flags.contains(flag) }
    func has(_ option: OptionRule.Name) -> Bool { options.contains(option) }

    /// True if nothing would end its wait.
    var waitsForEver: Bool {
      if has(.dontWait) || has(.timeout) || state.isEnded { return false }
      if isStream && has(.outOfBand) || kind == .unixDatagram && has(.outOfBand) { return false }
      if kind == .seqpacket, has(.outOfBand) { return false }
      return state == .empty || state == .queued && isStream && (has(.waitAll) || has(.lowat))
    }

    /// The lines that make a socket of a name and bring it into the state; the receiver's name is `receiver(name)`.
    func setUp(_ name: String) -> String {
      let option: [SocketKind: String] = [
        .tcp: "0", .udp: "0 --udp", .unix: "@recvscope-pairs-\(name) --unix",
        .unixDatagram: "@recvscope-pairs-\(name) --unix-dgram",
        .seqpacket: "@recvscope-pairs-\(name) --seqpacket",
      ]
      let values: [OptionRule.Name: String] = [.timeout: "15ms", .lowat: "8", .oobinline: "on"]
      let set = options.map { " --\($0.rawValue) \(values[$0] ?? "")" }.joined()
      return
        "listen \(option[kind] ?? "0") --as \(name) --mode manual\nconnect \(name) --as \(name)-c\n"
        + (kind == .tcp ? "set \(name)-c --nodelay\n" : "")
        // This waits for the connection to be accepted.
        + "set \(receiver(name)) --recv 10\(set)\n"
        + (state.burst.map { "send \(name)-c \($0)\nwait \(name)-c sent\n" } ?? "")
    }

    func receiver(_ name: String) -> String { kind.isConnectionOriented ? "\(name).1" : name }
  }

  private static let asked = 10
  private static let single: [MessageFlags] = [.peek, .truncate, .waitAll, .dontWait, .outOfBand]

  /// No flag, each alone, and every two.
  private static let flags: [MessageFlags] =
    [[]] + single
    + single.indices.flatMap { one in single[(one + 1)...].map { single[one].union($0) } }

  static func cases(_ kind: SocketKind) -> [Case] {
    let isStream = kind == .tcp || kind == .unix
    let states: [State] =
      isStream
      ? State.allCases : kind == .seqpacket ? [.empty, .queued, .queuedEnd, .end] : [.empty, .queued]
    let options: [[OptionRule.Name]] =
      [[], [.timeout]]
      + (isStream ? [[.lowat], [.timeout, .lowat], [.oobinline], [.timeout, .oobinline]] : [])
    return states.flatMap { state in
      flags.flatMap { flags in
        options.map { Case(kind: kind, state: state, flags: flags, options: $0) }
      }
    }.filter { !$0.waitsForEver }
  }

  @Test(arguments: SocketKind.allCases)
  func `Two flags and an option give what the kernel gives, and no cause that is not there`(
    _ kind: SocketKind
  ) throws {
    let cases = Self.cases(kind)
    #expect(cases.count > 40)
    for one in cases {
      do { try check(one) } catch { Issue.record("\(one): \(error)") }
    }
  }

  /// What a bare recv(2) gave.
  private struct Bare {
    var returned: Int
    var errno: Errno?
    /// The bytes of the buffer that were written to.
    var bytes: [UInt8]
    /// What SIOCINQ says after it.
    var left: CInt
  }

  private func check(_ one: Case) throws {
    let stage = Stage()
    try stage.play(one.setUp("told") + one.setUp("bare"))
    let (told, bare) = (one.receiver("told"), one.receiver("bare"))
    for name in [told, bare] { awaitArrival(one, try stage.connection(name).socket.descriptor) }
    try stage.play("recv \(told) \(Self.asked) \(one.flags.names.joined(separator: ","))")
    let record = try #require(try stage.records(told, .recv).first)
    let kernel = call(try stage.connection(bare).socket.descriptor, one)
    let explanation = Explanation(record, in: stage.journal).text
    let problems =
      differences(one, record, stage, kernel, left: cl_siocinq(try stage.connection(told).socket.descriptor))
      + strayWords(one, record, explanation) + missingWords(one, record, explanation)
    #expect(problems.isEmpty, "\(one): \(problems.joined(separator: "; "))\n\(explanation)")
  }

  /// Waits until what was sent is there.
  private func awaitArrival(_ one: Case, _ descriptor: CInt) {
    eventually("\(one): nothing came") {
      var entry = pollfd(fd: descriptor, events: Int16(PollEvents.peerHangUp.rawValue), revents: 0)
      let isEnded = poll(&entry, 1, 0) == 1
      switch one.state {
      case .empty: return true
      case .queued: return cl_siocinq(descriptor) == 5
      case .queuedEnd: return cl_siocinq(descriptor) == 5 && isEnded
      case .end: return isEnded
      // TCP counts up to the mark, or all, as the option says.
      case .urgent: return cl_siocinq(descriptor) >= 5
      }
    }
  }

  private func call(_ descriptor: CInt, _ one: Case) -> Bare {
    var buffer = [UInt8](repeating: UInt8(ascii: "."), count: Self.asked)
    let result = recv(descriptor, &buffer, buffer.count, CInt(one.flags.rawValue))
    let errno = result < 0 ? Errno(rawValue: errno) : nil
    return Bare(
      returned: result, errno: errno, bytes: Array(buffer.prefix { $0 != UInt8(ascii: ".") }),
      left: cl_siocinq(descriptor))
  }

  private func differences(_ one: Case, _ record: Record, _ stage: Stage, _ kernel: Bare, left: CInt)
    -> [String]
  {
    var problems: [String] = []
    if record.errno != kernel.errno || (record.returned ?? -1) != kernel.returned {
      problems.append("\(record.result), and the kernel \(kernel.errno.map(\.name) ?? "\(kernel.returned)")")
    }
    if stage.journal.payload(of: record) ?? [] != kernel.bytes { problems.append("other bytes") }
    if left != kernel.left { problems.append("\(left) are left, and bare \(kernel.left)") }
    // At TCP's urgent mark SIOCINQ counts no further than the mark.
    if record.returned != nil, !(one.kind == .tcp && one.state == .urgent), record.queued != Int(left) {
      problems.append("\(record.queued ?? -1) are told to be queued, \(left) are")
    }
    if one.has(.peek), record.lost ?? 0 > 0 { problems.append("a peek loses nothing") }
    let reason = reason(one, record)
    if Reason(record) != reason { problems.append("the reason is not \(reason)") }
    return problems
  }

  /// What the reason must be, from the call alone.
  private func reason(_ one: Case, _ record: Record) -> Reason {
    switch record.errno {
    case .resourceTemporarilyUnavailable?: return one.has(.dontWait) ? .wouldBlock : .timedOut
    case .some: return .error
    case nil: break
    }
    if one.has(.peek) { return .peeked }
    if one.state == .end { return .endOfStream }
    if !one.isStream { return .datagram }
    if record.isUrgent { return .drained }
    if one.has(.waitAll) { return .waitAllCut }
    if one.state == .urgent { return .urgentMark }
    return .drained
  }

  /// Causes that the sentences name though nothing of the kind is there.
  private func strayWords(_ one: Case, _ record: Record, _ text: String) -> [String] {
    let isCounted = one.kind == .tcp && one.has(.truncate) && record.result > 0
    let causes: [(words: [String], isThere: Bool)] = [
      (["SO_RCVTIMEO"], one.has(.timeout) && !one.has(.dontWait)),
      (["SO_RCVLOWAT"], one.has(.lowat)), (["SO_OOBINLINE"], one.has(.oobinline)),
      (["MSG_DONTWAIT"], one.has(.dontWait)), (["MSG_WAITALL"], one.has(.waitAll)),
      (["MSG_PEEK"], one.has(.peek)), (["MSG_TRUNC"], one.has(.truncate)),
      (["MSG_OOB", "urgent"], one.has(.outOfBand) || one.state == .urgent),
      (["FIN"], one.kind == .tcp && one.state.isEnded),
      (["end of the stream"], one.state.isEnded || one.has(.peek)),
      (["signal", "RST", "reset", "An error", "displaced", "is gone", "are gone"], false),
      (["stay queued", "stays queued"], record.queued ?? 0 > 0),
      (["still queued", "same bytes"], one.has(.peek) && record.result > 0),
      (["throws them away", "untouched", "only counts"], isCounted), (["copied"], !isCounted),
      (["was not to wait"], one.has(.dontWait)),
    ]
    return causes.flatMap { cause in
      cause.isThere ? [] : cause.words.filter(text.contains).map { "it names \($0)" }
    }
  }

  private func missingWords(_ one: Case, _ record: Record, _ text: String) -> [String] {
    var wanted: [String] = []
    switch Reason(record) {
    case .timedOut?: wanted = ["SO_RCVTIMEO, 15ms"]
    case .wouldBlock?: wanted = ["was not to wait"]
    case .peeked?: wanted = ["MSG_PEEK"]
    case .endOfStream?: wanted = ["0 means end of stream", one.kind == .tcp ? "FIN" : "the peer closed"]
    case .urgentMark?: wanted = ["urgent mark"]
    case .waitAllCut?:
      wanted = [
        one.state == .urgent
          ? "urgent mark"
          : one.has(.dontWait)
            ? "MSG_DONTWAIT goes before it"
            : one.state.isEnded ? "end of the stream" : "SO_RCVTIMEO, 15ms"
      ]
    case .filled?, .exact?, .drained?, .interrupted?, .reset?, .error?, .datagram?, .datagramTruncated?,
      .datagramEmpty?, .datagramsJoined?, .waitAll?, nil:
      wanted = text.isEmpty ? ["anything"] : []
    }
    return wanted.filter { !text.contains($0) }.map { "it does not say \($0)" }
  }
}
