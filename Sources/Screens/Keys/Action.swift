/// Everything a key can do; the name is what a configuration binds, the words are what the help says.
public enum Action: String, CaseIterable, Sendable {
  case help, palette, quit, suspend, redraw
  case commandPrompt = "command", sendPrompt = "send"
  case nextPane = "next-pane", previousPane = "previous-pane"
  case nextSocket = "next-socket", previousSocket = "previous-socket"
  case up, down, left, right
  case pageUp = "page-up", pageDown = "page-down"
  case first, follow
  case choose, cancel
  case inspector, lanes
  case zoomIn = "zoom-in", zoomOut = "zoom-out"
  case time, freeze, filter, copy
  case bytesParts = "bytes-parts", bytesReading = "bytes-reading", bytesWidth = "bytes-width"
  case mark
  case pauseReceiving = "pause", receiveOnce = "recv", acceptOnce = "accept", options
  case endSending = "end-sending", close, reset

  /// One or two words, for the bottom line.
  public var word: String {
    switch self {
    case .help: "help"
    case .quit: "quit"
    case .suspend: "suspend"
    case .redraw: "redraw"
    case .commandPrompt: "command"
    case .sendPrompt: "send"
    case .nextPane: "pane"
    case .previousPane: "pane back"
    case .nextSocket: "next socket"
    case .previousSocket: "socket before"
    case .up: "up"
    case .down: "down"
    case .left: "left"
    case .right: "right"
    case .pageUp: "page up"
    case .pageDown: "page down"
    case .first: "first"
    case .follow: "follow"
    case .choose: "choose"
    case .cancel: "back"
    case .inspector: "inspect"
    case .lanes: "lanes"
    case .zoomIn: "zoom in"
    case .zoomOut: "zoom out"
    case .time: "time"
    case .freeze: "freeze"
    case .filter: "filter"
    case .copy: "copy"
    case .bytesParts: "hex/text"
    case .bytesReading: "encoding"
    case .bytesWidth: "line length"
    case .palette: "all actions"
    case .mark: "mark"
    case .pauseReceiving: "pause"
    case .receiveOnce: "recv once"
    case .acceptOnce: "accept once"
    case .options: "options"
    case .endSending: "end sending"
    case .close: "close"
    case .reset: "reset"
    }
  }

  /// What it does, for the help.
  public var sentence: String {
    switch self {
    case .help: "show or hide these keys"
    case .quit: "close every socket and leave"
    case .suspend: "stop the program; fg goes on"
    case .redraw: "draw the whole screen again"
    case .commandPrompt: "type a command: listen 9000, connect host:80 …"
    case .sendPrompt: "type a burst to send: \"hello\" 100ms \"x\"*50"
    case .nextPane: "go to the next pane"
    case .previousPane: "go to the pane before"
    case .nextSocket: "show the next socket of the list"
    case .previousSocket: "show the socket before"
    case .up: "one row up; the view stays there while data arrives"
    case .down: "one row down"
    case .left: "one byte left; fold a listener's connections"
    case .right: "one byte right; unfold them"
    case .pageUp: "one page up"
    case .pageDown: "one page down"
    case .first: "go to the oldest record"
    case .follow: "go to the newest record and follow it"
    case .choose: "go on to the records, then to the bytes"
    case .cancel: "close what is open; go back to the records"
    case .inspector: "explain the record under the cursor"
    case .lanes: "lanes by time, to scale, or by offset in the stream"
    case .zoomIn: "lanes: less on screen, larger"
    case .zoomOut: "lanes: more on screen, smaller"
    case .time: "times since the start, of the day, since the mark"
    case .filter: "show all records, none without result, data only, recv only, send only"
    case .copy: "copy the bytes of the record as hex, burst, Python, C, base64 or text"
    case .bytesParts: "bytes as hex and text, hex only, text only"
    case .bytesReading: "read text as UTF-8, Latin-1 or ASCII"
    case .bytesWidth: "bytes in a line: what fits, 8, 16, 32"
    case .palette: "choose from everything that can be done, by typing"
    case .freeze: "hold the view; recording goes on"
    case .mark: "count times from the record under the cursor"
    case .pauseReceiving: "stop calling recv on the socket, or go on"
    case .receiveOnce: "call recv once (a paused socket, or mode manual)"
    case .acceptOnce: "call accept once (a listener with --accept manual)"
    case .options: "change how the socket receives: size, mode, flags, timeout, socket options"
    case .endSending: "end the sending side: shutdown(SHUT_WR), the peer reads an end of stream"
    case .close: "close the socket"
    case .reset: "close the socket with a reset (RST)"
    }
  }

  /// The heading it stands under in the help.
  enum Group: String, CaseIterable {
    case moving = "Moving"
    case looking = "Looking"
    case sockets = "Sockets"
    case program = "Program"
  }

  var group: Group {
    switch self {
    case .nextPane, .previousPane, .nextSocket, .previousSocket, .up, .down, .left, .right, .pageUp,
      .pageDown,
      .first, .follow, .choose, .cancel:
      .moving
    case .inspector, .lanes, .zoomIn, .zoomOut, .time, .freeze, .filter, .copy, .bytesParts, .bytesReading,
      .bytesWidth, .mark:
      .looking
    case .sendPrompt, .commandPrompt, .pauseReceiving, .receiveOnce, .acceptOnce, .options, .endSending,
      .close,
      .reset:
      .sockets
    case .help, .palette, .quit, .suspend, .redraw: .program
    }
  }
}
