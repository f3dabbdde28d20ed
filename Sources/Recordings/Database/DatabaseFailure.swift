/// What SQLite says of a call that failed.
struct DatabaseFailure: Error, Sendable {
  /// The extended result code; see https://sqlite.org/rescode.html.
  var code: Int32
  var text: String

  /// The result code without what extends it.
  var primary: Int32 { code & 0xff }
}
