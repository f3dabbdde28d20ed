import SystemPackage

/// What a record means, in plain sentences: what was asked, what was there, what the kernel did.
public struct Explanation: Sendable, Equatable {
  /// Whole sentences, the most important first.
  public var sentences: [String]
  /// The man pages to read, `recv(2), RETURN VALUE`; nil if no page is about it.
  public var page: String?

  init(_ sentences: String?..., page: String?) {
    self.sentences = sentences.compactMap { $0 }
    self.page = page
  }

  /// Explains a record of a journal.
  public init(_ record: Record, in journal: Journal) {
    self.init(record, Circumstances(of: record, in: journal))
  }

  /// Explains a record from what is known around it.
  public init(_ record: Record, _ around: Circumstances) {
    switch record.kind {
    case .start: self.init("The run begins. Times count from here.", page: nil)
    case .listen: self = ConnectionSentences(record, around).listen
    case .accept: self = ConnectionSentences(record, around).accept
    case .connect: self = ConnectionSentences(record, around).connect
    case .recv: self = ReceiveSentences(record, around).explanation
    case .send: self = SendSentences(record, around).explanation
    case .wait: self = WaitSentences(record, around).explanation
    case .shutdown: self = EndingSentences(record, around).shutdown
    case .close: self = EndingSentences(record, around).close
    case .option: self = OptionSentences(record, around).explanation
    case .burst: self = BurstSentences(record, payload: around.payload ?? []).explanation
    case .mark:
      self =
        record.conditions.contains(.unopened)
        ? OpeningSentences(record, around).explanation
        : Explanation("A note in the journal, and no system call.", page: nil)
    case .hold, .release, .drop: self = RelaySentences(record, around).byHand
    case .call, .startProgram, .output, .signal, .unseen, .lost, .exitProgram:
      self = ProgramSentences(record, around).explanation
    case .segment: self = SegmentSentences(record, around).explanation
    case .shake, .cut: self = ShakeSentences(record, payload: around.payload ?? []).explanation
    case .ask:
      self.init(
        "A lesson asks what will happen, before it shows it. The lab stands still until it is answered.",
        page: nil)
    case .answer: self.init("What those who watch think will happen.", page: nil)
    case .reveal:
      let revelation = around.payload.flatMap { Revelation(payload: $0) }
      self.init(
        record.result == 1
          ? "What the calls gave makes choice \(record.choice ?? 0) the right one."
          : "What the calls gave is none of the choices. This kernel, or a value that was changed, makes it otherwise than the lesson says.",
        revelation?.reason, page: nil)
    case .expect:
      self.init(
        record.result == 1
          ? "The lab said what must have come by now, and it has."
          : "The lab said what must have come by now, and something else has: the lab fails.",
        page: nil)
    }
  }

  /// All sentences, one after another.
  public var text: String { sentences.joined(separator: " ") }

  // MARK: Words that all sentences share

  /// `1 byte`, `12 345 bytes`.
  static func bytes(_ count: some BinaryInteger) -> String {
    "\(Units.count(Int(count))) byte\(count == 1 ? "" : "s")"
  }

  /// Names with `and` before the last; more than four are counted.
  static func list(_ names: [String], shown: Int = 4) -> String {
    if names.count > shown {
      return names.prefix(shown).joined(separator: ", ") + " and \(Units.count(names.count - shown)) more"
    }
    guard let last = names.last, names.count > 1 else { return names.first ?? "" }
    return names.dropLast().joined(separator: ", ") + " and " + last
  }

  /// What is said of an errno that has no sentence of its own for the call.
  static func failure(_ errno: Errno, of call: String) -> String {
    switch errno {
    case .interrupted:
      "A signal that was caught without SA_RESTART ended \(call) before anything had happened. Nothing is "
        + "lost."
    case .noMemory, .noBufferSpace:
      "The kernel had no memory for \(call) at that moment. Trying again later may work."
    case .permissionDenied, .notPermitted: "The kernel did not allow \(call) here."
    case .networkUnreachable: "No route leads to that network from here."
    case .noRouteToHost:
      "The way to the peer is cut: a router, or this machine, reported that the host cannot be reached."
    case .timedOut:
      "The peer stopped answering. The kernel tried again for a while, then gave the connection up."
    default: "\(call) failed with \(errno.phrase). More than this errno is not recorded."
    }
  }
}
