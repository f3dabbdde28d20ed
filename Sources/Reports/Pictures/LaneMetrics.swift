import Traffic

/// Sizes of a drawing of lanes, in pixels of its own.
enum LaneMetrics {
  /// The whole width: what A4 shows at about nine points, and a screen as it is.
  static let width = 940.0
  /// A cell of the monospaced font in the size that is used, rather too wide.
  static let cell = 7.4
  static let lane = 30.0
  static let box = 20.0
  /// Between the two ways of a connection.
  static let way = 10.0
  static let axis = 20.0
  /// Below each of the lines into which a long picture is broken.
  static let band = 16.0
  /// The least width of a box.
  static let least = 26.0

  static func width(of text: String) -> Double { Double(SafeText.width(text)) * cell }
}
