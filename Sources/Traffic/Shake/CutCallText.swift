import SystemPackage

extension CutResult.Call {
  /// As strace(1) prints it: `recvfrom(4096) = 17`, `sendto(4) = EPIPE`.
  public var text: String {
    let returned = result < 0 ? Errno(rawValue: CInt(truncatingIfNeeded: -result)).name : "\(result)"
    return "\(name.name)(\(asked)) = \(returned)"
  }
}
