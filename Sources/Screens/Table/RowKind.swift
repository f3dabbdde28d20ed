import Traffic

/// What kind of row a record makes; each can be hidden by itself.
public enum RowKind: String, CaseIterable, Sendable {
  case received, ended, empty, failed, sent, waits, opened, closed, options, marks, judged, bursts,
    plainBursts, relayed, messages, program, cuts, segments,
    lesson

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
    case .expect: self = .judged
    case .burst: self = record.course == .plain ? .plainBursts : .bursts
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
    case .judged: "expectations"
    case .bursts: "bursts"
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
    case .judged: "what a lab expected"
    case .bursts: "how bursts went"
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
