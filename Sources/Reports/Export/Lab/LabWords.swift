import Traffic

/// What stands in a lab's lines for a socket.
enum LabWords {
  /// An address as labs have it; nil if there is no way to write it.
  static func address(_ text: String) -> String? {
    // Names of Unix sockets have escapes already, as they stand between quotes; but no quotes are among these.
    let quoted = "\"\(String(text.flatMap { $0 == "\"" ? ["\\", "\""] : [$0] }))\""
    let plain = text.utf8.contains(UInt8(ascii: "\\")) ? nil : try? AddressText(parsing: text)
    guard let address = plain ?? (try? AddressText(parsing: quoted)) else { return nil }
    if case .session = address { return nil }
    // Nothing of a recording is taken on trust: what is written has to read as that address, and show nothing else.
    let written = address.text
    return SafeText.string(written) == written && (try? AddressText(parsing: written)) == address
      ? written : nil
  }

  static func kind(_ info: SocketInfo) -> String {
    info.kind == .tcp ? "" : " --\(info.kind.rawValue)"
  }

  static func options(_ info: SocketInfo) -> String {
    let usual = ReceivePolicy()
    if info.isWatched { return kind(info) }
    return kind(info)
      + (info.policy.size == usual.size ? "" : " --recv \(SizeText.text(info.policy.size))")
      + (info.policy.mode == usual.mode ? "" : " --mode \(info.policy.mode.rawValue)")
  }
}
