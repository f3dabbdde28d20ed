import SystemPackage
import Traffic

/// What a box of a lane says.
enum BoxLabel: Hashable, Sendable {
  /// So many were moved; none for an empty datagram.
  case bytes(Int)
  /// A message of so many.
  case message(Int, isBroken: Bool)
  /// A segment of so many; `isAgain` if it was on the wire before.
  case segment(Int, isAgain: Bool)
  /// A segment without bytes: SYN, FIN, RST, or none of them for a pure ACK.
  case flags(TCPFlags)
  case endOfStream
  /// shutdown(2)
  case fin
  /// close(2) with a reset
  case reset
  case close
  /// The call found nothing, and will find something another time.
  case nothing
  case error(Errno)

  /// Nil for what stands in no lane.
  init?(_ record: Record) {
    switch record.kind {
    case .recv, .send:
      if let errno = record.errno {
        self = errno.isPassing ? .nothing : .error(errno)
      } else if record.kind == .recv, record.result == 0, !record.conditions.contains(.datagram) {
        self = .endOfStream
      } else {
        self = .bytes(Int(record.result))
      }
    case .shutdown: self = .fin
    case .close: self = record.how == .reset ? .reset : .close
    case .start, .listen, .accept, .connect, .wait, .option, .mark, .expect, .burst, .hold, .release, .drop,
      .call, .startProgram, .output, .signal, .unseen, .lost, .exitProgram, .shake, .cut, .ask, .answer,
      .reveal:
      return nil
    case .segment:
      guard let segment = record.segment else { return nil }
      self =
        segment.length > 0 || segment.isDatagram
        ? .segment(segment.length, isAgain: segment.marks.contains(.retransmission))
        : .flags(segment.flags.intersection([.syn, .fin, .rst]))
    }
  }

  /// True if bytes were moved, which makes it a box and not a word.
  var isFramed: Bool {
    switch self {
    case .bytes(let count): count > 0
    case .message: true
    case .segment(let count, _): count > 0
    case .flags, .endOfStream, .fin, .reset, .close, .nothing, .error: false
    }
  }

  /// An ACK, which says nothing that others do not: it gives way to them.
  var isTick: Bool { self == .flags([]) }

  /// Digits or a word.
  var text: String {
    switch self {
    case .bytes(let count), .message(let count, _): String(count)
    case .segment(let count, let isAgain): (isAgain ? "↻" : "") + String(count)
    case .flags(let flags): flags.isEmpty ? "ack" : flags.names.joined(separator: " ")
    case .endOfStream: "╳ end"
    case .fin: "FIN"
    case .reset: "RST"
    case .close: "close"
    case .nothing: "·"
    case .error(let errno): errno.name
    }
  }

  /// In one cell.
  var mark: String {
    switch self {
    case .bytes: isFramed ? "▌" : "▪"
    case .message: "▌"
    case .segment(_, let isAgain): isAgain ? "↻" : "▌"
    case .flags: isTick ? "╷" : "▪"
    case .endOfStream: "╳"
    case .fin, .reset, .close, .nothing, .error: "▪"
    }
  }

  /// The mark with what it says, where there is room beside it; nil if it stays a mark.
  var markedText: String? {
    switch self {
    case .bytes: isFramed ? mark + text : nil
    case .message: nil
    case .segment(let count, _): mark + String(count)
    case .flags: isTick ? nil : text
    case .endOfStream: text
    case .fin, .reset, .close, .nothing, .error: nil
    }
  }

  func role(in track: Track) -> Role {
    switch self {
    case .bytes, .message(_, isBroken: false): track.boxRole
    case .segment(_, isAgain: false): track.boxRole
    case .segment(_, isAgain: true): .warning
    case .flags(let flags):
      flags.isDisjoint(with: [.fin, .rst]) ? isTick ? .muted : track.boxRole : .endOfStream
    case .endOfStream, .fin, .reset, .close: .endOfStream
    case .nothing: .muted
    case .error, .message(_, isBroken: true): .error
    }
  }
}
