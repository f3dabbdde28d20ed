import CLinux
import CTerminal
import Glibc
import Screens
import Traffic

/// The terminal's screen while it is ours; it is given back when this goes.
struct Terminal: ~Copyable {
  private static let roles = Role.allCases.count

  private var shown: Frame?
  /// By ink and paper; 0 is none yet. It is asked for each cell, for which a dictionary is slow.
  private var slots = [UInt16](repeating: 0, count: Terminal.roles * Terminal.roles)
  private var usedSlots = 0
  private var theme: Theme
  private let colors: Int
  /// Text of a paste whose end has not come yet.
  private var paste: String?
  /// When letters came that were too many at once to be typed.
  private var lastPaste: Nanoseconds?

  /// What comes so soon behind such letters belongs to them: a long paste comes in pieces.
  private static let pasteGap: Nanoseconds = 50_000_000
  /// Messages that are read at one go at most.
  private static let mostAtOnce = 4096

  init(theme: Theme, wantsColor: Bool) throws(TerminalError) {
    let term = getenv("TERM").map { String(cString: $0) } ?? ""
    if let error = TerminalError(ct_open(wantsColor ? 1 : 0), term: term) { throw error }
    self.theme = theme
    colors = Int(ct_colors())
  }

  deinit { ct_close() }

  /// The size as the kernel tells it.
  func size() -> (rows: Int, columns: Int) {
    let size = ct_resize()
    return (Int(size.rows), Int(size.columns))
  }

  /// Shows a frame: rows that are as before are not touched, and a frame like the one before writes nothing.
  mutating func show(_ frame: Frame) {
    if frame == shown { return }
    let old = shown.flatMap {
      $0.grid.rows == frame.grid.rows && $0.grid.columns == frame.grid.columns ? $0 : nil
    }
    var cells: [CTCell] = []
    for row in 0..<frame.grid.rows {
      if let old, old.grid.row(row) == frame.grid.row(row) { continue }
      cells.removeAll(keepingCapacity: true)
      for cell in frame.grid.row(row) {
        cells.append(CTCell(scalar: cell.scalar, style: slot(cell.style), spare: 0))
      }
      ct_put(Int32(row), 0, cells, Int32(cells.count))
    }
    ct_show(Int32(frame.cursor?.row ?? -1), Int32(frame.cursor?.column ?? 0))
    shown = frame
  }

  /// False where attributes alone are shown.
  var hasColor: Bool { colors > 1 }

  /// Shows everything by another theme from the next frame on.
  mutating func use(_ theme: Theme) {
    self.theme = theme
    slots = [UInt16](repeating: 0, count: slots.count)
    usedSlots = 0
    redraw()
  }

  /// Makes the next frame draw every cell.
  mutating func redraw() {
    shown = nil
    ct_redraw()
  }

  /// Puts text on the clipboard of the terminal, if it lets programs do that (OSC 52).
  func copy(_ text: String) {
    let sequence = "\u{1b}]52;c;\(CopyForm.base64(Array(text.utf8)))\u{7}"
    sequence.withCString { ct_write($0, sequence.utf8.count) }
  }

  /// Stops the process until it is told to go on.
  mutating func suspend() {
    ct_suspend()
    redraw()
  }

  /// Gives the screen back before the end of life.
  func close() { ct_close() }

  private mutating func slot(_ style: Style) -> UInt16 {
    let place = Int(style.ink.rawValue) * Self.roles + Int(style.paper.rawValue)
    if slots[place] != 0 { return slots[place] }
    // Slot 0 is what is left when there are too many.
    let next = usedSlots + 1 < Int(CT_STYLES) ? UInt16(usedSlots + 1) : 0
    let look = theme.look(style)
    let foreground = look.foreground.map { $0.number(colors: colors) } ?? -1
    let background = look.background.map { $0.number(colors: colors) } ?? -1
    ct_style(next, UInt32(look.attributes.rawValue), Int32(foreground), Int32(background))
    slots[place] = next
    usedSlots = max(usedSlots, Int(next))
    return next
  }

  /// What was typed, clicked or pasted since the last look.
  mutating func read() -> [Message] {
    var messages: [Message] = []
    while messages.count < Self.mostAtOnce, let message = next() { messages.append(message) }
    if messages.isEmpty { return [] }
    let now = cl_monotonic()
    let (read, endsInPaste) = KeysAtOnce.read(
      messages, goesOn: lastPaste.map { now - $0 < Self.pasteGap } ?? false)
    lastPaste = endsInPaste ? now : nil
    return read
  }

  /// What was typed, clicked or pasted next; nil when there is nothing more.
  private mutating func next() -> Message? {
    while true {
      let event = ct_read()
      if event.kind == .none { return nil }
      if event.kind == .pasteBegin {
        paste = ""
      } else if event.kind == .pasteEnd {
        defer { paste = nil }
        if let paste { return .paste(paste) }
      } else if paste != nil {
        if let scalar = Self.pasted(event) { paste?.unicodeScalars.append(scalar) }
      } else if let message = Self.message(event) {
        return message
      }
    }
  }

  private static func pasted(_ event: CTEvent) -> Unicode.Scalar? {
    switch event.kind {
    case .scalar where event.modifiers == 0: Unicode.Scalar(event.scalar)
    case .key: event.key == .enter ? "\n" : event.key == .tab ? "\t" : nil
    case .none, .scalar, .mouse, .pasteBegin, .pasteEnd: nil
    @unknown default: nil
    }
  }

  private static func message(_ event: CTEvent) -> Message? {
    var modifiers: Chord.Modifiers = []
    if event.modifiers & UInt32(CT_SHIFT) != 0 { modifiers.insert(.shift) }
    if event.modifiers & UInt32(CT_ALT) != 0 { modifiers.insert(.alt) }
    if event.modifiers & UInt32(CT_CONTROL) != 0 { modifiers.insert(.control) }
    switch event.kind {
    case .scalar: return Unicode.Scalar(event.scalar).map { .key(Chord(.character($0), modifiers)) }
    case .key:
      if event.key == .backTab { return .key(Chord(.tab, .shift)) }
      return key(event).map { .key(Chord($0, modifiers)) }
    case .mouse:
      return act(event.mouse).map { .pointer(Pointer($0, row: Int(event.row), column: Int(event.column))) }
    case .none, .pasteBegin, .pasteEnd: return nil
    @unknown default: return nil
    }
  }

  private static func key(_ event: CTEvent) -> Key? {
    switch event.key {
    case .up: .up
    case .down: .down
    case .left: .left
    case .right: .right
    case .home: .home
    case .end: .end
    case .pageUp: .pageUp
    case .pageDown: .pageDown
    case .insert: .insert
    case .delete: .delete
    case .backspace: .backspace
    case .enter: .enter
    case .tab, .backTab: .tab
    case .escape: .escape
    case .function: .function(Int(event.scalar))
    case .none: nil
    @unknown default: nil
    }
  }

  private static func act(_ mouse: CTMouse) -> Pointer.Act? {
    switch mouse {
    case .press: .press
    case .release: .release
    case .drag: .drag
    case .wheelUp: .wheelUp
    case .wheelDown: .wheelDown
    case .otherPress, .none: nil
    @unknown default: nil
    }
  }
}
