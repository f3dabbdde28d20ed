import CLinux

/// How many descriptors the process may have open: each connection takes one.
public enum DescriptorLimit {
  /// Raises the soft limit to the hard one; the usual soft limit of 1024 is for programs that call select(2).
  /// See getrlimit(2), RLIMIT_NOFILE.
  public static func raise() { _ = cl_raise_descriptor_limit() }
}
