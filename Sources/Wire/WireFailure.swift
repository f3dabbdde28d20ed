import SystemPackage
import Traffic

/// The wire could not be captured.
public struct WireFailure: Error, Sendable, Equatable {
  public let call: String
  public let errno: Errno

  /// Which right is missing, and how it is given.
  public var sentence: String {
    let reason = "\(call): \(errno.name)"
    switch errno {
    case .notPermitted, .permissionDenied:
      return
        "the wire is not captured (\(reason)): that needs the right CAP_NET_RAW. Run it with sudo, or give it once: "
        + "sudo setcap cap_net_raw,cap_sys_ptrace+ep FILE, where FILE is what `command -v recvscope` says"
    default: return "the wire is not captured (\(reason))"
    }
  }
}
