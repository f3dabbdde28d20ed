import Traffic

/// Another run in the same window.
extension Model {
  /// Forgets what was shown, but for how: what comes now is of a journal of its own.
  /// - Parameters:
  ///   - title: what runs, for the first line.
  ///   - isPlayed: a lab is played, which can be played again.
  ///   - bursts: that the lab defines.
  ///   - lesson: where it stands; nil if it is none.
  ///   - isOver: it is one that was recorded.
  ///   - isTrial: it is the one that was chosen among the trials.
  public mutating func begin(
    title: String, isPlayed: Bool, bursts: [NamedBurst], lesson: LessonState?, isOver: Bool = false,
    isTrial: Bool = false
  ) {
    (self.title, self.isPlayed, self.isRecorded) = (title, isPlayed, isOver)
    isTrialNew = isTrial
    self.lesson = lesson.map { ShownLesson($0) }
    messages = MessageIndex()
    (sockets, rates, list) = (SocketTable(), RateMeter(), SocketList())
    let (columns, filter) = (table.columns, table.filter)
    table = TableState(columns: columns, utcOffset: utcOffset)
    table.filter = filter
    table.filter.put(bookkeepingAway: isForClass)
    let choices = bytes.choices
    bytes = BytesState()
    bytes.choices = choices
    let (inspects, showsOutput) = (inspector.isShown, output.isShown)
    (inspector, output) = (InspectorState(), OutputState())
    (inspector.isShown, output.isShown) = (inspects, showsOutput)
    sending.begin(lab: bursts)
    (shake, waiting, frozen, overlay) = (ShakeState(), [], nil, nil)
    (isCapturing, isCutting, recording, kept, asking) = (false, false, nil, 0, nil)
    window.focus = lesson == nil ? .records : .lesson
  }
}
