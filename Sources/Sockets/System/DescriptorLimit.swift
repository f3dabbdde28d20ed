import CLinux
import Glibc

/// How many descriptors the process may have open: each connection takes one.
public enum DescriptorLimit {
  /// Raises the soft limit to the hard one; the usual soft limit of 1024 is for programs that call select(2).
  /// See getrlimit(2), RLIMIT_NOFILE.
  public static func raise() {
    _ = before
    _ = cl_raise_descriptor_limit()
  }

  /// The soft limit as it was: that of programs that are started.
  public static let before: Int = {
    var limit = rlimit()
    return getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0
      ? Int(clamping: limit.rlim_cur) : 0
  }()
}
