import Traffic

/// The lesson that is played: what it tells, and what those before it press.
extension Model {
  /// Where keys count first.
  var keyContext: KeyContext { window.focus == .lesson ? .lesson : bytes.find != nil ? .finding : .panes }

  /// What the lesson says now; nil where none is played.
  var lessonPage: LessonPage? {
    lesson.map {
      LessonPage.fitting(
        $0.state, keys, width: Layout.lessonWidth(columns: window.columns),
        height: Layout.lessonRows(
          rows: window.rows, columns: window.columns, wantsLanes: lanes.standForBytes), isBig: window.isBig)
    }
  }

  /// Why it cannot be shown; nil if it can, or nothing is to be shown.
  var lessonNeeds: String? {
    guard let lesson, lesson.isShown, layout.lesson == nil else { return nil }
    let (columns, rows) = (Layout.leastColumnsForLesson, Layout.leastRowsForLesson)
    let end = lesson.state.stop == nil ? "" : " It waits meanwhile."
    return
      "The lesson needs a window of \(columns)×\(rows) cells or more; this one has \(window.columns)×\(window.rows).\(end)"
  }

  /// What the pane is called.
  var lessonTitle: String {
    guard let state = lesson?.state else { return "" }
    let count = state.lesson.parts.count
    guard let current = state.current, count > 0 else { return "Lesson" }
    return "Question \(current + 1) of \(count)\(state.round == 2 ? ", once more" : "")"
  }

  /// Keeps its view within what it says now.
  mutating func settleLesson() {
    guard lesson != nil else { return }
    guard let rect = layout.lesson, let page = lessonPage else {
      if window.focus == .lesson, lessonNeeds == nil { window.focus = .records }
      return
    }
    lesson?.settle(page: rect.height, lines: page.lines.count)
  }

  // MARK: What it tells

  mutating func take(_ event: LessonEvent, _ journal: Journal) -> [Effect] {
    guard var lesson else { return keepPlayed(event) }
    let reply = lesson.state.take(event)
    if lesson.state.stop != nil || event == .ended(isWhole: true) {
      lesson.restart()
      window.focus = .lesson
    }
    self.lesson = lesson
    var effects = reply.map { [Effect.lesson($0)] } ?? []
    switch event {
    case .revealed(let outcome):
      if reply == nil, let sequence = outcome.sequence, let item = journal.item(sequence) {
        go(to: item.id, isCentred: true, journal)
      }
      effects += keepAnswers(times: 0)
    case .ended(let isWhole): if isWhole { effects += keepAnswers(times: 1) }
    case .asked, .discussed, .stepped, .said: break
    }
    return effects
  }

  private func keepPlayed(_ event: LessonEvent) -> [Effect] {
    guard event == .ended(isWhole: true), catalog.contains(where: { $0.name == title }) else { return [] }
    return [.keep(LessonProgress(name: title, times: 1))]
  }

  private func keepAnswers(times: Int) -> [Effect] {
    guard let state = lesson?.state, catalog.contains(where: { $0.name == title }) else { return [] }
    return [
      .keep(
        LessonProgress(
          name: title, times: times, answered: state.answered, questions: state.lesson.parts.count,
          right: state.right))
    ]
  }

  // MARK: What is pressed

  /// A digit is a hand while a question stands, wherever somebody looks around; nil if the key is something else.
  mutating func takeHand(_ chord: Chord) -> [Effect]? {
    guard window.focus == .lesson || keys.action(chord) == nil, lesson?.isShown == true,
      let state = lesson?.state, state.isAsking, lessonNeeds == nil,
      chord.modifiers.isEmpty, case .character(let scalar) = chord.key, ("1"..."9").contains(scalar)
    else { return nil }
    window.focus = .lesson
    let choice = Int(scalar.value) - 0x31
    let count = state.question?.choices.count ?? 0
    guard choice < count else {
      say("the choices are 1 to \(count)")
      return []
    }
    return replyInLesson(.hand(choice))
  }

  mutating func replyInLesson(_ key: LessonState.Key) -> [Effect] {
    guard lesson != nil else { return [] }
    if let lessonNeeds {
      say(lessonNeeds)
      return []
    }
    guard let reply = lesson?.state.take(key) else { return [] }
    // What happens now is to be seen.
    table.follow()
    lesson?.restart()
    return [.lesson(reply)]
  }

  mutating func goOnInLesson() -> [Effect] {
    guard let lesson, let page = lessonPage else { return [] }
    if let rect = layout.lesson, lesson.below(page: rect.height, lines: page.lines.count) > 0 {
      self.lesson?.take(.page(1), page: rect.height, lines: page.lines.count)
      return []
    }
    if lesson.state.needsHand {
      let count = lesson.state.question?.choices.count ?? 0
      let skip = keys.label(.lessonSkip).map { "; \($0) goes on without" } ?? ""
      say("press 1 to \(count) for what you think, once for each hand\(skip)")
      return []
    }
    return replyInLesson(.next)
  }

  mutating func goBackInLesson() -> [Effect] {
    guard let state = lesson?.state, let place = state.previous else { return [] }
    return [.play(.back(to: place, keeping: state.answers))]
  }

  /// Plays the lab once more, with other values.
  mutating func playAgain(_ settings: [Setting]) -> [Effect] {
    if let obstacle = obstacle(.again) {
      notice = Notice(kind: .error, text: obstacle)
      return []
    }
    return [.play(.again(settings))]
  }

  /// The file that a page of what is played may be.
  var handoutName: String {
    let name = title.prefix { $0 != " " }
    let bare = name.hasSuffix(".lab") ? name.dropLast(4) : name
    return "\(bare.isEmpty ? "lab" : bare).html"
  }

  /// Writes a page of what is played.
  mutating func writeHandout(_ path: String, isBlank: Bool) -> [Effect] {
    if let obstacle = obstacle(.handout) {
      notice = Notice(kind: .error, text: obstacle)
      return []
    }
    say("writing \(path)")
    return [
      .handout(HandoutRequest(path: path, isBlank: isBlank, answers: lesson?.state.answers ?? []))
    ]
  }

  mutating func takeHandout(_ request: HandoutRequest, _ mistake: String?) {
    if let mistake {
      notice = Notice(kind: .error, text: mistake)
    } else {
      say("wrote \(request.path), \(request.isBlank ? "an exercise sheet" : "to take home")")
    }
  }

  mutating func toggleLesson() {
    lesson?.isShown.toggle()
    window.focus = lesson?.isShown == true ? .lesson : .records
  }

  mutating func moveInLesson(_ move: Move) {
    guard let rect = layout.lesson, let page = lessonPage else { return }
    lesson?.take(move, page: rect.height, lines: page.lines.count)
  }

  /// A click on a choice is a hand for it.
  mutating func clickInLesson(row: Int) -> [Effect] {
    guard let rect = layout.lesson, let page = lessonPage, let lesson, lesson.state.isAsking else {
      return []
    }
    let place = lesson.top + row - rect.row
    guard page.lines.indices.contains(place), let choice = page.lines[place].choice else { return [] }
    return replyInLesson(.hand(choice))
  }
}
