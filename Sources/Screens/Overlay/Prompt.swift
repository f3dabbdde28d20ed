import Traffic

/// A line being typed at the bottom. What it says so far is its `reading`.
struct Prompt: Equatable, Sendable {
  enum Kind: Equatable, Sendable {
    case command
    /// A burst for the socket of this name; without a socket it can only be saved.
    case send(String?)
    /// The key and the name of a burst.
    case name(Naming)
    /// The name of a file for bytes.
    case save(CopyForm, CopySource)
    /// What to search the bytes for.
    case find(FindPrompt)
    /// What the rows of the table have to pass.
    case filter
    /// SQL.
    case query
  }

  /// What a key asks for besides what it changes in the line.
  enum Request: Equatable, Sendable {
    case nothing, leave, enter
    /// A name for the burst that is typed.
    case name
    /// The line before or after the one shown.
    case older, newer
    /// What can stand here: the next, or the one before.
    case complete(by: Int)
    case listFolder(String)
    case suspend, redraw
  }

  private(set) var kind: Kind
  private(set) var editor = LineEditor()
  /// True once Enter was pressed on a mistake: it is shown as one until the line changes.
  private(set) var isRefused = false
  /// Words that Tab could put here, when there are several.
  private(set) var choices: [String] = []
  /// The burst of the library that stands here, or that this became.
  var saved: BurstLabel?
  /// Why what the line says could not be done; nothing once the line changes.
  private(set) var refusal: String?
  /// Why nothing that can be typed here would do now what the key is for; nil if it would.
  var obstacle: String?
  /// What is known of the files that stood in the line since it was opened.
  private(set) var looks: [String: FileLook] = [:]

  /// - Parameters:
  ///   - text: what stands in the line already.
  ///   - refusal: why it cannot be done.
  init(_ kind: Kind, text: String = "", refusal: String? = nil) {
    self.kind = kind
    editor = LineEditor(text)
    self.refusal = refusal
    isRefused = refusal != nil
  }

  var label: String {
    switch kind {
    case .command: ":"
    case .send(let name?): "send \(name) ▸"
    case .send(nil): "burst ▸"
    case .name(let naming): naming.renamed.map { "name for \($0) ▸" } ?? "save as ▸"
    case .find(let find): find.label
    case .filter: "where ▸"
    case .query: "SQL ▸"
    case .save(let form, let source): "\(source.count) B as \(form.name) to the file ▸"
    }
  }

  mutating func take(_ chord: Chord) -> Request {
    choices = []
    switch chord {
    case Chord(.escape), .control("c"), .control("g"): return .leave
    case .control("z"): return .suspend
    case .control("l"): return .redraw
    case .control("s"): if case .send = kind { return .name }
    case Chord(.enter):
      // What was in the way may be gone by now.
      refusal = nil
      return .enter
    case Chord(.up), .control("p"): return .older
    case Chord(.down), .control("n"): return .newer
    case Chord(.tab): return fileToken.map { .listFolder($0.parts.folder) } ?? .complete(by: 1)
    case Chord(.tab, .shift): return .complete(by: -1)
    default: if editor.edit(chord) { (isRefused, refusal) = (false, nil) }
    }
    return .nothing
  }

  /// Takes text in one piece.
  mutating func paste(_ text: String) {
    editor.insert(text)
    (isRefused, refusal) = (false, nil)
  }

  /// Turns to a socket, now that there is one.
  mutating func aim(at name: String) { (kind, obstacle) = (.send(name), nil) }

  /// Enter was pressed on a mistake.
  mutating func refuse() { isRefused = true }

  /// Shows another line in place of this one.
  mutating func recall(_ line: String) {
    editor = LineEditor(line)
    isRefused = false
  }

  // MARK: Files of the burst

  /// Files whose bytes it would send and that nobody looked at since the line was opened. They are unknown until somebody did.
  mutating func newFiles() -> [String] {
    let files = files.filter { looks[$0] == nil }
    for file in files { looks[file] = .unknown }
    return files
  }

  /// Takes in what is known of files.
  mutating func take(_ found: [String: FileLook]) {
    looks.merge(found.filter { looks[$0.key] != nil }) { $1 }
  }

  // MARK: Completing

  /// The file's name being typed at the cursor, if one is.
  private var fileToken: FileToken? {
    switch kind {
    case .command: FileToken(editor.textBeforeCursor, isBurst: false)
    case .send: FileToken(editor.textBeforeCursor, isBurst: true)
    case .save: FileToken(wholeLine: editor.textBeforeCursor)
    case .find, .filter, .query, .name: nil
    }
  }

  /// Completes the file's name at the cursor, if it is still one of that folder.
  /// - Parameter names: nil if the folder cannot be read.
  mutating func completeFile(_ names: [String]?, folder: String) {
    guard let token = fileToken, token.parts.folder == folder else { return }
    guard let names else {
      choices = ["\(folder) cannot be read"]
      return
    }
    let completion = token.completion(names)
    if completion.addition.isEmpty {
      choices = completion.words.isEmpty ? ["no file begins so"] : completion.words
    } else {
      editor.insert(completion.addition)
    }
    isRefused = false
  }

  /// Completes a command, or turns to the next socket that can send.
  mutating func complete(by step: Int, _ sockets: SocketTable) {
    let text = editor.textBeforeCursor
    switch kind {
    case .save, .name, .query: break
    case .find(var find):
      find.turn()
      kind = .find(find)
    case .command:
      let macro = MacroCompletion(text, isBurst: false)
      complete(macro.map { Completion($0) } ?? Completion(text, sockets: sockets.ids.map(sockets.name)))
    case .filter: complete(Completion(ofCondition: text, sockets: sockets.ids.map(sockets.name)))
    case .send(let name):
      if let macro = MacroCompletion(text, isBurst: true) { return complete(Completion(macro)) }
      let open = sockets.open.filter(sockets.canSend).map(sockets.name)
      guard !open.isEmpty else { return }
      let place = name.flatMap(open.firstIndex) ?? (step > 0 ? -1 : 0)
      kind = .send(open[(place + step + open.count) % open.count])
    }
  }

  /// Adds what is certain, or shows the choices.
  private mutating func complete(_ completion: Completion) {
    let addition = completion.addition
    if addition.isEmpty { choices = completion.words } else { editor.insert(addition) }
    isRefused = false
  }
}
