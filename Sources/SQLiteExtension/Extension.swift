import CRecording
import Recordings

/// What sqlite3_load_extension(3) calls: `.load` of the sqlite3 shell. The file that is open is to be a recording.
@_cdecl("sqlite3_extension_init")
public func initialize(
  _ database: OpaquePointer?, _ message: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?,
  _ routines: UnsafeRawPointer?
) -> Int32 {
  guard let database else { return SQLITE_ERROR }
  switch QueryExtension.add(to: database) {
  case nil: return SQLITE_OK
  case let sentence?:
    message?.pointee = cr_copy_text(sentence)
    return SQLITE_ERROR
  }
}
