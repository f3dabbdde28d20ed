/// Sizes of panes that the user has chosen by dragging a border; nil takes what suits the window.
struct PaneSizes: Hashable, Sendable {
  var socketsWidth: Int?
  var bytes: Int?
  var inspector: Int?
  var lanes: Int?
  var output: Int?
  var lesson: Int?

  subscript(border: Layout.Border) -> Int? {
    get {
      switch border {
      case .sockets: socketsWidth
      case .bytes: bytes
      case .inspector: inspector
      case .lanes: lanes
      case .output: output
      case .lesson: lesson
      }
    }
    set {
      switch border {
      case .sockets: socketsWidth = newValue
      case .bytes: bytes = newValue
      case .inspector: inspector = newValue
      case .lanes: lanes = newValue
      case .output: output = newValue
      case .lesson: lesson = newValue
      }
    }
  }
}
