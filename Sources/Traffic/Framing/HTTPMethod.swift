/// What a method means for the framing of the response (RFC 9112, 6.3).
enum HTTPMethod: Sendable {
  /// The response has no body.
  case head
  /// A response of 2xx opens a tunnel.
  case connect
  case other
}
