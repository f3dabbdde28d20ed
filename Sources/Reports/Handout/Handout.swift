import Traffic

/// A lesson or a lab to take home, as one HTML file that needs nothing else and runs nothing: what was asked and answered, what
/// happened, why, and how to repeat it. It has a light and a dark face, and prints on A4.
///
/// Without a journal it is an exercise sheet: room to write in, and no outcome anywhere. What a run has not revealed yet is left
/// blank in the same way.
public struct Handout: Sendable {
  let lab: Lab
  /// What users call it.
  let name: String
  /// Of its file; nil where there is none, or not all that is played.
  let text: String?
  /// It is played by its name, wherever recvscope is.
  public var isShipped = false
  /// The run; nil makes an exercise sheet.
  public var journal: Journal?
  /// The run's time 0, in nanoseconds since 1970.
  public var wall: Nanoseconds = 0
  /// Of the program, and of the kernel that did it.
  public var version = ""
  public var kernel = ""
  /// Values that it was played with besides those that are written, as they are typed.
  public var values: [String] = []
  /// The hands as they stand, by question; where there are none those of the records count.
  public var answers: [LessonAnswer] = []

  public init(_ lab: Lab, named name: String, text: String?) {
    (self.lab, self.name, self.text) = (lab, name, text)
  }

  /// Writes the page.
  /// - Parameter sink: takes the bytes, piece by piece.
  /// - Throws: what the sink throws.
  public func write(to sink: @escaping (UnsafeRawBufferPointer) throws -> Void) throws {
    var output = ExportOutput(sink)
    try HandoutPage(self).write(to: &output)
    try output.flush()
  }
}
