import Traffic

/// The inspector: whether it is shown, and how far it is scrolled.
struct InspectorState: Sendable {
  var isShown = false
  /// Lines that are scrolled away; none when another item is explained.
  private(set) var top = 0
  private var subject: Item.ID?

  /// Takes over which item is explained.
  mutating func settle(_ item: Item?) {
    if item?.id != subject { top = 0 }
    subject = item?.id
  }

  mutating func take(_ move: Move, _ inspection: Inspection, height: Int) {
    let reach = inspection.reach(height: height)
    switch move {
    case .line(let count): top = min(max(0, top + count), reach)
    case .page(let count): top = min(max(0, top + count * max(1, height - 1)), reach)
    case .first: top = 0
    case .side, .last: break
    }
  }
}
