import Glibc
import Testing

/// The suites that capture run one after another: they need the right CAP_NET_RAW, and are skipped without it.
@Suite(.serialized) enum WireTests {
  static let hasRight: Bool = {
    let descriptor = socket(AF_PACKET, CInt(SOCK_DGRAM.rawValue), 0)
    if descriptor >= 0 { close(descriptor) }
    return descriptor >= 0
  }()
}
