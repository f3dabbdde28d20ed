import Traffic

/// What kind of row a record makes; each can be hidden by itself.
public enum RowKind: String, CaseIterable, Sendable {
  case received, ended, empty, failed, sent, waits, opened, closed, options, marks, judged, met, bursts,
    wholeBursts, plainBursts, relayed, messages, program, cuts, segments,
    lesson

  /// What tells of the run and not of a socket, though all is well: out of the way of a class until somebody asks for it.
  static let bookkeeping: Set<RowKind> = [.met, .wholeBursts]

  /// Nil for what is no row.
  init?(_ item: Item) {
    switch item {
    case .record(let record, _): self.init(record)
    case .message: self = .messages
    }
  }

  /// Nil for the start of the run.
  init?(_ record: Record) {
    switch record.kind {
    case .start: return nil
    case .listen, .accept, .connect, .call: self = .opened
    case .wait: self = .waits
    case .shutdown, .close: self = .closed
    case .option: self = .options
    case .mark: self = .marks
    case .expect: self = record.result > 0 ? .met : .judged
    case .burst:
      switch record.course {
      case .plain?: self = .plainBursts
      case .whole?: self = .wholeBursts
      case .cutShort?, .failed?, nil: self = .bursts
      }
    case .hold, .release, .drop: self = .relayed
    case .startProgram, .output, .signal, .unseen, .lost, .exitProgram: self = .program
    case .shake, .cut: self = .cuts
    case .segment: self = .segments
    case .ask, .answer, .reveal: self = .lesson
    case .recv, .send:
      if let errno = record.errno {
        self = errno.isPassing ? .empty : .failed
      } else if record.kind == .send {
        self = .sent
      } else {
        self = record.result == 0 && !record.conditions.contains(.datagram) ? .ended : .received
      }
    }
  }

  /// How a burst went is told by its report, which a set of kinds of records does not know.
  var isBurst: Bool { self == .bursts || self == .wholeBursts || self == .plainBursts }

  /// One or two words.
  var word: String {
    switch self {
    case .received: "recv"
    case .ended: "end of stream"
    case .empty: "empty calls"
    case .failed: "errors"
    case .sent: "send"
    case .waits: "waits"
    case .opened: "opening"
    case .closed: "closing"
    case .options: "options"
    case .marks: "marks"
    case .judged: "failed expectations"
    case .met: "expectations"
    case .bursts: "failed bursts"
    case .wholeBursts: "bursts"
    case .plainBursts: "plain bursts"
    case .relayed: "held"
    case .messages: "messages"
    case .program: "program"
    case .cuts: "cuts"
    case .segments: "segments"
    case .lesson: "lesson"
    }
  }

  var sentence: String {
    switch self {
    case .received: "recv() that returned bytes or a datagram"
    case .ended: "recv() that returned 0"
    case .empty: "calls that returned nothing yet: EAGAIN, EINTR"
    case .failed: "recv() and send() that failed"
    case .sent: "send() that handed bytes over"
    case .waits: "select(), poll() and epoll_wait()"
    case .opened: "listen(), accept() and connect(), socket(), bind() and dup()"
    case .closed: "shutdown() and close()"
    case .options: "options that were set"
    case .marks: "notes in the journal"
    case .judged: "what a lab expected and did not get"
    case .met: "what a lab expected and got"
    case .bursts: "how bursts went that were cut short, failed or came late"
    case .wholeBursts: "how bursts of several sends went, as planned"
    case .plainBursts: "bursts of one send, as planned: the send says it all"
    case .relayed: "what was held in a relay, released and dropped"
    case .messages: "messages that a framing cut out of the stream"
    case .program: "what a watched program wrote, and how it fared"
    case .cuts: "what each cut of a shaken message came to"
    case .segments: "what the wire carried, with --wire"
    case .lesson: "what a lesson asked, was answered and showed, which its pane says"
    }
  }
}
