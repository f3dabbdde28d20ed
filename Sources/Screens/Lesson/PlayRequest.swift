import Traffic

/// What is to be played in place of what runs.
public enum PlayRequest: Sendable, Equatable {
  /// A lesson or a lab that ships, by its name.
  case lab(String)
  /// The same once more, with other values for its sessions.
  case again([Setting])
  /// The lesson quickly up to a question, which is asked again.
  case back(to: Int, keeping: [LessonAnswer])
  /// A run of the trials, which is over, by its number.
  case trial(Int)
}
