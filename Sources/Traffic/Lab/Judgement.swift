import SystemPackage

/// What an `expect` wanted and what was there.
public struct Judgement: Sendable {
  /// Why an `expect` cannot be judged, in a sentence.
  public struct Refusal: Error {
    public let message: String

    init(_ message: String) { self.message = message }
  }

  public let holds: Bool
  public let verdict: Verdict

  init(holds: Bool, wanted: String, got: String) {
    self.holds = holds
    verdict = Verdict(wanted: wanted, got: got)
  }

  /// Compares with the journal as it is now.
  /// - Parameter file: reads a file whose bytes are expected.
  public static func of(
    _ expectation: Expectation, on socket: SocketID, in journal: Journal, file: (String) throws -> [UInt8]
  ) -> Result<Judgement, Refusal> {
    guard let (info, totals) = journal.socket(socket) else {
      return .failure(Refusal("its records were dropped for want of memory (--memory)"))
    }
    switch expectation {
    case .receives(let outcomes, let isOpen):
      return results(.recv, of: socket, in: journal).map { compare(outcomes, isOpen: isOpen, with: $0) }
    case .sends(let outcomes, let isOpen):
      return results(.send, of: socket, in: journal).map { compare(outcomes, isOpen: isOpen, with: $0) }
    case .ready(let wanted): return .success(compare(wanted, on: socket, info, in: journal))
    case .bytes(let count):
      let got = totals.receivedBytes
      return .success(Judgement(holds: got == count, wanted: "\(count) bytes", got: "\(got) bytes"))
    case .data(let pieces): return compare(pieces, on: socket, in: journal, file)
    case .match(let regex): return find(regex, on: socket, in: journal)
    case .messages(let count):
      return messages(of: socket, in: journal).map { found in
        Judgement(holds: found.count == count, wanted: "\(count) messages", got: "\(found.count) messages")
      }
    case .message(let number, let burst):
      return messages(of: socket, in: journal, number: number).flatMap {
        compare(burst, with: number, $0.message, of: $0.count, on: socket, in: journal, file)
      }
    case .records(let count, let filter): return records(count, filter, of: socket, in: journal)
    case .local(let address): return .success(compare(address, with: info.local, in: journal))
    case .peer(let address): return .success(compare(address, with: info.peer, in: journal))
    case .exit(let status): return exit(status, of: socket, in: journal)
    case .cuts(let verdict, let count): return .success(cuts(verdict, count, of: [socket], in: journal))
    }
  }

  /// Counts ways of cutting, wherever the connection was on which each was judged.
  public static func cuts(
    _ verdict: CutVerdict, _ count: Int, of sockets: [SocketID], in journal: Journal
  ) -> Judgement {
    let got = self.count(verdict, of: sockets, in: journal)
    return Judgement(
      holds: got == count, wanted: "\(count) cuts \(verdict.word)", got: "\(got) cuts \(verdict.word)")
  }

  static func count(_ verdict: CutVerdict, of sockets: [SocketID], in journal: Journal) -> Int {
    sockets.reduce(0) { count, socket in
      count
        + journal.records(of: socket, in: journal.ranks(of: socket)).count {
          $0.record.kind == .cut && $0.record.verdict == verdict
        }
    }
  }

  private static func exit(
    _ status: Int, of program: SocketID, in journal: Journal
  ) -> Result<Judgement, Refusal> {
    programEnd(of: program, in: journal).map { end in
      let got =
        switch end {
        case .exited(let status)?: "exit \(status)"
        case .killed(let signal)?: "signal \(signal)"
        case nil: "it still runs"
        }
      return Judgement(holds: end == .exited(status), wanted: "exit \(status)", got: got)
    }
  }

  enum ProgramEnd: Equatable {
    case exited(Int)
    case killed(signal: Int)
  }

  /// How a watched program ended; nil while it runs.
  static func programEnd(of program: SocketID, in journal: Journal) -> Result<ProgramEnd?, Refusal> {
    let records = journal.records(of: program, in: journal.ranks(of: program)).map(\.record)
    guard let process = records.first(where: { $0.kind == .startProgram })?.process else {
      return .failure(Refusal("it is no program that is watched"))
    }
    let end = records.last { $0.kind == .exitProgram && $0.process == process }
    return .success(
      end.map { end in end.signalNumber.map { .killed(signal: $0) } ?? .exited(end.exitStatus ?? 0) })
  }

