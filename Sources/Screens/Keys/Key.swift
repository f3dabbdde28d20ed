/// A key of the keyboard, without its modifiers.
public enum Key: Hashable, Sendable {
  case character(Unicode.Scalar)
  case up, down, left, right, home, end, pageUp, pageDown
  case insert, delete, backspace, enter, tab, escape
  case function(Int)
}
