/// A word to the user, shown until the next key.
struct Notice: Hashable, Sendable {
  enum Kind: Hashable, Sendable { case note, error }

  var kind: Kind
  var text: String
  /// What is told of a burst that is under way is more.
  var givesWayToBurst = false
}
