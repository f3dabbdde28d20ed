import CRecording

/// Compresses with zstd, level 1, as RFC 8878 has it; one after the other.
final class Compressor {
  private let context: OpaquePointer

  /// Nil without memory.
  init?() {
    guard let context = ZSTD_createCCtx() else { return nil }
    self.context = context
    ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, 1)
  }

  deinit { ZSTD_freeCCtx(context) }

  /// Adds a frame that knows its size to an array.
  func append(_ bytes: UnsafeRawBufferPointer, to output: inout [UInt8]) {
    let bound = ZSTD_compressBound(bytes.count)
    let before = output.count
    output.append(contentsOf: repeatElement(0, count: bound))
    let size = output.withUnsafeMutableBytes {
      ZSTD_compress2(context, $0.baseAddress! + before, bound, bytes.baseAddress, bytes.count)  // it has room
    }
    precondition(ZSTD_isError(size) == 0, "the output has room for all")
    output.removeLast(bound - size)
  }
}
