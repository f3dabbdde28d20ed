/// Sizes of panes that the user has chosen by dragging a border; nil takes what suits the window.
struct PaneSizes: Hashable, Sendable {
  var socketsWidth: Int?
  var bytes: Int?
  var inspector: Int?
  var lanes: Int?

  subscript(border: Layout.Border) -> Int? {
    get {
      switch border {
      case .sockets: socketsWidth
      case .bytes: bytes
      case .inspector: inspector
      case .lanes: lanes
      }
    }
    set {
      switch border {
      case .sockets: socketsWidth = newValue
      case .bytes: bytes = newValue
      case .inspector: inspector = newValue
      case .lanes: lanes = newValue
      }
    }
  }
}
