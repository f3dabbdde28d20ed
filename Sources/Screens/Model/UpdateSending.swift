import Traffic

/// Bursts that are sent by a key, or made of what went by.
extension Model {
  /// A key without an action: a function key sends its burst.
  mutating func takeUnbound(_ chord: Chord) -> [Effect] {
    guard case .function(let number) = chord.key, chord.modifiers.isEmpty,
      BurstLabel.keys.contains(number)
    else {
      say("\(chord.label) does nothing here; \(keys.label(.help) ?? "help") shows the keys")
      return []
    }
    overlay = nil
    guard let burst = sending.named.burst(key: number) else {
      let hint = "type one with \(keys.label(.sendPrompt) ?? "send"), and ^S saves it"
      say("\(chord.label) has no burst: \(hint)")
      return []
    }
    return send(burst)
  }

  mutating func send(_ burst: NamedBurst) -> [Effect] {
    guard let target = sendTarget else {
      say("\(burst.label.text): \(obstacle(.sendPrompt) ?? "")")
      return []
    }
    let name = sockets.name(target)
    let told = ToldBurst(burst: burst, socket: name)
    sending.told = told
    notice = Notice(kind: .note, text: told.words, givesWayToBurst: true)
    let files = burst.burst.files
    return (files.isEmpty ? [] : [.lookAt(files)]) + [.perform(.send(name, burst.burst))]
  }

  /// Asks for the files of the burst at the prompt that nobody looked at yet.
  mutating func lookAtFiles() -> [Effect] {
    guard case .prompt(var prompt)? = overlay else { return [] }
    let files = prompt.newFiles()
    if files.isEmpty { return [] }
    overlay = .prompt(prompt)
    return [.lookAt(files)]
  }

  /// Takes in what is known of files: at the prompt, and in what was said of a burst.
  mutating func take(_ looks: [String: FileLook]) {
    if case .prompt(var prompt)? = overlay {
      prompt.take(looks)
      overlay = .prompt(prompt)
    }
    guard var told = sending.told, notice?.text == told.words else { return }
    told.looks.merge(looks) { $1 }
    sending.told = told
    notice?.text = told.words
  }

  /// Tells how the newest burst went that is over since the last look.
  mutating func tellEndedBurst(_ journal: Journal) {
    // What failed stays to be read.
    guard let record = sending.ended(journal), notice?.kind != .error else { return }
    if isForClass, let kind = RowKind(record), !table.filter.shows(kind) { return }
    say("\(sockets.name(record.socket)): \(record.burstLine(journal.payload(of: record) ?? []))")
  }

  /// Opens the send prompt with a burst in it; without a socket to send on it can only be saved.
  mutating func openSendPrompt(_ text: String, saved: BurstLabel? = nil, to socket: SocketID? = nil) {
    let target = socket.flatMap { sockets.canSend($0) ? $0 : nil } ?? sendTarget
    var prompt = Prompt(.send(target.map(sockets.name)), text: text)
    prompt.saved = saved
    overlay = .prompt(prompt)
  }

  /// Opens the send prompt with what the socket sent, from the mark on if there is one.
  mutating func recallSends(_ journal: Journal) {
    guard let socket = recalled else { return openSendPrompt("") }
    let sends = RecalledSends(of: socket, from: table.moments.mark, journal)
    openSendPrompt(sends.burst?.text ?? "", to: socket)
    say(sends.words(sockets.name(socket)))
  }

  /// Opens the send prompt with the selected bytes, or those of the item under the cursor, as one send.
  mutating func recallBytes(_ journal: Journal) {
    guard let source = copySource else { return openSendPrompt("") }
    guard let bytes = RecalledBytes(source, journal) else {
      openSendPrompt("")
      notice = Notice(kind: .error, text: "these bytes are no longer held")
      return
    }
    openSendPrompt(bytes.burst.text)
    say(bytes.words(self.bytes.streamWords(sockets)))
  }
}
