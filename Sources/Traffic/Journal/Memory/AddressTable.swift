import DequeModule

/// The peer addresses of datagrams by number. One that no record held has any more is forgotten.
struct AddressTable {
  private struct Address {
    var text: String
    /// Records held that have it.
    var records = 0
    /// Sequence number of the next record when it was last asked for.
    var asked: Int
  }

  /// A guess at what an address takes: its text, and its places in two dictionaries.
  private static let size = 200

  private var addresses: [AddressID: Address] = [:]
  private var ids: [String: AddressID] = [:]
  /// Those without records, in the order in which the last one went.
  private var idle: Deque<AddressID> = []
  private var next: UInt32 = 0

  /// Bytes of memory in use.
  var memory: Int { addresses.count * Self.size }

  /// The number of an address, made when it is new. It holds for records that are appended soon: before all that are
  /// held now have gone.
  mutating func intern(_ text: String, at sequence: Int) -> AddressID {
    if let known = ids[text] {
      addresses[known]?.asked = sequence
      return known
    }
    let id = AddressID(next)
    next += 1
    addresses[id] = Address(text: text, asked: sequence)
    ids[text] = id
    idle.append(id)
    return id
  }

  func text(of id: AddressID) -> String? { addresses[id]?.text }

  /// - Returns: false if it is forgotten.
  mutating func count(_ id: AddressID) -> Bool {
    guard let place = addresses.index(forKey: id) else { return false }
    addresses.values[place].records += 1
    return true
  }

  /// A record that has it is gone.
  mutating func drop(_ id: AddressID) {
    addresses[id]?.records -= 1
    if addresses[id]?.records == 0 { idle.append(id) }
  }

  /// Forgets what nobody has asked for since the oldest record held was appended.
  mutating func forgetIdle(before oldest: Int) {
    for _ in 0..<idle.count {
      guard let id = idle.popFirst(), let address = addresses[id] else { continue }
      if address.records > 0 { continue }
      guard address.asked < oldest else {
        idle.append(id)
        continue
      }
      addresses[id] = nil
      ids[address.text] = nil
    }
  }
}
