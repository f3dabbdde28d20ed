import Traffic

/// Something that happened, for the model to take in.
public enum Message: Sendable {
  case key(Chord)
  case pointer(Pointer)
  /// Text pasted in one piece.
  /// - Parameter isEntered: a line end came behind it in a way that only a key can have made.
  case paste(String, isEntered: Bool = false)
  case resized(rows: Int, columns: Int)
  /// The journal has new records or other sockets.
  case journalChanged
  /// Half a second went by in which something may have happened: the time of a monotonic clock.
  case clock(Nanoseconds)
  /// What the kernel says now of the socket that `Model.watched` names; nil if it is not open.
  case kernelState(KernelState?)
  /// The calls that wait now.
  case waiting([WaitingCall])
  /// How far the bursts are that are played now.
  case playing([PlayingBurst])
  /// Something is shaken now, or not.
  case shaking(Bool)
  /// The wire is captured now, or not.
  case capturing(Bool)
  /// The run is recorded in a file, or no longer.
  case recording(RecordingSign?)
  /// Another theme is shown, named and told in a line.
  case themed(String, about: String)
  /// The names in a folder, those of folders with a `/` behind; nil if it cannot be read.
  case names([String]?, folder: String)
  /// What is known of files, by the names that stand in a burst.
  case looked([String: FileLook])
  /// What the lesson that is played tells.
  case lesson(LessonEvent)
  /// The lessons and labs that ship, with what was done before.
  case catalog([LabEntry])
  /// Somebody who has named no lab may want one.
  case offerLabs
  /// More of the messages is known than before.
  case messagesCut
  /// Nothing happened: time for what `Model.isSearching` says is to be done.
  case goOn
  /// What a search found.
  case found(FindNews)
  /// What statistics come to.
  case counted(StatisticsNews)
  /// How the run stands beside one that was recorded.
  case compared(CompareNews)
  /// What came of a question.
  case queried(QueryAnswer, of: String)
  /// What trials of the lab came to.
  case trials(TrialsNews)
  /// What came of a command: nil, or an error sentence.
  case answered(String?)
  /// A command wrote a file.
  /// - Parameter kept: sequence number behind the last record of the run that is in it; nil if it is no recording.
  case written(String, kept: Int?)
  case saved(SaveRequest, SaveOutcome)
  /// What came of a page to take home: nil, or why there is none.
  case handedOut(HandoutRequest, String?)
}

extension Message {
  /// Tells of a file that was being written: of whichever run, it is there now.
  public var isOfFile: Bool {
    if case .saved = self { return true }
    if case .handedOut = self { return true }
    return false
  }

  /// Tells what could not be done.
  public var isMistake: Bool { if case .answered(.some) = self { true } else { false } }
}