  private static let block = 1024

  /// Goes through the calls of one kind, some records at a time: there may be many millions.
  /// - Parameter body: returns why it cannot go on; nil if it can.
  /// - Returns: what `body` returned; nil if that was nothing.
  static func forEach(
    _ kind: Record.Kind, of socket: SocketID, in journal: Journal, _ body: (Record) -> Refusal?
  ) -> Refusal? {
    forEach(of: socket, in: journal) { record, _ in record.kind == kind ? body(record) : nil }
  }

  /// The same of records of every kind, each with its number in the journal.
  static func forEach(
    of socket: SocketID, in journal: Journal, _ body: (Record, Int) -> Refusal?
  ) -> Refusal? {
    let ranks = journal.ranks(of: socket)
    for start in stride(from: 0, to: ranks.upperBound, by: block) {
      let range = start..<min(start + block, ranks.upperBound)
      let records = journal.records(of: socket, in: range)
      guard records.count == range.count else {
        return Refusal("its first records were dropped for want of memory (--memory)")
      }
      for (sequence, record) in records {
        if let refusal = body(record, sequence) { return refusal }
      }
    }
    return nil
  }

  static func results(
    _ kind: Record.Kind, of socket: SocketID, in journal: Journal
  ) -> Result<[Expectation.Result], Refusal> {
    var results: [Expectation.Result] = []
    let refusal = forEach(kind, of: socket, in: journal) { record in
      results.append(Expectation.Result(record))
      return nil
    }
    return refusal.map { .failure($0) } ?? .success(results)
  }

  private static func compare(
    _ outcomes: [Expectation.Outcome], isOpen: Bool, with results: [Expectation.Result]
  ) -> Judgement {
    let isLong = isOpen ? results.count >= outcomes.count : results.count == outcomes.count
    let holds = isLong && zip(outcomes, results).allSatisfy { $0.alternatives.contains($1) }
    let wanted = outcomes.map { $0.alternatives.map(\.text).joined(separator: "|") } + (isOpen ? ["…"] : [])
    return Judgement(
      holds: holds, wanted: wanted.joined(separator: " "),
      got: results.isEmpty ? "no call" : results.map(\.text).joined(separator: " "))
  }

  private static func compare(
    _ wanted: Readiness, on socket: SocketID, _ info: SocketInfo, in journal: Journal
  ) -> Judgement {
    let got = readiness(of: socket, info, in: journal)
    return Judgement(holds: got == wanted, wanted: wanted.text, got: got?.text ?? "no wait yet")
  }

  /// What the newest wait on the socket itself said of it, or else the newest of the session whose loop serves it.
  static func readiness(of socket: SocketID, _ info: SocketInfo, in journal: Journal) -> Readiness? {
    func newestWait(of id: SocketID) -> Record? {
      journal.records(of: id, in: journal.ranks(of: id)).last { $0.record.kind == .wait }?.record
    }
    guard let wait = newestWait(of: socket) ?? info.parent.flatMap(newestWait) else { return nil }
    let sets = journal.body(WaitSets.self, of: wait) ?? WaitSets()
    var got: Readiness = []
    if sets.readable.contains(socket) { got.insert(.readable) }
    if sets.writable.contains(socket) { got.insert(.writable) }
    if sets.exceptional.contains(socket) { got.insert(.exceptional) }
    return got
  }

  private static func compare(_ address: AddressText, with text: String?, in journal: Journal) -> Judgement {
    // The journal has names as the kernel gives them, without the quotes that a lab may need.
    let wanted =
      switch address {
      case .inet: address.text
      case .path(let path): UnixName.text(path: path.utf8)
      case .abstract(let name): UnixName.text(abstract: name.utf8)
      case .session(let name): journal.socket(named: name).flatMap { journal.socket($0)?.info.local } ?? name
      }
    return Judgement(
      holds: text.map { AddressForm.matches($0, wanted: wanted) } ?? false, wanted: wanted, got: text ?? "—")
  }
}

extension Expectation.Result {
  /// Of a call.
  init(_ record: Record) {
    self = record.errno.map { .failed($0.name) } ?? .returned(Int(record.result))
  }

  public var text: String {
    switch self {
    case .returned(let count): "\(count)"
    case .failed(let name): name
    }
  }
}
