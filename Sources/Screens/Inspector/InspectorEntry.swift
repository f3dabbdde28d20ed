/// A label of the inspector with what is told beside it.
struct InspectorEntry {
  var label: String
  var text: String
  var role: Role = .text
  /// The time of the call is drawn in place of a text.
  var isPicture = false
}
