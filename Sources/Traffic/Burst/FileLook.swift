/// What a look at a file tells before its bytes are read.
public enum FileLook: Sendable, Equatable {
  /// Nobody has looked yet.
  case unknown
  /// It is a regular file of so many bytes.
  case size(Int64)
  /// Its bytes cannot be had, and why: "No such file or directory".
  case failed(String)

  var size: Int64? { if case .size(let size) = self { size } else { nil } }
}
