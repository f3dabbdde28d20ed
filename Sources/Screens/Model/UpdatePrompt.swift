import Traffic

extension Model {
  mutating func takePaste(_ text: String) {
    if prompt == nil {
      notice = Notice(
        kind: .note, text: "open a prompt with \(keys.label(.sendPrompt) ?? "send") or : to paste")
      return
    }
    // A pasted line end must not send anything by itself.
    let line = text.split(whereSeparator: \.isNewline).joined(separator: " ").replacing("\t", with: " ")
    prompt?.editor.insert(line)
    let lost = line.unicodeScalars.count { !LineEditor.takes($0) }
    if lost > 0 {
      notice = Notice(
        kind: .note, text: "\(lost) control character\(lost == 1 ? "" : "s") of the paste left out")
    }
    prompt?.isRefused = false
    prompt?.refusal = nil
  }

  mutating func takeInPrompt(_ chord: Chord, _ journal: Journal) -> [Effect] {
    guard var prompt else { return [] }
    prompt.choices = []
    defer { if self.prompt != nil { self.prompt = prompt } }
    switch chord {
    case Chord(.escape), .control("c"), .control("g"):
      if prompt.kind == .name {
        leaveNaming(&prompt)
        return []
      }
      self.prompt = nil
      leaveHistory()
    case .control("z"): return [.suspend]
    case .control("l"): return [.redraw]
    case .control("s"): if case .send = prompt.kind { askForName(&prompt) }
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
    if prompt.kind == .command, let action = Self.spoken[prompt.editor.text] {
      self.prompt = nil
      return perform(action, journal)
    }
    if prompt.kind == .find, prompt.editor.text.isEmpty, let lastPattern {
      self.prompt = nil
      startFind(lastPattern, behindCursor: true, journal)
      return []
    }
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
      if prompt.kind == .name { leaveNaming(&prompt) } else { self.prompt = nil }
      return []
    case .mistake, .refused:
      prompt.isRefused = true
      return []
    case .command(let command, _):
      commandHistory.add(prompt.editor.text)
      self.prompt = nil
      guard case .define(let burst) = command else { return [.perform(command)] }
      library.define(burst)
      notice = Notice(kind: .note, text: "\(burst.label.text) is at hand until you leave")
      return []
    case .burst(let burst, _):
      guard case .send(let name?) = prompt.kind else {
        askForName(&prompt)
        return []
      }
      sendHistory.add(prompt.editor.text)
      self.prompt = nil
      return [.perform(.send(name, burst))]
    case .label(let label, _): return save(label, &prompt)
    }
  }

  /// What people type who know other programs.
  static let spoken: [String: Action] = ["q": .quit, "quit": .quit, "exit": .quit, "help": .help]

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
    case .find: line = isOlder ? lastPattern?.text : ""
    case .save, .name: line = nil
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
      let completion = Completion(prompt.editor.textBeforeCursor, sockets: sockets.ids.map(sockets.name))
      let addition = completion.addition
      if addition.isEmpty { prompt.choices = completion.words } else { prompt.editor.insert(addition) }
      prompt.isRefused = false
    case .send(let name):
      let open = sockets.open.filter(sockets.canSend).map(sockets.name)
      guard !open.isEmpty else { return }
      let place = name.flatMap(open.firstIndex) ?? (step > 0 ? -1 : 0)
      prompt.kind = .send(open[(place + step + open.count) % open.count])
    case .name: break
    }
  }
}
