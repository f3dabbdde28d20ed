/// A part of the screen that keys can be meant for.
public enum Pane: CaseIterable, Sendable {
  case sockets, lesson, records, bytes, inspector, lanes, output
}
