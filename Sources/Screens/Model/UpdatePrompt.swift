import Traffic

extension Model {
  mutating func takePaste(_ text: String) {
    if prompt == nil {
      notice = Notice(
        kind: .note, text: "open a prompt with \(keys.label(.sendPrompt) ?? "send") or : to paste")
      return
    }
    // A pasted line end must not send anything by itself.
    prompt?.editor.insert(text.split(whereSeparator: \.isNewline).joined(separator: " "))
    prompt?.isRefused = false
    prompt?.refusal = nil
  }

  mutating func takeInPrompt(_ chord: Chord, _ journal: Journal) -> [Effect] {
    guard var prompt else { return [] }
    prompt.choices = []
    defer { if self.prompt != nil { self.prompt = prompt } }
    switch chord {
    case Chord(.escape), .control("c"), .control("g"):
      self.prompt = nil
      leaveHistory()
    case .control("z"): return [.suspend]
    case .control("l"): return [.redraw]
    case Chord(.enter): return enter(&prompt, journal)
    case Chord(.up), .control("p"): recall(&prompt, isOlder: true)
    case Chord(.down), .control("n"): recall(&prompt, isOlder: false)
    case Chord(.tab):
      if let token = prompt.fileToken { return [.listFolder(token.parts.folder)] }
      complete(&prompt, by: 1)
    case Chord(.tab, .shift): complete(&prompt, by: -1)
    default:
      if prompt.editor.edit(chord) { (prompt.isRefused, prompt.refusal) = (false, nil) }
    }
    return []
  }

  private mutating func enter(_ prompt: inout Prompt, _ journal: Journal) -> [Effect] {
    // What was in the way may be gone by now.
    prompt.refusal = nil
    switch prompt.reading {
    case .file(let request):
      self.prompt = nil
      notice = Notice(kind: .note, text: "writing \(request.source.count) B to \(request.path)")
      return [.save(request)]
    case .pattern(let pattern):
      self.prompt = nil
      startFind(pattern, behindCursor: false, journal)
      return []
    case .nothing:
      self.prompt = nil
      return []
    case .mistake, .refused:
      prompt.isRefused = true
      return []
    case .command(let command, _):
      switch prompt.kind {
      case .command: commandHistory.add(prompt.editor.text)
      case .send: sendHistory.add(prompt.editor.text)
      case .save, .find: break
      }
      self.prompt = nil
      return [.perform(command)]
    }
  }

  private mutating func leaveHistory() {
    commandHistory.leave()
    sendHistory.leave()
  }

  private mutating func recall(_ prompt: inout Prompt, isOlder: Bool) {
    let text = prompt.editor.text
    let line: String?
    switch prompt.kind {
    case .command: line = isOlder ? commandHistory.older(than: text) : commandHistory.newer()
    case .send: line = isOlder ? sendHistory.older(than: text) : sendHistory.newer()
    case .save, .find: line = nil
    }
    guard let line else { return }
    prompt.editor = LineEditor(line)
    prompt.isRefused = false
  }

  /// Completes the file's name at the cursor, if it is still one of that folder.
  mutating func completeFile(_ names: [String]?, folder: String) {
    guard let token = prompt?.fileToken, token.parts.folder == folder else { return }
    guard let names else {
      prompt?.choices = ["\(folder) cannot be read"]
      return
    }
    let completion = token.completion(names)
    if completion.addition.isEmpty {
      prompt?.choices = completion.words.isEmpty ? ["no file begins so"] : completion.words
    } else {
      prompt?.editor.insert(completion.addition)
    }
    prompt?.isRefused = false
  }

  /// Tab: completes a command, or turns to the next socket that can send.
  private func complete(_ prompt: inout Prompt, by step: Int) {
    switch prompt.kind {
    case .save, .find: break
    case .command:
      let completion = Completion(prompt.editor.textBeforeCursor, sockets: sockets.infos.map(\.name))
      let addition = completion.addition
      if addition.isEmpty { prompt.choices = completion.words } else { prompt.editor.insert(addition) }
      prompt.isRefused = false
    case .send(let name):
      let open = sockets.infos.indices.map { SocketID(UInt32($0)) }.filter(canSend).map(sockets.name)
      guard !open.isEmpty else { return }
      let place = open.firstIndex(of: name) ?? 0
      prompt.kind = .send(open[(place + step + open.count) % open.count])
    }
  }
}
