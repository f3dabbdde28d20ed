import SystemPackage

extension CutResult.Call {
  /// Why it failed; nil if it did not.
  var errno: Errno? { result < 0 ? Errno(rawValue: CInt(truncatingIfNeeded: -result)) : nil }

  /// As strace(1) prints it: `recvfrom(4096) = 17`, `sendto(4) = EPIPE`.
  public var text: String { "\(name.name)(\(asked)) = \(errno?.name ?? "\(result)")" }
}
