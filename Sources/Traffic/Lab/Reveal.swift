/// `reveal by NAME MEASURE because "TEXT"`: which choice the calls made the right one, and the reason.
public struct Reveal: Sendable, Equatable {
  public var name: String
  public var measure: LessonMeasure
  public var reason: String

  public init(by name: String, _ measure: LessonMeasure, because reason: String) {
    (self.name, self.measure, self.reason) = (name, measure, reason)
  }
}
