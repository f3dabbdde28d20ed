/// Names one peer address of a datagram: its place in the journal's table of addresses.
public struct AddressID: Hashable, Sendable {
  public let value: UInt32

  public init(_ value: UInt32) { self.value = value }
}
