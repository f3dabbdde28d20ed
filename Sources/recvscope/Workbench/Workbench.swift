import CLinux
import Glibc
import Recordings
import Reports
import Screens
import Sockets
import Synchronization
import SystemPackage
import Traffic

/// The screen's loop: waits for keys, signals, answers and records; updates the model; draws at most a frame each 16 ms.
/// A key does not wait for the frames that records cause, only for those that keys cause.
struct Workbench: ~Copyable {
  private static let frameInterval: Nanoseconds = 16_000_000
  /// How often the screen shows what is known meanwhile.
  private static let cuttingInterval: Nanoseconds = 100_000_000
  private static let signals = [SIGWINCH, SIGTSTP, SIGTERM, SIGHUP, SIGINT, SIGQUIT]

  private let bench: Bench
  private var run: WorkbenchRun
  /// How many runs there were before it.
  private var runNumber = 0
  /// What comes next is made ready, and what runs is being closed for it.
  private var isClosing = false
  private var reader: ReaderID
  private let bell = Bell()
  private let answers = Answers()
  private let signalDescriptor: CInt
  private var terminal: Terminal
  private var themes: ThemeRing
  private var model: Model
  /// Lines typed in earlier runs.
  private let historyBefore: [String]
  /// The journal as the model saw it last.
  private var seen: Journal.Extent?
  private var needsFrame = true
  private var lastFrame: Nanoseconds = -frameInterval
  /// A key has come since the last frame.
  private var hasKey = false
  private var lastKeyFrame: Nanoseconds = -frameInterval
  private var watches: Watches
  private var toldSize: (rows: Int, columns: Int) = (0, 0)
  private var status: Int32?
  /// A thread cuts messages.
  private var isCutting = false
  /// The search that is open.
  private var finder: Finder?
  /// The statistics that are shown.
  private var counter: Counter?
  /// What was asked with SQL last.
  private var questions: Questioner?
  /// Files being written.
  private var saving = 0

  /// Runs until the user leaves or a signal says so. No thread may have been started before: it would not have the
  /// signals blocked.
  /// - Parameters:
  ///   - bench: what it shows.
  /// - Returns: the exit status: 0, 128 + a signal's number, or 2 if there is no screen to be had.
  static func run(_ bench: Bench, _ options: WorkbenchOptions) -> Int32 {
    let descriptor = signals.withUnsafeBufferPointer { cl_signalfd($0.baseAddress!, CInt($0.count)) }
    defer { close(descriptor) }
    do throws(TerminalError) {
      let terminal = try Terminal(theme: options.theme, wantsColor: options.usesColor)
      let history = UserFiles.history()
      var workbench = Workbench(
        bench, signalDescriptor: descriptor, terminal: terminal, themes: ThemeRing(options.theme),
        model: Model(
          title: "", configuration: options.configuration, utcOffset: utcOffset,
          history: history, bursts: options.bursts, notice: options.notice),
        history: history)
      workbench.resize()
      workbench.update(.catalog(LabShelf.entries()))
      workbench.begin()
      if options.offersLabs { workbench.update(.offerLabs) }
      return workbench.loop()
    } catch {
      return StandardError.say(error.message, status: 2)
    }
  }

  private init(
    _ bench: Bench, signalDescriptor: CInt, terminal: consuming Terminal, themes: ThemeRing, model: Model,
    history: [String]
  ) {
    self.bench = bench
    self.signalDescriptor = signalDescriptor
    self.terminal = terminal
    self.themes = themes
    self.model = model
    historyBefore = history
    run = bench.open()
    watches = Watches(run)
    reader = run.journal.makeReader()
  }

  // MARK: Runs

  /// Begins the run that was opened.
  private mutating func begin() {
    model.begin(
      title: run.title, isPlayed: run.isPlayed, bursts: run.bursts, lesson: run.lesson,
      isOver: run.isOver, isTrial: run.isTrial)
    update(.journalChanged)
    let (answers, bell, number) = (answers, bell, runNumber)
    run.start { message in
      answers.add(message, of: number)
      bell.ring()
    }
  }

