/// Everything a key can do; the name is what a configuration binds. What there is to say of each stands in
/// `ActionRule`.
public enum Action: String, CaseIterable, Sendable {
  case find, findBack = "find-back", findNext = "find-next", findPrevious = "find-previous"
  case help, palette, quit, suspend, redraw
  case commandPrompt = "command", sendPrompt = "send"
  case bursts, recallSends = "sends-as-burst", recallBytes = "bytes-as-burst"
  case nextPane = "next-pane", previousPane = "previous-pane"
  case nextSocket = "next-socket", previousSocket = "previous-socket"
  case up, down, left, right
  case pageUp = "page-up", pageDown = "page-down"
  case first, follow
  case choose, cancel
  case inspector, lanes, output, shake, trials
  case zoomIn = "zoom-in", zoomOut = "zoom-out"
  case larger, smaller
  case bigPrint = "big-print", theme
  case time, freeze, filter, kinds, columns, copy
  case framing = "messages", statistics = "stats", query = "sql"
  case condition = "where", conditionOfRow = "filter-by"
  case select, selectLeft = "select-left", selectRight = "select-right"
  case selectUp = "select-up", selectDown = "select-down"
  case bytesParts = "bytes-parts", bytesReading = "bytes-reading", bytesWidth = "bytes-width"
  case mark
  case pauseReceiving = "pause", receiveOnce = "recv", acceptOnce = "accept", options
  case hold
  case wire, record
  case lesson, labs, again, handout
  case lessonNext = "lesson-next", lessonBack = "lesson-back", lessonSkip = "lesson-skip"
  case lessonHint = "lesson-hint", lessonUndo = "lesson-undo"
  case pauseBurst = "pause-burst", stopBurst = "stop-burst"
  case endSending = "end-sending", close, reset

  /// Those that open a line or a list in which letters are text.
  static let opensText: Set<Action> = [
    .find, .findBack, .sendPrompt, .bursts, .recallSends, .recallBytes, .copy, .options, .condition,
    .conditionOfRow, .framing, .query, .labs, .handout,
  ]

  /// Those that make or change calls on a socket, so that it has to be ours.
  static let callsOnSocket: Set<Action> = [
    .pauseReceiving, .receiveOnce, .acceptOnce, .options, .endSending, .close, .reset,
  ]

  /// One or two words, for the bottom line.
  public var word: String { ActionRule.rule(self).word }

  /// What it does, for the help.
  public var sentence: String { ActionRule.rule(self).sentence }
}
