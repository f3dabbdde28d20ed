import CRecording

/// Decompresses frames of zstd whose size is known.
final class Decompressor {
  private let context: OpaquePointer

  /// Nil without memory.
  init?() {
    guard let context = ZSTD_createDCtx() else { return nil }
    self.context = context
  }

  deinit { ZSTD_freeDCtx(context) }

  /// - Returns: false if the frame is not one, or not of just this size.
  func decompress(_ frame: UnsafeRawBufferPointer, into bytes: UnsafeMutableRawBufferPointer) -> Bool {
    guard ZSTD_getFrameContentSize(frame.baseAddress, frame.count) == UInt64(bytes.count) else {
      return false
    }
    return ZSTD_decompressDCtx(context, bytes.baseAddress, bytes.count, frame.baseAddress, frame.count)
      == bytes.count
  }
}
