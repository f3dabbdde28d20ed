/// Two ways to write one address: an IPv4 one as itself and mapped into IPv6, `[::ffff:127.0.0.1]:80`. See ipv6(7).
public enum AddressForm {
  private static let mapped = "[::ffff:"

  /// The address without the mapping; other addresses are as they were.
  public static func plain(_ text: String) -> String {
    guard text.hasPrefix(mapped), let end = text.firstIndex(of: "]") else { return text }
    let host = text[text.index(text.startIndex, offsetBy: mapped.count)..<end]
    // A mapped address is written with dots; ::ffff:0:0 is none.
    guard host.contains(".") else { return text }
    return String(host + text[text.index(after: end)...])
  }

  /// True if a socket with an address is one that was asked for: the same, or of an interface where every one was.
  public static func matches(_ got: String, wanted: String) -> Bool {
    let (got, wanted) = (plain(got), plain(wanted))
    if got == wanted { return true }
    guard let gotPort = got.lastIndex(of: ":"), let wantedPort = wanted.lastIndex(of: ":") else {
      return false
    }
    let host = wanted[..<wantedPort]
    return (host == "0.0.0.0" || host == "[::]") && got[gotPort...] == wanted[wantedPort...]
  }
}