  /// Closes everything that is open, beside the screen; then comes what was asked for last.
  private mutating func play(_ request: PlayRequest) {
    if let mistake = bench.prepare(request) { return update(.answered(mistake)) }
    if isClosing { return }
    isClosing = true
    let (answers, bell, number, end) = (answers, bell, runNumber, run.end)
    let isStarted = Worker.start("end") {
      end()
      answers.add(.ended, of: number)
      bell.ring()
    }
    if !isStarted {
      isClosing = false
      update(.answered("pthread_create: no thread could be started"))
    }
  }

  /// Goes on with what was made ready.
  private mutating func goOnWithNext() {
    isClosing = false
    run.journal.forget(reader)
    finder?.end()
    counter?.end()
    questions?.end()
    (finder, counter, seen, toldSize) = (nil, nil, nil, (0, 0))
    runNumber += 1
    run = bench.open()
    watches = Watches(run)
    reader = run.journal.makeReader()
    begin()
  }

  private mutating func loop() -> Int32 {
    while true {
      for message in watches.messages(for: model, isChanged: needsFrame) { update(message) }
      drawIfDue()
      cutMessages()
      if let status { return finish(status) }
      watchJournal()
      var entries = [
        pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0),
        pollfd(fd: bell.descriptor, events: Int16(POLLIN), revents: 0),
        pollfd(fd: signalDescriptor, events: Int16(POLLIN), revents: 0),
      ]
      poll(&entries, 3, model.isSearching ? 0 : timeout)
      if entries[2].revents != 0 {
        takeSignals()
        // After a stop the shell may have read what was ready before.
        continue
      }
      if entries[1].revents != 0 { takeNews() }
      if entries[0].revents != 0 { takeInput(entries[0].revents) }
      if model.isSearching { update(.goOn) }
    }
  }

  private mutating func finish(_ status: Int32) -> Int32 {
    run.journal.forget(reader)
    finder?.end()
    counter?.end()
    questions?.end()
    terminal.close()
    finishSaving()
    UserFiles.keep(history: model.history, since: historyBefore)
    return status
  }

  // MARK: Frames

  private var timeout: CInt {
    var next = Nanoseconds.max
    if needsFrame { next = nextFrame }
    next = min(next, watches.next(for: model))
    return next == .max ? -1 : CInt(max(0, next - cl_monotonic() + 999_999) / 1_000_000)
  }

  /// When the next frame may be drawn.
  private var nextFrame: Nanoseconds { (hasKey ? lastKeyFrame : lastFrame) + Self.frameInterval }

  private mutating func drawIfDue() {
    guard needsFrame, cl_monotonic() >= nextFrame || status != nil else { return }
    if run.journal.extent != seen { update(.journalChanged) }
    lastFrame = cl_monotonic()
    if hasKey { lastKeyFrame = lastFrame }
    hasKey = false
    terminal.show(view(model, run.journal))
    needsFrame = false
  }

  /// Asks the journal to wake the loop, unless it is awake for a frame anyway.
  private mutating func watchJournal() {
    if needsFrame { return }
    if !run.journal.wake(reader, when: seen?.records.upperBound ?? 0, bell.ring) { needsFrame = true }
  }

  // MARK: What happens

  private mutating func update(_ message: Message) {
    // Before the model looks: what comes in between is new once more.
    seen = run.journal.extent
    let effects = model.update(message, run.journal)
    needsFrame = true
    if let size = model.outputSize, size != toldSize {
      toldSize = size
      run.sizeOfOutput(size.rows, size.columns)
    }
    for effect in effects { perform(effect) }
  }

  private mutating func perform(_ effect: Effect) {
    switch effect {
    case .quit: status = 0
    case .suspend: suspend()
    case .redraw: terminal.redraw()
    case .nextTheme:
      let theme = themes.next()
      terminal.use(theme)
      let about =
        terminal.hasColor ? theme.about : "Attributes alone: this terminal, or NO_COLOR, has no colour."
      update(.themed(theme.name, about: about))
    case .copy(let text): terminal.copy(text)
    case .saveBursts(let change):
      if let mistake = UserFiles.save(change) { update(.answered(mistake)) }
    case .listFolder(let folder): update(.names(UserFiles.names(in: folder), folder: folder))
    case .lookAt(let files): look(at: files)
    case .save(let request): save(request)
    case .find(let request):
      finder?.end()
      finder = Finder.start(request, run.journal, screen: bell)
      if finder == nil { update(.answered("pthread_create: no thread could be started")) }
    case .count(let request):
      counter?.end()
      counter = Counter.start(request, run.journal, screen: bell)
      if counter == nil { update(.answered("pthread_create: no thread could be started")) }
    case .stopCounting:
      counter?.end()
      counter = nil
    case .compare(let request): compare(request)
    case .query(let sql): query(sql)
    case .stopAsking: questions?.stop()
    case .startTrials(let request):
      if let mistake = bench.repeatLab(request, screen: bell) { update(.answered(mistake)) }
      if let news = bench.takeTrials() { update(.trials(news)) }
    case .stopTrials: bench.stopRepeating()
    case .stopShaking:
      if !Worker.start("stop", run.stopShaking) {
        update(.answered("pthread_create: no thread could be started"))
      }
    case .stopFinding:
      finder?.end()
      finder = nil
    case .handout(let request): write(request)
    case .lesson(let reply): run.reply(reply)
    case .play(let request): play(request)
    case .keep(let progress): keep(progress)
    case .perform(let command):
      let (answers, bell, number) = (answers, bell, runNumber)
      let written = WrittenFile(of: command, in: run)
      run.perform(command) { error in
        answers.add(error == nil ? written?.message ?? .answered(nil) : .answered(error), of: number)
        bell.ring()
      }
    }
  }

  /// stat(2) may wait for a server that does not answer. Without a thread nothing is known of the files.
  private func look(at files: [String]) {
    let (answers, bell, number) = (answers, bell, runNumber)
    _ = Worker.start("look") {
      answers.add(.looked(Dictionary(files.map { ($0, FileReader.look($0)) }) { $1 }), of: number)
      bell.ring()
    }
  }

  /// One question at a time: a further one ends it.
  private mutating func query(_ sql: String) {
    questions?.end()
    questions = Questioner.start(sql, run.journal, run.opened) { [answers, bell, runNumber] answer in
      answers.add(.queried(answer, of: sql), of: runNumber)
      bell.ring()
    }
    if questions == nil { update(.queried(.mistake("pthread_create: no thread could be started"), of: sql)) }
  }

  /// However long it takes, the screen does not wait.
  private func compare(_ request: CompareRequest) {
    let (answers, bell, journal, number) = (answers, bell, run.journal, runNumber)
    let isStarted = Worker.start("compare") {
      do {
        let other = try Recording(opening: request.file).journal(limit: 4 << 20)
        var lines: [[CompareText.Span]] = []
        _ = CompareText(journal, other, width: request.width).write { lines += $0 }
        answers.add(.compared(CompareNews(request, lines)), of: number)
      } catch {
        answers.add(
          .compared(CompareNews(request, [[CompareText.Span(text: SafeText.string("\(error)"))]])), of: number
        )
      }
      bell.ring()
    }
    if !isStarted {
      answers.add(.answered("pthread_create: no thread could be started"), of: number)
      bell.ring()
    }
  }

  /// A large file takes its time: it is written beside the screen.
  private mutating func save(_ request: SaveRequest) {
    let (answers, bell, journal, number) = (answers, bell, run.journal, runNumber)
    saving += 1
    let isStarted = Worker.start("save") {
      answers.add(.saved(request, BytesFile.write(request, from: journal)), of: number)
      bell.ring()
    }
    if !isStarted {
      take(.message(.saved(request, .failed("pthread_create: no thread could be started"))), of: number)
    }
  }

  /// The same of a page to take home, of the run that is shown.
  private mutating func write(_ request: HandoutRequest) {
    let (answers, bell, number, handOut) = (answers, bell, runNumber, run.handOut)
    saving += 1
    let isStarted = Worker.start("handout") {
      answers.add(.handedOut(request, handOut(request)), of: number)
      bell.ring()
    }
    if !isStarted {
      take(.message(.handedOut(request, "pthread_create: no thread could be started")), of: number)
    }
  }

  /// What was recorded before is cut into messages beside the screen.
  private mutating func cutMessages() {
    guard model.isCutting, !isCutting else { return }
    let (answers, bell, journal, number, messages) = (answers, bell, run.journal, runNumber, model.messages)
    isCutting = Worker.start("messages") {
      var told = cl_monotonic()
      while !messages.goOn(journal) {
        if cl_monotonic() - told < Self.cuttingInterval { continue }
        told = cl_monotonic()
        bell.ring()
      }
      answers.add(.messagesCut, of: number)
      bell.ring()
    }
    // Without a thread there is a step in each frame.
    if !isCutting { needsFrame = true }
  }

  /// What was done of lessons, in a file: what cannot be kept is lost, and no reason to disturb anybody.
  private mutating func keep(_ progress: LessonProgress) {
    LabShelf.keep(progress)
    update(.catalog(LabShelf.entries()))
  }

  private mutating func take(_ news: Answers.News, of number: Int) {
    switch news {
    case .ended: if number == runNumber { goOnWithNext() }
    case .message(let message):
      if message.isOfFile { saving -= 1 }
      if case .messagesCut = message { isCutting = false }
      // What is of an earlier run is no longer in view; a file that was saved is.
      if message.isOfFile { return update(message) }
      if number == runNumber, !(isClosing && message.isMistake) { update(message) }
    }
  }

  /// Waits until files are whole. A further signal ends the wait.
  private mutating func finishSaving() {
    while saving > 0 {
      var entries = [
        pollfd(fd: bell.descriptor, events: Int16(POLLIN), revents: 0),
        pollfd(fd: signalDescriptor, events: Int16(POLLIN), revents: 0),
      ]
      poll(&entries, 2, -1)
      if entries[1].revents != 0 { return }
      takeNews()
    }
  }

  private mutating func suspend() {
    terminal.suspend()
    resize()
  }

  private mutating func resize() {
    let size = terminal.size()
    terminal.redraw()
    update(.resized(rows: size.rows, columns: size.columns))
  }

  private mutating func takeNews() {
    bell.clear()
    for (number, news) in answers.take() { take(news, of: number) }
    if let news = finder?.take() { update(.found(news)) }
    if let news = counter?.take() { update(.counted(news)) }
    if let news = bench.takeTrials() { update(.trials(news)) }
    needsFrame = true
  }

  private mutating func takeSignals() {
    var isResized = false
    while true {
      let number = cl_signalfd_read(signalDescriptor)
      switch number {
      case 0:
        // However many came: one new size, one frame.
        if isResized { resize() }
        return
      case SIGWINCH: isResized = true
      case SIGTSTP: suspend()
      default: status = 128 + number
      }
    }
  }

  private mutating func takeInput(_ events: Int16) {
    // Readable but empty is an end of file: nobody will ever type again. Asked for first, because bytes that are no
    // key of ours make no message.
    let isEmpty = bytesToRead == 0
    for message in terminal.read() {
      hasKey = true
      update(message)
      if status != nil { return }
    }
    let isGone = events & Int16(POLLHUP | POLLERR | POLLNVAL) != 0
    if isGone || isEmpty { status = 128 + SIGHUP }
  }

  private var bytesToRead: CInt {
    var count: CInt = 0
    return ioctl(STDIN_FILENO, UInt(FIONREAD), &count) == 0 ? count : 0
  }

  /// Seconds east of UTC, now.
  private static var utcOffset: Int {
    var now = time(nil)
    var local = tm()
    localtime_r(&now, &local)
    return local.tm_gmtoff
  }
}
