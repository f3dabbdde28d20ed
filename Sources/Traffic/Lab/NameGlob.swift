/// Names of sockets in which `*` stands for anything: `app.*`, `app.fd3.*`.
public struct NameGlob: Sendable {
  private let match: TextMatch

  public init(_ text: String) { match = TextMatch(.word(text), .equal) }

  public func holds(_ name: String) -> Bool { match.holds(name) }
}
