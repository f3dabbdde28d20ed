import Screens
import Traffic

/// How the workbench is to be.
struct WorkbenchOptions: Sendable {
  var theme = Theme.plain
  var configuration = Configuration()
  var bursts = BurstLibrary()
  /// False where NO_COLOR is set (no-color.org): attributes alone are used.
  var usesColor = true
  /// A word to show at first, such as why no theme was found.
  var notice: String?
  /// The list of what can be played is open at first.
  var offersLabs = false
}
