import Traffic

extension Model {
  /// Why an action cannot be done now; nil if it can.
  func obstacle(_ action: Action) -> String? {
    if isRecorded, Action.callsOnSocket.contains(action) {
      return "this is a run that was recorded: nothing is called in it any more"
    }
    if Action.callsOnSocket.contains(action), let info = subject.flatMap(sockets.info), info.isWatched {
      return "\(info.name) is of a program that is watched: it makes the calls, recvscope only sees them"
    }
    switch action {
    case .pauseBurst, .stopBurst: return sending.playing.isEmpty ? "no burst is being played" : nil
    case .find, .findBack:
      return sockets.summary.receivedBytes + sockets.summary.sentBytes == 0
        ? "there are no bytes to search" : nil
    case .shake:
      return shake.report == nil ? "nothing was shaken yet; : shake \"COMMAND\" --send BURST does" : nil
    case .findNext, .findPrevious: return bytes.lastFind == nil ? "nothing was searched for yet" : nil
    case .output:
      if programs.isEmpty { return "no program is watched; : watch \"COMMAND\" starts one" }
      return outputSize == nil
        ? "the output needs a window of \(Layout.leastRowsForOutput) rows or more" : nil
    case .sendPrompt where window.focus == .output: return typeTarget == nil ? "no program runs" : nil
    case .sendPrompt:
      if sendTarget != nil { return nil }
      if case .socket(let socket) = list.selection {
        if sockets.info(socket)?.isWatched == true {
          return
            "the program itself sends; \(keys.label(.output) ?? "") shows what it writes, and types to it"
        }
        return "\(sockets.name(socket)) cannot send; \(keys.label(.nextSocket) ?? "") chooses another socket"
      }
      return "no open connection to send on; open one with : connect"
    case .bursts:
      return sending.named.all.isEmpty
        ? "there is none yet; type one with \(keys.label(.sendPrompt) ?? "send"), and ^S saves it" : nil
    case .recallSends:
      guard let recalled, let totals = sockets.totals(recalled) else { return "no socket is selected" }
      return totals.sends == 0 ? "\(sockets.name(recalled)) has sent nothing" : nil
    case .endSending:
      guard let chosen else { return notChosen }
      return sockets.canSend(chosen) ? nil : "\(sockets.name(chosen)) cannot send"
    case .close, .reset:
      guard let chosen, let totals = sockets.totals(chosen) else { return notChosen }
      return totals.isClosed ? "\(sockets.name(chosen)) is closed already" : nil
    case .receiveOnce where subject.flatMap(sockets.info)?.partner != nil:
      return "the relay receives by itself"
    case .pauseReceiving, .receiveOnce:
      guard let subject, let info = sockets.info(subject) else { return "no socket is selected" }
      return info.role == .listener ? "\(info.name) is a listener: its connections receive" : nil
    case .hold:
      guard let subject, let info = sockets.info(subject) else { return "no socket is selected" }
      if info.relayEnd == nil {
        return "\(info.name) is no socket of a relay's pair: nothing passes through it"
      }
      return sockets.totals(subject)?.isClosed == true ? "\(info.name) is closed" : nil
    case .acceptOnce:
      guard let subject, let info = sockets.info(subject) else { return "no socket is selected" }
      return info.role == .listener ? nil : "\(info.name) is no listener: only a listener accepts"
    case .framing:
      guard let subject, let info = sockets.info(subject) else { return "no socket is selected" }
      return info.kind.keepsBoundaries
        ? "\(info.name) is a \(info.kind.rawValue) socket: each datagram is a message" : nil
    case .options:
      guard let subject, let totals = sockets.totals(subject) else { return "no socket is selected" }
      return totals.isClosed ? "\(sockets.name(subject)) is closed" : nil
    case .copy, .recallBytes:
      return bytes.selected.isEmpty && bytes.selection == nil
        ? "the record under the cursor has no bytes" : nil
    case .bytesParts, .bytesReading, .bytesWidth:
      return layout.bytes == nil ? "the bytes need a window of 17 rows or more" : nil
    case .select, .selectLeft, .selectRight, .selectUp, .selectDown:
      if layout.bytes == nil { return "the bytes need a window of 17 rows or more" }
      return bytes.socket == .none ? "there are no bytes yet" : nil
    case .inspector, .mark, .conditionOfRow: return table.current == nil ? "there is no record yet" : nil
    case .nextSocket, .previousSocket: return sockets.ids.isEmpty ? "there is no socket yet" : nil
    case .left, .right:
      return window.focus == .records ? "they move in the bytes, the inspector, the lanes and the list" : nil
    case .lanes, .zoomIn, .zoomOut:
      if (action == .lanes ? layoutWithLanes : layout).lanes == nil {
        if inspector.isShown {
          return "the inspector has their room; \(keys.label(.inspector) ?? "") closes it"
        }
        return layoutWithLanes.lanes == nil
          ? "the lanes need a window of \(Layout.leastRowsForLanes) rows or more"
          : "the lanes are not shown; \(keys.label(.lanes) ?? "") shows them"
      }
      if action != .lanes, lanes.mode == .time {
        return "this axis has no scale; \(keys.label(.lanes) ?? "") shows another"
      }
      return nil
    case .larger, .smaller:
      return window.focus == .records && layout.stack.isEmpty ? "nothing else shares this window" : nil
    case .again, .handout: return isPlayed ? nil : noLab
    case .trials: return isPlayed || trials.news != nil ? nil : noLab
    case .labs: return catalog.isEmpty ? "no labs were found beside the program" : nil
    case .lesson: return lesson == nil ? noLesson : nil
    case .lessonNext, .lessonSkip:
      guard let lesson else { return noLesson }
      return lesson.state.stop == nil ? "the lesson does not wait now" : nil
    case .lessonBack:
      return lesson == nil ? noLesson : lesson?.state.previous == nil ? "no question was answered" : nil
    case .lessonHint:
      guard let lesson else { return noLesson }
      return lesson.state.hasMoreHints ? nil : "there is no hint now"
    case .lessonUndo:
      guard let lesson else { return noLesson }
      return lesson.state.isAsking ? nil : "no hands are counted now"
    case .help, .palette, .quit, .suspend, .redraw, .commandPrompt, .nextPane, .previousPane, .up, .down,
      .pageUp, .pageDown, .first, .follow, .choose, .cancel, .bigPrint, .theme, .time, .freeze, .filter,
      .kinds,
      .columns, .condition, .statistics, .wire, .record, .query:
      return nil
    }
  }

  var noLab: String { "no lab was played here; \(keys.label(.labs) ?? "labs") offers some" }

  private var noLesson: String { "no lesson is played; \(keys.label(.labs) ?? "labs") offers some" }

  /// The newest row is now of one socket, now of another: what ends one wants it chosen.
  private var notChosen: String {
    "choose the socket first: \(keys.label(.nextSocket) ?? ""), or a row with \(keys.label(.up) ?? "")"
  }
}
