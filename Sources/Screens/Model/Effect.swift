import Traffic

/// Something that the model wants done outside.
public enum Effect: Sendable, Equatable {
  /// Do the command; its outcome comes back as `Message.answered`.
  case perform(Command)
  case quit
  case suspend
  /// Put the text on the terminal's clipboard.
  case copy(String)
  /// Write bytes to a new file; the outcome comes back as `Message.saved`.
  case save(SaveRequest)
  case redraw
  /// Show the next theme; which one it is comes back as `Message.themed`.
  case nextTheme
  /// Search what is recorded and what comes, in place of the search before; what is found comes back as `Message.found`.
  case find(FindRequest)
  /// End the search under way.
  case stopFinding
  /// Make statistics of what is recorded and what comes; they come back as `Message.counted`.
  case count(StatisticsRequest)
  /// Make no more of them.
  case stopCounting
  /// Lay the run beside a recording; what comes of it is a `Message.compared`, or a sentence in `Message.answered`.
  case compare(CompareRequest)
  /// Ask the run with SQL, in place of the question before; what it gives is a `Message.queried`.
  case query(String)
  /// End the question under way; once it has ended a `Message.queried` tells.
  case stopAsking
  /// Play the lab many times beside the screen; how far that is comes back as `Message.trials`, or a sentence in `Message.answered`.
  case startTrials(TrialsRequest)
  /// End the trials under way: there are no further runs.
  case stopTrials
  /// End the shake under way. That waits for its program, so not on the screen's thread.
  case stopShaking
  /// Write a page of what is played; what came of it is a `Message.handedOut`.
  case handout(HandoutRequest)
  /// Let the lesson that waits go on.
  case lesson(LessonReply)
  /// Close everything that is open, and play this then; `Model.begin` tells when.
  case play(PlayRequest)
  /// Write down what was done of a lesson or lab; the list comes back as `Message.catalog`.
  case keep(LessonProgress)
  /// Write the change to the user's file of bursts; only a failure comes back, as `Message.answered`.
  case saveBursts(BurstLibrary.Change)
  /// Read the names in a folder; they come back as `Message.names`.
  case listFolder(String)
  /// Look at files without reading them; what is found comes back as `Message.looked`.
  case lookAt([String])
}
