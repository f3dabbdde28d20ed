import Traffic

/// Everything the screen knows besides the journal: a value for each of its parts. `update` changes it, `view` draws it.
public struct Model: Sendable {
  /// What stands in the title line: the lab's name.
  public internal(set) var title: String
  public let keys: KeyMap
  let asksBeforeQuitting: Bool
  /// What framings make of the bytes. Others may build it meanwhile.
  public internal(set) var messages = MessageIndex()
  /// Seconds east of UTC of the local time zone.
  let utcOffset: Int
  /// A lab is played, or was.
  var isPlayed = false
  /// The lessons and labs that ship.
  var catalog: [LabEntry] = []
  /// Nil where no lesson is played.
  var lesson: ShownLesson?

  var window: Window
  var sockets = SocketTable()
  var rates = RateMeter()
  var list = SocketList()
  var table: TableState
  var bytes = BytesState()
  var inspector = InspectorState()
  var lanes = LanesState()
  var output = OutputState()
  var sending: SendingState
  var shake = ShakeState()
  var trials = TrialsState()
  /// The run that begins is one of the trials, whose socket was not selected yet.
  var isTrialNew = false
  /// The calls that wait, as somebody looked last.
  public internal(set) var waiting: [WaitingCall] = []
  /// The wire is captured, as somebody looked last.
  public internal(set) var isCapturing = false
  /// How the recording stands that is being written; nil while none is.
  public internal(set) var recording: RecordingSign?
  /// Sequence number behind the last record that is in a file.
  var kept = 0
  /// It is a recording that was opened: nothing is called any more, and nothing is lost by leaving.
  var isRecorded = false
  /// The SQL that was asked last.
  var lastQuery: String?
  /// The SQL that is not answered yet.
  var asking: String?
  /// True while there is more for others to do on `messages`.
  public internal(set) var isCutting = false
  /// Statistics that were asked for so far.
  var statisticsMade = 0
  /// Nil while the panes have the keys.
  var overlay: Overlay?
  var notice: Notice?
  /// Nil while the view goes along.
  var frozen: Freeze?

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
    self.utcOffset = utcOffset
    keys = configuration.keyMap
    asksBeforeQuitting = configuration.asksBeforeQuitting
    window = Window(isBig: configuration.isBig)
    table = TableState(
      columns: configuration.columns.isEmpty ? Column.standard : configuration.columns, utcOffset: utcOffset)
    bytes.choices.line = configuration.bytesLine
    sending = SendingState(bursts, history: history)
    if let notice { say(notice) }
    table.filter.put(bookkeepingAway: isForClass)
  }

  /// The lines typed at the prompts, to be kept for later runs: `:` for a command, `>` for a burst, before each.
  public var history: [String] { sending.history }

  /// How far the bursts are that are played now.
  public var playing: [PlayingBurst] { sending.playing }

  /// True while `Message.clock` is wanted though nothing else happens: what flows may have stopped.
  public var wantsClock: Bool { rates.isRunning }

  /// True while `Message.goOn` is wanted: there is more to search, or to add up.
  public var isSearching: Bool { table.search?.isDone == false || shake.hasMore }

  /// Something is shaken, as somebody looked last.
  public var isShaking: Bool { shake.isRunning }

  /// The socket whose state somebody looks at: the inspector's, the one whose options are chosen, or one that is held and whose
  /// bytes are in view. Nil while there is none.
  public var watched: SocketID? {
    if case .options(let name)? = overlay?.picker?.subject, let socket = sockets.id(named: name) {
      return socket
    }
    if inspector.isShown, let socket = table.current?.socket, socket != .none { return socket }
    // What a relay holds is told in the bytes.
    return sockets.info(bytes.socket)?.isHeld == true ? bytes.socket : nil
  }

  /// A class is to see what happened, and nothing that is of the run: a lesson is played, or the print is big.
  var isForClass: Bool { lesson != nil || window.isBig }

  mutating func say(_ text: String) { notice = Notice(kind: .note, text: text) }

  /// Brings what is on screen in line with the journal and with itself.
  public mutating func settle(_ journal: Journal) {
    sockets.refresh(journal, isFrozen: frozen != nil)
    settleTrial()
    isCutting = !messages.look(journal, before: frozen?.sequence)
    // Behind what gives the panes their heights: of the table's rows the newest would have no room.
    let layout = self.layout
    table.goOnSearching(journal, messages, list.selection, isIdle: false)
    table.settle(source(journal), waiting: frozen == nil ? waiting : [], height: layout.tableRows)
    inspector.settle(table.current)
    bytes.settle(
      table.current, sockets, journal, width: layout.records.width, height: layout.bytes?.height ?? 0,
      follows: table.follows && window.focus != .bytes)
    list.settle(sockets, height: layout.sockets?.height)
    if frozen == nil { output.look(programs, journal) }
    settleLesson()
    settleShake(journal)
    settleTrials()
    settlePrompt()
  }
}
