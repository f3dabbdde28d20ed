import Traffic

/// Something that the model wants done outside.
public enum Effect: Sendable, Equatable {
  /// Do the command; its outcome comes back as `Message.answered`.
  case perform(Command)
  case quit
  case suspend
  case redraw
}
