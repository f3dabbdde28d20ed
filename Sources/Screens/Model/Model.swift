import Traffic

/// Everything the screen knows besides the journal. `update` changes it, `view` draws it.
public struct Model: Sendable {
  /// What stands in the title line: the lab's name.
  public let title: String
  public let keys: KeyMap

  var rows = 24
  var columns = 80
  var sockets = SocketTable()
  var rates = RateMeter()
  /// How far the bursts are that are played now.
  public internal(set) var playing: [PlayingBurst] = []
  var list = SocketList()
  var focus = Pane.records
  var table: TableState
  var bytes = BytesState()
  var choices = BytesChoices()
  /// Print for a projector: fewer columns, taller rows.
  var isBig = false
  var sizes = PaneSizes()
  /// The border that the mouse holds.
  var dragged: Layout.Border?
  var inspector = InspectorState()
  var overlay: Overlay?
  var library: BurstLibrary
  /// The search under way, and what was searched for last.
  var find: Find?
  var lastPattern: Pattern?
  var commandHistory = History()
  var sendHistory = History()
  var notice: Notice?
  /// Nil while the view goes along.
  var frozen: Freeze?
  var lanes = LanesState()

  /// True while `Message.clock` is wanted though nothing else happens: what flows may have stopped.
  public var wantsClock: Bool { rates.isRunning }

  /// The socket whose state somebody looks at: the inspector's, or the one whose options are chosen. Nil while there is
  /// none.
  public var watched: SocketID? {
    if case .options(let name)? = overlay?.picker?.subject, let socket = sockets.id(named: name) {
      return socket
    }
    guard inspector.isShown, let socket = table.current?.socket, socket != .none else { return nil }
    return socket
  }

  /// - Parameters:
  ///   - title: what runs, for the first line.
  ///   - utcOffset: of the local time zone, in seconds east of UTC.
  ///   - history: lines typed in earlier runs, as `history` gave them.
  ///   - bursts: the user's, and those of the lab.
  ///   - notice: a word to show until the first key.
  public init(
    title: String, configuration: Configuration = Configuration(), utcOffset: Int = 0, history: [String] = [],
    bursts: BurstLibrary = BurstLibrary(), notice: String? = nil
  ) {
    self.title = title
    keys = configuration.keyMap
    library = bursts
    table = TableState(
      columns: configuration.columns.isEmpty ? Column.standard : configuration.columns, utcOffset: utcOffset)
    choices.line = configuration.bytesLine
    isBig = configuration.isBig
    self.notice = notice.map { Notice(kind: .note, text: $0) }
    for line in history {
      if line.hasPrefix(":") { commandHistory.add(String(line.dropFirst())) }
      if line.hasPrefix(">") { sendHistory.add(String(line.dropFirst())) }
    }
  }

  /// The lines typed at the prompts, to be kept for later runs: `:` for a command, `>` for a burst, before each.
  public var history: [String] { commandHistory.lines.map { ":" + $0 } + sendHistory.lines.map { ">" + $0 } }

  var layout: Layout {
    Layout(
      rows: rows, columns: columns, focus: focus, showsInspector: inspector.isShown, sizes: sizes,
      isBig: isBig)
  }

  var helpText: HelpText {
    HelpText(keys, keyedBursts, width: layout.help.width, obstacle: obstacle)
  }

  func source(_ journal: Journal) -> ItemSource {
    ItemSource(journal: journal, selection: list.selection, filter: table.filter, end: frozen?.sequence)
  }

  /// Brings what is on screen in line with the journal and with itself.
  public mutating func settle(_ journal: Journal) {
    sockets.refresh(journal, isFrozen: frozen != nil)
    let layout = self.layout
    table.settle(source(journal), height: layout.tableRows)
    inspector.settle(table.current)
    settleBytes(journal, layout)
    list.settle(sockets, height: layout.sockets?.height)
  }

  private mutating func settleBytes(_ journal: Journal, _ layout: Layout) {
    bytes.shape = BytesShape(width: layout.records.width, choices)
    guard let current = table.current, current.socket != .none else { return }
    guard let stretch = current.stretch ?? journal.stretch(before: current) else {
      if bytes.socket != current.socket { bytes = BytesState(socket: current.socket, shape: bytes.shape) }
      bytes.selected = 0..<0
      return
    }
    let stream = sockets.stream(of: stretch.socket, stretch.direction, in: journal)
    let lines = BytesLines(stream: stream, shape: bytes.shape, reading: choices.reading)
    bytes.settle(
      stretch, lines, height: layout.bytes?.height ?? 0,
      follows: table.follows && focus != .bytes)
  }

  /// What the lanes are drawn of: the item under the cursor. Nil if there is no connection to show.
  func lanesSubject(_ journal: Journal) -> LanesSubject? {
    table.current.flatMap { LanesSubject($0, bytes: bytes.selected, end: frozen?.sequence, sockets, journal) }
  }

  /// The socket that keys like `close` are meant for: the selected one, or the one of the item under the cursor.
  var subject: SocketID? {
    switch list.selection {
    case .socket(let socket): return socket
    case .all:
      guard let socket = table.current?.socket, socket != .none else { return nil }
      return socket
    }
  }

  /// The socket that the user has chosen: the selected one, or that of the row that is held. Not that of the newest row:
  /// it would be another one with each record.
  var chosen: SocketID? { list.selection == .all && table.follows ? nil : subject }

  /// The socket that a burst is meant for: the chosen one, for a listener its newest connection, else the first client.
  /// Where a socket is selected that cannot send, none: another one would get what was meant for it.
  var sendTarget: SocketID? {
    if let chosen, sockets.canSend(chosen) { return chosen }
    let open = sockets.open.filter(sockets.canSend)
    if let chosen, let child = open.last(where: { sockets.info($0)?.parent == chosen }) { return child }
    if list.selection != .all { return nil }
    return open.first { sockets.info($0)?.role == .client } ?? open.first
  }
}
